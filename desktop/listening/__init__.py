"""Hearing a song, and knowing what the player plays."""
