"""What a taste may hang on: likenesses as they are defined, and the true property believed when ratings show it."""

import numpy as np
import pytest

from core.training.rating.asking_hypotheses import (
    ARTIST,
    MEAN,
    NOISE,
    SOUND,
    Listened,
    hypothesis,
    likely,
    scales_of,
)
from core.training.rating.sound_features import fit_sound_features

SONGS, ASPECT = 120, 6
VECTORS = np.random.default_rng(5).normal(size=(SONGS, 2 * ASPECT)).astype(np.float32)
ALONE = np.arange(SONGS)


def listened(artists: np.ndarray = ALONE) -> tuple[Listened, list[np.ndarray]]:
    sound = fit_sound_features(VECTORS, kernel="rbf", seed=1, aspects=(ASPECT, ASPECT))
    return Listened(sound.of(VECTORS)[0].astype(np.float64), artists), scales_of(sound)


def test_every_hypothesis_gives_sound_its_share() -> None:
    songs, scales = listened()
    assert len(scales) == 4  # all alike, either aspect, nearness
    for each in scales:
        assert (songs.scaled(each).features ** 2).sum(axis=1).mean() == pytest.approx(SOUND, rel=0.02)


def test_songs_of_an_artist_are_alike() -> None:
    songs, scales = listened(artists=np.zeros(SONGS, dtype=np.intp))
    other = Listened(songs.features, np.ones(SONGS, dtype=np.intp))
    own = songs.scaled(scales[0])
    difference = own.likeness(own) - own.likeness(other.scaled(scales[0]))
    assert difference == pytest.approx(np.full((SONGS, SONGS), ARTIST))


def test_the_likelihood_is_that_of_the_covariance() -> None:
    songs, scales = listened()
    ratings = np.random.default_rng(2).normal(size=SONGS)
    found = hypothesis(scales[1], rated=songs, ratings=ratings)
    features = songs.features * scales[1]
    covariance = features @ features.T + MEAN + (ARTIST + NOISE) * np.eye(SONGS)
    expected = -0.5 * (np.linalg.slogdet(covariance)[1] + ratings @ np.linalg.solve(covariance, ratings))
    assert found.log_likelihood == pytest.approx(expected)


@pytest.mark.parametrize("aspect", [0, 1])
def test_ratings_tell_which_aspect_counts(aspect: int) -> None:
    songs, scales = listened()
    taste = VECTORS[:, aspect * ASPECT : (aspect + 1) * ASPECT] @ np.ones(ASPECT)
    ratings = (taste - taste.mean()) / taste.std()
    shares = {
        id(each.scales): share for share, each in likely([hypothesis(s, rated=songs, ratings=ratings) for s in scales])
    }
    assert shares.get(id(scales[1 + aspect]), 0) > 0.9
    assert sum(shares.values()) == pytest.approx(1)


def test_without_ratings_all_count_the_same_as_the_single_ones_together() -> None:
    songs, scales = listened()
    nobody = Listened(songs.features[:0], songs.artists[:0])
    found = likely([hypothesis(each, rated=nobody, ratings=np.empty(0)) for each in scales])
    assert [share for share, _ in found] == pytest.approx([1 / 2, 1 / 6, 1 / 6, 1 / 6])
