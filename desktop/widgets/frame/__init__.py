"""What is around every page: the rail, the messages, the status line with the little player."""
