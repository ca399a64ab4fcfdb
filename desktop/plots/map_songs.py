"""The songs of a map beside the library: which row of the table each point is."""

from collections.abc import Collection
from dataclasses import dataclass, replace

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
    clusters: NDArray[np.int16]
    """(points,): -1 for none; empty where there are none at all."""

    def __len__(self) -> int:
        return len(self.song_ids)

    def song(self, place: int) -> Song:
        return self.rows.songs[int(self.numbers[place])]

    def ids_of(self, chosen: NDArray[np.bool_]) -> list[SongId]:
        return [self.song_ids[place] for place in np.flatnonzero(chosen).tolist()]

    def places_of(self, song_ids: Collection[SongId]) -> NDArray[np.bool_]:
        """Which points these songs are; songs that are not on the map are none."""
        wanted = set(song_ids)
        return np.fromiter((song_id in wanted for song_id in self.song_ids), dtype=bool, count=len(self))

    def of_rows(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which points are the chosen songs, a mask over the rows."""
        return chosen[self.numbers]


def arrange(song_map: SongMap, rows: SongRows) -> MapSongs:
    """Find every point's song; those that the library has no more are left out."""
    found = [rows.ids.get(song_id, -1) for song_id in song_map.song_ids]
    numbers = np.array(found, dtype=np.intp)
    ids, positions, is_approximate, clusters = (
        song_map.song_ids,
        song_map.positions,
        song_map.is_approximate,
        song_map.clusters,
    )
    kept = np.flatnonzero(numbers >= 0)
    if len(kept) < len(numbers):
        ids = tuple(ids[place] for place in kept.tolist())
        positions, is_approximate, numbers = positions[kept], is_approximate[kept], numbers[kept]
        clusters = clusters[kept] if len(clusters) else clusters
    return MapSongs(ids, positions, is_approximate, numbers, rows, clusters)


def with_rows(songs: MapSongs, rows: SongRows) -> MapSongs | None:
    """The same points after stars, predictions or verdicts changed; None if the songs themselves did."""
    return replace(songs, rows=rows) if rows.ids is songs.rows.ids else None


def moved_from(songs: MapSongs, earlier: MapSongs) -> NDArray[np.float32]:
    """The places of the songs on an earlier map; where a song was not on it, its new place."""
    places = songs.positions.copy()
    if earlier.rows.ids is songs.rows.ids:
        place_of = np.full(len(songs.rows), -1, dtype=np.intp)
        place_of[earlier.numbers] = np.arange(len(earlier))
        before = place_of[songs.numbers]
        places[before >= 0] = earlier.positions[before[before >= 0]]
    return places


def carried_over(chosen: NDArray[np.bool_], earlier: MapSongs, songs: MapSongs) -> NDArray[np.bool_]:
    """A mask over the points of an earlier map as one over the points of this one."""
    wanted = {song_id for song_id, is_chosen in zip(earlier.song_ids, chosen.tolist(), strict=True) if is_chosen}
    return songs.places_of(wanted) if wanted else np.zeros(len(songs), dtype=bool)
