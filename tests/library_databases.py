"""Databases of Clementine and Strawberry with their real schemas, made in code: no test needs a binary fixture.

The statements are those that Clementine 1.4.0~rc1 (schema 51) and Strawberry 1.0.14 (schema 15) were seen to write.
Use::

    from tests.library_databases import PlayerDatabase, SongRow

    database = PlayerDatabase.create(tmp_path / "clementine.db", directories=[music])
    database.add(SongRow(path=music / "a.mp3", title="A", rating=0.7))
    database.rate(music / "a.mp3", 0.9)
"""

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.file_url import url_from_path

CLEMENTINE_SONGS = """CREATE TABLE songs (
  title TEXT, album TEXT, artist TEXT, albumartist TEXT, composer TEXT, track INTEGER, disc INTEGER, bpm REAL,
  year INTEGER, genre TEXT, comment TEXT, compilation INTEGER,
  length INTEGER, bitrate INTEGER, samplerate INTEGER,
  directory INTEGER NOT NULL, filename TEXT NOT NULL, mtime INTEGER NOT NULL, ctime INTEGER NOT NULL,
  filesize INTEGER NOT NULL
, sampler INTEGER NOT NULL DEFAULT 0, art_automatic TEXT, art_manual TEXT, filetype INTEGER NOT NULL DEFAULT 0,
  playcount INTEGER NOT NULL DEFAULT 0, lastplayed INTEGER, rating INTEGER,
  forced_compilation_on INTEGER NOT NULL DEFAULT 0, forced_compilation_off INTEGER NOT NULL DEFAULT 0,
  effective_compilation NOT NULL DEFAULT 0, skipcount INTEGER NOT NULL DEFAULT 0, score INTEGER NOT NULL DEFAULT 0,
  beginning INTEGER NOT NULL DEFAULT 0, cue_path TEXT, unavailable INTEGER DEFAULT 0, effective_albumartist TEXT,
  etag TEXT, performer TEXT, grouping TEXT, lyrics TEXT, originalyear INTEGER, effective_originalyear INTEGER)"""

ADDED_BY_SCHEMA = {
    "unavailable": 34,
    "effective_albumartist": 36,
    "etag": 38,
    "performer": 46,
    "grouping": 46,
    "lyrics": 49,
    "originalyear": 50,
    "effective_originalyear": 50,
}
"""Columns that older schemas lack, with the version that brought them."""

CLEMENTINE_REST = """
CREATE TABLE directories (path TEXT NOT NULL, subdirs INTEGER NOT NULL);
CREATE TABLE schema_version (version INTEGER NOT NULL);
CREATE TABLE subdirectories (directory INTEGER NOT NULL, path TEXT NOT NULL, mtime INTEGER NOT NULL);
CREATE TABLE playlists (name TEXT NOT NULL
, last_played INTEGER NOT NULL DEFAULT -1, ui_order INTEGER NOT NULL DEFAULT 0, dynamic_playlist_type TEXT,
  dynamic_playlist_data BLOB, dynamic_playlist_backend TEXT DEFAULT "songs", special_type TEXT, ui_path TEXT,
  is_favorite INTEGER NOT NULL DEFAULT 0);
CREATE TABLE playlist_items (playlist INTEGER NOT NULL, type TEXT NOT NULL, library_id INTEGER, url TEXT, title TEXT,
  artist TEXT, album TEXT, length INTEGER, radio_service TEXT
, beginning INTEGER, cue_path TEXT, albumartist TEXT, composer TEXT, track INTEGER, disc INTEGER, bpm REAL,
  year INTEGER, genre TEXT, comment TEXT, compilation INTEGER, bitrate INTEGER, samplerate INTEGER, directory INTEGER,
  filename TEXT, mtime INTEGER, ctime INTEGER, filesize INTEGER, sampler INTEGER NOT NULL DEFAULT 0,
  art_automatic TEXT, art_manual TEXT, filetype INTEGER NOT NULL DEFAULT 0, playcount INTEGER NOT NULL DEFAULT 0,
  lastplayed INTEGER, rating INTEGER, forced_compilation_on INTEGER NOT NULL DEFAULT 0,
  forced_compilation_off INTEGER NOT NULL DEFAULT 0, effective_compilation NOT NULL DEFAULT 0,
  skipcount INTEGER NOT NULL DEFAULT 0, score INTEGER NOT NULL DEFAULT 0, unavailable INTEGER DEFAULT 0,
  effective_albumartist TEXT, etag TEXT, performer TEXT, grouping TEXT, lyrics TEXT, originalyear INTEGER,
  effective_originalyear INTEGER);
CREATE TABLE devices (unique_id TEXT NOT NULL, friendly_name TEXT, size INTEGER, icon TEXT
, schema_version INTEGER NOT NULL DEFAULT 0, transcode_mode NOT NULL DEFAULT 3, transcode_format NOT NULL DEFAULT 5);
CREATE TABLE magnatune_songs AS SELECT * FROM songs;
CREATE INDEX idx_comp_artist ON songs (effective_compilation, artist);
CREATE INDEX idx_album ON songs (album);
CREATE INDEX idx_title ON songs (title);
CREATE INDEX idx_filename ON songs (filename);
CREATE VIEW duplicated_songs AS SELECT artist dup_artist, album dup_album, title dup_title FROM songs AS inner_songs
  WHERE artist != '' AND album != '' AND title != '' AND unavailable = 0 GROUP BY artist, album, title
  HAVING count(*) > 1;
"""

# Clementine registers the tokenizer "unicode" itself: every query on such a table fails elsewhere, as it must in tests.
CLEMENTINE_FULL_TEXT = """CREATE VIRTUAL TABLE {table}_fts USING fts3( ftstitle, ftsalbum, ftsartist, ftsalbumartist,
  ftscomposer, ftsperformer, ftsgrouping, ftsgenre, ftscomment, ftsyear,
  tokenize=unicode
)"""
FULL_TEXT_OF = ("songs", "playlist_items")

STRAWBERRY_TABLES = """
CREATE TABLE songs (
  title TEXT, album TEXT, artist TEXT, albumartist TEXT, track INTEGER NOT NULL DEFAULT -1,
  disc INTEGER NOT NULL DEFAULT -1, year INTEGER NOT NULL DEFAULT -1, originalyear INTEGER NOT NULL DEFAULT -1,
  genre TEXT, compilation INTEGER NOT NULL DEFAULT 0, composer TEXT, performer TEXT, grouping TEXT, comment TEXT,
  lyrics TEXT, artist_id TEXT, album_id TEXT, song_id TEXT,
  beginning INTEGER NOT NULL DEFAULT 0, length INTEGER NOT NULL DEFAULT 0,
  bitrate INTEGER NOT NULL DEFAULT -1, samplerate INTEGER NOT NULL DEFAULT -1, bitdepth INTEGER NOT NULL DEFAULT -1,
  source INTEGER NOT NULL DEFAULT 0, directory_id INTEGER NOT NULL DEFAULT -1, url TEXT NOT NULL,
  filetype INTEGER NOT NULL DEFAULT 0, filesize INTEGER NOT NULL DEFAULT -1, mtime INTEGER NOT NULL DEFAULT -1,
  ctime INTEGER NOT NULL DEFAULT -1, unavailable INTEGER DEFAULT 0, fingerprint TEXT,
  playcount INTEGER NOT NULL DEFAULT 0, skipcount INTEGER NOT NULL DEFAULT 0, lastplayed INTEGER NOT NULL DEFAULT -1,
  lastseen INTEGER NOT NULL DEFAULT -1, compilation_detected INTEGER DEFAULT 0,
  compilation_on INTEGER NOT NULL DEFAULT 0, compilation_off INTEGER NOT NULL DEFAULT 0,
  compilation_effective INTEGER NOT NULL DEFAULT 0, art_automatic TEXT, art_manual TEXT, effective_albumartist TEXT,
  effective_originalyear INTEGER NOT NULL DEFAULT 0, cue_path TEXT, rating INTEGER DEFAULT -1);
CREATE TABLE directories (path TEXT NOT NULL, subdirs INTEGER NOT NULL);
CREATE TABLE schema_version (version INTEGER NOT NULL);
CREATE TABLE subdirectories (directory_id INTEGER NOT NULL, path TEXT NOT NULL, mtime INTEGER NOT NULL);
CREATE INDEX idx_url ON songs (url);
CREATE TABLE playlists (name TEXT NOT NULL, last_played INTEGER NOT NULL DEFAULT -1,
  ui_order INTEGER NOT NULL DEFAULT 0, special_type TEXT, ui_path TEXT, is_favorite INTEGER NOT NULL DEFAULT 0,
  dynamic_playlist_type INTEGER, dynamic_playlist_backend TEXT, dynamic_playlist_data BLOB);
CREATE TABLE playlist_items (
  playlist INTEGER NOT NULL, type INTEGER NOT NULL DEFAULT 0, collection_id INTEGER, playlist_url TEXT,
  title TEXT, album TEXT, artist TEXT, albumartist TEXT, track INTEGER, disc INTEGER, year INTEGER,
  originalyear INTEGER, genre TEXT, compilation INTEGER DEFAULT 0, composer TEXT, performer TEXT, grouping TEXT,
  comment TEXT, lyrics TEXT, artist_id TEXT, album_id TEXT, song_id TEXT, beginning INTEGER, length INTEGER,
  bitrate INTEGER, samplerate INTEGER, bitdepth INTEGER, source INTEGER, directory_id INTEGER, url TEXT NOT NULL,
  filetype INTEGER, filesize INTEGER, mtime INTEGER, ctime INTEGER, unavailable INTEGER DEFAULT 0, fingerprint TEXT,
  playcount INTEGER DEFAULT 0, skipcount INTEGER DEFAULT 0, lastplayed INTEGER DEFAULT -1,
  lastseen INTEGER DEFAULT -1, compilation_detected INTEGER DEFAULT 0, compilation_on INTEGER DEFAULT 0,
  compilation_off INTEGER DEFAULT 0, compilation_effective INTEGER DEFAULT 0, art_automatic TEXT, art_manual TEXT,
  effective_albumartist TEXT, effective_originalyear INTEGER, cue_path TEXT, rating INTEGER DEFAULT -1);
"""

NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, kw_only=True)
class SongRow:
    """What a test says about one song; ``duration`` and ``beginning`` are seconds, stored as nanoseconds.

    ``location`` overrides ``path`` with a raw value: a stream's URL, or one that no path gives.
    """

    path: Path = Path("/music/song.mp3")
    location: str | None = None
    title: str | None = "Title"
    artist: str | None = "Artist"
    album: str | None = "Album"
    albumartist: str | None = ""
    genre: str | None = "Rock"
    year: int | None = 2001
    track: int | None = 1
    rating: float | None = -1
    duration: float = 180.0
    beginning: float = 0.0
    cue_path: str | None = None
    mtime: int = 1_600_000_000
    filesize: int = 5_000_000
    playcount: int = 0
    skipcount: int = 0
    score: int = 0
    unavailable: int = 0
    more: dict[str, Any] = field(default_factory=dict)
    """Further columns, as they are."""

    @property
    def url(self) -> str:
        return url_from_path(self.path) if self.location is None else self.location


@dataclass(frozen=True)
class PlayerDatabase:
    """A database as the player leaves it, and what the player does to it later."""

    path: Path
    player: str
    text_filenames: bool

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        schema: int = 51,
        directories: Iterable[Path] = (),
        songs: Iterable[SongRow] = (),
        text_filenames: bool = False,
    ) -> "PlayerDatabase":
        """A clementine.db; columns that came after ``schema`` are left out."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_clementine_songs(schema))
            connection.executescript(CLEMENTINE_REST)
            _add_unreadable_full_text_tables(connection)
        database = cls(path, "clementine", text_filenames)
        database._begin(schema, directories, songs)
        return database

    @classmethod
    def create_strawberry(
        cls, path: Path, *, schema: int = 15, directories: Iterable[Path] = (), songs: Iterable[SongRow] = ()
    ) -> "PlayerDatabase":
        """A strawberry.db, of which every song belongs to the collection."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            connection.executescript(STRAWBERRY_TABLES)
        database = cls(path, "strawberry", text_filenames=True)
        database._begin(schema, directories, songs)
        return database

    def _begin(self, schema: int, directories: Iterable[Path], songs: Iterable[SongRow]) -> None:
        with self.transaction() as connection:
            connection.execute("INSERT INTO schema_version VALUES (?)", (schema,))
            connection.executemany("INSERT INTO directories VALUES (?, 1)", [(str(each),) for each in directories])
        self.add(*songs)

    @contextmanager
    def transaction(self, *, timeout: float = 5.0) -> Iterator[sqlite3.Connection]:
        """A connection like the player's (Qt's busy timeout is 5 s): committed at the end, then closed."""
        with closing(sqlite3.connect(self.path, timeout=timeout)) as connection, connection:
            connection.execute("PRAGMA synchronous = OFF")  # tests pull no plug
            yield connection

    def add(self, *songs: SongRow) -> None:
        """Add songs in one transaction, as a scan does."""
        rows = [self._columns(song) for song in songs]
        with self.transaction() as connection:
            present = {row[1] for row in connection.execute("PRAGMA table_info(songs)")}
            for row in rows:
                known = {name: value for name, value in row.items() if name in present}
                names, marks = ", ".join(known), ", ".join("?" * len(known))
                connection.execute(f"INSERT INTO songs ({names}) VALUES ({marks})", list(known.values()))  # noqa: S608

    def rate(self, path: Path, rating: float | None, *, timeout: float = 5.0) -> None:
        """What a click on the stars does."""
        self.change(path, rating=rating, timeout=timeout)

    def change(self, path: Path, *, timeout: float = 5.0, **columns: object) -> None:
        """Set columns of all rows of one file."""
        assignments = ", ".join(f"{name} = ?" for name in columns)
        where = f"CAST({self.location_column} AS TEXT) = ?"
        with self.transaction(timeout=timeout) as connection:
            statement = f"UPDATE songs SET {assignments} WHERE {where}"  # noqa: S608
            changed = connection.execute(statement, [*columns.values(), url_from_path(path)])
            assert changed.rowcount > 0, f"no song at {path}"

    def remove(self, path: Path) -> None:
        with self.transaction() as connection:
            where = f"CAST({self.location_column} AS TEXT) = ?"
            connection.execute(f"DELETE FROM songs WHERE {where}", [url_from_path(path)])  # noqa: S608

    def add_playlist(self, name: str, *items: Path, **columns: object) -> None:
        """A tab as the player saves it: songs of the library by their row, other files by their URL.

        A file that has several rows, as a cue sheet gives them, comes with all of them.
        """
        is_fork = self.player == "strawberry"
        link = "collection_id" if is_fork else "library_id"
        columns = {"name": name, **({"dynamic_playlist_type": 0} if is_fork else {}), **columns}
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        with self.transaction() as connection:
            statement = f"INSERT INTO playlists ({names}) VALUES ({marks})"  # noqa: S608
            playlist = connection.execute(statement, list(columns.values())).lastrowid
            for path in items:
                where = f"CAST({self.location_column} AS TEXT) = ?"
                found = connection.execute(f"SELECT rowid FROM songs WHERE {where}", [url_from_path(path)])  # noqa: S608
                for (row,) in found.fetchall() or [(None,)]:
                    own = b"" if row else url_from_path(path).encode()
                    location = own.decode() if is_fork else own or None
                    kind = (2 if row else 1) if is_fork else ("Library" if row else "File")
                    connection.execute(
                        f"INSERT INTO playlist_items (playlist, type, {link}, {self.location_column}, beginning) "  # noqa: S608
                        "VALUES (?, ?, ?, ?, 0)",
                        [playlist, kind, row, location],
                    )

    def play(self) -> None:
        """A commit that concerns no song: the player makes one at every track change."""
        with self.transaction() as connection:
            connection.execute("INSERT INTO playlists (name, last_played) VALUES ('Playlist', 1)")

    @property
    def location_column(self) -> str:
        return "url" if self.player == "strawberry" else "filename"

    def _columns(self, song: SongRow) -> dict[str, Any]:
        same = ("title", "artist", "album", "albumartist", "genre", "year", "track", "rating", "cue_path", "mtime")
        counts = ("filesize", "playcount", "skipcount", "score", "unavailable")
        location = song.url if self.text_filenames else song.url.encode()
        directory = "directory_id" if self.player == "strawberry" else "directory"
        return {
            **{name: getattr(song, name) for name in (*same, *counts)},
            self.location_column: location,
            "length": round(song.duration * NANOSECONDS) if song.duration >= 0 else -1,
            "beginning": round(song.beginning * NANOSECONDS),
            "ctime": song.mtime,
            directory: 1,
            "source": 2,
            **song.more,
        }


def listing_of(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file and folder below one, with size and modification time: equal before and after, nothing was written."""
    paths = [
        folder,
        *(Path(parent) / name for parent, folders, files in os.walk(folder) for name in (*folders, *files)),
    ]
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in paths}


def _clementine_songs(schema: int) -> str:
    statement = CLEMENTINE_SONGS
    for column, since in ADDED_BY_SCHEMA.items():
        if schema < since:
            statement = re.sub(rf",\s*{column} [A-Z]+( DEFAULT 0)?(?=[,)])", "", statement)
    return statement


def _add_unreadable_full_text_tables(connection: sqlite3.Connection) -> None:
    """Enter the tables in the schema without their tokenizer, as the file looks to everybody but Clementine."""
    connection.execute("PRAGMA writable_schema = ON")
    connection.executemany(
        "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES ('table', ?, ?, 0, ?)",
        [(f"{each}_fts", f"{each}_fts", CLEMENTINE_FULL_TEXT.format(table=each)) for each in FULL_TEXT_OF],
    )
    connection.commit()
