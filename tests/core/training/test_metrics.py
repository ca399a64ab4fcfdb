"""Figures against hand-computed values, and against scipy and scikit-learn where those say the same."""

import math

import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import ndcg_score, roc_auc_score

from core.training.metrics import (
    Metrics,
    Values,
    auc,
    calibration_error,
    conformal_radius,
    mean_of,
    measure,
    ndcg,
    ranks,
    spearman,
)


def values(*numbers: float) -> Values:
    return np.array(numbers, dtype=np.float64)


@pytest.fixture
def generator() -> np.random.Generator:
    return np.random.default_rng(5)


def stars(generator: np.random.Generator, count: int) -> Values:
    """Ratings with many ties, as the player keeps them."""
    return generator.integers(1, 11, count) / 10


def test_ranks_share_their_mean() -> None:
    assert ranks(values(3, 1, 3, 2)).tolist() == [2.5, 0, 2.5, 1]
    assert ranks(values()).tolist() == []


def test_spearman_is_that_of_scipy(generator: np.random.Generator) -> None:
    for _ in range(10):
        truth = stars(generator, 40)
        predicted = np.round(truth + generator.normal(scale=0.3, size=40), 1)
        assert spearman(truth, predicted) == pytest.approx(stats.spearmanr(truth, predicted).statistic)


@pytest.mark.parametrize(
    ("truth", "predicted"), [(values(0.1, 0.5, 0.9), values(0.6, 0.6, 0.6)), (values(1, 1), values(0.1, 0.2))]
)
def test_a_constant_orders_nothing(truth: Values, predicted: Values) -> None:
    assert spearman(truth, predicted) == 0.0


def test_ndcg_by_hand() -> None:
    truth, predicted = values(1.0, 0.2, 0.6), values(0.1, 0.9, 0.5)
    gained = 0.2 + 0.6 / math.log2(3) + 1.0 / 2
    best = 1.0 + 0.6 / math.log2(3) + 0.2 / 2
    assert ndcg(truth, predicted, top=20) == pytest.approx(gained / best)
    assert ndcg(truth, predicted, top=1) == pytest.approx(0.2)
    assert ndcg(truth, truth, top=20) == pytest.approx(1.0)


def test_ndcg_of_ties_is_that_of_a_random_order(generator: np.random.Generator) -> None:
    for top in (5, 20):
        truth = stars(generator, 30)
        predicted = np.round(truth + generator.normal(scale=0.3, size=30), 1)
        assert ndcg(truth, predicted, top=top) == pytest.approx(ndcg_score([truth], [predicted], k=top))
        constant = np.full(30, 0.7)
        assert ndcg(truth, constant, top=top) == pytest.approx(ndcg_score([truth], [constant], k=top))


def test_auc_is_that_of_scikit_learn(generator: np.random.Generator) -> None:
    liked = generator.random(50) < 0.4
    predicted = np.round(0.3 * liked + generator.random(50), 1)
    assert auc(liked, predicted) == pytest.approx(roc_auc_score(liked, predicted))


@pytest.mark.parametrize("liked", [[True, True], [False, False]])
def test_auc_of_one_kind_has_no_meaning(liked: list[bool]) -> None:
    assert auc(np.array(liked), values(0.2, 0.8)) is None


def test_calibration_by_hand() -> None:
    truth, predicted = values(0.2, 0.4, 0.6, 1.0), values(0.3, 0.4, 0.6, 0.8)
    assert calibration_error(truth, predicted) == pytest.approx(5 * (0.1 + 0 + 0 + 0.2) / 4)


def test_calibration_takes_bins_of_similar_predictions() -> None:
    truth = np.tile(values(0.2, 1.0), 50)
    predicted = 0.6 + np.linspace(0, 1e-6, 100)
    assert calibration_error(truth, predicted) == pytest.approx(0.0, abs=1e-5)


def test_calibration_of_a_constant_is_its_distance_from_the_mean() -> None:
    # Sorted by rating as albums are: bins of neighbors in the list would tell an error of 1 star.
    truth = np.sort(np.tile(values(0.2, 0.4, 0.6, 0.8), 10))
    assert calibration_error(truth, np.full(40, 0.6)) == pytest.approx(0.5)


def test_errors_are_in_stars() -> None:
    truth, predicted = values(0.2, 1.0, 1.0, 1.0), values(0.6, 1.0, 1.0, 1.0)
    found = measure(truth, predicted, low=predicted - 0.1, high=predicted + 0.1)
    assert found.mae == pytest.approx(0.5)
    assert found.macro_mae == pytest.approx(1.0)
    assert found.auc4 == pytest.approx(1.0)
    assert found.coverage90 == pytest.approx(0.75)


def test_half_stars_count_as_the_next_whole_one() -> None:
    truth = values(*(tenths / 10 for tenths in range(1, 11)))
    # One star each with errors of 1, 2, 3, 4 and 5 half stars: were half stars rounded to even, it would differ.
    predicted = truth + np.repeat(values(0.1, 0.2, 0.3, 0.4, 0.5), 2)
    found = measure(np.append(truth, [0.1] * 8), np.append(predicted, [0.2] * 8), low=truth.min(), high=truth.max())
    assert found.macro_mae == pytest.approx(1.5)


def test_the_ends_of_an_interval_belong_to_it() -> None:
    truth = values(0.3, 0.7)
    assert measure(truth, truth, low=values(0.1 + 0.2, 0.7), high=values(0.3, 0.7)).coverage90 == 1.0


def test_the_mean_of_folds_leaves_out_what_is_unknown() -> None:
    first = Metrics(1.0, 1.0, 0.2, 0.9, None, 0.5, 0.9)
    second = Metrics(2.0, 1.0, 0.4, 0.7, 0.6, 0.5, 0.7)
    assert mean_of([first, second]).as_dict() == pytest.approx(
        {"mae": 1.5, "macro_mae": 1.0, "spearman": 0.3, "ndcg20": 0.8, "auc4": 0.6, "ece": 0.5, "coverage90": 0.8}
    )
    assert mean_of([first, first]).auc4 is None


def test_conformal_radius_by_hand() -> None:
    residuals = values(*(0.1 * number * (-1) ** number for number in range(1, 11)))
    assert conformal_radius(residuals) == pytest.approx(1.0)  # the ceil(11 x 0.9) = 10th smallest
    assert conformal_radius(residuals, coverage=0.5) == pytest.approx(0.6)


@pytest.mark.parametrize(("count", "is_known"), [(0, False), (8, False), (9, True)])
def test_too_few_residuals_promise_nothing(count: int, is_known: bool) -> None:
    assert math.isfinite(conformal_radius(np.full(count, 0.1))) == is_known


def test_conformal_radius_covers_what_it_claims(generator: np.random.Generator) -> None:
    covered = []
    for _ in range(2000):
        residuals = generator.standard_t(3, size=31)
        covered.append(abs(residuals[0]) <= conformal_radius(residuals[1:]))
    # Of 30 residuals it takes the 28th: 28 / 31 = 0.903 is what the theory promises; the deviation is 0.0066.
    assert np.mean(covered) == pytest.approx(28 / 31, abs=0.02)


def test_without_intervals_none_is_covered() -> None:
    assert measure(values(0.3, 0.7), values(0.3, 0.7)).coverage90 is None


@pytest.mark.parametrize("broken", [math.nan, math.inf])
def test_what_is_not_a_number_is_no_prediction(broken: float) -> None:
    # Sorted last, NaN would be taken for the best of all.
    with pytest.raises(ValueError, match="1 of 2 predictions"):
        measure(values(0.3, 0.7), values(broken, 0.7))
