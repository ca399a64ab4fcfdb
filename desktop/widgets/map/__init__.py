"""What stands on the map and at its edges."""
