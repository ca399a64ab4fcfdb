"""The child process that fits models, and the parent's side of it."""
