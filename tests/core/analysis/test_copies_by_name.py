"""Without libchromaprint: only files that agree in everything that they say of themselves."""

from dataclasses import replace

import pytest

from core.analysis.copies_by_name import group_by_name, simple_deduplicate
from core.song import UNRATED, Song

SONG = Song(
    rowid=1,
    title="Track 1",
    artist="Somebody",
    album="One",
    year=2000,
    rating=UNRATED,
    filename="file:///music/one/01.mp3",
    duration=200.0,
    mtime=5,
)
COPY = replace(SONG, rowid=2, filename="file:///backup/one/01.flac", duration=200.1, mtime=9)


def test_the_same_name_title_artist_and_duration_are_a_copy() -> None:
    assert group_by_name([SONG, COPY]) == [[SONG, COPY]]


@pytest.mark.parametrize(
    "other",
    [
        replace(COPY, filename="file:///backup/one/02.flac"),
        replace(COPY, title="Track 2"),
        replace(COPY, artist="Somebody else"),
        replace(COPY, duration=204.0),
        replace(COPY, filename=SONG.filename),
    ],
)
def test_one_difference_keeps_songs_apart(other: Song) -> None:
    assert group_by_name([SONG, other]) == []


@pytest.mark.parametrize(
    "changes",
    [{"title": ""}, {"artist": ""}, {"duration": -1.0}, {"is_cue_track": True}],
)
def test_what_is_not_known_is_not_equal(changes: dict[str, object]) -> None:
    assert group_by_name([replace(SONG, **changes), replace(COPY, **changes)]) == []


def test_the_canonical_copy_stays_in_its_place() -> None:
    rest = [replace(SONG, title="Other", filename=f"file:///music/{number}.mp3") for number in range(2)]
    assert simple_deduplicate([rest[0], SONG, rest[1], COPY]) == [*rest, COPY]
    rated = replace(SONG, rating=0.6)
    assert simple_deduplicate([rest[0], rated, rest[1], COPY]) == [rest[0], rated, rest[1]]
