"""What the player plays at this moment, as it tells by MPRIS."""

from PySide6.QtCore import QObject, Signal


class NowPlaying(QObject):
    """Knows nothing until the player speaks."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.url = ""
        """The address of the file as the player tells it; empty for none."""
        self.is_playing = False
