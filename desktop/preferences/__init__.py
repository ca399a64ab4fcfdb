"""Preferences: a page for each section, which can do everything that the configuration file can."""
