"""The one big button: makes the playlist that nobody asked anything special of."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.desk import Desk
from desktop.item_models.song_rows import SongRows
from desktop.playlist_news import TOPIC
from desktop.style.icons import Tint, icon


class MakePlaylistButton(QPushButton):
    """May be on several pages; what came of it is told by the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._session, self._messages = desk, desk.session, desk.messages
        self._is_asking = False
        self.setText(self.tr("Make me a playlist"))
        self.setProperty("primary", True)
        self.setIcon(icon("playlists", tint=Tint.ON_ACCENT))
        self.setToolTip(self.tr("The 100 unrated songs that you would probably like best (Ctrl+P)"))
        self.setShortcut(QKeySequence("Ctrl+P"))
        self.clicked.connect(self._ask)
        self._session.playlist_made.connect(lambda _: self._end())
        self._session.rows_read.connect(self._follow)
        self._follow(self._session.rows)

    def _follow(self, rows: SongRows | None) -> None:
        self.setEnabled(rows is not None and bool(rows.songs) and not self._is_asking)

    def _ask(self) -> None:
        self._is_asking = True
        self._follow(self._session.rows)
        self._messages.withdraw(TOPIC)
        self._session.make_playlist()

    def _end(self) -> None:
        self._is_asking = False
        self._follow(self._session.rows)
