"""The copy that is kept, the stars that count, the albums of all."""

from dataclasses import replace

import pytest

from core.analysis.canonical_copy import albums_of, choose_canonical, merge_ratings
from core.playlist.xspf import unplayable_reason
from core.song import UNRATED, Song

SONG = Song(
    rowid=1, title="T", artist="A", album="B", year=2000, rating=UNRATED, filename="file:///music/a/b.mp3", mtime=100
)


def copy(name: str, **changes: object) -> Song:
    return replace(SONG, filename=f"file:///music/{name}.mp3", **changes)


def kept(*copies: Song, chosen: tuple[str, ...] = ()) -> str:
    ids = {song.song_id for song in copies if any(name in song.filename for name in chosen)}
    forwards, backwards = choose_canonical(copies, chosen=ids), choose_canonical(copies[::-1], chosen=ids)
    assert forwards == backwards
    return forwards.filename.removeprefix("file:///music/").removesuffix(".mp3")


def test_rated_then_newest_then_shortest_then_alphabet() -> None:
    assert kept(copy("old but rated", rating=0.2, mtime=1), copy("new", mtime=9)) == "old but rated"
    assert kept(copy("old", mtime=1), copy("a newer one", mtime=9)) == "a newer one"
    assert kept(copy("backup/2020/x"), copy("x")) == "x"
    assert kept(copy("y"), copy("x")) == "x"


def test_zero_stars_are_no_rating() -> None:
    assert kept(copy("zero", rating=0.0, mtime=1), copy("new", mtime=9)) == "new"


def test_the_owner_chooses() -> None:
    copies = copy("rated", rating=1.0, mtime=9), copy("mine", mtime=1), copy("other")
    assert kept(*copies) == "rated"
    assert kept(*copies, chosen=("mine",)) == "mine"


def test_what_can_be_played_comes_first() -> None:
    gone = copy("gone", rating=1.0, mtime=9, unavailable=True)
    assert kept(gone, copy("here", mtime=1)) == "here"
    assert kept(gone, copy("here", mtime=1), chosen=("gone",)) == "here"


@pytest.mark.parametrize(
    "changes",
    [
        {"beginning": 30.0, "is_cue_track": True},
        {"filename": "file:///music/AC%5CDC.mp3"},
        {"filename": "file:///music/AC\\DC.mp3"},
        {"filename": "https://example.org/a.mp3"},
    ],
)
def test_what_a_playlist_can_name_comes_before_what_it_cannot(changes: dict[str, object]) -> None:
    unnamed, plain = replace(SONG, rating=1.0, mtime=9, **changes), copy("plain", mtime=1)
    assert unplayable_reason(unnamed)
    assert choose_canonical([unnamed, plain]) == choose_canonical([plain, unnamed]) == plain
    assert choose_canonical([unnamed, plain], chosen={unnamed.song_id}) == unnamed, "the owner has the last word"
    gone = replace(plain, unavailable=True)
    assert choose_canonical([unnamed, gone]) == unnamed


def test_the_first_track_of_a_cue_sheet_can_be_named() -> None:
    track = copy("rip", rating=1.0, is_cue_track=True)
    assert not unplayable_reason(track)
    assert choose_canonical([copy("plain"), track]) == track


def test_cue_tracks_of_one_file_are_told_apart() -> None:
    tracks = [copy("rip", beginning=start, is_cue_track=True) for start in (200.0, 30.0)]
    assert choose_canonical(tracks).beginning == choose_canonical(tracks[::-1]).beginning == 30.0


@pytest.mark.parametrize("reverse", [False, True])
def test_ratings_from_before_us_count_by_the_file(reverse: bool) -> None:
    copies = [copy("a", rating=0.4, mtime=5), copy("b", rating=0.8, mtime=9), copy("c", mtime=20)]
    merged = merge_ratings(copies[::-1] if reverse else copies)
    assert (merged.rating, merged.is_conflict, merged.source) == (0.8, True, copies[1].song_id)


def test_the_latest_change_that_was_seen_wins() -> None:
    first, second = copy("a", rating=0.4, mtime=5), copy("b", rating=0.8, mtime=9)
    assert merge_ratings([first, second], changed_at={first.song_id: 1.0}).rating == 0.4
    assert merge_ratings([first, second], changed_at={first.song_id: 1.0, second.song_id: 2.0}).rating == 0.8


def test_equal_ratings_and_no_rating_are_no_conflict() -> None:
    # The player stores floats, so three and a half stars come in two spellings.
    merged = merge_ratings([copy("a", rating=0.699999988), copy("b", rating=0.7), copy("c")])
    assert not merged.is_conflict
    assert merged.rating == pytest.approx(0.7)
    nothing = merge_ratings([copy("a"), copy("b", rating=0.0)])
    assert (nothing.rating, nothing.is_conflict, nothing.source) == (UNRATED, False, None)


def test_all_albums_belong_to_the_song() -> None:
    copies = [copy("a"), copy("b"), copy("c", album="Best of"), copy("d", album=""), copy("e", artist="Other")]
    assert albums_of(copies) == [("a", "B"), ("a", "Best of"), ("other", "B")]
