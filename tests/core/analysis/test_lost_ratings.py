"""Lost stars: what happened to them, which song gets them back, and what is no loss."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from core.analysis.lost_ratings import Loss, LostRating, lost_ratings, may_be_lost, remembered, without_other_sounds
from core.song import UNRATED, Song, SongId
from core.store.own_ratings import Statement
from core.store.rating_history import LastStars

OLD = Song(1, "Title", "Artist", "Album", 2001, 0.8, "file:///music/old.mp3", duration=180.0, filesize=5)
GONE = replace(OLD, unavailable=True)
RESET = replace(OLD, rating=UNRATED)
NEW = replace(OLD, rowid=2, filename="file:///music/new.mp3", rating=UNRATED)
COPY = replace(NEW, rowid=3, filename="file:///music/copy.mp3")
STARS = LastStars(OLD.song_id, "one", "one", 0.8, 50.0, 50.0)


def find(
    songs: Sequence[Song],
    *,
    stars: Sequence[LastStars] = (STARS,),
    sounds: Mapping[SongId, str] | None = None,
    own: Mapping[SongId, Statement] | None = None,
) -> list[LostRating]:
    """By default, ``OLD``, ``NEW`` and ``COPY`` are one sound."""
    known = {song.song_id: "one" for song in (OLD, NEW, COPY)} if sounds is None else dict(sounds)
    bearers: dict[str, set[SongId]] = {}
    for song_id, sound in known.items():
        bearers.setdefault(sound, set()).add(song_id)
    candidates = may_be_lost(stars, by_id={song.song_id: song for song in songs})
    return lost_ratings(candidates, songs=songs, bearers=bearers, own=own or {})


@pytest.mark.parametrize(
    ("songs", "loss", "present"),
    [
        ([GONE, NEW], Loss.MOVED, (NEW,)),
        ([GONE, NEW, COPY], Loss.MOVED, (COPY, NEW)),
        ([NEW], Loss.REMOVED, (NEW,)),
        ([RESET], Loss.RESET, (RESET,)),
        ([RESET, NEW], Loss.RESET, (NEW, RESET)),
        ([GONE], Loss.MISSING, ()),
        ([], Loss.MISSING, ()),
        ([replace(RESET, unavailable=True)], Loss.MISSING, ()),
        ([GONE, replace(NEW, unavailable=True)], Loss.MISSING, ()),
    ],
)
def test_what_happened(songs: Sequence[Song], loss: Loss, present: tuple[Song, ...]) -> None:
    (found,) = find(songs)
    assert (found.loss, found.present, found.last, found.by_tags) == (loss, present, STARS, False)
    assert (found.song is None) is (not present)


@pytest.mark.parametrize(
    "songs",
    [
        [OLD],
        [OLD, NEW],
        [GONE, replace(NEW, rating=0.2)],
        [RESET, replace(NEW, rating=0.2)],
        [GONE, NEW, replace(COPY, rating=0.8)],
    ],
)
def test_stars_that_a_file_of_the_sound_has_are_not_lost(songs: Sequence[Song]) -> None:
    assert find(songs) == []


def test_names_that_were_swapped_lose_the_stars_of_the_sound() -> None:
    swapped = STARS._replace(sound_now="two")
    (found,) = find([OLD, NEW], stars=[swapped], sounds={OLD.song_id: "two", NEW.song_id: "one"})
    assert (found.loss, found.song) == (Loss.MOVED, NEW)


def test_a_better_file_under_the_old_name_has_the_stars() -> None:
    replaced = STARS._replace(sound_now="two")
    assert find([OLD], stars=[replaced], sounds={OLD.song_id: "two"}) == []


def test_the_newest_stars_of_a_sound_are_the_lost_ones() -> None:
    older, newer = STARS._replace(song_id=SongId("file:///older.mp3"), rating=0.2, seen_at=None), STARS
    (found,) = find([NEW], stars=[older, newer])
    assert found.last is newer


@pytest.mark.parametrize(
    ("at", "rating", "is_lost"), [(40.0, 0.2, True), (50.0, 0.2, False), (60.0, 0.2, False), (60.0, UNRATED, False)]
)
def test_what_the_owner_said_here_since_then_stands_above(at: float, rating: float, is_lost: bool) -> None:
    assert bool(find([GONE, NEW], own={NEW.song_id: Statement(rating, at)})) is is_lost
    never = STARS._replace(seen_at=None)
    assert find([GONE, NEW], stars=[never], own={NEW.song_id: Statement(rating, at)}) == []


def test_a_row_that_was_never_heard_is_found_by_its_names_size_and_length() -> None:
    unheard = STARS._replace(sound=None, sound_now=None)
    (found,) = find([GONE, NEW], stars=[unheard], sounds={})
    assert (found.loss, found.song, found.by_tags) == (Loss.MOVED, NEW, True)
    assert remembered([found]) == {}, "which is good enough to ask the owner, not to learn from"
    assert find([GONE, replace(NEW, rating=0.1)], stars=[unheard], sounds={}) == []
    others = (
        {"filesize": 6},
        {"title": "Other"},
        {"duration": 181.0},
        {"album": "Live"},
        {"filename": "file:///a.ogg"},
    )
    for other in (replace(NEW, **each) for each in others):  # type: ignore[arg-type]
        assert find([GONE, other], stars=[unheard], sounds={})[0].loss is Loss.MISSING
    sizeless = [replace(song, filesize=0) for song in (GONE, NEW)]
    assert find(sizeless, stars=[unheard], sounds={})[0].loss is Loss.MISSING


def test_names_do_not_make_two_sounds_one() -> None:
    elsewhere = find([GONE, NEW], sounds={OLD.song_id: "one"})
    assert [each.by_tags for each in elsewhere] == [True], "as long as the new file was not heard"
    (heard,) = without_other_sounds(elsewhere, heard={NEW.song_id})
    assert (heard.loss, heard.present, heard.by_tags) == (Loss.MISSING, (), False)
    assert without_other_sounds(elsewhere, heard=set()) == elsewhere
    never = find([GONE, NEW], stars=[STARS._replace(sound=None, sound_now=None)], sounds={})
    assert without_other_sounds(never, heard={NEW.song_id}) == never, "the old one was never heard"


def test_what_can_be_rated_again_comes_first_in_the_order_of_the_library() -> None:
    names = [SongId(f"file:///{name}.mp3") for name in "abc"]
    stars = [STARS._replace(song_id=name, sound=name, sound_now=name) for name in names]
    songs = [replace(RESET, filename=names[2]), replace(RESET, filename=names[1])]
    found = find(songs, stars=stars, sounds={name: name for name in names})
    assert [each.last.song_id for each in found] == [names[2], names[1], names[0]]


def test_every_file_of_the_sound_has_the_remembered_stars() -> None:
    lost = find([GONE, NEW, COPY])
    assert remembered(lost) == {NEW.song_id: Statement(0.8, 50.0), COPY.song_id: Statement(0.8, 50.0)}
    assert remembered(find([GONE])) == {}


def test_what_is_said_of_another_sound_under_the_old_name_takes_no_stars_away() -> None:
    stars = STARS._replace(sound_now="another")
    sounds = {NEW.song_id: "one", OLD.song_id: "another"}
    said = {OLD.song_id: Statement(0.4, 100.0)}
    (found,) = find([RESET, NEW], stars=[stars], sounds=sounds, own=said)
    assert (found.song, remembered([found])) == (NEW, {NEW.song_id: Statement(0.8, 50.0)})
