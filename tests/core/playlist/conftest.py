"""Songs to put into playlists."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.file_url import url_from_path
from core.recommend.ranking import Recommendation
from core.song import UNRATED, Song

MakeSong = Callable[..., Recommendation]


@pytest.fixture
def recommend() -> MakeSong:
    """A recommendation of a song at a path, with what a test says about it."""

    def make(path: str = "/music/song.mp3", *, predicted: float = 0.893, **fields: object) -> Recommendation:
        known: dict[str, object] = {"title": "Title", "artist": "Artist", "album": "Album", "year": 2001}
        known |= {"rating": UNRATED, "duration": 180.25, "track": 7, "filename": url_from_path(Path(path))}
        return Recommendation(Song(rowid=1, **{**known, **fields}), predicted_rating=predicted, rank=1)  # type: ignore[arg-type]

    return make
