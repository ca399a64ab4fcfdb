"""Asking for a player's database of the owner's own."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

translate = QCoreApplication.translate


def choose_database(parent: QWidget) -> Path | None:
    """The file that is chosen; None if the owner thought better of it."""
    path, _ = QFileDialog.getOpenFileName(
        parent,
        translate("DatabaseFile", "Choose the player’s database"),
        "",
        translate("DatabaseFile", "Databases (*.db);;All files (*)"),
    )
    return Path(path) if path else None
