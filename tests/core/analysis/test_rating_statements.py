"""The rule of the newest statement, case by case."""

from dataclasses import replace

import pytest

from core.analysis.rating_statements import OLDEST, CountingRating, RatingStatements, Source, counting_rating, differ
from core.song import UNRATED, Song
from core.store.own_ratings import Statement

SONG = Song(1, "Title", "Artist", "Album", 2001, UNRATED, "file:///music/a.mp3")
OTHER = replace(SONG, rowid=2, filename="file:///music/other.mp3", rating=0.5)
ID = SONG.song_id

PLAYER, HERE, REMEMBERED = Source.PLAYER, Source.MARMALADE, Source.REMEMBERED
NOBODY = None


def said(rating: float, at: float | None) -> Statement:
    return Statement(rating, at)


@pytest.mark.parametrize(
    ("player", "own", "remembered", "winner"),
    [
        (None, None, None, NOBODY),
        (said(0.4, None), None, None, PLAYER),
        (None, said(0.8, 100.0), None, HERE),
        # what was there before the first look is older than what was said here
        (said(0.4, None), said(0.8, 100.0), None, HERE),
        (said(0.4, 50.0), said(0.8, 100.0), None, HERE),
        (said(0.4, 150.0), said(0.8, 100.0), None, PLAYER),
        (said(0.4, 100.0), said(0.8, 100.0), None, HERE),
        # what was taken back says nothing
        (said(0.4, None), said(UNRATED, 100.0), None, PLAYER),
        (None, said(UNRATED, 100.0), None, NOBODY),
        (said(UNRATED, 200.0), said(0.8, 100.0), None, HERE),
        (said(0.0, 200.0), said(0.8, 100.0), None, HERE),
        # what the player has lost
        (None, None, said(0.4, None), REMEMBERED),
        (None, None, said(0.4, 50.0), REMEMBERED),
        (said(0.2, None), None, said(0.4, 50.0), PLAYER),
        (None, said(0.8, 100.0), said(0.4, None), HERE),
        (None, said(0.8, 100.0), said(0.4, 50.0), HERE),
        (None, said(0.8, 100.0), said(0.4, 150.0), REMEMBERED),
        (None, said(UNRATED, 100.0), said(0.4, None), NOBODY),
        (None, said(UNRATED, 100.0), said(0.4, 50.0), NOBODY),
        (None, said(UNRATED, 100.0), said(0.4, 150.0), REMEMBERED),
    ],
)
def test_who_counts(
    player: Statement | None, own: Statement | None, remembered: Statement | None, winner: Source | None
) -> None:
    statements = {PLAYER: player, HERE: own, REMEMBERED: remembered}
    found = counting_rating(player=player, own=own, remembered=remembered)
    if winner is None:
        assert found is None
    else:
        statement = statements[winner]
        assert statement is not None
        assert found == CountingRating(statement.rating, statement.at, winner)


def test_songs_get_the_stars_that_count_and_the_others_stay_as_they_are() -> None:
    songs = [SONG, OTHER]
    merged = RatingStatements(own={ID: said(0.8, 100.0)}).merged(songs)
    assert merged == [replace(SONG, rating=0.8), OTHER]
    assert merged[1] is OTHER
    assert songs == [SONG, OTHER]


def test_of_the_times_that_which_counts_is_told() -> None:
    songs, other = [SONG, OTHER], OTHER.song_id
    assert RatingStatements(changed_at={other: 7.0}).times(songs) == {other: 7.0}
    own = {ID: said(0.8, 100.0), other: said(0.1, 5.0)}
    assert RatingStatements(own=own, changed_at={other: 7.0}).times(songs) == {ID: 100.0, other: 7.0}
    assert RatingStatements(remembered={ID: said(0.8, None)}).times(songs) == {ID: OLDEST}


def test_other_stars_differ() -> None:
    assert differ(said(0.9, 5.0), said(0.5, 7.0))


@pytest.mark.parametrize(("own", "player"), [(0.5, 0.5), (UNRATED, 0.5), (0.5, UNRATED), (0.1 + 0.2, 0.3)])
def test_where_both_agree_or_one_is_silent_there_is_no_conflict(own: float, player: float) -> None:
    assert not differ(said(own, 1.0), said(player, 2.0))
