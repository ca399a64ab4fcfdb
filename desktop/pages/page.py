"""What the main window needs to know of a page."""

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """A page of the rail; it is made when it is visited for the first time."""

    state_changed = Signal()
    """What ``save_state`` remembers is another."""

    @property
    def foot(self) -> int:
        """The height at its lower edge that messages leave free, in pixels: there may be tools."""
        return 0

    def save_state(self, settings: QSettings) -> None:
        """Remember what should come back at the next start."""

    def restore_state(self, settings: QSettings) -> None:
        """Bring back what was remembered."""
