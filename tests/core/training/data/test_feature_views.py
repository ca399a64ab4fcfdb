"""Features of a fixed backbone: computed once for each song, kept, and paired anew in every epoch."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from core.analysis.facts import ExcerptChoice
from core.audio.reasons import SkipReason
from core.errors import UserError
from core.training.data.batch import Batch
from core.training.data.excerpts import Place
from core.training.data.feature_views import (
    FeatureBank,
    FeaturePlan,
    FeatureViews,
    Interrupted,
    compute_features,
    excerpt_features,
)
from core.training.labels import labels_of
from core.training.protocol import TrainingSong
from tests.audio_files import second_of, steps, write_wav

RATE = 4000
EXCERPT = ExcerptChoice(sample_rate=RATE, duration=8.0)
PLAN = FeaturePlan(version="place-1", excerpt=EXCERPT, excerpts_per_song=3, excerpt_seconds=5.0)


class PlaceOf:
    """A backbone that tells the second at which an excerpt begins, its length and its number within the call."""

    calls = 0

    def features(self, audio: Tensor) -> Tensor:
        self.calls += 1
        begins = [second_of(row[: RATE // 2].numpy(), sample_rate=RATE) for row in audio]
        return torch.tensor([[begin, audio.shape[1] / RATE] for begin in begins])


def song_of(path: Path, number: int, *, seconds: float = 30.0) -> TrainingSong:
    section = 30.0 * number
    return TrainingSong(f"song {number}", 0.5, "x", "", path=str(path), beginning=section, length=seconds, year=1980)


@pytest.fixture(scope="module")
def songs(tmp_path_factory: pytest.TempPathFactory) -> list[TrainingSong]:
    path = tmp_path_factory.mktemp("songs") / "steps.wav"
    write_wav(path, steps(120, sample_rate=RATE, channels=1), sample_rate=RATE)
    return [song_of(path, number) for number in range(4)]


def test_each_song_is_heard_at_several_places(songs: list[TrainingSong]) -> None:
    bank = compute_features(songs, PlaceOf(), plan=PLAN, workers=2)
    assert bank.values.shape == (4, 3, 2)
    assert bank.values.dtype == np.float32
    expected = [[11, 2.5, 22.5] for _ in songs] + 30.0 * np.arange(4)[:, None]
    assert np.abs(bank.values[:, :, 0] - expected).max() < 0.6
    assert (bank.values[:, :, 1] == [8, 5, 5]).all()
    assert (bank.counts.tolist(), bank.heard.tolist(), bank.unheard) == ([3] * 4, [0, 1, 2, 3], {})


def test_any_number_of_workers_finds_the_same(songs: list[TrainingSong]) -> None:
    threads = torch.get_num_threads()
    banks = [compute_features(songs, PlaceOf(), plan=PLAN, workers=workers).values for workers in (1, 3)]
    assert np.array_equal(*banks)
    assert torch.get_num_threads() == threads


def test_short_songs_have_fewer_and_shorter_excerpts(songs: list[TrainingSong]) -> None:
    path = Path(songs[0].path)
    short = [song_of(path, 0, seconds=7.0), song_of(path, 1, seconds=2.0)]
    bank = compute_features(short, PlaceOf(), plan=PLAN)
    assert bank.counts.tolist() == [2, 1]
    assert bank.values[0, :, 1].tolist() == [7, 3.5, 0]


def test_a_song_that_cannot_be_heard_is_named(songs: list[TrainingSong], tmp_path: Path) -> None:
    gone = TrainingSong("gone", 0.5, "x", "", path=str(tmp_path / "gone.wav"))
    bank = compute_features([gone, *songs[:1]], PlaceOf(), plan=PLAN)
    assert bank.unheard == {"gone": SkipReason.MISSING}
    assert bank.heard.tolist() == [1]
    with pytest.raises(UserError, match="music folder"):
        compute_features([gone], PlaceOf(), plan=PLAN)


def test_a_backbone_that_makes_no_numbers_costs_the_song(songs: list[TrainingSong]) -> None:
    class NotNumbers(PlaceOf):
        def features(self, audio: Tensor) -> Tensor:
            found = super().features(audio)
            return torch.where(found[:, :1] < 30, torch.nan, found)

    bank = compute_features(songs, NotNumbers(), plan=PLAN)
    assert bank.heard.tolist() == [1, 2, 3]
    assert np.isfinite(bank.values).all()


def test_what_was_computed_is_not_computed_again(songs: list[TrainingSong], tmp_path: Path) -> None:
    backbone = PlaceOf()
    first = compute_features(songs[:2], backbone, plan=PLAN, cache_dir=tmp_path)
    assert backbone.calls == 4, "the excerpt and the stretches of two songs"
    again = compute_features(songs, backbone, plan=PLAN, cache_dir=tmp_path)
    assert backbone.calls == 8
    assert np.array_equal(again.values[:2], first.values)
    other = FeaturePlan(version="place-2", excerpt=EXCERPT, excerpt_seconds=5.0)
    compute_features(songs, backbone, plan=other, cache_dir=tmp_path)
    assert backbone.calls == 16


def test_excerpts_that_are_known_are_not_heard_again_for_other_stretches(
    songs: list[TrainingSong], tmp_path: Path
) -> None:
    backbone = PlaceOf()
    first = compute_features(songs, backbone, plan=PLAN, cache_dir=tmp_path)
    shorter = replace(PLAN, excerpt_seconds=4.0)
    found = compute_features(songs, backbone, plan=shorter, cache_dir=tmp_path)
    assert backbone.calls == 12
    assert np.array_equal(found.values[:, 0], first.values[:, 0])
    assert (found.values[:, 1:, 1] == 4).all()
    kept = excerpt_features(tmp_path, version=PLAN.version, excerpt=EXCERPT)
    assert [kept.get(Place.of(song).key()).tolist() for song in songs] == first.values[:, :1].tolist()  # type: ignore[union-attr]


def test_a_short_song_without_stretches_is_known_too(songs: list[TrainingSong], tmp_path: Path) -> None:
    short, backbone = [song_of(Path(songs[0].path), 1, seconds=2.0)], PlaceOf()
    compute_features(short, backbone, plan=PLAN, cache_dir=tmp_path)
    again = compute_features(short, backbone, plan=PLAN, cache_dir=tmp_path)
    assert (backbone.calls, again.counts.tolist()) == (1, [1])


def test_progress_is_told_and_a_stop_keeps_what_is_there(songs: list[TrainingSong], tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    backbone = PlaceOf()
    with pytest.raises(Interrupted):
        compute_features(
            songs * 10,
            backbone,
            plan=PLAN,
            cache_dir=tmp_path,
            on_progress=lambda done, total: told.append((done, total)),
            stopped=lambda: bool(told),
        )
    assert told[0] == (1, 40)
    before = backbone.calls
    compute_features(songs, backbone, plan=PLAN, cache_dir=tmp_path)
    assert backbone.calls - before < 8


def bank_of(counts: Sequence[int]) -> FeatureBank:
    values = np.arange(len(counts) * 3, dtype=np.float32).reshape(len(counts), 3, 1)
    return FeatureBank(values, np.array(counts), {})


def views_of(counts: Sequence[int] = (3, 3, 3, 3), *, seed: int = 1) -> FeatureViews:
    songs = [TrainingSong(f"{row}", row / 10, "x", "", year=1970 + 5 * row) for row in range(len(counts))]
    return FeatureViews(bank_of(counts), songs, labels_of(songs), seed=seed)


def numbers(batch: Batch) -> list[tuple[float, float]]:
    return list(zip(batch.first[:, 0].tolist(), batch.second[:, 0].tolist(), strict=True))


def test_a_batch_holds_two_different_excerpts_of_each_song() -> None:
    views = views_of()
    seen = set()
    for epoch in range(200):
        (batch,) = views.batches([[2, 0]], epoch=epoch)
        seen |= set(numbers(batch))
        assert batch.period.tolist() == [2, 0]
    assert seen == {(a, b) for base in (0, 6) for a in range(base, base + 3) for b in range(base, base + 3) if a != b}


def test_batches_depend_on_seed_epoch_and_rows_alone() -> None:
    rows = [[0, 1], [2, 3]] * 8
    whole = [numbers(batch) for batch in views_of().batches(rows, epoch=3)]
    assert [numbers(batch) for batch in views_of().batches(rows, epoch=3, first_step=5)] == whole[5:]
    assert [numbers(batch) for batch in views_of(seed=2).batches(rows, epoch=3)] != whole
    assert [numbers(batch) for batch in views_of().batches(rows, epoch=4)] != whole


def test_excerpts_for_the_probe_are_always_the_same() -> None:
    views = views_of()
    parts = list(views.excerpts([3, 1, 0], size=2))
    ((first, second),) = views.excerpts([3, 1, 0])
    assert torch.equal(torch.cat([part[0] for part in parts]), first)
    assert (first != second).all()
    assert (first[:, 0] // 3).tolist() == [3, 1, 0]


def test_a_song_with_one_excerpt_is_twice_the_same() -> None:
    views = views_of((3, 1, 0, 3))
    (batch,) = views.batches([[1]], epoch=0)
    assert numbers(batch) == [(3, 3)]
    assert len(views) == 4
