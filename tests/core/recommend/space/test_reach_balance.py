"""Whatever the library, every song is among the ten nearest of another and none is a hub."""

import numpy as np
import pytest
from numpy.typing import NDArray

from core.recommend.space import reach_balance
from core.recommend.space.reach_balance import balanced_reach
from core.training.judgment.hubness import occurrences, skewness
from core.training.judgment.neighbors import standardized
from core.training.judgment.reach import apart, local_reach


def gaussian(count: int, dimension: int) -> NDArray[np.float32]:
    return np.random.default_rng(1).normal(size=(count, dimension)).astype(np.float32)


def clustered(count: int, dimension: int) -> NDArray[np.float32]:
    """Genres of different size and tightness."""
    random = np.random.default_rng(2)
    centers, spreads = random.normal(size=(20, dimension)), np.exp(random.uniform(-3, 1, 20))
    kinds = random.choice(20, count, p=random.dirichlet(np.ones(20)))
    return (centers[kinds] + spreads[kinds, None] * random.normal(size=(count, dimension))).astype(np.float32)


def with_middle_songs(count: int, dimension: int) -> NDArray[np.float32]:
    """Two camps; some songs have little of their own and lie near all of their camp."""
    random = np.random.default_rng(3)
    camp = random.normal(size=dimension) * random.choice([-1, 1], size=(count, 1))
    own = np.exp(0.7 * random.normal(size=(count, 1)))
    return (camp + own * random.normal(size=(count, dimension))).astype(np.float32)


def places(units: NDArray[np.float32], reach: NDArray[np.float32] | float) -> NDArray[np.int64]:
    distances = apart(units @ units.T)
    np.fill_diagonal(distances, np.inf)
    return occurrences(distances / reach)


@pytest.mark.parametrize(
    ("vectors", "skewness_before"),
    [
        (gaussian(700, 64), 0.0),
        (gaussian(30, 5), -1.0),
        (clustered(1500, 64), 2.5),
        (with_middle_songs(1500, 128), 5.0),
        (with_middle_songs(1500, 512), 7.0),
    ],
)
def test_no_hubs_and_no_orphans(vectors: NDArray[np.float32], skewness_before: float) -> None:
    units = standardized(vectors)
    assert skewness(places(units, 1.0)) > skewness_before
    found = places(units, balanced_reach(units))
    assert skewness(found) < 1.0
    assert found.min() >= 1
    assert found.max() <= 25


def test_orphans_are_adopted_even_where_hubs_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach_balance, "MOST_PLACES", 10_000)
    units = standardized(clustered(1500, 64))
    assert places(units, 1.0).min() == 0
    # Without local scaling a tenth of the songs are orphans.
    monkeypatch.setattr(reach_balance, "local_reach", lambda units, **_: np.ones(len(units), np.float32))
    assert places(units, balanced_reach(units)).min() >= 1


def test_most_reaches_stay_as_they_were() -> None:
    units = standardized(clustered(1500, 64))
    changed = balanced_reach(units) != local_reach(units)
    assert 0 < changed.mean() < 0.1


def test_candidates_that_run_out_are_looked_for_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach_balance, "CANDIDATES", 11)
    units = standardized(with_middle_songs(800, 512))
    found = places(units, balanced_reach(units))
    assert found.min() >= 1
    assert skewness(found) < 1.0


def test_songs_that_all_sound_alike_end_in_time() -> None:
    units = standardized(np.concatenate([gaussian(200, 30), np.ones((20, 30), np.float32)]))
    assert np.isfinite(balanced_reach(units)).all()


@pytest.mark.parametrize("count", [0, 1, 5, 11, 12])
def test_hardly_any_songs(count: int) -> None:
    units = standardized(gaussian(20, 8))[:count]
    assert balanced_reach(units).shape == (count,)


def test_the_share_done_is_told_and_the_work_can_be_ended() -> None:
    units = standardized(gaussian(300, 8))
    told: list[float] = []
    balanced_reach(units, report=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0

    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        balanced_reach(units, report=stop)
