"""The form of a recipe."""
