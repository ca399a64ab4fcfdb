"""What is held out for the probe, and how the rest is cut into batches."""

import numpy as np
import pytest
from torch import nn

from core.audio.reasons import SkipReason
from core.errors import UserError
from core.training.loop.devices import Device
from core.training.loop.material import MOST_PROBED, batches_of, probed_songs, some_of, split_off_probe, steps_of
from core.training.protocol import TrainingSong
from tests.planted_views import planted_parts


def songs(count: int, groups: int) -> list[TrainingSong]:
    return [TrainingSong(f"file:///{row}", -1.0, f"group {row % groups}", "") for row in range(count)]


def test_groups_are_held_out_whole_and_the_same_ones_again() -> None:
    every = songs(200, 40)
    split = split_off_probe(every, seed=1)
    assert sorted(split.learned + split.held_out) == list(range(200))
    assert {every[row].group for row in split.learned}.isdisjoint(split.groups)
    assert len(split.held_out) == 40
    assert split_off_probe(every, seed=1) == split
    assert split_off_probe(every, seed=2) != split


def test_a_large_library_is_not_asked_for_ever() -> None:
    split = split_off_probe(songs(5_000, 1_000), seed=1)
    assert len(split.held_out) == MOST_PROBED


def test_some_songs_are_the_same_ones_again_and_in_order() -> None:
    every = songs(50, 10)
    some = some_of(every, most=20, seed=1)
    assert len(some) == 20
    assert some == some_of(every, most=20, seed=1) != some_of(every, most=20, seed=2)
    assert [song for song in every if song in some] == some
    assert some_of(every, most=None, seed=1) == some_of(every, most=50, seed=1) == every


@pytest.mark.parametrize("count", [0, 1, 4])
def test_too_few_songs_are_a_sentence(count: int) -> None:
    with pytest.raises(UserError, match=f"cannot learn from {count} songs"):
        split_off_probe(songs(count, 4), seed=1)


def test_batches_are_near_in_size_and_never_of_one_song_for_a_process() -> None:
    for count, size, processes in ((65, 32, 1), (33, 32, 1), (9, 1, 1), (9, 4, 2), (5, 1, 2), (64, 32, 2)):
        batches = batches_of(range(count), size=size, seed=3, epoch=0, processes=processes)
        sizes = [len(batch) for batch in batches]
        assert sorted(row for batch in batches for row in batch) == list(range(count))
        assert max(sizes) - min(sizes) <= 1
        assert min(sizes) >= 2 * processes
        assert len(batches) == steps_of(count, size=size, processes=processes)


def test_a_song_that_cannot_be_heard_answers_no_probe() -> None:
    material = planted_parts().material
    whole = probed_songs(nn.Identity(), material, [3, 5, 9], device=Device("cpu"))
    material.views.unheard = {material.songs[5].song_id: SkipReason.MISSING}  # type: ignore[attr-defined]
    assert material.heard([3, 5, 9]).tolist() == [0, 2]
    found = probed_songs(nn.Identity(), material, [3, 5, 9], device=Device("cpu"))
    assert found.groups == [whole.groups[0], whole.groups[2]]
    assert np.array_equal(found.first, whole.first[[0, 2]])
    assert len(found.genres) == len(found.ratings) == 2
