"""Suggestions out of the application: playlist files, and handing them to the player."""
