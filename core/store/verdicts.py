"""What the owner said about songs, which stands above everything that was heard: it is never lost, only taken back."""

import time
from collections.abc import Collection, Iterable, Mapping

from core.song import SongId
from core.store.database import Database

MIGRATION = """
    CREATE TABLE not_duplicates (
        first TEXT NOT NULL,
        second TEXT NOT NULL,
        said_at REAL NOT NULL,
        PRIMARY KEY (first, second),
        CHECK (first < second)
    ) WITHOUT ROWID;
    CREATE TABLE kept_copies (
        song_id TEXT PRIMARY KEY,
        said_at REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE speech_verdicts (
        song_id TEXT PRIMARY KEY,
        class TEXT NOT NULL,
        said_at REAL NOT NULL
    ) WITHOUT ROWID;
"""

Pair = frozenset[SongId]


class Verdicts:
    """A part of the companion store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def not_duplicates(self) -> set[Pair]:
        """The pairs of songs that are not to be taken for copies of each other."""
        return {frozenset((row[0], row[1])) for row in self._database.rows("SELECT first, second FROM not_duplicates")}

    def say_not_duplicates(self, pairs: Iterable[Pair]) -> None:
        """The songs of each pair are different ones, however alike they sound."""
        now = time.time()
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO not_duplicates VALUES (?, ?, ?)", [(*sorted(pair), now) for pair in pairs]
            )

    def take_back_not_duplicates(self, pairs: Iterable[Pair]) -> None:
        """Let what was heard decide about these pairs again."""
        with self._database.transaction() as connection:
            connection.executemany(
                "DELETE FROM not_duplicates WHERE first = ? AND second = ?", [tuple(sorted(pair)) for pair in pairs]
            )

    def kept_copies(self) -> set[SongId]:
        """The songs of which the owner said that this is the copy to keep."""
        return {row[0] for row in self._database.rows("SELECT song_id FROM kept_copies")}

    def say_keep(self, song_id: SongId, *, instead_of: Collection[SongId] = ()) -> None:
        """This is the copy to keep, and none of the others."""
        with self._database.transaction() as connection:
            connection.executemany("DELETE FROM kept_copies WHERE song_id = ?", [(other,) for other in instead_of])
            connection.execute("INSERT OR REPLACE INTO kept_copies VALUES (?, ?)", [song_id, time.time()])

    def take_back_keep(self, song_id: SongId) -> None:
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM kept_copies WHERE song_id = ?", [song_id])

    def speech(self) -> dict[SongId, str]:
        """The class (music, spoken) of each song that the owner gave one."""
        return {row[0]: row[1] for row in self._database.rows("SELECT song_id, class FROM speech_verdicts")}

    def say_speech(self, song_id: SongId, speech_class: str) -> None:
        """This song is of this class, whatever is heard."""
        with self._database.transaction() as connection:
            values = [song_id, speech_class, time.time()]
            connection.execute("INSERT OR REPLACE INTO speech_verdicts VALUES (?, ?, ?)", values)

    def take_back_speech(self, song_id: SongId) -> None:
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM speech_verdicts WHERE song_id = ?", [song_id])

    def copy(self, new_ids: Mapping[SongId, SongId]) -> None:
        """What was said of old keys holds for new ones too: their files were moved."""
        moves = list(new_ids.items())
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO kept_copies SELECT ?, said_at FROM kept_copies WHERE song_id = ?", moves
            )
            connection.executemany(
                "INSERT OR IGNORE INTO speech_verdicts SELECT ?, class, said_at FROM speech_verdicts WHERE song_id = ?",
                moves,
            )
            # One after the other: of a folder that was renamed, both songs of a pair have moved.
            connection.executemany(
                "INSERT OR IGNORE INTO not_duplicates SELECT min(?1, other), max(?1, other), said_at FROM (SELECT "
                "iif(first = ?2, second, first) AS other, said_at FROM not_duplicates WHERE first = ?2 OR second = ?2) "
                "WHERE other <> ?1",
                moves,
            )
