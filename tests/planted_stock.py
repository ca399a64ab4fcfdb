"""A stock of songs in groups that sound alike, made without any audio.

Use::

    from tests.planted_stock import PlantedStock

    planted = PlantedStock(groups=4, songs_each=10)
    stock = planted.stock(ratings={0: 0.8}, predicted={1: 0.9}, plays={2: 7})
    planted.group_of(row)
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.recommend.stock import Stock
from core.song import UNRATED, Song
from core.store.companion import Prediction


@dataclass(frozen=True)
class PlantedStock:
    """Songs row by row: the first ``songs_each`` are of group 0, and so on; each two are by one artist."""

    groups: int = 4
    songs_each: int = 10
    dimension: int = 32
    spread: float = 0.4
    """Of the songs of a group, beside the unit that lies between groups."""
    seed: int = 7

    def __len__(self) -> int:
        return self.groups * self.songs_each

    def group_of(self, row: int) -> int:
        return row // self.songs_each

    def rows_of(self, group: int) -> range:
        return range(group * self.songs_each, (group + 1) * self.songs_each)

    @property
    def vectors(self) -> NDArray[np.float32]:
        random = np.random.default_rng(self.seed)
        centers = np.repeat(random.normal(size=(self.groups, self.dimension)), self.songs_each, axis=0)
        return (centers + self.spread * random.normal(size=centers.shape)).astype(np.float32)

    def stock(
        self,
        *,
        ratings: Mapping[int, float] | None = None,
        predicted: Mapping[int, float] | None = None,
        width: float = 0.4,
        plays: Mapping[int, int] | None = None,
        skips: Mapping[int, int] | None = None,
        unplayable: tuple[int, ...] = (),
    ) -> Stock:
        """Ratings, predictions (with intervals of a width), plays and skips by row; nothing is known of other rows."""
        ratings, predicted, plays, skips = (each or {} for each in (ratings, predicted, plays, skips))
        songs = [
            replace(
                planted_song(row),
                rating=ratings.get(row, UNRATED),
                playcount=int(plays.get(row, 0)),
                skipcount=int(skips.get(row, 0)),
            )
            for row in range(len(self))
        ]
        predictions = {
            songs[row].song_id: Prediction(songs[row].song_id, value, value - width / 2, value + width / 2)
            for row, value in predicted.items()
        }
        return Stock.of(
            songs,
            filenames=[song.song_id for song in songs],
            vectors=self.vectors,
            predictions=predictions,
            unplayable=[songs[row].song_id for row in unplayable],
        )


def planted_song(row: int) -> Song:
    """The song of a row, of which only its names are known."""
    return Song(row, f"Song {row}", f"Artist {row // 2}", f"Album {row // 2}", 2001, UNRATED, f"file:///m/{row:05}.mp3")
