"""Album mates and copies are no negatives of each other."""

import torch

from core.training.data.relations import Relations
from core.training.protocol import TrainingSong


def heard(name: str, group: str, album: str = "", *albums: tuple[str, str]) -> TrainingSong:
    return TrainingSong(name, -1.0, group, album, artist=group, albums=albums)


SONGS = [
    heard("0", "x", "one", ("X", "One")),
    heard("1", "x", "one", ("X", "One"), ("V", "Hits")),
    heard("2", "y", "two", ("Y", "Two"), ("v", "hits")),
    heard("3", "x"),
    heard("4", "x"),
    heard("5", "various", "sampler", ("P", "Sampler")),
    heard("6", "various", "sampler", ("Q", "Sampler")),
]


def pairs(mask: torch.Tensor) -> set[tuple[int, int]]:
    return {(first, second) for first, second in mask.nonzero().tolist() if first < second}


def test_songs_that_share_an_album_are_related() -> None:
    mask = Relations(SONGS).mask(range(7))
    assert pairs(mask) == {(0, 1), (1, 2), (5, 6)}
    assert torch.equal(mask, mask.T)
    assert not mask.diagonal().any()
    assert mask.dtype == torch.bool


def test_rows_may_come_in_any_order_and_twice() -> None:
    assert pairs(Relations(SONGS).mask([2, 3, 2, 1])) == {(0, 2), (0, 3), (2, 3)}


def test_copies_are_related() -> None:
    assert pairs(Relations(SONGS, copies=[(3, 4), (0, 6)]).mask([3, 4, 0, 6])) == {(0, 1), (2, 3)}
