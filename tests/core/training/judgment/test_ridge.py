"""Ridge against scikit-learn, a penalty that fits the noise, residuals of held-out groups, missing features."""

import numpy as np
import pytest
from sklearn.linear_model import Ridge as Reference

from core.training.judgment.ridge import fit_ridge
from core.training.metrics import spearman


def planted(songs: int, dimension: int, *, noise: float = 0.1) -> tuple[np.ndarray, np.ndarray, list[str]]:
    generator = np.random.default_rng(2)
    features = generator.normal(size=(songs, dimension)) * np.linspace(1, 9, dimension) + 5
    targets = 0.5 + 0.02 * features[:, :3].sum(axis=1) + noise * generator.normal(size=songs)
    return features, targets, [f"group {number % 10}" for number in range(songs)]


@pytest.mark.parametrize(("songs", "dimension"), [(60, 8), (40, 80)])
def test_it_is_that_of_scikit_learn(songs: int, dimension: int) -> None:
    features, targets, groups = planted(songs, dimension)
    found = fit_ridge(features, targets, groups=groups, seed=1, penalties=np.array([7.0]))
    scaled = (features - features.mean(axis=0)) / features.std(axis=0)
    expected = Reference(alpha=7.0).fit(scaled, targets).predict(scaled)
    assert found.predict(features) == pytest.approx(expected)


def test_the_penalty_follows_the_noise() -> None:
    features, targets, groups = planted(80, 8, noise=0.001)
    clear = fit_ridge(features, targets, groups=groups, seed=1)
    assert spearman(targets, clear.predict(features)) > 0.99
    shuffled = np.random.default_rng(3).permutation(targets)
    assert np.ptp(fit_ridge(features, shuffled, groups=groups, seed=1).predict(features)) < 0.3 * np.ptp(targets)


def test_residuals_are_of_groups_that_were_held_out() -> None:
    # One column a group, and a level a group: within the training songs the error would be near 0.
    numbers = np.arange(100) % 10
    levels = np.random.default_rng(4).normal(size=10)[numbers]
    found = fit_ridge(np.eye(10)[numbers], levels, groups=[str(n) for n in numbers], seed=1, penalties=np.array([1e-3]))
    assert np.abs(levels - found.predict(np.eye(10)[numbers])).max() < 1e-3
    assert np.abs(found.residuals).mean() > 0.5


def test_missing_features_stand_for_their_mean() -> None:
    features, targets, groups = planted(60, 8, noise=0.01)
    blank = features.copy()
    blank[::4] = np.nan
    found = fit_ridge(blank, targets, groups=groups, seed=1)
    assert found.predict(blank[::4]) == pytest.approx(np.full(15, targets.mean()))
    assert spearman(targets[1::4], found.predict(features[1::4])) > 0.9


def test_constant_features_and_a_single_group_predict_the_mean() -> None:
    targets = np.array([0.2, 0.4, 0.9])
    assert fit_ridge(np.full((3, 2), 0.1), targets, groups=["a"] * 3, seed=1).predict(np.ones((2, 2))) == pytest.approx(
        [0.5, 0.5]
    )
