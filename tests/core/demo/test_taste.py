"""The planted taste: half of the songs, half stars, and a truth that the sound explains."""

import numpy as np

from core.demo.listening import listening_history
from core.demo.recipe import plan_songs
from core.demo.taste import plant_taste

SONGS = plan_songs(1)
TASTE = plant_taste(SONGS, seed=1)
RATED = TASTE.ratings > 0


def test_half_of_the_songs_are_rated_in_half_stars() -> None:
    assert RATED.sum() == len(SONGS) // 2
    assert np.all(TASTE.ratings[~RATED] == -1.0)
    assert np.allclose(TASTE.ratings[RATED] * 10, np.round(TASTE.ratings[RATED] * 10))
    assert TASTE.ratings[RATED].min() >= 0.1
    assert TASTE.ratings[RATED].max() <= 1.0


def test_most_ratings_are_good_ones() -> None:
    assert np.median(TASTE.ratings[RATED]) >= 0.7
    assert TASTE.ratings[RATED].min() <= 0.5


def test_some_artists_are_unrated_and_some_in_part() -> None:
    artists = np.array([song.artist for song in SONGS])
    shares = [RATED[artists == artist].mean() for artist in set(artists)]
    assert shares.count(0.0) >= 3
    assert any(0.0 < share < 1.0 for share in shares)


def test_noise_is_between_the_truth_and_the_ratings() -> None:
    distance = np.abs(TASTE.truth[RATED] - TASTE.ratings[RATED])
    assert 0.03 < distance.mean() < 0.12
    assert np.corrcoef(TASTE.truth[RATED], TASTE.ratings[RATED])[0, 1] > 0.8


def test_warm_songs_are_liked_better_than_bright_ones() -> None:
    brightness = np.log([song.sound.brightness for song in SONGS])
    assert np.corrcoef(brightness, TASTE.truth)[0, 1] < -0.4


def test_taste_is_the_same_every_time() -> None:
    again = plant_taste(SONGS, seed=1)
    assert np.array_equal(again.truth, TASTE.truth)
    assert np.array_equal(again.ratings, TASTE.ratings)
    assert not np.array_equal(plant_taste(SONGS, seed=2).ratings, TASTE.ratings)


def test_rated_songs_have_been_played() -> None:
    history = listening_history(TASTE, seed=1)
    assert all(song.playcount > 0 for song, rated in zip(history, RATED, strict=True) if rated)
    assert any(song.playcount == 0 for song in history)
    assert all(0 <= song.score <= 100 for song in history)
    assert all((song.last_played == -1) == (song.playcount == 0) for song in history)
