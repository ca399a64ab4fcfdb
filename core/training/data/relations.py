"""Which songs are no strangers to each other: copies and album mates must not be pushed apart as negatives."""

from collections.abc import Iterable, Sequence

import torch
from torch import Tensor

from core.training.labels import AnySong, album_keys
from core.training.protocol import TrainingSong


class Relations:
    """The albums (and copies) that each of n songs belongs to."""

    def __init__(self, songs: Sequence[AnySong], *, copies: Iterable[Sequence[int]] = ()) -> None:
        """``copies`` are groups of rows with the same sound; songs of a training job have none left."""
        numbers = dict[str, int]()
        self._circles = [{numbers.setdefault(key, len(numbers)) for key in _circles(song)} for song in songs]
        for group_number, rows in enumerate(copies):
            for row in rows:
                self._circles[row].add(-1 - group_number)

    def mask(self, rows: Sequence[int]) -> Tensor:
        """(rows, rows) bool: True for two that share an album or are the same song; False on the diagonal."""
        circles = [self._circles[row] for row in rows]
        mask = torch.zeros(len(rows), len(rows), dtype=torch.bool)
        for first in range(len(rows)):
            for second in range(first):
                if rows[first] == rows[second] or not circles[first].isdisjoint(circles[second]):
                    mask[first, second] = mask[second, first] = True
        return mask


def _circles(song: AnySong) -> set[str]:
    keys = {key.casefold() for key in album_keys(song)}
    if isinstance(song, TrainingSong) and song.album:
        # The album artist joins the tracks of a compilation, whose artists differ.
        keys.add(f"{song.group}\n{song.album}")
    return keys
