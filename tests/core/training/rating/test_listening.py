"""What plays and skips tell: of a song itself, of songs like it, and nothing of what it was learned from."""

from dataclasses import replace

import numpy as np

from core.training.protocol import TrainingSong
from core.training.rating.listening import LEAST_PLAYED, listening_of
from tests.planted_taste import PlantedTaste

TASTE = PlantedTaste(songs=120, artists_count=24)
SONGS = TASTE.rated([f"song {number}" for number in range(120)])


def played(share: float, *, popularity: np.ndarray | None = None) -> list[TrainingSong]:
    """The first ``share`` of the songs were played as much as they are liked, the others never."""
    values = TASTE.ratings if popularity is None else popularity
    count = int(share * len(SONGS))
    return [
        replace(song, popularity=float(value) if number < count else -1.0)
        for number, (song, value) in enumerate(zip(SONGS, values, strict=True))
    ]


def test_songs_like_the_played_ones_are_told_from_the_others() -> None:
    found = listening_of(played(0.6), TASTE.vectors, seed=1)
    unplayed = slice(72, None)
    assert np.isnan(found[unplayed, 0]).all()
    assert np.corrcoef(found[unplayed, 1], TASTE.ratings[unplayed])[0, 1] > 0.6


def test_what_a_song_got_says_nothing_of_what_songs_like_it_got() -> None:
    """Were a song's own plays in the second column, it would follow plays that are noise."""
    noise = np.random.default_rng(3).uniform(size=len(SONGS))
    found = listening_of(played(1.0, popularity=noise), TASTE.vectors, seed=1)
    assert np.array_equal(found[:, 0], noise.astype(np.float32))
    assert abs(np.corrcoef(found[:, 1], noise)[0, 1]) < 0.35


def test_few_played_songs_say_nothing_of_others() -> None:
    found = listening_of(played((LEAST_PLAYED - 1) / 120), TASTE.vectors, seed=1)
    assert np.isnan(found[:, 1]).all()
    assert np.isfinite(found[: LEAST_PLAYED - 1, 0]).all()
