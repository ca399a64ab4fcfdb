"""What a path is made of: the corridor between two songs, and chains of small steps through it."""
