"""What the main window needs to know of a page."""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """A page of the rail; a new one is a subclass and one line in ``MainWindow``."""

    name = ""
    """As the rail shows it."""
    icon_name = ""

    def save_state(self, settings: QSettings) -> None:
        """Remember what should come back at the next start."""

    def restore_state(self, settings: QSettings) -> None:
        """Bring back what was remembered."""
