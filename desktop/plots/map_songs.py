"""The songs of a map beside the library: which row of the table each point is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.recommend.song_map import SongMap
from core.song import Song, SongId
from desktop.item_models.song_rows import SongRows


@dataclass(frozen=True, eq=False)
class MapSongs:
    """Points by their place; only songs that the library still has."""

    song_ids: tuple[SongId, ...]
    positions: NDArray[np.float32]
    is_approximate: NDArray[np.bool_]
    numbers: NDArray[np.intp]
    """(points,): the number of each one's song in ``rows``."""
    rows: SongRows

    def __len__(self) -> int:
        return len(self.song_ids)

    def song(self, place: int) -> Song:
        return self.rows.songs[int(self.numbers[place])]

    def ids_of(self, chosen: NDArray[np.bool_]) -> list[SongId]:
        return [self.song_ids[place] for place in np.flatnonzero(chosen).tolist()]

    def places_of(self, song_ids: list[SongId]) -> NDArray[np.bool_]:
        """Which points these songs are; songs that are not on the map are none."""
        wanted = set(song_ids)
        return np.fromiter((song_id in wanted for song_id in self.song_ids), dtype=bool, count=len(self))

    def of_rows(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which points are the chosen songs, a mask over the rows."""
        return chosen[self.numbers]


def arrange(song_map: SongMap, rows: SongRows, *, before: MapSongs | None = None) -> MapSongs:
    """Find every point's song; where the same songs stood ``before``, that is known already."""
    if before is not None and before.song_ids is song_map.song_ids and before.rows.texts is rows.texts:
        return MapSongs(before.song_ids, song_map.positions, song_map.is_approximate, before.numbers, rows)
    found = [rows.ids.get(song_id, -1) for song_id in song_map.song_ids]
    numbers = np.array(found, dtype=np.intp)
    kept = np.flatnonzero(numbers >= 0)
    if len(kept) == len(numbers):
        return MapSongs(song_map.song_ids, song_map.positions, song_map.is_approximate, numbers, rows)
    ids = tuple(song_map.song_ids[place] for place in kept.tolist())
    return MapSongs(ids, song_map.positions[kept], song_map.is_approximate[kept], numbers[kept], rows)
