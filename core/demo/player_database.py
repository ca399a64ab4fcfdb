"""A database of ours in the player's own format (Clementine, schema 51), for libraries that are made in code."""

import contextlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np

from core.errors import UserError
from core.file_url import url_from_path
from core.song import UNRATED

SCHEMA_VERSION = 51
MADE_BY_US = 0x4D41524D
"""``PRAGMA application_id`` ("MARM"). The player leaves it 0, so its own database is never taken for ours."""

FILE_TYPES = {"flac": 2, "m4a": 3, "mp3": 5, "ogg": 8, "wav": 10, "opus": 13}
"""Suffix to Clementine's ``Song::FileType``."""

OPUS_RATE = 48_000
"""Opus always decodes at this rate, whatever went in."""

SEARCH_COLUMNS = (
    "title",
    "album",
    "artist",
    "albumartist",
    "composer",
    "performer",
    "grouping",
    "genre",
    "comment",
    "year",
)


@dataclass(frozen=True, kw_only=True)
class PlayerSong:
    """What the player would know about one file; size and times are read from the file itself."""

    path: Path
    title: str
    artist: str
    album: str
    track: int
    year: int
    genre: str
    seconds: float
    sample_rate: int
    rating: float = UNRATED
    playcount: int = 0
    skipcount: int = 0
    score: int = 0
    last_played: int = -1
    """Unix seconds; -1 for never."""


def write_player_database(target: Path, *, songs: Sequence[PlayerSong], music: Path) -> None:
    """Write a complete database of ``songs``, all of which lie below the folder ``music``.

    Replaces only what an earlier call made; UserError if ``target`` is any other file.
    """
    _refuse_foreign(target)
    draft = target.with_name(f".{target.name}.draft")
    draft.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {MADE_BY_US}")
        # One transaction for everything: 80 statements by themselves waited over a second for the disk.
        connection.executescript("BEGIN;" + _schema())
        _fill(connection, songs=songs, music=music.resolve())
        connection.execute("COMMIT")
    draft.replace(target)


def _schema() -> str:
    return files("resources.demo").joinpath("clementine-51.sql").read_text(encoding="utf-8")


def _refuse_foreign(target: Path) -> None:
    """Bytes 68 to 71 of an SQLite file hold its application_id; they are read without opening a database."""
    if not target.exists():
        return
    with target.open("rb") as file:
        header = file.read(72)
    if header[:15] != b"SQLite format 3" or int.from_bytes(header[68:72], "big") != MADE_BY_US:
        message = f"{target} was not made by the demo and is left as it is; choose another folder for the demo."
        raise UserError(message)


def _fill(connection: sqlite3.Connection, *, songs: Sequence[PlayerSong], music: Path) -> None:
    connection.execute("INSERT INTO schema_version (version) VALUES (?)", (SCHEMA_VERSION,))
    connection.execute("INSERT INTO playlists (name) VALUES ('Playlist 1')")
    connection.execute("INSERT INTO directories (path, subdirs) VALUES (?, 1)", (str(music),))
    connection.executemany("INSERT INTO subdirectories (directory, path, mtime) VALUES (1, ?, ?)", _folders(music))
    for song in songs:
        _insert(connection, song=song)


def _folders(music: Path) -> Iterable[tuple[str, int]]:
    folders = [music, *sorted(path for path in music.rglob("*") if path.is_dir())]
    return [(str(folder), int(folder.stat().st_mtime)) for folder in folders]


def _insert(connection: sqlite3.Connection, *, song: PlayerSong) -> None:
    """One row of ``songs``, and the same row for the player's search."""
    row = _row(song)
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    # The names are the keys of the dictionary below, not input.
    rowid = connection.execute(f"INSERT INTO songs ({names}) VALUES ({marks})", tuple(row.values())).lastrowid  # noqa: S608
    search_names = ", ".join(f"fts{column}" for column in SEARCH_COLUMNS)
    search_marks = ", ".join("?" * len(SEARCH_COLUMNS))
    connection.execute(
        f"INSERT INTO songs_fts (docid, {search_names}) VALUES (?, {search_marks})",  # noqa: S608
        (rowid, *(row[column] for column in SEARCH_COLUMNS)),
    )


def _row(song: PlayerSong) -> dict[str, object]:
    return _tags(song) | _file_facts(song) | _statistics(song)


def _tags(song: PlayerSong) -> dict[str, object]:
    """Unknown text is empty and an unknown number is -1, as the player writes them."""
    empty = dict.fromkeys(("composer", "comment", "performer", "grouping", "lyrics"), "")
    unknown = dict.fromkeys(("disc", "bpm", "originalyear", "effective_originalyear"), -1)
    named = {
        "title": song.title,
        "album": song.album,
        "artist": song.artist,
        "albumartist": song.artist,
        "effective_albumartist": song.artist,
        "track": song.track,
        "year": song.year,
        "genre": song.genre,
        "compilation": 0,
    }
    return {**empty, **unknown, **named}


def _file_facts(song: PlayerSong) -> dict[str, object]:
    """The URL is a BLOB, lengths are whole seconds in nanoseconds: both as observed (``clementine.md`` section 3)."""
    path = song.path.resolve()
    status = path.stat()
    suffix = path.suffix.removeprefix(".")
    return {
        "filename": url_from_path(path).encode(),
        "directory": 1,
        "mtime": int(status.st_mtime),
        "ctime": int(status.st_ctime),
        "filesize": status.st_size,
        "filetype": FILE_TYPES[suffix],
        "length": int(song.seconds) * 1_000_000_000,
        "beginning": 0,
        "bitrate": round(status.st_size * 8 / song.seconds / 1000),
        "samplerate": OPUS_RATE if suffix == "opus" else song.sample_rate,
    }


def _statistics(song: PlayerSong) -> dict[str, object]:
    """The rating is a float32 that was widened, so 0.7 is stored as 0.699999988079071; unrated is -1."""
    return {
        "rating": float(np.float32(song.rating)) if song.rating > 0 else -1,
        "playcount": song.playcount,
        "skipcount": song.skipcount,
        "score": song.score,
        "lastplayed": song.last_played,
        "unavailable": 0,
    }
