"""Closed-form residuals of groups against models that really were fitted without them."""

import numpy as np
import pytest

from core.training.rating import left_out as left_out_module
from core.training.rating.effects import ARTIST, LINEAR, MEAN, MEAN_VARIANCE, NOISE, Design, Posterior
from core.training.rating.left_out import left_out, rows_of

VARIANCES = np.array([0.5, 0.7, 0, 0, 0.4, 0])
ARTISTS = np.repeat(np.arange(8), [1, 2, 3, 4, 5, 6, 7, 8])
RANDOM = np.random.default_rng(3)
FEATURES = np.c_[np.ones(len(ARTISTS)), RANDOM.normal(size=(len(ARTISTS), 4))]
RATINGS = RANDOM.normal(size=len(ARTISTS))
DESIGN = Design(FEATURES, np.array([MEAN, LINEAR, LINEAR, LINEAR, LINEAR]), ARTISTS, ARTISTS, np.zeros(8))
SCALES = np.array([MEAN_VARIANCE, *[VARIANCES[LINEAR]] * 4])
COVARIANCE = (
    (FEATURES * SCALES) @ FEATURES.T
    + VARIANCES[ARTIST] * (ARTISTS[:, None] == ARTISTS)
    + VARIANCES[NOISE] * np.eye(len(ARTISTS))
)


@pytest.mark.parametrize("groups", [ARTISTS, np.arange(len(ARTISTS)), np.arange(len(ARTISTS)) % 5], ids=str)
def test_residuals_are_those_of_a_model_that_never_saw_the_group(groups: np.ndarray) -> None:
    found = left_out(Posterior(DESIGN, RATINGS, VARIANCES), groups)
    for group in np.unique(groups):
        out, kept = groups == group, groups != group
        cross = COVARIANCE[np.ix_(out, kept)] @ np.linalg.inv(COVARIANCE[np.ix_(kept, kept)])
        variance = COVARIANCE[np.ix_(out, out)] - cross @ COVARIANCE[np.ix_(kept, out)]
        assert found.residuals[out] == pytest.approx(RATINGS[out] - cross @ RATINGS[kept])
        assert found.deviations[out] == pytest.approx(np.sqrt(np.diag(variance)))


def test_a_giant_group_is_cut_and_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(left_out_module, "LARGEST_GROUP", 3)
    parts = rows_of(np.array([1, 0, 0, 0, 0, 0, 0, 2]))
    assert max(len(part) for part in parts) == 3
    assert sorted(np.concatenate(parts)) == list(range(8))


def test_single_songs_are_left_out_as_any_group_is() -> None:
    """They are computed at once: a group of one beside larger ones must get what it would get by itself."""
    posterior = Posterior(DESIGN, RATINGS, VARIANCES)
    alone = left_out(posterior, np.arange(len(ARTISTS)))
    mixed = left_out(posterior, np.where(np.arange(len(ARTISTS)) < 10, np.arange(len(ARTISTS)), 99))
    assert mixed.residuals[:10] == pytest.approx(alone.residuals[:10])
    assert mixed.deviations[:10] == pytest.approx(alone.deviations[:10])
    assert mixed.residuals[10:] != pytest.approx(alone.residuals[10:])
    assert np.diag(posterior.inverse_block(np.arange(9))) == pytest.approx(posterior.inverse_diagonal(np.arange(9)))
