"""The values of the domain: a song of the player's library, and the key under which its facts are kept."""

from dataclasses import dataclass
from pathlib import Path
from typing import NewType

from core.file_url import path_from_url, path_text

SongId = NewType("SongId", str)
"""The file URL as the player stores it; a section of a file (a cue track) appends ``#t=START`` in seconds."""

UNRATED = -1.0
SECTION = "#t="
"""Between the address of a file and the first second of one track of its cue sheet, in a ``SongId``."""


@dataclass(frozen=True, slots=True)
class Song:
    """One row of the player's library.

    Ratings are 0.1 to 1.0 in steps of 0.1 (one half star each), or -1 for unrated. Times are in seconds, ``mtime`` and
    ``ctime`` (when the file came to its place; no player keeps when a song was added) in Unix seconds, ``filesize`` in
    bytes; -1 (0 for ``filesize``) means that the player does not know.
    """

    rowid: int
    title: str
    artist: str
    album: str
    year: int
    rating: float
    filename: str
    """The ``file://`` URL exactly as the player stores it."""
    albumartist: str = ""
    genre: str = ""
    track: int = -1
    duration: float = -1.0
    beginning: float = 0.0
    mtime: int = -1
    filesize: int = 0
    playcount: int = 0
    skipcount: int = 0
    score: float = -1.0
    last_played: int = -1
    """Unix seconds; -1 for a song that the player has not played since it counts."""
    ctime: int = -1
    unavailable: bool = False
    is_cue_track: bool = False
    mapped_path: str = ""
    """Where ``music.path_map`` says that the file lies; empty where the player's own path stands."""

    @property
    def filepath(self) -> Path:
        """The file on this machine; bytes that are not UTF-8 are surrogate-escaped."""
        return Path(self.mapped_path) if self.mapped_path else path_from_url(self.filename)

    @property
    def location(self) -> str:
        """``filepath`` as text: a Path costs four times as much to make, which counts for 60,000 songs."""
        return self.mapped_path or path_text(self.filename)

    @property
    def song_id(self) -> SongId:
        """The key of this song in every store of ours."""
        return SongId(f"{self.filename}{SECTION}{self.beginning:g}" if self.is_cue_track else self.filename)

    @property
    def name(self) -> str:
        """What to call it: artist and title, or the title alone where no artist is known."""
        return f"{self.artist} – {self.title}" if self.artist else self.title

    @property
    def title_first(self) -> str:
        """The same where one looks for a title: title and artist."""
        return f"{self.title} – {self.artist}" if self.artist else self.title

    @property
    def is_rated(self) -> bool:
        """Whether the owner gave stars (0, -1 and NULL in the player mean that they did not)."""
        return self.rating > 0

    @property
    def group(self) -> str:
        """The album artist, else the artist, else the folder: songs of one group never straddle a split."""
        name = self.albumartist or self.artist
        return name.casefold() if name else f"folder:{self.filename.rpartition('/')[0]}"
