"""From one decode of a song to the facts about it."""
