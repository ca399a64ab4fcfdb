"""The window's own controls; they know nothing of the engine."""
