"""What the player knows: its database, found, read without ever writing, and watched."""
