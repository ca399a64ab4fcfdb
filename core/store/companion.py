"""The companion store: what became of each file, predictions, runs and choices, and what the owner said."""

import json
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from core.song import SongId
from core.store import made_playlists, own_ratings, rating_history, verdicts
from core.store.backup import Backups
from core.store.database import Database
from core.store.made_playlists import MadePlaylists
from core.store.own_ratings import OwnRatings
from core.store.rating_history import RatingHistory
from core.store.sounds import Sounds
from core.store.verdicts import Verdicts

MIGRATIONS = (
    """
    CREATE TABLE files (
        song_id TEXT PRIMARY KEY,
        size INTEGER NOT NULL,
        mtime REAL NOT NULL,
        checksum TEXT,
        excerpt TEXT NOT NULL,
        reason TEXT,
        detail TEXT NOT NULL DEFAULT '',
        updated_at REAL NOT NULL
    );
    CREATE TABLE predictions (
        song_id TEXT NOT NULL,
        model_version TEXT NOT NULL,
        rating REAL NOT NULL,
        low REAL NOT NULL,
        high REAL NOT NULL,
        created_at REAL NOT NULL,
        PRIMARY KEY (model_version, song_id)
    ) WITHOUT ROWID;
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        model_version TEXT NOT NULL,
        finished_at REAL NOT NULL,
        report TEXT NOT NULL
    );
    CREATE TABLE settings (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    );
    """,
    verdicts.MIGRATION + rating_history.MIGRATION,
    own_ratings.MIGRATION + rating_history.SOUND_MIGRATION,
    made_playlists.MIGRATION,
)

_STATES = "SELECT song_id, size, mtime, excerpt, reason, detail, ifnull(checksum, '') FROM files"


class FileState(NamedTuple):  # made three times as fast as a frozen dataclass, 60,000 times at each scan
    """What a file was when it was last listened to, and what came of it.

    ``size`` in bytes, ``mtime`` in Unix seconds (both -1 for a file that was not there). ``excerpt`` names the settings
    that the facts hold for, and for a failure that may be the encoder's the version of its embeddings after a space.
    ``reason`` is None for a song that was analysed, ``detail`` then says what was damaged.
    ``checksum`` is that of the undecoded sound, empty where it is not known.
    """

    song_id: SongId
    size: int
    mtime: float
    excerpt: str
    reason: str | None = None
    detail: str = ""
    checksum: str = ""

    def holds_for(self, excerpt: str, version: str) -> bool:
        """Whether this is what listening to the excerpt for embeddings of this version would tell again."""
        return self.excerpt in (excerpt, f"{excerpt} {version}")


class Prediction(NamedTuple):  # as FileState: a window waits for 60,000 of them
    """A predicted rating (0 to 1) and the interval that holds the owner's own in about 90 of 100 cases."""

    song_id: SongId
    rating: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of long work that has ended."""

    kind: str
    """``scan``, or that of a training job."""
    model_version: str
    finished_at: float
    """Unix seconds."""
    report: dict[str, Any]
    """What it found, by the names of its kind."""


class CompanionStore:
    """The file of a profile that must never be lost."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, migrations=MIGRATIONS)
        self._sounds = Sounds(self._database)
        self.verdicts = Verdicts(self._database)
        self.ratings = RatingHistory(self._database)
        self.own_ratings = OwnRatings(self._database)
        self.made_playlists = MadePlaylists(self._database)
        self.backups = Backups(self._database)

    def close(self) -> None:
        self._database.close()

    def file_states(self) -> dict[SongId, FileState]:
        """Every file that was ever looked at."""
        return {row[0]: FileState(*row) for row in self._database.rows(_STATES)}

    def skipped_states(self) -> dict[SongId, FileState]:
        """Only those files that gave nothing: few, where building a state for each of 60,000 takes half a second."""
        return {row[0]: FileState(*row) for row in self._database.rows(f"{_STATES} WHERE reason IS NOT NULL")}

    def looked_at(self) -> set[SongId]:
        """Every file that was ever looked at; stored after all that was found in it."""
        return {row[0] for row in self._database.rows("SELECT song_id FROM files")}

    def checksums(self, song_ids: Iterable[SongId]) -> dict[SongId, str]:
        """The checksum of the sound of each of these songs, where it is known."""
        return self._sounds.of(song_ids)

    def songs_of(self, checksums: Collection[str]) -> dict[str, set[SongId]]:
        """The songs that have, or had when they were heard last, each of these sounds."""
        return self._sounds.songs(checksums)

    def save_file_states(self, states: Iterable[FileState], *, passing: Collection[str] = ()) -> None:
        """Insert or replace in one transaction; a ``passing`` reason says nothing of a file that was heard before."""
        now = time.time()
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT INTO files VALUES (?, ?, ?, nullif(?, ''), ?, ?, ?, ?) ON CONFLICT (song_id) DO UPDATE SET "
                "size = excluded.size, mtime = excluded.mtime, checksum = excluded.checksum, "
                "excerpt = excluded.excerpt, reason = excluded.reason, detail = excluded.detail, "
                "updated_at = excluded.updated_at WHERE NOT (? AND files.reason IS NULL)",
                [
                    (s.song_id, s.size, s.mtime, s.checksum, s.excerpt, s.reason, s.detail, now, s.reason in passing)
                    for s in states
                ],
            )

    def predictions(self, model_version: str) -> dict[SongId, Prediction]:
        """The predictions of one predictor."""
        query = "SELECT song_id, rating, low, high FROM predictions WHERE model_version = ?"
        return {row[0]: Prediction._make(row) for row in self._database.rows(query, [model_version])}

    def predicted(self, model_version: str) -> set[SongId]:
        """The songs that a predictor has predicted."""
        rows = self._database.rows("SELECT song_id FROM predictions WHERE model_version = ?", [model_version])
        return {row[0] for row in rows}

    def predicted_at(self, model_version: str) -> float | None:
        """When a predictor predicted last, in Unix seconds; None if it never did."""
        query = "SELECT max(created_at) FROM predictions WHERE model_version = ?"
        found: float | None = self._database.rows(query, [model_version])[0][0]
        return found

    def replace_predictions(self, model_version: str, predictions: Sequence[Prediction]) -> None:
        """Store all predictions of a predictor in one transaction, in the place of its earlier ones."""
        now = time.time()
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM predictions WHERE model_version = ?", [model_version])
            connection.executemany(
                "INSERT INTO predictions VALUES (?, ?, ?, ?, ?, ?)",
                [(p.song_id, model_version, p.rating, p.low, p.high, now) for p in predictions],
            )

    def add_predictions(self, model_version: str, predictions: Iterable[Prediction]) -> None:
        """Store predictions beside the earlier ones of the same predictor."""
        now = time.time()
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO predictions VALUES (?, ?, ?, ?, ?, ?)",
                [(p.song_id, model_version, p.rating, p.low, p.high, now) for p in predictions],
            )

    def forget_predictions(self, song_ids: Iterable[SongId]) -> None:
        """Drop the predictions of songs that do not sound any more like what was predicted."""
        with self._database.transaction() as connection:
            # One pass for all of them: the primary key begins with the version.
            names = json.dumps(list(song_ids))
            connection.execute("DELETE FROM predictions WHERE song_id IN (SELECT value FROM json_each(?))", [names])

    def forget_predictions_except(self, model_version: str) -> None:
        """Drop the predictions of every other predictor; they can be computed again from its checkpoint."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM predictions WHERE model_version != ?", [model_version])

    def save_run(self, kind: str, *, model_version: str, report: dict[str, Any]) -> None:
        """Remember what a training or an evaluation found."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO runs (kind, model_version, finished_at, report) VALUES (?, ?, ?, ?)",
                [kind, model_version, time.time(), json.dumps(report)],
            )

    def last_run(self, kind: str) -> dict[str, Any] | None:
        """The report of the newest run of a kind, or None."""
        rows = self._database.rows("SELECT report FROM runs WHERE kind = ? ORDER BY id DESC LIMIT 1", [kind])
        return dict(json.loads(rows[0]["report"])) if rows else None

    def runs(self, *, newest: int = 100) -> list[Run]:
        """The newest runs of all kinds, the newest first."""
        query = "SELECT kind, model_version, finished_at, report FROM runs ORDER BY id DESC LIMIT ?"
        found = self._database.rows(query, [newest])
        return [Run(row[0], row[1], row[2], json.loads(row[3])) for row in found]

    def try_again(self, song_ids: Iterable[SongId]) -> None:
        """Let the next scan listen to skipped songs as if their files had changed."""
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE files SET size = -2 WHERE song_id = ? AND reason IS NOT NULL",
                [[song_id] for song_id in song_ids],
            )

    def setting(self, name: str) -> Any:  # noqa: ANN401 - whatever JSON can say
        """A choice that outlives the process, or None."""
        rows = self._database.rows("SELECT value FROM settings WHERE name = ?", [name])
        return json.loads(rows[0]["value"]) if rows else None

    def save_setting(self, name: str, value: object) -> None:
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", [name, json.dumps(value)])
