"""What is in the databases of a home."""

from pathlib import Path

import pytest

from core.errors import UserError
from core.library.locate import DatabaseKind
from core.library.survey import survey_databases, survey_named
from tests.library_databases import PlayerDatabase, SongRow, listing_of

ROWS = [
    SongRow(path=Path("/music/a.mp3"), rating=0.8),
    SongRow(path=Path("/music/b.mp3")),
    SongRow(path=Path("/music/gone.mp3"), rating=1.0, unavailable=1),
]


def test_counts_songs_and_ratings_that_are_there_and_writes_nothing(own_home: Path) -> None:
    native = PlayerDatabase.create(
        own_home / ".config/Clementine/clementine.db", songs=ROWS, directories=[Path("/music")]
    )
    PlayerDatabase.create_strawberry(own_home / ".local/share/strawberry/strawberry/strawberry.db", songs=ROWS[1:2])
    before = listing_of(own_home)
    found = {each.found.kind: each for each in survey_databases()}
    clementine, strawberry = found[DatabaseKind.NATIVE], found[DatabaseKind.STRAWBERRY]
    assert (clementine.player, clementine.songs, clementine.ratings) == ("Clementine", 2, 1)
    assert clementine.found.path == native.path
    assert clementine.library is not None
    assert clementine.library.directories == [Path("/music")]
    assert (strawberry.player, strawberry.songs, strawberry.ratings) == ("Strawberry", 1, 0)
    assert listing_of(own_home) == before


def test_what_cannot_be_read_says_why(own_home: Path) -> None:
    letter = own_home / ".config/Clementine/clementine.db"
    letter.parent.mkdir(parents=True)
    letter.write_text("Dear Marmalade", encoding="utf-8")
    (found,) = survey_databases()
    assert (found.library, found.songs, found.ratings) == (None, 0, 0)
    assert found.trouble.endswith(".")
    with pytest.raises(UserError, match=str(letter)):
        survey_named(letter)


def test_a_file_of_ones_own(tmp_path: Path, own_home: Path) -> None:
    database = PlayerDatabase.create(tmp_path / "mine.db", songs=ROWS)
    assert survey_named(database.path).songs == 2
    with pytest.raises(UserError, match="no database"):
        survey_named(own_home / "other.db")
