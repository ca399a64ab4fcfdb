"""The window: a thin Qt consumer of the engine."""
