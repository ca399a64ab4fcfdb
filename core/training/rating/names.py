"""What is known of songs without their sound: who plays, on which album, of which genres."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.training.protocol import TrainingSong

SEVERAL_ARTISTS = frozenset(
    {
        "various artists",
        "various",
        "various artist",
        "va",
        "v.a.",
        "v.a",
        "v/a",
        "verschiedene",
        "verschiedene interpreten",
        "verschiedene künstler",
        "diverse",
        "diverse interpreten",
        "diverse artister",
        "diverse artiesten",
        "divers",
        "artistes divers",
        "artistes variés",
        "varios",
        "varios artistas",
        "vários artistas",
        "vários",
        "artisti vari",
        "vari artisti",
        "aa.vv.",
        "blandade artister",
        "różni wykonawcy",
        "разные исполнители",
        "群星",
    }
)
"""Album artists, casefolded, that stand for a compilation and name nobody."""

GENRE_SEPARATORS = re.compile(r"[;/,|\0]")


@dataclass(frozen=True)
class Names:
    """One entry a song in every sequence; an empty one where something is not known."""

    artists: Sequence[str]
    """Keys: the group of the song (its album artist), or the track's own artist on an album of several artists."""
    albums: Sequence[str]
    """Keys ``group\\nalbum``; empty without an album."""
    genres: Sequence[str]
    """As tagged; one entry may name several (``Rock; Pop``)."""

    def __post_init__(self) -> None:
        if not len(self.artists) == len(self.albums) == len(self.genres):
            error = f"{len(self.artists)} artists, {len(self.albums)} albums and {len(self.genres)} genres were given"
            raise ValueError(error)

    def __len__(self) -> int:
        return len(self.artists)

    @classmethod
    def of(cls, songs: Sequence[TrainingSong]) -> "Names":
        """The names of songs; one without any artist goes by its group, which is then its folder."""
        return cls(
            [_artist(song) for song in songs],
            [f"{song.group}\n{song.album}" if song.album else "" for song in songs],
            [song.genre for song in songs],
        )

    @classmethod
    def unknown(cls, count: int) -> "Names":
        """Nothing at all, of ``count`` songs."""
        return cls([""] * count, [""] * count, [""] * count)

    def at(self, rows: Sequence[int]) -> "Names":
        """The names of some of the songs."""
        return Names(*([each[row] for row in rows] for each in (self.artists, self.albums, self.genres)))


def genres_of(tagged: str) -> list[str]:
    """The genres that one tag names, casefolded, each once."""
    parts = (part.strip().casefold() for part in GENRE_SEPARATORS.split(tagged))
    return list(dict.fromkeys(part for part in parts if part))


def names_several(artist: str) -> bool:
    """Whether an album artist stands for a compilation."""
    return artist.strip().casefold() in SEVERAL_ARTISTS


def _artist(song: TrainingSong) -> str:
    if song.group and not names_several(song.group):
        return song.group
    return song.artist.strip().casefold()
