"""The map of the library: the one that is stored, with the songs that came since, and how it is drawn anew."""

from collections.abc import Iterator, Sequence

from core.jobs.events import Control, Event
from core.parts.workplace import Workplace
from core.recommend.song_map import SongMap
from core.song import Song

NEW_SHARE = 0.1
"""Of the songs: when more have only an approximate place, the map is worth drawing anew."""


class Maps:
    """A part of the engine. Every song that was listened to is on the map, copies and spoken ones too."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def saved(self) -> SongMap | None:
        """The map that was drawn last; None before the first, or if it cannot be read."""
        raise NotImplementedError

    def current(self, songs: Sequence[Song] | None = None) -> SongMap:
        """The saved map without songs that are gone, those that were heard since placed among their neighbors.

        ``songs`` are all of the library, if they are at hand. Empty before the first map is drawn.
        """
        raise NotImplementedError

    def is_stale(self, song_map: SongMap) -> bool:
        """Whether it is worth drawing anew: other embeddings are in use, or many places are approximate."""
        raise NotImplementedError

    def draw(self, *, control: Control | None = None) -> Iterator[Event]:
        """Draw and store the map of all songs: LayoutMoved while it unfolds, MapFinished at its end.

        It starts from the map before and is turned back onto it. Raises UserError for fewer than five songs. Stopped
        (or killed) at any time, it leaves the map before.
        """
        raise NotImplementedError
