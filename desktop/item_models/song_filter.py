"""What a table shows of the library: words, subsets, genres, decades, chosen songs; kept as text between two starts."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.song import SongId
from desktop.item_models.song_rows import REMARKABLE, SongRows, Subset


@dataclass(frozen=True)
class SongFilter:
    """A song has to pass all of it; of several genres, or decades, one is enough, for a song has one of them."""

    text: str = ""
    subsets: frozenset[Subset] = frozenset()
    genres: tuple[str, ...] = ()
    decades: tuple[str, ...] = ()
    """By their first year."""
    songs: tuple[SongId, ...] = ()
    """Only these; all for none."""

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.subsets or self.genres or self.decades or self.songs)

    @property
    def is_about_remarks(self) -> bool:
        """Whether the songs that are left all have a remark."""
        return bool(self.subsets.intersection(REMARKABLE))

    @property
    def has_families(self) -> bool:
        """Whether songs that may be the same are asked for."""
        return bool(self.subsets & {Subset.COPIES, Subset.REVIEW})

    def toggled(self, subset: Subset) -> "SongFilter":
        return replace(self, subsets=self.subsets ^ {subset})

    def matching(self, rows: SongRows) -> NDArray[np.bool_]:
        """Which songs (songs,) of the rows are shown."""
        among = np.ones(len(rows), dtype=bool)
        if self.songs:
            among[:] = False
            among[[rows.ids[song_id] for song_id in self.songs if song_id in rows.ids]] = True
        if self.genres:
            among &= rows.texts.genres.among(self.genres)
        if self.decades:
            among &= rows.texts.decades.among(self.decades)
        return rows.matching(self.text, self.subsets, among=among)

    def to_text(self) -> str:
        """What comes back at the next start: everything but chosen songs, which were chosen for the moment."""
        return json.dumps(
            {
                "text": self.text,
                "subsets": sorted(self.subsets),
                "genres": self.genres,
                "decades": self.decades,
            }
        )


def filter_from_text(text: str) -> SongFilter:
    """What ``to_text`` said; what is not understood is left out."""
    try:
        said = json.loads(text)
    except ValueError:
        return SongFilter()
    if not isinstance(said, dict):
        return SongFilter()
    known = set(Subset)
    return SongFilter(
        text=str(said.get("text", "")),
        subsets=frozenset(Subset(each) for each in _texts(said.get("subsets")) if each in known),
        genres=tuple(_texts(said.get("genres"))),
        decades=tuple(_texts(said.get("decades"))),
    )


def _texts(values: object) -> Iterable[str]:
    return [each for each in values if isinstance(each, str)] if isinstance(values, list) else []
