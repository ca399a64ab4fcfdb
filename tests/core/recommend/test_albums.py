"""Albums are ranked by what their songs are given, how evenly, and of how many it is known."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from core.recommend.albums import VARIOUS_ARTISTS, AlbumRanking, AlbumSuggestion, album_keys, rank_albums
from core.recommend.filters import Filters
from core.recommend.stock import Stock
from core.song import UNRATED, Song
from core.store.companion import Prediction


def songs_of(artist: str, album: str, *, count: int, rating: float = UNRATED, **more: object) -> list[Song]:
    folder = f"file:///music/{artist}/{album}"
    first = Song(1, "Title", artist, album, 2001, rating, f"{folder}/01.mp3", genre="Rock", track=1)
    songs = [
        replace(first, title=f"Title {number}", filename=f"{folder}/{number:02}.mp3", track=number)
        for number in range(1, count + 1)
    ]
    return [replace(song, **more) for song in songs]  # type: ignore[arg-type]


def stock_of(albums: Sequence[tuple[list[Song], Sequence[float]]], *, width: float = 0.4) -> Stock:
    """Songs with what is predicted for them; NaN for “not yet”."""
    pairs = [pair for songs, predicted in albums for pair in zip(songs, predicted, strict=True)]
    predictions = {
        song.song_id: Prediction(song.song_id, value, value - width / 2, value + width / 2)
        for song, value in pairs
        if not np.isnan(value)
    }
    songs = [song for song, _ in pairs]
    vectors = np.random.default_rng(0).normal(size=(len(songs), 4)).astype(np.float32)
    return Stock.of(songs, filenames=[song.song_id for song in songs], vectors=vectors, predictions=predictions)


def ranked(stock: Stock, **more: object) -> AlbumRanking:
    arguments: dict[str, object] = {"library": stock.songs, "wanted": 10, **more}
    return rank_albums(stock, **arguments)  # type: ignore[arg-type]


def names(found: AlbumRanking) -> list[str]:
    return [album.album for album in found.albums]


GOOD = (songs_of("Ann", "Good", count=6), [0.8, 0.82, 0.84, 0.86, 0.84, 0.8])
POOR = (songs_of("Bob", "Poor", count=6), [0.4, 0.42, 0.44, 0.46, 0.44, 0.4])
UNEVEN = (songs_of("Cat", "Uneven", count=6), [1.0, 0.6, 1.0, 0.62, 1.0, 0.74])
NAN = float("nan")


def only(found: AlbumRanking) -> AlbumSuggestion:
    (album,) = found.albums
    return album


def test_the_album_whose_songs_are_liked_more_comes_first() -> None:
    found = ranked(stock_of([POOR, GOOD]))
    assert names(found) == ["Good", "Poor"]
    assert found.notice == "Only 2 of 10 albums: no more fit that have stars or predictions for 3 of their songs."
    assert names(ranked(stock_of([POOR, GOOD]), wanted=1)) == ["Good"]


def test_of_equal_averages_the_even_album_comes_first() -> None:
    even = (songs_of("Cat", "Even", count=6), [0.827] * 6)
    found = ranked(stock_of([UNEVEN, even, POOR]))
    assert names(found) == ["Even", "Uneven", "Poor"]
    assert found.albums[1].rating == pytest.approx(found.albums[0].rating, abs=0.005)
    assert found.albums[1].spread > found.albums[0].spread == pytest.approx(0, abs=1e-9)


def test_what_an_album_is_given_is_told() -> None:
    album = only(ranked(stock_of([GOOD])))
    assert (album.artist, album.album, album.size, album.known, album.coverage) == ("Ann", "Good", 6, 6, 1.0)
    assert (album.low, album.high) == (0.8, 0.86)
    assert album.score < album.rating == pytest.approx(0.827, abs=0.002)
    assert album.why == "6 of 6 songs predicted: 4.1 stars on average, from 4.0 to 4.3."
    assert [each.score for each in album.songs] == pytest.approx(GOOD[1])


def test_songs_that_nothing_is_known_of_make_an_album_less_sure() -> None:
    unheard = songs_of("Ann", "Good", count=20)[6:]
    not_yet = (songs_of("Dan", "Dull", count=6), [0.3] * 6)
    stock = stock_of([GOOD, not_yet])
    whole, part = ranked(stock).albums[0], ranked(stock, library=[*stock.songs, *unheard]).albums[0]
    assert (part.album, part.size, part.coverage) == ("Good", 20, 0.3)
    assert part.rating == whole.rating
    assert part.score < whole.score
    assert part.why.startswith("6 of 20 songs predicted")


def test_few_songs_are_pulled_to_the_average() -> None:
    few = (songs_of("Eve", "Few", count=3), [0.95] * 3)
    many = (songs_of("Fay", "Many", count=12), [0.95] * 12)
    found = ranked(stock_of([few, many, POOR]))
    assert names(found) == ["Many", "Few", "Poor"]
    assert found.albums[1].rating < found.albums[0].rating < 0.95


def test_one_poor_song_does_not_speak_for_an_album_of_ten() -> None:
    plain = (songs_of("Ann", "Plain", count=10), [0.8] * 10)
    with_skit = (songs_of("Bob", "Skit", count=10), [0.8] * 9 + [0.1])
    found = ranked(stock_of([plain, with_skit]))
    assert found.albums[1].rating == pytest.approx(found.albums[0].rating)
    assert found.albums[1].low == 0.1


def test_unsure_predictions_count_less() -> None:
    sure, unsure = stock_of([GOOD], width=0.1), stock_of([GOOD], width=0.6)
    assert only(ranked(sure)).score > only(ranked(unsure)).score


def test_singles_and_songs_without_album_are_no_albums() -> None:
    single = (songs_of("Sol", "Single", count=2), [0.9, 0.9])
    loose = (songs_of("Sol", "", count=5), [0.9] * 5)
    not_yet = (songs_of("Sol", "Unheard", count=5), [0.9, 0.9, NAN, NAN, NAN])
    stock = stock_of([single, loose, not_yet, POOR])
    assert names(ranked(stock)) == ["Poor"]
    assert sorted(names(ranked(stock, least_songs=2))) == ["Poor", "Single", "Unheard"]


def test_songs_not_yet_predicted_are_listed_but_give_nothing() -> None:
    part = (songs_of("Sol", "Part", count=4), [0.9, NAN, 0.9, 0.9])
    album = only(ranked(stock_of([part])))
    assert (album.known, album.size, len(album.songs)) == (3, 4, 4)
    assert album.low == 0.9


def test_rated_songs_count_with_their_stars_and_rated_albums_are_left_out() -> None:
    rated = (songs_of("Ray", "Rated", count=4, rating=1.0), [0.2] * 4)
    half = (songs_of("Hal", "Half", count=2, rating=0.6) + songs_of("Hal", "Half", count=6)[2:], [0.1, 0.1] + [0.9] * 4)
    mostly = (songs_of("Mo", "Mostly", count=5, rating=0.5) + songs_of("Mo", "Mostly", count=6)[5:], [0.1] * 5 + [0.9])
    stock = stock_of([rated, half, mostly])
    assert sorted(names(ranked(stock))) == ["Half", "Mostly"]
    half_album = only(ranked(stock, filters=Filters(unrated=True)))
    assert half_album.album == "Half"
    assert half_album.why.startswith("6 of 6 songs rated or predicted (2 rated): ")
    assert (half_album.low, half_album.high) == (0.6, 0.9)


def test_an_album_of_which_only_stars_are_known_says_so() -> None:
    songs = songs_of("Ray", "Rated", count=3, rating=1.0) + songs_of("Ray", "Rated", count=4)[3:]
    album = only(ranked(stock_of([(songs, [0.2] * 3 + [NAN])])))
    assert album.why == "3 of 4 songs rated: 5.0 stars on average, from 5.0 to 5.0."


def test_songs_come_in_the_order_of_discs_and_tracks() -> None:
    discs = [replace(song, album="Box") for disc in ("CD2", "CD1") for song in songs_of("Ann", disc, count=3)]
    (album,) = ranked(stock_of([(discs[::-1], [0.8] * 6)])).albums
    assert [each.song.filename[-10:] for each in album.songs] == [
        f"CD{disc}/0{n}.mp3" for disc in (1, 2) for n in (1, 2, 3)
    ]


def test_songs_of_two_discs_in_one_folder_come_by_their_files() -> None:
    songs = songs_of("Ann", "Box", count=6)
    songs = [replace(song, track=song.track if song.track <= 3 else song.track - 3) for song in songs]
    (album,) = ranked(stock_of([(songs[::-1], [0.8] * 6)])).albums
    assert [each.song for each in album.songs] == songs


def test_a_compilation_of_many_artists_is_one_album() -> None:
    songs = [replace(song, artist=f"Artist {song.track}") for song in songs_of("Various", "Hits", count=5)]
    album = only(ranked(stock_of([(songs, [0.8] * 5)])))
    assert (album.artist, album.known) == (VARIOUS_ARTISTS, 5)
    with_album_artist = [replace(song, albumartist="Various") for song in songs]
    assert only(ranked(stock_of([(with_album_artist, [0.8] * 5)]))).artist == "Various"


def test_albums_of_one_name_by_two_artists_are_two() -> None:
    keys = album_keys([*songs_of("Ann", "Live", count=3), *songs_of("Bob", "live", count=3)])
    assert len(set(keys.values())) == 2


def test_filters_hold_for_albums() -> None:
    pop = (songs_of("Pat", "Pop", count=4, genre="Pop", year=1985), [0.7] * 4)
    stock = stock_of([GOOD, POOR, pop])
    assert names(ranked(stock, filters=Filters(genre="pop"))) == ["Pop"]
    assert names(ranked(stock, filters=Filters(last_year=1990))) == ["Pop"]
    assert names(ranked(stock, filters=Filters(min_rating=0.7))) == ["Good"]
    assert names(ranked(stock, filters=Filters(without_groups=frozenset({"ann"})))) == ["Pop", "Poor"]
    assert ranked(stock, filters=Filters(genre="jazz")) == AlbumRanking(
        (), "There is no album with stars or predictions for 3 of its songs that fits: loosen the filters."
    )


def test_an_album_is_whole_though_one_of_its_songs_does_not_fit() -> None:
    songs = [*GOOD[0][:5], replace(GOOD[0][5], genre="Skit")]
    album = only(ranked(stock_of([(songs, GOOD[1])]), filters=Filters(genre="rock")))
    assert len(album.songs) == 6


def test_an_artist_has_no_more_albums_than_the_limit() -> None:
    second = (songs_of("Ann", "Second", count=6), [0.7] * 6)
    stock = stock_of([GOOD, second, POOR])
    assert names(ranked(stock, filters=Filters(max_per_artist=1))) == ["Good", "Poor"]


def test_songs_that_cannot_be_played_or_are_not_wanted_are_in_no_album() -> None:
    stock = stock_of([GOOD])
    unwanted = frozenset({stock.songs[1].song_id})
    album = only(ranked(stock.without([0]), filters=Filters(without_songs=unwanted)))
    assert [each.song for each in album.songs] == GOOD[0][2:]
    assert (album.known, album.size) == (4, 6)


def test_all_songs_follow_each_other_album_by_album() -> None:
    found = ranked(stock_of([POOR, GOOD]))
    assert [each.song for each in found.songs] == [*GOOD[0], *POOR[0]]


def test_an_empty_stock_has_no_albums() -> None:
    assert ranked(stock_of([])).albums == ()
    assert ranked(stock_of([(GOOD[0], [NAN] * 6)])).albums == ()
