"""A 0 in the player's database is a click left of the stars; -1 and NULL are not."""

from pathlib import Path

import pytest

from core.errors import UserError
from core.library.cleared import cleared_songs
from tests.library_databases import PlayerDatabase, SongRow, listing_of

MUSIC = Path("/music")
ROWS = [
    SongRow(path=MUSIC / "a [1].mp3", rating=0),
    SongRow(path=MUSIC / "b.mp3", rating=-1),
    SongRow(path=MUSIC / "c.mp3", rating=None),
    SongRow(path=MUSIC / "d.mp3", rating=0.5),
    SongRow(path=MUSIC / "album.flac", cue_path="/music/album.cue", beginning=183.5, rating=0.0),
]


@pytest.mark.parametrize("create", [PlayerDatabase.create, PlayerDatabase.create_strawberry])
def test_what_was_clicked_away_is_told_by_the_keys_of_the_songs(tmp_path: Path, create: object) -> None:
    database = create(tmp_path / "player.db", songs=ROWS)  # type: ignore[operator]
    before = listing_of(tmp_path)
    assert cleared_songs(database.path) == {"file:///music/a%20[1].mp3", "file:///music/album.flac#t=183.5"}
    assert listing_of(tmp_path) == before


def test_what_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        cleared_songs(tmp_path / "none.db")
