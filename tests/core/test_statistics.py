"""The numbers of a library: each row in exactly one class."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.song import Song, SongId
from core.statistics import CLASSES, class_of, count_songs
from core.store.companion import FileState

EXCERPT = "center-30s"
SONG = Song(1, "Title", "Artist", "Album", 2001, 0.7, "file:///a.mp3")
HEARD = FileState(SONG.song_id, 100, 1.0, EXCERPT)


@pytest.mark.parametrize(
    ("song", "state", "embedded", "expected"),
    [
        (SONG, HEARD, True, "analysed"),
        (SONG, None, True, "waiting"),
        (SONG, HEARD, False, "waiting"),
        (SONG, replace(HEARD, excerpt="start-10s"), True, "waiting"),
        (SONG, replace(HEARD, reason="damaged"), False, "skipped"),
        (SONG, replace(HEARD, reason="missing"), True, "skipped"),
        (SONG, replace(HEARD, reason="damaged", excerpt="start-10s"), False, "waiting"),
        (SONG, replace(HEARD, detail="ends at 3 s"), True, "analysed"),
        (replace(SONG, unavailable=True), HEARD, True, "unavailable"),
        (replace(SONG, unavailable=True), None, False, "unavailable"),
    ],
)
def test_the_class_of_a_song(song: Song, state: FileState | None, embedded: bool, expected: str) -> None:
    found = class_of(song, state, embedded={str(song.song_id)} if embedded else set(), excerpt=EXCERPT)
    assert found == expected


states = st.none() | st.builds(
    FileState,
    st.just(SongId("")),
    st.integers(),
    st.just(1.0),
    st.sampled_from([EXCERPT, "start-10s"]),
    st.sampled_from([None, "damaged", "missing"]),
    st.sampled_from(["", "ends at 3 s"]),
)


@given(st.lists(st.tuples(states, st.booleans(), st.booleans(), st.sampled_from([-1.0, 0.0, 0.5, 1.0]))))
def test_the_classes_add_up(rows: list[tuple[FileState | None, bool, bool, float]]) -> None:
    songs = [
        replace(SONG, filename=f"file:///{number}.mp3", unavailable=unavailable, rating=rating)
        for number, (_, _, unavailable, rating) in enumerate(rows)
    ]
    stats = count_songs(
        songs,
        states={song.song_id: state for song, (state, *_) in zip(songs, rows, strict=True) if state},
        embedded={str(song.song_id) for song, (_, embedded, *_) in zip(songs, rows, strict=True) if embedded},
        excerpt=EXCERPT,
        embeddings={"v": 3},
        active_version="v",
    )
    assert tuple(stats.classes) == CLASSES
    assert sum(stats.classes.values()) == stats.songs == len(rows)
    assert stats.rated + stats.unrated == stats.songs
    assert stats.rated == sum(rating > 0 for *_, rating in rows)
    assert stats.damaged_in_part <= stats.songs
    assert (stats.embeddings, stats.active_version) == ({"v": 3}, "v")


def test_rows_of_one_file_count_each_for_itself() -> None:
    stats = count_songs(
        [SONG, replace(SONG, rowid=2)],
        states={SONG.song_id: replace(HEARD, detail="ends at 3 s")},
        embedded={str(SONG.song_id)},
        excerpt=EXCERPT,
        embeddings={},
        active_version=None,
    )
    assert (stats.classes["analysed"], stats.damaged_in_part) == (2, 2)
