"""Which predictions are numbers: nearly none of ten ratings, all of a hundred; and what is said meanwhile."""

import numpy as np
import pytest

from core.recommend.confidence import allowance, knowledge, stood_for, unknowing
from core.song import SongId
from core.store.companion import Prediction
from core.training.rating.mixed_model import Names, fit
from tests.planted_taste import PlantedTaste

SONGS = 200
TASTE = PlantedTaste(songs=SONGS, artists_count=40, noise=0.1)


def stood(ratings: np.ndarray, *, count: int, seed: int) -> float:
    """The share of the other songs with a number, after the predictor learned from ``count`` ratings."""
    learned = np.random.default_rng(seed).permutation(SONGS)[:count]
    names = Names(TASTE.artists, TASTE.albums, [""] * SONGS)
    groups = [TASTE.artists[row] for row in learned]
    model = fit(
        ratings[learned], vectors=TASTE.vectors[learned], names=names.at(learned.tolist()), groups=groups, seed=1
    )
    said = model.predict(TASTE.vectors, names=names)
    rows = zip(said.ratings.tolist(), said.low.tolist(), said.high.tolist(), strict=True)
    predictions = {SongId(str(row)): Prediction(SongId(str(row)), *each) for row, each in enumerate(rows)}
    numbers = stood_for(predictions, ratings=ratings[learned].tolist())
    unheard = {str(row) for row in range(SONGS)} - {str(row) for row in learned}
    return len(unheard & set(numbers)) / len(unheard)


def test_a_taste_that_can_be_learned_has_numbers_after_a_hundred_ratings() -> None:
    assert stood(TASTE.ratings, count=100, seed=1) > 0.95


@pytest.mark.parametrize("seed", range(4))
def test_ten_ratings_of_noise_claim_nothing(seed: int) -> None:
    noise = np.random.default_rng(seed).permutation(TASTE.ratings)
    assert stood(noise, count=10, seed=seed) < 0.1


def predictions(**reaches: float) -> dict[SongId, Prediction]:
    return {SongId(name): Prediction(SongId(name), 0.6, 0.6 - each, 0.6 + each / 2) for name, each in reaches.items()}


def test_the_longer_side_of_an_interval_counts() -> None:
    ratings = [0.4, 0.6, 0.8] * 20
    widest = allowance(60) * unknowing(np.array(ratings))
    found = stood_for(predictions(narrow=widest - 0.01, wide=widest + 0.01), ratings=ratings)
    assert list(found) == ["narrow"]


def test_the_fewer_ratings_the_narrower() -> None:
    allowed = [allowance(count) for count in (0, 1, 10, 20, 60, 1000)]
    assert allowed == sorted(allowed)
    assert allowed[0] == 0
    assert allowance(10) == pytest.approx(0.5)
    assert allowance(60) == pytest.approx(1)


def test_without_ratings_nothing_is_said() -> None:
    assert stood_for(predictions(any=0.0), ratings=[]) == {}


def test_equal_ratings_prove_little() -> None:
    """The average of equal ratings is taken for less sure than it looks."""
    assert unknowing(np.full(5, 0.8)) > 0.1


def test_what_is_known_of_few_ratings() -> None:
    found = knowledge([0.6, 0.8] * 7, songs=240, predicted=28)
    assert found.sentence == (
        "Knows your taste from 14 ratings, so it stays close to your average of 3.5 stars where it is not sure; "
        "212 of 240 songs have no prediction yet."
    )
    assert (found.ratings, found.average, found.unpredicted) == (14, pytest.approx(0.7), 212)
    assert found.rule == (
        "With 14 ratings, a predicted rating is shown where it is sure to within 60 % of the spread of your ratings."
    )


def test_what_is_known_when_nothing_is_told_apart() -> None:
    assert knowledge([0.6, 0.8], songs=1200, predicted=0).sentence == (
        "Knows your taste from 2 ratings, which is not enough to tell songs apart from your average of 3.5 stars: "
        "1,200 of 1,200 songs have no prediction yet."
    )


def test_one_song_is_missing() -> None:
    assert knowledge([0.6], songs=2, predicted=1).sentence.endswith("; 1 of 2 songs has no prediction yet.")


@pytest.mark.parametrize(
    ("names", "sound", "tells"),
    [
        (1, 1, "by who plays and by the sound"),
        (1, 0, "by who plays"),
        (0, 1, "by the sound"),
        (0, 0, "but neither who plays nor the sound tells which songs you like better"),
    ],
)
def test_by_what_it_knows(names: float, sound: float, tells: str) -> None:
    found = knowledge([0.8] * 100, songs=50, predicted=50, figures={"uses_names": names, "uses_sound": sound})
    assert found.sentence == f"Knows your taste from 100 ratings, {tells}; your average is 4.0 stars."


def test_nothing_is_known_without_ratings() -> None:
    found = knowledge([], songs=50, predicted=0)
    assert found.sentence == "Knows nothing of your taste yet: rate some songs."
    assert found.average is None
    assert found.rule == "A song gets a predicted rating when there are ratings to learn from."
