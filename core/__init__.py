"""Marmalade's engine: everything that the application knows and does, without Qt."""
