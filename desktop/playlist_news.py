"""What came of the playlist that nobody asked anything special of, whether a page or the tray asked for it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from desktop import core_texts, wording
from desktop.desk import Desk
from desktop.messages import Kind, Message
from desktop.preferences.opening import open_playlist, opener_name

if TYPE_CHECKING:
    from core.parts.recipes import Served

TOPIC = "playlist"


class PlaylistNews(QObject):
    """Tells it above the page, and to ``note``, which is for who does not look at the window."""

    def __init__(self, desk: Desk, *, note: Callable[[str], object], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._note = desk, note
        desk.session.playlist_made.connect(self._tell)

    def _tell(self, served: "Served | None") -> None:
        if served is None:  # why not was told as what failed
            return
        notice = core_texts.said(served.songs.notice)
        if served.made is None:
            self._say(Message(Kind.NOTICE, notice, topic=TOPIC))
            return
        path = served.made.files[0]
        count = wording.songs(served.made.songs)
        text = self.tr("Saved: {songs} in {file}.").format(songs=count, file=path.name)
        open_it = self.tr("Open in {player}").format(player=opener_name(self._desk))
        actions = [
            (open_it, lambda: open_playlist(self._desk, path)),
            (self.tr("Show folder"), lambda: show_folder(path)),
        ]
        self._say(Message(Kind.DONE, f"{text} {notice}".strip(), actions, topic=TOPIC))

    def _say(self, message: Message) -> None:
        self._desk.messages.withdraw(TOPIC)  # the same may have been said before, and is news again
        self._desk.messages.say(message)
        self._note(message.text)


def show_folder(file: Path) -> None:
    """Open the folder of a file in the desktop's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))
