"""What the panel says of the songs that are selected on the map."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.item_models.song_rows import Column
from desktop.plots.map_songs import MapSongs

MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class SelectionFacts:
    """Means are ratings of 0 to 1; None where there is nothing to take a mean of."""

    count: int
    rated: int
    own: float | None
    predicted_songs: int
    predicted: float | None
    genres: list[tuple[str, int]]
    artists: list[tuple[str, int]]
    """The commonest, with how many songs."""
    years: tuple[int, int] | None
    more_genres: int = 0
    more_artists: int = 0
    """That are not listed."""


def facts_of(songs: MapSongs, chosen: NDArray[np.bool_]) -> SelectionFacts:
    """The facts about the chosen points."""
    numbers, keys = songs.numbers[chosen], songs.rows.sort_keys
    own, predicted, years = (keys[column][numbers] for column in (Column.STARS, Column.PREDICTED, Column.YEAR))
    known_years = years[~np.isnan(years)]
    genres, more_genres = _commonest(songs, numbers, Column.GENRE)
    artists, more_artists = _commonest(songs, numbers, Column.ARTIST)
    return SelectionFacts(
        count=len(numbers),
        rated=int((~np.isnan(own)).sum()),
        own=_mean(own),
        predicted_songs=int((~np.isnan(predicted)).sum()),
        predicted=_mean(predicted),
        genres=[(songs.rows.songs[number].genre, count) for number, count in genres],
        artists=[(songs.rows.songs[number].artist, count) for number, count in artists],
        years=(int(known_years.min()), int(known_years.max())) if len(known_years) else None,
        more_genres=more_genres,
        more_artists=more_artists,
    )


def _mean(values: NDArray[np.float64]) -> float | None:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else None


def _commonest(songs: MapSongs, numbers: NDArray[np.intp], column: Column) -> tuple[list[tuple[int, int]], int]:
    """The number of a song of each of the commonest texts, and how many there are; and how many texts are left out."""
    ranks = songs.rows.sort_keys[column][numbers]
    known = np.flatnonzero(~np.isnan(ranks))
    _, first, counts = np.unique(ranks[known], return_index=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")[:MOST_NAMES]
    found = [(int(numbers[known[first[each]]]), int(counts[each])) for each in order]
    return found, len(counts) - len(found)
