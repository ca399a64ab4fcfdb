"""Which song has which sound: the checksums in the ``files`` table, so that what is said of one holds for all names.

Of a song whose sound is not known yet, the song itself stands for it.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from core.song import SongId
from core.store.database import Database

_OF_SONGS = (
    "SELECT song_id, checksum FROM files WHERE checksum IS NOT NULL AND song_id IN (SELECT value FROM json_each(?))"
)
_SONGS_OF = "SELECT checksum, song_id FROM files WHERE checksum IN (SELECT value FROM json_each(?))"


class Sounds:
    """A view into the companion store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, song_ids: Iterable[SongId]) -> dict[SongId, str]:
        """The sound of each of these songs that was heard."""
        return {row[0]: row[1] for row in self._database.rows(_OF_SONGS, [json.dumps(list(song_ids))])}

    def songs(self, sounds: Collection[str]) -> dict[str, set[SongId]]:
        """The songs that have, or had when they were heard last, each of these sounds."""
        found: dict[str, set[SongId]] = defaultdict(set)
        for row in self._database.rows(_SONGS_OF, [json.dumps(list(sounds))]) if sounds else []:
            found[row[0]].add(row[1])
        return found

    def bearers(self, said: Iterable[tuple[str, SongId]]) -> Mapping[str, set[SongId]]:
        """The songs of each sound; ``said`` are the sounds that something was said of, with the songs it was said of.

        A song whose sound is not known is what it was when it was spoken of.
        """
        pairs = list(said)
        found = self.songs([sound for sound, _ in pairs])
        known = self.of(song_id for _, song_id in pairs)
        for sound, song_id in pairs:
            if known.get(song_id, sound) == sound or sound == song_id:
                found[sound].add(song_id)
        return found
