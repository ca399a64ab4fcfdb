"""The parts of the panel that tells all about a song."""
