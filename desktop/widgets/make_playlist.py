"""The one big button: makes the playlist that nobody asked anything special of, and offers to open it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from desktop import core_texts, wording
from desktop.desk import Desk
from desktop.item_models.song_rows import SongRows
from desktop.messages import Kind, Message
from desktop.preferences.opening import open_playlist, opener_name
from desktop.style.icons import Tint, icon

if TYPE_CHECKING:
    from core.parts.recipes import Served

TOPIC = "playlist"


class MakePlaylistButton(QPushButton):
    """May be on several pages; the one that was pressed tells what came of it."""

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
        self._session.playlist_made.connect(self._offer)
        self._session.rows_read.connect(self._follow)
        self._follow(self._session.rows)

    def _follow(self, rows: SongRows | None) -> None:
        self.setEnabled(rows is not None and bool(rows.songs) and not self._is_asking)

    def _ask(self) -> None:
        self._is_asking = True
        self._follow(self._session.rows)
        self._messages.withdraw(TOPIC)
        self._session.make_playlist()

    def _offer(self, served: "Served | None") -> None:
        if not self._is_asking:
            return
        self._is_asking = False
        self._follow(self._session.rows)
        if served is None:
            return
        notice = core_texts.said(served.songs.notice)
        if served.made is None:
            self._messages.say(Message(Kind.NOTICE, notice, topic=TOPIC))
            return
        path = served.made.files[0]
        count = wording.songs(served.made.songs)
        text = self.tr("{songs} are in {file}.").format(songs=count, file=path.name)
        open_it = self.tr("Open in {player}").format(player=opener_name(self._desk))
        actions = [
            (open_it, lambda: open_playlist(self._desk, path)),
            (self.tr("Show folder"), lambda: show_folder(path)),
        ]
        self._messages.say(Message(Kind.DONE, f"{text} {notice}".strip(), actions, topic=TOPIC))


def show_folder(file: Path) -> None:
    """Open the folder of a file in the desktop's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))
