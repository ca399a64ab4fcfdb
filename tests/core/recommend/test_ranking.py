"""Which songs are chosen, and what the owner is told when there are fewer than they asked for."""

import pytest

from core.recommend.ranking import Wish, rank
from core.song import Song, SongId
from core.store.companion import Prediction


def song(number: int, *, artist: str = "", genre: str = "Rock", rating: float = -1.0) -> Song:
    return Song(
        rowid=number,
        title=f"Song {number}",
        artist=artist or f"Artist {number}",
        album="Album",
        year=2000,
        rating=rating,
        filename=f"file:///music/{number:03}.mp3",
        genre=genre,
    )


def predicted(songs: list[Song], *ratings: float) -> dict[SongId, Prediction]:
    pairs = zip(songs, ratings, strict=True)
    return {each.song_id: Prediction(each.song_id, rating, rating - 0.1, rating + 0.1) for each, rating in pairs}


SONGS = [song(number) for number in range(5)]
PREDICTIONS = predicted(SONGS, 0.5, 0.9, 0.7, 0.699, 0.8)


def numbers(wish: Wish, **more: object) -> list[int]:
    found = rank(SONGS, predictions=PREDICTIONS, wish=wish, **more)  # type: ignore[arg-type]
    return [each.song.rowid for each in found.recommendations]


def test_the_best_come_first_and_the_minimum_belongs_to_them() -> None:
    found = rank(SONGS, predictions=PREDICTIONS, wish=Wish(top_n=3, min_rating=0.7))
    assert [each.song.rowid for each in found.recommendations] == [1, 4, 2]
    assert [each.rank for each in found.recommendations] == [1, 2, 3]
    assert [each.predicted_rating for each in found.recommendations] == [0.9, 0.8, 0.7]
    assert (found.recommendations[0].low, found.recommendations[0].high) == (0.8, 1.0)
    assert found.notice == ""


def test_rated_songs_and_songs_without_prediction_stay_out() -> None:
    songs = [song(1, rating=0.8), song(2), song(3)]
    found = rank(songs, predictions=predicted(songs[:2], 0.9, 0.9), wish=Wish(top_n=1))
    assert [each.song.rowid for each in found.recommendations] == [2]


def test_equal_predictions_have_one_order() -> None:
    songs = [song(number) for number in (3, 1, 2)]
    for listed in (songs, songs[::-1]):
        found = rank(listed, predictions=predicted(songs, 0.9, 0.9, 0.9), wish=Wish())
        assert [each.song.rowid for each in found.recommendations] == [1, 2, 3]


def test_fewer_than_wanted_is_said_with_the_minimum_that_would_do() -> None:
    found = rank(SONGS, predictions=PREDICTIONS, wish=Wish(top_n=4, min_rating=0.7))
    assert found.notice == "3 of 4 songs reach the minimum of 0.70; a minimum of 0.69 would give 4."
    assert numbers(Wish(top_n=4, min_rating=0.69)) == [1, 4, 2, 3]


def test_none_is_said_with_the_highest_and_the_minimum_that_would_do() -> None:
    found = rank(SONGS, predictions=PREDICTIONS, wish=Wish(top_n=3, min_rating=0.95))
    assert found.recommendations == []
    assert found.notice == (
        "No song reaches the minimum of 0.95: the highest prediction is 0.90, a minimum of 0.70 would give 3."
    )


def test_a_prediction_is_not_rounded_up_to_the_minimum() -> None:
    found = rank(SONGS[3:4], predictions=PREDICTIONS, wish=Wish(top_n=1, min_rating=0.7))
    assert "the highest prediction is 0.69, a minimum of 0.69 would give 1" in found.notice


@pytest.mark.parametrize("rating", [0.29, 0.57, 0.1 + 0.2, 0.70001, 0.999])
def test_the_minimum_that_is_named_gives_what_it_says(rating: float) -> None:
    predictions = predicted(SONGS[:1], rating)
    sentence = rank(SONGS[:1], predictions=predictions, wish=Wish(top_n=1, min_rating=1.0)).notice
    minimum = float(sentence.split("a minimum of ")[1].split()[0])
    assert rank(SONGS[:1], predictions=predictions, wish=Wish(top_n=1, min_rating=minimum)).notice == ""


def test_unplayable_songs_are_replaced_by_the_next() -> None:
    assert numbers(Wish(top_n=2), is_playable=lambda each: each.rowid != 1) == [4, 2]


def test_unplayable_songs_are_not_counted_in_the_sentence() -> None:
    found = rank(
        SONGS, predictions=PREDICTIONS, wish=Wish(top_n=4, min_rating=0.95), is_playable=lambda each: each.rowid != 1
    )
    assert found.notice == (
        "No song reaches the minimum of 0.95: the highest prediction is 0.80, a minimum of 0.50 would give 4."
    )


def test_files_are_looked_for_only_as_far_as_the_list_goes() -> None:
    looked_for: list[int] = []
    rank(
        SONGS,
        predictions=PREDICTIONS,
        wish=Wish(top_n=2),
        is_playable=lambda each: looked_for.append(each.rowid) or True,
    )
    assert looked_for == [1, 4]


def test_no_more_songs_at_all_is_said_as_such() -> None:
    found = rank(SONGS, predictions=PREDICTIONS, wish=Wish(top_n=9, min_rating=0.0))
    assert len(found.recommendations) == 5
    assert found.notice == "Only 5 of 9 songs: no more unrated songs fit."


@pytest.mark.parametrize("songs", [[], [song(1, rating=0.5)], [song(1)]])
def test_nothing_to_choose_from_is_said(songs: list[Song]) -> None:
    found = rank(songs, predictions={}, wish=Wish())
    assert found.recommendations == []
    assert found.notice.startswith("There is no unrated song with a prediction that fits")


def test_the_limit_per_artist_lets_the_next_artist_in() -> None:
    songs = [song(number, artist="ABBA" if number < 3 else "abba" if number == 3 else "") for number in range(6)]
    predictions = predicted(songs, 0.9, 0.89, 0.88, 0.87, 0.8, 0.75)
    found = rank(songs, predictions=predictions, wish=Wish(top_n=4, max_per_artist=2))
    assert [each.song.rowid for each in found.recommendations] == [0, 1, 4, 5]
    assert found.notice == ""
    fewer = rank(songs, predictions=predictions, wish=Wish(top_n=4, max_per_artist=1))
    assert fewer.notice == "Only 3 of 4 songs: no more unrated songs fit with at most 1 of one artist."


def test_an_unplayable_song_does_not_use_up_its_artist() -> None:
    songs = [song(number, artist="ABBA") for number in range(2)]
    found = rank(
        songs,
        predictions=predicted(songs, 0.9, 0.8),
        wish=Wish(top_n=1, max_per_artist=1),
        is_playable=lambda each: each.rowid == 1,
    )
    assert [each.song.rowid for each in found.recommendations] == [1]


@pytest.mark.parametrize(("wished", "expected"), [("rock", [0, 2]), ("HARD", [2]), ("", [0, 1, 2]), ("jazz", [])])
def test_the_genre_is_a_part_of_the_songs_genre(wished: str, expected: list[int]) -> None:
    songs = [song(0, genre="Rock"), song(1, genre=""), song(2, genre="Hard Rock")]
    found = rank(songs, predictions=predicted(songs, 0.9, 0.8, 0.75), wish=Wish(genre=wished))
    assert [each.song.rowid for each in found.recommendations] == expected
