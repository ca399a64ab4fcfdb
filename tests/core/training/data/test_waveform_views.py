"""Crops of sound in batches: from different places, with labels, and the same whoever asks, whenever."""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from core.analysis.facts import ExcerptChoice
from core.audio.reasons import SkipReason
from core.errors import UserError
from core.training.data.batch import Batch
from core.training.data.waveform_views import WaveformPlan, WaveformViews, two_places
from core.training.labels import labels_of
from core.training.protocol import TrainingSong
from tests.audio_files import second_of, steps, write_wav

RATE = 4000
PLAN = WaveformPlan(excerpt=ExcerptChoice(sample_rate=RATE, duration=8.0), crop_seconds=2.0, seed=5)
ROWS = [[0, 3], [2, 1], [4, 0]]


@pytest.fixture(scope="module")
def songs(tmp_path_factory: pytest.TempPathFactory) -> list[TrainingSong]:
    folder = tmp_path_factory.mktemp("songs")
    path = write_wav(folder / "steps.wav", steps(60, sample_rate=RATE, channels=1), sample_rate=RATE)
    return [
        TrainingSong(
            f"song {number}",
            number / 10 if number else -1.0,
            "x",
            "one" if number < 2 else "",
            artist="X",
            genre="Rock",
            year=1970 + 5 * number,
            path=str(path),
            beginning=10.0 * number,
            length=10.0,
        )
        for number in range(5)
    ]


def views_of(songs: Sequence[TrainingSong], plan: WaveformPlan = PLAN, **arguments: object) -> WaveformViews:
    return WaveformViews(songs, labels_of(songs), plan=plan, **arguments)  # type: ignore[arg-type]


def equal(first: Batch, second: Batch) -> bool:
    return torch.equal(first.first, second.first) and torch.equal(first.second, second.second)


def louder(audio: Tensor, *, seed: int) -> Tensor:
    return audio * (1 + torch.rand(len(audio), 1, generator=torch.Generator().manual_seed(seed)))


def test_views_are_from_two_places_of_the_right_song(songs: list[TrainingSong]) -> None:
    (batch,) = views_of(songs).batches([[1, 3]], epoch=0)
    assert batch.first.shape == batch.second.shape == (2, 2 * RATE)
    for row, view, other in zip((1, 3), batch.first, batch.second, strict=True):
        begins = [second_of(crop[: RATE // 2].numpy(), sample_rate=RATE) for crop in (view, other)]
        assert all(10 * row <= begin <= 10 * row + 10 for begin in begins)
        assert abs(begins[0] - begins[1]) > 1.3


def test_what_is_known_comes_along(songs: list[TrainingSong]) -> None:
    teacher = np.arange(10, dtype=np.float32).reshape(5, 2)
    (batch,) = views_of(songs, teacher=teacher).batches([[2, 0, 1]], epoch=0)
    assert batch.artist.tolist() == [0, 0, 0]
    assert batch.albums == [[], [], []]
    assert batch.genre.tolist() == [0, 0, 0]
    assert batch.period.tolist() == [2, 0, 1]
    assert batch.rating.tolist() == pytest.approx([0.2, -1.0, 0.1])
    assert batch.related.tolist() == [[False, False, False], [False, False, True], [False, True, False]]
    assert batch.target is not None
    assert batch.target.tolist() == [[4, 5], [0, 1], [2, 3]]
    assert len(batch) == 3
    (plain,) = views_of(songs).batches([[0]], epoch=0)
    assert plain.target is None


def test_batches_depend_on_seed_epoch_and_rows_alone(songs: list[TrainingSong], tmp_path: Path) -> None:
    whole = list(views_of(songs, augment=louder).batches(ROWS, epoch=1))
    for plan in (
        PLAN,
        WaveformPlan(PLAN.excerpt, 2.0, 5, workers=3),
        WaveformPlan(PLAN.excerpt, 2.0, 5, cache_dir=tmp_path / "cache"),
    ):
        views = views_of(songs, plan, augment=louder)
        resumed = list(views.batches(ROWS, epoch=1, first_step=1))
        assert [equal(*pair) for pair in zip(whole[1:], resumed, strict=True)] == [True, True]
        (alone,) = views.batches([ROWS[2]], epoch=1)
        assert equal(alone, whole[2])
    other_seed = views_of(songs, WaveformPlan(PLAN.excerpt, 2.0, 6), augment=louder)
    assert not equal(next(other_seed.batches(ROWS, epoch=1)), whole[0])
    assert not equal(next(views_of(songs, augment=louder).batches(ROWS, epoch=2)), whole[0])


def test_both_views_are_altered_each_in_its_way(songs: list[TrainingSong]) -> None:
    (plain,) = views_of(songs).batches([[0, 1]], epoch=0)
    (altered,) = views_of(songs, augment=louder).batches([[0, 1]], epoch=0)
    factors = [
        (changed.abs().amax(dim=1) / before.abs().amax(dim=1)).tolist()
        for changed, before in ((altered.first, plain.first), (altered.second, plain.second))
    ]
    assert all(1 <= factor <= 2 for view in factors for factor in view)
    assert factors[0] != pytest.approx(factors[1], abs=1e-3)


def test_unaltered_excerpts_are_always_the_same(songs: list[TrainingSong]) -> None:
    views = views_of(songs, augment=louder)
    parts = list(views.excerpts([4, 3, 2, 1, 0], size=2))
    assert [len(first) for first, _ in parts] == [2, 2, 1]
    ((first, second),) = views.excerpts([4, 3, 2, 1, 0])
    assert torch.equal(torch.cat([part[0] for part in parts]), first)
    assert torch.equal(torch.cat([part[1] for part in parts]), second)
    assert second_of(first[0, : RATE // 2].numpy(), sample_rate=RATE) >= 40


def test_a_song_that_does_not_decode_is_replaced_with_its_labels(songs: list[TrainingSong], tmp_path: Path) -> None:
    bad = TrainingSong("bad", 1.0, "x", "", year=1999, path=str(tmp_path / "gone.wav"))
    views = views_of([songs[0], bad, songs[2]])
    (batch,) = views.batches([[1, 2]], epoch=0)
    assert batch.period.tolist() == [2, 2]
    assert batch.rating.tolist() == pytest.approx([0.2, 0.2])
    assert batch.related.tolist() == [[False, True], [True, False]], "it is no negative of itself"
    assert views.unheard == {"bad": SkipReason.MISSING}


@pytest.mark.parametrize("first_step", [0, 1])
def test_what_is_held_out_never_takes_the_place_of_a_song(
    songs: list[TrainingSong], tmp_path: Path, first_step: int
) -> None:
    bad = TrainingSong("bad", 1.0, "x", "", year=1999, path=str(tmp_path / "gone.wav"))
    views = views_of([songs[0], bad, songs[2], songs[3]])
    *_, last = views.batches([[0, 3], [1]], epoch=0, first_step=first_step)
    assert last.rating.tolist() == pytest.approx([0.3]), "the next that is learned from, not the next"
    (first, second), *_ = views.excerpts([2, 1])
    assert (first[1].abs().max(), second[1].abs().max()) == (0, 0), "nobody answers for a song that cannot be heard"
    assert first[0].abs().max() > 0


def test_when_nothing_that_is_learned_from_can_be_heard_the_run_ends(songs: list[TrainingSong], tmp_path: Path) -> None:
    bad = TrainingSong("bad", 1.0, "x", "", path=str(tmp_path / "gone.wav"))
    with pytest.raises(UserError, match="music folder"):
        list(views_of([bad, songs[0]]).batches([[0]], epoch=0))


def test_a_run_may_stop_in_the_middle(songs: list[TrainingSong]) -> None:
    before = threading.active_count()
    batches = views_of(songs).batches(ROWS * 10, epoch=0)
    next(batches)
    assert threading.active_count() > before, "it loads ahead"
    batches.close()
    assert threading.active_count() == before


def test_a_short_song_is_heard_whole_by_both(songs: list[TrainingSong]) -> None:
    short = TrainingSong("short", -1.0, "x", "", path=songs[0].path, beginning=0.0, length=1.0)
    (batch,) = views_of([short]).batches([[0]], epoch=0)
    assert torch.equal(batch.first, batch.second)
    assert batch.first[0, RATE + 10 :].abs().max() == 0


@pytest.mark.parametrize("length", [100, 31, 20, 19, 10, 3])
def test_crops_keep_apart_as_far_as_they_can(length: int) -> None:
    found = [two_places(length, 10, generator=np.random.default_rng(seed)) for seed in range(300)]
    assert all(0 <= start <= max(0, length - 10) for pair in found for start in pair)
    assert min(abs(first - second) for first, second in found) >= min(10, max(0, length - 10))
    assert {pair[0] for pair in found} == {pair[1] for pair in found} or length > 20
    if length == 100:
        assert {min(pair) for pair in found} >= {0} or min(min(pair) for pair in found) < 5
        assert max(max(pair) for pair in found) > 85


def test_labels_of_other_songs_are_refused(songs: list[TrainingSong]) -> None:
    with pytest.raises(ValueError, match="4 labels"):
        WaveformViews(songs, labels_of(songs[:4]), plan=PLAN)
