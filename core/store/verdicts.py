"""What the owner said about songs, which stands above everything that was heard: it is never lost, only taken back.

A verdict is about a sound: it holds for every file of that sound, under whatever name, and not for another sound under
the old name. The sound of a song is the checksum in the ``files`` table of the same store; until a song was heard, the
song itself stands for it.
"""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations, product, takewhile

from core.song import SongId
from core.store.database import Database
from core.store.sounds import Sounds

MIGRATION = """
    CREATE TABLE not_duplicates (
        first TEXT NOT NULL,
        second TEXT NOT NULL,
        first_id TEXT NOT NULL,
        second_id TEXT NOT NULL,
        said_at REAL NOT NULL,
        PRIMARY KEY (first, second),
        CHECK (first <= second)
    ) WITHOUT ROWID;
    CREATE TABLE kept_copies (
        sound TEXT PRIMARY KEY,
        song_id TEXT NOT NULL,
        said_at REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE speech_verdicts (
        sound TEXT PRIMARY KEY,
        song_id TEXT NOT NULL,
        class TEXT NOT NULL,
        said_at REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX idx_files_checksum ON files(checksum);
"""
"""``song_id`` is the song of which it was said; equal sounds in ``not_duplicates`` are exact copies."""

Pair = frozenset[SongId]
Bearers = Mapping[str, Collection[SongId]]
"""For each sound, the songs that have it."""


class Verdicts:
    """A part of the companion store. ``present`` are the songs that are there now, where that makes a difference."""

    def __init__(self, database: Database) -> None:
        self._database, self._heard = database, Sounds(database)

    # ---------------------------------------------------------------------------------------------- not a duplicate

    def not_duplicates(self, present: Collection[SongId] | None = None) -> set[Pair]:
        """The pairs of songs that are not to be taken for copies of each other.

        Exact copies are parted only as far as they are ``present``: the row of a file that was moved stays with it.
        """
        rows = self._database.rows("SELECT first, second, first_id, second_id FROM not_duplicates")
        bearers = self._heard.bearers(
            (sound, song_id) for row in rows for sound, song_id in zip(row[:2], row[2:], strict=True)
        )
        return {frozenset(pair) for row in rows for pair in _pairs(row[0], row[1], bearers, present=present)}

    def say_not_duplicates(self, pairs: Iterable[Pair]) -> None:
        """The songs of each pair are different ones, however alike they sound."""
        rows, now = self._sounds_of_pairs(pairs), time.time()
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO not_duplicates VALUES (?, ?, ?, ?, ?)", [(*row, now) for row in rows]
            )

    def take_back_not_duplicates(self, pairs: Iterable[Pair]) -> None:
        """Let what was heard decide about these pairs again."""
        rows = self._sounds_of_pairs(pairs)
        with self._database.transaction() as connection:
            connection.executemany(
                "DELETE FROM not_duplicates WHERE (first = ?1 AND second = ?2) "
                "OR (first_id = ?3 AND second_id = ?4) OR (first_id = ?4 AND second_id = ?3)",
                rows,
            )

    # ---------------------------------------------------------------------------------------------- the copy to keep

    def kept_copies(self, present: Collection[SongId] | None = None) -> set[SongId]:
        """The songs of which the owner said that this is the copy to keep.

        One that is not ``present`` any more stands for the present song of its sound whose path ends most like its own.
        """
        rows = [(row[0], row[1]) for row in self._database.rows("SELECT sound, song_id FROM kept_copies")]
        bearers = self._heard.bearers(rows)
        return {
            kept for sound, song_id in rows if (kept := _kept(song_id, bearers[sound], present=present)) is not None
        }

    def say_keep(self, song_id: SongId, *, instead_of: Collection[SongId] = ()) -> None:
        """This is the copy to keep, and none of the others."""
        self._forget("kept_copies", [song_id, *instead_of])
        with self._database.transaction() as connection:
            values = [self._sounds([song_id])[song_id], song_id, time.time()]
            connection.execute("INSERT OR REPLACE INTO kept_copies VALUES (?, ?, ?)", values)

    def take_back_keep(self, song_id: SongId) -> None:
        self._forget("kept_copies", [song_id])

    # ---------------------------------------------------------------------------------------------- music or spoken

    def speech(self) -> dict[SongId, str]:
        """The class (music, spoken) of each song that the owner gave one."""
        rows = self._database.rows("SELECT sound, song_id, class FROM speech_verdicts")
        bearers = self._heard.bearers((row[0], row[1]) for row in rows)
        return {song_id: row[2] for row in rows for song_id in bearers[row[0]]}

    def say_speech(self, song_id: SongId, speech_class: str) -> None:
        """This song is of this class, whatever is heard."""
        self._forget("speech_verdicts", [song_id])
        with self._database.transaction() as connection:
            values = [self._sounds([song_id])[song_id], song_id, speech_class, time.time()]
            connection.execute("INSERT OR REPLACE INTO speech_verdicts VALUES (?, ?, ?, ?)", values)

    def take_back_speech(self, song_id: SongId) -> None:
        self._forget("speech_verdicts", [song_id])

    # ---------------------------------------------------------------------------------------------- sounds and songs

    def _forget(self, table: str, song_ids: Collection[SongId]) -> None:
        sounds = self._sounds(song_ids)
        with self._database.transaction() as connection:
            connection.executemany(
                # The song itself stood for a sound that was not known yet; the name may be another sound's by now.
                f"DELETE FROM {table} WHERE sound = ?1 OR sound = ?2",  # noqa: S608 - one of our own tables
                [(sounds[song_id], song_id) for song_id in song_ids],
            )

    def _sounds(self, song_ids: Iterable[SongId]) -> dict[SongId, str]:
        """The sound of each of these songs, or the song itself."""
        wanted = list(song_ids)
        return {song_id: str(song_id) for song_id in wanted} | self._heard.of(wanted)

    def _sounds_of_pairs(self, pairs: Iterable[Pair]) -> list[tuple[str, str, SongId, SongId]]:
        wanted = [tuple(sorted(pair)) for pair in pairs]
        sounds = self._sounds({song_id for pair in wanted for song_id in pair})
        rows = []
        for pair in wanted:
            (first, first_id), (second, second_id) = sorted((sounds[song_id], song_id) for song_id in pair)
            rows.append((first, second, first_id, second_id))
        return rows


def _pairs(
    first: str, second: str, bearers: Bearers, *, present: Collection[SongId] | None
) -> Iterator[tuple[SongId, SongId]]:
    if first != second:
        yield from product(bearers[first], bearers[second])
        return
    yield from combinations([song for song in bearers[first] if present is None or song in present], 2)


def _kept(song_id: SongId, bearers: Collection[SongId], *, present: Collection[SongId] | None) -> SongId | None:
    if song_id in bearers and (present is None or song_id in present):
        return song_id
    if present is None:
        return None
    candidates = sorted(bearer for bearer in bearers if bearer in present)
    return max(candidates, key=lambda bearer: _common_end(bearer, song_id), default=None)


def _common_end(one: str, other: str) -> int:
    """How many characters two addresses have in common at their end."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
