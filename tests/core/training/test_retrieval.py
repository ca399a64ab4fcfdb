"""Whether album mates lie together: a perfect space, a random one, the smallest libraries."""

import numpy as np
import pytest

from core.training import retrieval
from core.training.retrieval import album_mates_at_10

SEED = 1


def space(*, albums: int, songs: int, spread: float) -> tuple[np.ndarray, list[str]]:
    """Albums in their own corners of a space; the larger the spread, the less of them can be seen."""
    generator = np.random.default_rng(SEED)
    centers = generator.normal(size=(albums, 16))
    names = [f"album {number}" for number in range(albums) for _ in range(songs)]
    vectors = np.repeat(centers, songs, axis=0) + generator.normal(scale=spread, size=(albums * songs, 16))
    return vectors.astype(np.float32), names


def test_albums_that_lie_together_are_found() -> None:
    found = album_mates_at_10(*space(albums=12, songs=8, spread=0.01), seed=SEED)
    assert found["album_mates_at_10"] == pytest.approx(1.0)
    assert found["queries"] == 96


def test_a_random_space_reaches_chance() -> None:
    found = album_mates_at_10(*space(albums=20, songs=10, spread=1000.0), seed=SEED)
    assert found["chance"] == pytest.approx(10 / 199)
    assert found["album_mates_at_10"] == pytest.approx(found["chance"], abs=0.03)


def test_albums_of_one_song_and_songs_without_album_are_not_asked_for() -> None:
    vectors, names = space(albums=3, songs=4, spread=0.01)
    names[:4] = ["", "", "", ""]
    names[4] = "alone"
    found = album_mates_at_10(vectors, names, seed=SEED)
    assert found["queries"] == 7
    assert found["album_mates_at_10"] == pytest.approx(1.0)


@pytest.mark.parametrize("songs", [2, 3])
def test_a_song_is_not_its_own_neighbor(songs: int) -> None:
    vectors, names = space(albums=2, songs=songs, spread=0.01)
    found = album_mates_at_10(vectors, names, seed=SEED)
    assert found["album_mates_at_10"] <= 1.0
    # With ten neighbors or fewer, everybody is everybody's neighbor.
    assert found["chance"] == found["album_mates_at_10"] == pytest.approx(1.0)


def test_nothing_to_ask_for_is_no_error() -> None:
    found = album_mates_at_10(np.ones((3, 2), dtype=np.float32), ["a", "b", ""], seed=SEED)
    assert found == {"album_mates_at_10": 0.0, "chance": 0.0, "queries": 0}


def test_the_answer_does_not_depend_on_how_many_are_asked_for_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors, names = space(albums=6, songs=5, spread=1.0)
    whole = album_mates_at_10(vectors, names, seed=SEED)
    monkeypatch.setattr(retrieval, "AT_ONCE", 7)
    assert album_mates_at_10(vectors, names, seed=SEED) == whole
