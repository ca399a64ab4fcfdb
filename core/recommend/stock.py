"""What suggestions are chosen from: every song that was heard, with its place by sound and its predicted stars.

``core/parts/stock.py`` sees to it that no song which is spoken, skipped, unavailable or a second copy is ever in one.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.recommend.space.sound_space import Rows, SoundSpace, Vectors
from core.recommend.suggestion import Suggestion
from core.song import Song, SongId
from core.store.companion import Prediction
from core.store.matrix import EmbeddingMatrix

Mask = NDArray[np.bool_]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Stock:
    """Songs by row; every array is (songs,) in the same order."""

    songs: Sequence[Song]
    space: SoundSpace
    predictions: Sequence[Prediction | None]
    """None: “not yet”, there is no prediction that could be stood for."""
    playable: Mask
    """Which songs a playlist can hold: the others may be asked about, but are never suggested."""

    @classmethod
    def of(
        cls,
        songs: Iterable[Song],
        *,
        filenames: Sequence[str],
        vectors: Vectors,
        predictions: Mapping[SongId, Prediction],
        unplayable: Iterable[SongId] = (),
        space: SoundSpace | None = None,
        reaches: Vectors | None = None,
    ) -> "Stock":
        """Of those songs that have an embedding: ``vectors`` (n, dim) are those of ``filenames``.

        ``space`` is that of the same songs, if it is known already. ``reaches`` (n,) are what ``SoundSpace.balanced``
        gave for the same filenames, NaN for new ones.
        """
        row_of = {name: row for row, name in enumerate(filenames)}
        heard = [song for song in songs if song.song_id in row_of]
        rows = np.array([row_of[song.song_id] for song in heard], dtype=np.intp)
        without = set(unplayable)
        playable = np.array([song.song_id not in without for song in heard], dtype=bool)
        if space is None:
            known = None if reaches is None else reaches[rows]
            own = EmbeddingMatrix(list(filenames), vectors).at(rows)
            space = SoundSpace.of(own, reaches=known, listed=playable, into=own)
        return cls(heard, space, [predictions.get(song.song_id) for song in heard], playable)

    def __len__(self) -> int:
        return len(self.songs)

    @cached_property
    def song_ids(self) -> list[SongId]:
        return [song.song_id for song in self.songs]

    @cached_property
    def row_of(self) -> dict[SongId, int]:
        return {song_id: row for row, song_id in enumerate(self.song_ids)}

    def rows(self, song_ids: Iterable[SongId]) -> Rows:
        """The rows of those of the songs that are in stock, in their order."""
        return np.array([self.row_of[each] for each in song_ids if each in self.row_of], dtype=np.intp)

    @cached_property
    def predicted(self) -> Values:
        """0 to 1; NaN for “not yet”."""
        return np.array([np.nan if each is None else each.rating for each in self.predictions], dtype=np.float64)

    @cached_property
    def has_predictions(self) -> bool:
        """Whether any song that the owner has not rated has a prediction."""
        return bool(np.isfinite(self.predicted[~self.is_rated]).any())

    @cached_property
    def stars(self) -> Values:
        """The owner's ratings, 0.1 to 1; NaN for unrated songs."""
        return np.array([song.rating if song.is_rated else np.nan for song in self.songs], dtype=np.float64)

    @cached_property
    def is_rated(self) -> Mask:
        return np.array([song.is_rated for song in self.songs], dtype=bool)

    @cached_property
    def liking(self) -> Values:
        """The owner's rating where there is one, else the predicted one, else NaN."""
        return np.where(self.is_rated, self.stars, self.predicted)

    @cached_property
    def groups(self) -> dict[str, int]:
        """The number of each ``Song.group``."""
        return _numbers(song.group for song in self.songs)

    @cached_property
    def artists(self) -> Rows:
        """A number for each ``Song.group``."""
        return np.array([self.groups[song.group] for song in self.songs], dtype=np.intp)

    @cached_property
    def albums(self) -> Rows:
        """A number for each album of each group; a song without an album is one of its own."""
        return numbered((song.group, song.album.casefold()) if song.album else song.song_id for song in self.songs)

    @cached_property
    def years(self) -> Rows:
        """0 or less where the year is not known."""
        return np.array([song.year for song in self.songs], dtype=np.intp)

    @cached_property
    def genre_names(self) -> dict[str, int]:
        """The number of each genre as it is written."""
        return _numbers(song.genre for song in self.songs)

    @cached_property
    def genres(self) -> Rows:
        return np.array([self.genre_names[song.genre] for song in self.songs], dtype=np.intp)

    @cached_property
    def performer_names(self) -> dict[str, int]:
        """The number of each artist with the album artist, a line each."""
        return _numbers(_performers(song) for song in self.songs)

    @cached_property
    def performers(self) -> Rows:
        return np.array([self.performer_names[_performers(song)] for song in self.songs], dtype=np.intp)

    @cached_property
    def last_played(self) -> Values:
        """Unix seconds; -1 for songs that the player has not played."""
        return np.array([song.last_played for song in self.songs], dtype=np.float64)

    def without(self, rows: Iterable[int]) -> "Stock":
        """The same stock, in which these songs are not to be suggested."""
        playable = self.playable.copy()
        playable[list(rows)] = False
        return replace(self, playable=playable)

    def suggestion(self, row: int, *, score: float, why: str = "", is_exploration: bool = False) -> Suggestion:
        """A song of this stock as an entry of a list."""
        return Suggestion(self.songs[row], float(score), self.predictions[row], why=why, is_exploration=is_exploration)


def numbered(keys: Iterable[Hashable]) -> Rows:
    """A number for each different key, from 0 in the order in which they come."""
    numbers: dict[Hashable, int] = {}
    return np.fromiter((numbers.setdefault(key, len(numbers)) for key in keys), dtype=np.intp)


def _performers(song: Song) -> str:
    return f"{song.artist}\n{song.albumartist}"


def _numbers(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names))}
