"""What the map page reads in the background: the songs and their places, the names of regions, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.recommend import map_clusters
from core.recommend.map_regions import Region, regions
from desktop.item_models.song_rows import SongRows
from desktop.plots.map_songs import MapSongs, arrange

if TYPE_CHECKING:
    from core.engine import Engine


@dataclass(frozen=True, eq=False)
class MapReading:
    """A map as the page shows it."""

    songs: MapSongs
    labels: Sequence[Region]
    cluster_names: Sequence[str]
    is_stale: bool
    heard: int
    """Songs that could be on it."""


def read_map(engine: "Engine", rows: SongRows) -> MapReading:
    """The map as it is now; empty before the first."""
    song_map = engine.maps.current(rows.texts.source)
    songs = arrange(song_map, rows)
    genres, artists = (_texts(songs, name) for name in ("genre", "artist"))
    has_clusters = len(songs.clusters) == len(songs) > 0
    return MapReading(
        songs,
        regions(songs.positions, genres=genres, artists=artists) if len(songs) else [],
        map_clusters.names(songs.clusters, genres=genres, artists=artists) if has_clusters else [],
        bool(len(songs)) and engine.maps.is_stale(song_map),
        _heard(engine),
    )


def _texts(songs: MapSongs, name: str) -> list[str]:
    every = songs.rows.songs
    return [getattr(every[number], name) for number in songs.numbers.tolist()]


def _heard(engine: "Engine") -> int:
    version = engine.active_version
    return 0 if version is None else len(engine.stores.embeddings.filenames(version))
