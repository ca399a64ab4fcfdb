"""Marmalade's own SQLite files; all SQL that writes lives here."""
