"""A button beside a song that lets it be heard, and shows that it is."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QToolButton, QWidget

from core.song import Song
from desktop.listening.listening import Listening
from desktop.style.icons import icon
from desktop.style.measures import ICON_IN_ROW


class ListenButton(QToolButton):
    """Hears the song that it was given last."""

    def __init__(self, listening: Listening, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._listening = listening
        self._song: Song | None = None
        self.setIconSize(QSize(ICON_IN_ROW, ICON_IN_ROW))
        self.clicked.connect(self._toggle)
        listening.changed.connect(self._follow)
        self.show_song(None)

    def show_song(self, song: Song | None) -> None:
        self._song = song
        self.setEnabled(song is not None and not song.unavailable)
        self._follow()

    @property
    def is_heard(self) -> bool:
        """Whether its song is what plays now."""
        heard = self._listening.song
        is_same = self._song is not None and heard is not None and heard.song_id == self._song.song_id
        return is_same and self._listening.is_playing

    def _toggle(self) -> None:
        if self._song is not None:
            self._listening.toggle(self._song)

    def _follow(self) -> None:
        is_heard = self.is_heard
        self.setIcon(icon("stop" if is_heard else "play"))
        title = self._song.title if self._song is not None else ""
        words = self.tr("Stop “{title}”") if is_heard else self.tr("Listen to “{title}”")
        self.setToolTip(words.format(title=title))
        self.setAccessibleName(self.toolTip())
