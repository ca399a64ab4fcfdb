"""What an epoch's probe sees: excerpts, artists, genres, tastes where there are any, chance elsewhere, a collapse."""

from dataclasses import replace

import numpy as np
import pytest

from core.training.judgment.neighbors import standardized
from core.training.judgment.probe import (
    Probed,
    alignment,
    artist_precision,
    effective_rank,
    genre_accuracy,
    probe,
    uniformity,
)
from core.training.protocol import TrainingSong

SONGS, ARTISTS, DIMENSION = 120, 24, 16
QUALITY = {"probe/excerpt_recall", "probe/artist_precision", "probe/genre_knn", "probe/rating_spearman"}


def heard(*, noise: float = 0.1, seed: int = 3) -> Probed:
    """Songs near their artist, artists near their genre, two albums each, a taste in the first two values."""
    generator = np.random.default_rng(seed)
    artists = np.arange(SONGS) % ARTISTS
    genres = artists % 3
    centers = 3 * generator.normal(size=(3, DIMENSION))[genres] + generator.normal(size=(ARTISTS, DIMENSION))[artists]
    songs = centers + 0.3 * generator.normal(size=(SONGS, DIMENSION))
    first, second = (songs + noise * generator.normal(size=songs.shape) for _ in range(2))
    liking = songs[:, 0] + songs[:, 1]
    names = [f"artist {number}" for number in artists]
    albums = [f"{name}, album {row // ARTISTS % 2}" for row, name in enumerate(names)]
    ratings = 0.1 + 0.9 * (liking - liking.min()) / np.ptp(liking)
    return Probed(first.astype(np.float32), second.astype(np.float32), names, names, albums, genres, ratings)


def similarity_of(vectors: np.ndarray) -> np.ndarray:
    unit = standardized(vectors)
    similarity = unit @ unit.T
    np.fill_diagonal(similarity, -np.inf)
    return similarity


def test_what_is_there_is_found() -> None:
    found = probe(heard())
    assert set(found) >= QUALITY
    assert all(found[name] > 0.8 for name in QUALITY)
    assert found["probe/score"] == pytest.approx(np.mean([found[name] for name in QUALITY]))
    assert found["probe/collapsed"] == 0.0


def test_noise_is_worth_chance() -> None:
    generator = np.random.default_rng(4)
    noise = [generator.normal(size=(SONGS, DIMENSION)) for _ in range(2)]
    found = probe(replace(heard(), first=noise[0], second=noise[1]))
    assert found["probe/excerpt_recall"] < 0.05
    assert found["probe/artist_precision"] < 0.15
    assert found["probe/genre_knn"] < 0.45
    assert abs(found["probe/rating_spearman"]) < 0.3
    assert found["probe/collapsed"] == 0.0


def test_more_noise_is_worse() -> None:
    scores = [probe(heard(noise=noise))["probe/score"] for noise in (0.1, 1.0, 5.0)]
    assert scores == sorted(scores, reverse=True)


def test_the_same_songs_give_the_same_figures() -> None:
    assert probe(heard()) == probe(heard())


def test_the_size_of_the_values_does_not_matter_to_the_quality() -> None:
    plain, sizes = heard(), np.geomspace(0.01, 100, DIMENSION)
    assert plain.second is not None
    scaled = replace(plain, first=plain.first * sizes, second=plain.second * sizes)
    first, second = probe(plain), probe(scaled)
    assert {name: first[name] for name in QUALITY} == pytest.approx({name: second[name] for name in QUALITY}, abs=0.02)


def test_ratings_are_predicted_of_groups_that_are_held_out() -> None:
    # Every song tells its artist and nothing else, and artists have a taste each: only a leak of artists knows it.
    plain = heard()
    numbers = np.arange(SONGS) % ARTISTS
    liking = np.random.default_rng(5).random(ARTISTS)[numbers]
    telling = replace(plain, first=np.eye(ARTISTS)[numbers], second=None, ratings=liking)
    found = probe(telling)
    assert abs(found["probe/rating_spearman"]) < 0.35
    leaked = probe(replace(telling, groups=[str(number) for number in range(SONGS)]))
    assert leaked["probe/rating_spearman"] > 0.6


def test_neighbors_of_the_same_artist_have_no_vote_on_the_genre() -> None:
    # Each artist in a corner of its own: artists' songs would vote right, everybody else's tell nothing.
    numbers = np.repeat(np.arange(20), 6)
    vectors = np.random.default_rng(6).normal(size=(20, DIMENSION))[numbers]
    vectors += 0.01 * np.random.default_rng(7).normal(size=vectors.shape)
    genres, artists = numbers % 4, [f"artist {number}" for number in numbers]
    strict = genre_accuracy(similarity_of(vectors), genres=genres, artists=artists)
    loose = genre_accuracy(similarity_of(vectors), genres=genres, artists=[""] * len(numbers))
    assert strict is not None
    assert strict < 0.6
    assert loose is not None
    assert loose > 0.9


def test_album_mates_are_no_candidates_where_the_artist_has_another_album() -> None:
    # Albums lie together, and artists do not: only the album effect would find the artist.
    artists = [f"artist {number // 4}" for number in range(40)]
    albums = [f"album {number // 2}" for number in range(40)]
    corners = np.random.default_rng(8).normal(size=(20, DIMENSION))
    vectors = np.repeat(corners, 2, axis=0) + 0.01 * np.random.default_rng(9).normal(size=(40, DIMENSION))
    strict = artist_precision(similarity_of(vectors), artists=artists, albums=albums)
    only_albums = artist_precision(similarity_of(vectors), artists=albums, albums=albums)
    assert strict is not None
    assert strict < 0.3
    assert only_albums == 1.0


def test_without_labels_the_space_alone_is_measured() -> None:
    blank = [""] * SONGS
    missing = np.full(SONGS, -1)
    found = probe(Probed(heard().first, None, heard().groups, blank, blank, missing, missing))
    assert not set(found) & QUALITY
    assert found["probe/score"] == 0.0
    assert {"probe/rank", "probe/uniformity", "probe/collapsed"} <= set(found)


def test_missing_labels_are_left_out() -> None:
    plain = heard()
    some = replace(plain, genres=np.where(np.arange(SONGS) < 30, plain.genres, -1))
    assert probe(some)["probe/genre_knn"] > 0.7


@pytest.mark.parametrize("rated", [0, 29])
def test_too_few_ratings_are_not_judged(rated: int) -> None:
    plain = heard()
    found = probe(replace(plain, ratings=np.where(np.arange(SONGS) < rated, plain.ratings, -1)))
    assert "probe/rating_spearman" not in found
    assert "probe/excerpt_recall" in found


@pytest.mark.parametrize("songs", [0, 1, 2, 9])
def test_a_handful_of_songs_is_no_error(songs: int) -> None:
    plain = heard()
    assert plain.second is not None
    few = Probed(
        plain.first[:songs], plain.second[:songs], plain.groups[:songs], plain.artists[:songs], plain.albums[:songs],
        plain.genres[:songs], plain.ratings[:songs],
    )  # fmt: skip
    found = probe(few)
    assert found["probe/score"] == 0.0
    assert found["probe/collapsed"] == 0.0
    assert all(np.isfinite(value) for value in found.values())


def one_point() -> np.ndarray:
    return np.full((SONGS, DIMENSION), 0.7, dtype=np.float32)


def nearly_one_point() -> np.ndarray:
    return one_point() + 1e-5 * heard().first


def one_line() -> np.ndarray:
    return np.outer(np.linspace(-1, 1, SONGS), np.ones(DIMENSION)).astype(np.float32)


def broken() -> np.ndarray:
    return np.where(np.arange(SONGS)[:, None] == 5, np.nan, heard().first)


@pytest.mark.parametrize("vectors", [one_point(), nearly_one_point(), one_line(), broken()])
def test_a_collapse_is_called_so(vectors: np.ndarray) -> None:
    found = probe(replace(heard(), first=vectors, second=vectors))
    assert found["probe/collapsed"] == 1.0
    assert all(np.isfinite(value) for value in found.values())


@pytest.mark.parametrize("vectors", [one_point(), broken()])
def test_a_useless_encoder_scores_nothing_and_keeps_its_figures(vectors: np.ndarray) -> None:
    found = probe(replace(heard(), first=vectors, second=vectors))
    assert set(found) >= QUALITY
    assert found["probe/score"] <= 0.15


def test_rank_by_hand() -> None:
    corners = np.concatenate([np.eye(4), -np.eye(4)])
    assert effective_rank(corners) == pytest.approx(4.0)
    assert effective_rank(corners + 100) == pytest.approx(4.0)
    assert effective_rank(corners * [1, 1, 0, 0]) == pytest.approx(2.0)
    assert effective_rank(np.ones((5, 3))) == 1.0


def test_alignment_and_uniformity_by_hand() -> None:
    first, second = np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([[3.0, 0.0], [1.0, 0.0]])
    assert alignment(first, second) == pytest.approx((0 + 2) / 2)
    assert uniformity(first) == pytest.approx(-4.0)
    assert uniformity(np.ones((4, 2))) == pytest.approx(0.0)
    assert uniformity(heard().first) < -1.0


def test_a_song_without_artist_goes_by_its_group() -> None:
    songs = [TrainingSong("a", 0.5, "folder", "", artist=""), TrainingSong("b", -1.0, "band", "lp", artist="Band")]
    found = Probed.of(songs, np.zeros((2, 3)), None, genres=[-1, 4])
    assert (found.artists, found.albums) == (["folder", "Band"], ["", "band\nlp"])
    assert (found.genres.tolist(), found.ratings.tolist()) == ([-1, 4], [0.5, -1.0])
