"""What the owner said, as rows that a backup carries to another companion store and that merge with what is there.

Restoring adds, it never takes away: of two words on the same thing the newer one stands, and restoring twice is
restoring once.
"""

import json
import time
from pathlib import Path
from sqlite3 import Connection, Row
from typing import Final

from core.store.database import Database, back_up
from core.store.keepsakes import (
    ChoiceRow,
    Keepsakes,
    KeptCopyRow,
    NotDuplicatesRow,
    OwnRatingRow,
    PlayerRatingRow,
    PlaylistRow,
    SpeechRow,
)
from core.store.own_ratings import SOUND_WHEN_SAID
from core.store.rating_history import SOUND_WHEN_NOTED

CHOICES: Final = ("choice:", "recipe:", "work_mode")
"""What the names of the settings begin with that mean the same on another machine; the rest is about this one."""


class Backups:
    """A part of the companion store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def collect(self) -> Keepsakes:
        """All that is to be carried."""
        rows = self._database.rows
        choices = rows("SELECT name, value FROM settings ORDER BY name")
        return Keepsakes(
            tuple(OwnRatingRow(*row) for row in rows(_OWN)),
            tuple(PlayerRatingRow(*row) for row in rows(_PLAYER)),
            tuple(NotDuplicatesRow(*row) for row in rows(_APART)),
            tuple(KeptCopyRow(*row) for row in rows("SELECT sound, song_id, said_at FROM kept_copies ORDER BY 1")),
            tuple(
                SpeechRow(*row) for row in rows("SELECT sound, song_id, class, said_at FROM speech_verdicts ORDER BY 1")
            ),
            tuple(ChoiceRow(*row) for row in choices if str(row["name"]).startswith(CHOICES)),
            tuple(_playlist(row) for row in rows(_PLAYLISTS)),
        )

    def merge(self, keepsakes: Keepsakes) -> dict[str, int]:
        """Add what is not here yet, or all of it or nothing; returns how much of each part was new.

        The store is copied beside itself before anything is written; nothing is written where nothing is new.
        """
        with self._database.transaction() as connection:
            new = _new_rows(connection, keepsakes)
            if any(new.counts().values()):
                path = self._database.path
                if isinstance(path, Path):
                    back_up(path, path.with_name(f"{path.name}.before-restore.bak"))
                _insert(connection, new)
        return new.counts()


_OWN = f"SELECT {SOUND_WHEN_SAID}, song_id, rating, said_at FROM own_ratings AS own ORDER BY said_at, id"  # noqa: S608
_PLAYER = (
    f"SELECT song_id, {SOUND_WHEN_NOTED}, rating, seen_at, noted_at FROM rating_history AS history "  # noqa: S608
    "WHERE song_id <> '' ORDER BY id"
)
_APART = "SELECT first, second, first_id, second_id, said_at FROM not_duplicates ORDER BY 1, 2"

_PLAYLISTS = "SELECT name, files, recipe, songs, made_at, keep_up_to_date FROM made_playlists ORDER BY made_at, id"


def _playlist(row: Row) -> PlaylistRow:
    name, files, recipe, songs, made_at, kept = row
    return PlaylistRow(name, files, recipe, tuple(json.loads(songs)), made_at, bool(kept))


def _new_rows(connection: Connection, keepsakes: Keepsakes) -> Keepsakes:
    """What the store does not have, or has an older word on."""

    def known(query: str) -> set[tuple[object, ...]]:
        return {tuple(row) for row in connection.execute(query)}

    def moments(query: str) -> dict[object, float]:
        return {tuple(row)[:-1]: row[-1] for row in connection.execute(query)}

    # A song may have got its sound in between, or another name by another map.
    own = known("SELECT sound, rating, said_at FROM own_ratings UNION SELECT song_id, rating, said_at FROM own_ratings")
    player = known(
        "SELECT song_id, rating, seen_at, noted_at FROM rating_history "
        "UNION SELECT sound, rating, seen_at, noted_at FROM rating_history WHERE sound IS NOT NULL"
    )
    apart = moments("SELECT first, second, said_at FROM not_duplicates")
    kept, speech = (
        moments(f"SELECT sound, said_at FROM {table}")  # noqa: S608 - one of our own tables
        for table in ("kept_copies", "speech_verdicts")
    )
    choices = known("SELECT name FROM settings")
    made = known("SELECT name, made_at FROM made_playlists")
    taken = {path for (files,) in known("SELECT files FROM made_playlists") for path in json.loads(str(files))}
    return Keepsakes(
        tuple(
            row
            for row in dict.fromkeys(keepsakes.own_ratings)
            if not {(name, row.rating, row.said_at) for name in (row.sound, row.song)} & own
        ),
        tuple(
            row
            for row in dict.fromkeys(keepsakes.player_ratings)
            if not {(name, row.rating, row.seen_at, row.noted_at) for name in (row.sound, row.song)} & player
        ),
        tuple(row for row in keepsakes.not_duplicates if row.said_at > apart.get((row.first, row.second), -1.0)),
        tuple(row for row in keepsakes.kept_copies if row.said_at > kept.get((row.sound,), -1.0)),
        tuple(row for row in keepsakes.speech if row.said_at > speech.get((row.sound,), -1.0)),
        tuple(row for row in keepsakes.choices if (row.name,) not in choices and row.name.startswith(CHOICES)),
        tuple(
            row
            for row in keepsakes.playlists
            if (row.name, row.made_at) not in made and not taken & json.loads(row.files).keys()
        ),
    )


def _insert(connection: Connection, new: Keepsakes) -> None:
    now = time.time()
    connection.executemany(
        "INSERT INTO own_ratings (sound, song_id, rating, said_at) VALUES (?, ?, ?, ?)",
        [(row.sound, row.song, row.rating, row.said_at) for row in new.own_ratings],
    )
    connection.executemany(
        "INSERT INTO rating_history (song_id, sound, rating, seen_at, noted_at, restored_at) VALUES (?, ?, ?, ?, ?, ?)",
        [(row.song, row.sound, row.rating, row.seen_at, row.noted_at, now) for row in new.player_ratings],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO not_duplicates (first, second, first_id, second_id, said_at) VALUES (?, ?, ?, ?, ?)",
        [(row.first, row.second, row.first_song, row.second_song, row.said_at) for row in new.not_duplicates],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO kept_copies (sound, song_id, said_at) VALUES (?, ?, ?)",
        [(row.sound, row.song, row.said_at) for row in new.kept_copies],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO speech_verdicts (sound, song_id, class, said_at) VALUES (?, ?, ?, ?)",
        [(row.sound, row.song, row.speech_class, row.said_at) for row in new.speech],
    )
    connection.executemany("INSERT INTO settings VALUES (?, ?)", [(row.name, row.value) for row in new.choices])
    connection.executemany(
        "INSERT INTO made_playlists (name, files, recipe, songs, made_at, keep_up_to_date) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (row.name, row.files, row.recipe, json.dumps(row.songs), row.made_at, row.keep_up_to_date)
            for row in new.playlists
        ],
    )
