"""What the player plays at this moment, as it tells by MPRIS; nothing here ever waits for it."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from core.file_url import is_local, path_from_url, url_from_path
from core.song import SECTION, SongId
from desktop.item_models.song_rows import SongRows

PLAYING = "Playing"
URL, TITLE, STATUS, METADATA = "xesam:url", "xesam:title", "PlaybackStatus", "Metadata"


class NowPlaying(QObject):
    """Knows nothing until the player speaks, nor where there is no bus to hear it on."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.url = ""
        """The address of the file as the player tells it; empty for none."""
        self.title = ""
        self.is_playing = False
        self._told: dict[str, Mapping[str, Any]] = {}
        QTimer.singleShot(0, self, self._listen)

    def song_in(self, rows: SongRows) -> SongId | None:
        """The song of the library that is meant, None for another; of a cue sheet's tracks, that of the title."""
        if not self.url:
            return None
        urls = [self.url, *([url_from_path(path_from_url(self.url))] if is_local(self.url) else [])]
        for url in urls:
            if SongId(url) in rows.ids:
                return SongId(url)
        tracks = tuple(url + SECTION for url in urls)
        found = [song_id for song_id in rows.texts.known if song_id.startswith(tracks)]
        return next((each for each in found if rows.song(each).title == self.title), found[0] if found else None)

    # -------------------------------------------------------------------------------------------------- listening

    def _listen(self) -> None:
        try:
            from desktop.listening.player_bus import PlayerBus, has_bus
        except ImportError:  # a Qt without D-Bus
            return
        if has_bus():
            bus = PlayerBus(self)
            bus.told.connect(self._take)
            bus.listen()

    def _take(self, player: str, properties: Mapping[str, Any]) -> None:
        """Of several players, the one that plays counts."""
        self._told[player] = properties
        spoken = [each for each in self._told.values() if each]
        now = next((each for each in spoken if each.get(STATUS) == PLAYING), spoken[0] if spoken else {})
        metadata = now.get(METADATA) or {}
        state = (str(metadata.get(URL, "")), str(metadata.get(TITLE, "")), now.get(STATUS) == PLAYING)
        if state != (self.url, self.title, self.is_playing):
            self.url, self.title, self.is_playing = state
            self.changed.emit()
