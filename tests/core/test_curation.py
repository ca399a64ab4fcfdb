"""What is learned from and played: one copy of each song with the stars of all, and nothing spoken."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.duplicate_groups import CopyGroup
from core.analysis.likeness import Likeness
from core.analysis.rating_statements import RatingStatements
from core.analysis.speech_class import SpeechClass
from core.curation import curate
from core.song import UNRATED, Song, SongId
from core.store.own_ratings import Statement

SONG = Song(1, "Title", "Artist", "Album", 2001, UNRATED, "file:///music/a.mp3", mtime=100)
COPY = replace(SONG, rowid=2, filename="file:///music/copy.mp3", album="Best of", mtime=200)
OTHER = replace(SONG, rowid=3, filename="file:///music/other.mp3")


def group(*songs: Song, score: float = 0.9) -> CopyGroup:
    return CopyGroup(tuple(sorted(song.song_id for song in songs)), score, Likeness.SAME_AUDIO)


def ids(songs: list[Song]) -> list[SongId]:
    return [song.song_id for song in songs]


def test_without_copies_and_speech_every_song_that_is_there_stays() -> None:
    gone = replace(COPY, unavailable=True)
    curation = curate([SONG, gone, OTHER])
    assert curation.songs == [SONG, OTHER]
    assert (curation.copies, dict(curation.copy_of), dict(curation.speech)) == ([], {}, {})


def test_one_copy_of_a_song_stays_and_all_its_albums_belong_to_it() -> None:
    curation = curate([SONG, COPY, OTHER], groups=[group(SONG, COPY)])
    assert ids(curation.songs) == [COPY.song_id, OTHER.song_id], "the newest of unrated ones"
    (found,) = curation.copies
    assert (found.keep, found.others, found.gone) == (COPY, (SONG,), ())
    assert curation.copy_of == {SONG.song_id: COPY.song_id}
    assert found.albums == (("artist", "Album"), ("artist", "Best of"))


def test_a_rated_copy_stays_before_a_newer_one_then_the_shortest_path() -> None:
    rated = replace(SONG, rating=0.2)
    assert curate([rated, COPY], groups=[group(SONG, COPY)]).songs == [rated]
    longer = replace(SONG, filename="file:///music/a/long/path.mp3")
    assert curate([longer, SONG], groups=[group(longer, SONG)]).songs == [SONG]


def test_the_copy_that_the_owner_chose_stays_with_the_stars_of_the_other() -> None:
    rated = replace(COPY, rating=0.8)
    curation = curate([SONG, rated], groups=[group(SONG, COPY)], kept={SONG.song_id})
    assert curation.songs == [replace(SONG, rating=0.8)]
    assert not curation.copies[0].rating.is_conflict


def test_the_latest_change_that_was_seen_wins() -> None:
    older, newer = replace(SONG, rating=0.2), replace(COPY, rating=0.9)
    seen = {SONG.song_id: 50.0}
    curation = curate([older, newer], groups=[group(SONG, COPY)], stated=RatingStatements(changed_at=seen))
    assert [song.rating for song in curation.songs] == [0.2], "that of the newer file was there before us"
    assert curation.copies[0].rating.is_conflict
    assert curation.copies[0].rating.source == SONG.song_id
    later = curate(
        [older, newer], groups=[group(SONG, COPY)], stated=RatingStatements(changed_at=seen | {COPY.song_id: 51.0})
    )
    assert [song.rating for song in later.songs] == [0.9]


def test_of_ratings_from_before_us_that_of_the_newest_file_wins() -> None:
    curation = curate([replace(SONG, rating=0.2), replace(COPY, rating=0.9)], groups=[group(SONG, COPY)])
    assert [song.rating for song in curation.songs] == [0.9]
    assert curation.copies[0].rating.is_conflict


def test_equal_ratings_are_no_conflict() -> None:
    curation = curate([replace(SONG, rating=0.7), replace(COPY, rating=0.7)], groups=[group(SONG, COPY)])
    assert not curation.copies[0].rating.is_conflict


def test_without_merging_a_song_has_its_own_copy_s_stars() -> None:
    songs = [replace(SONG, rating=0.2), replace(COPY, rating=0.9)]
    curation = curate(songs, groups=[group(SONG, COPY)], kept={SONG.song_id}, merge=False)
    assert [song.rating for song in curation.songs] == [0.2]
    assert len(curation.copies) == 1, "and its copies are still left out"


def test_the_stars_of_a_row_whose_file_is_gone_count_for_the_new_one() -> None:
    old = replace(SONG, rating=0.8, unavailable=True)
    curation = curate([old, COPY], groups=[group(SONG, COPY)])
    assert curation.songs == [replace(COPY, rating=0.8)]
    assert (curation.copies[0].others, curation.copies[0].gone) == ((), (old,))
    assert curation.duplicates == [], "a file that was moved is no duplicate to decide on"


def test_a_group_of_which_one_row_or_no_file_is_left_is_none() -> None:
    assert curate([SONG], groups=[group(SONG, COPY)]).copies == []
    assert (
        curate([replace(SONG, unavailable=True), replace(COPY, unavailable=True)], groups=[group(SONG, COPY)]).songs
        == []
    )


def test_a_copy_that_was_chosen_and_is_gone_stands_back_for_now() -> None:
    gone = replace(SONG, unavailable=True)
    assert ids(curate([gone, COPY], groups=[group(SONG, COPY)], kept={SONG.song_id}).songs) == [COPY.song_id]


def test_spoken_songs_leave_and_doubtful_ones_stay() -> None:
    classes = {SONG.song_id: SpeechClass.SPOKEN, COPY.song_id: SpeechClass.DOUBTFUL}
    curation = curate([SONG, COPY, OTHER], speech=classes)
    assert curation.songs == [COPY, OTHER]
    assert [curation.is_spoken(song.song_id) for song in (SONG, COPY, OTHER)] == [True, False, False]


def test_the_owner_s_word_on_one_copy_counts_for_the_song() -> None:
    """``COPY`` is kept, and the word was said of ``SONG``."""
    both, heard = [group(SONG, COPY)], {SONG.song_id: SpeechClass.SPOKEN, COPY.song_id: SpeechClass.SPOKEN}
    music = curate([SONG, COPY], groups=both, speech=heard, said={SONG.song_id: SpeechClass.MUSIC})
    assert music.songs == [COPY]
    spoken = curate([SONG, COPY], groups=both, said={SONG.song_id: SpeechClass.SPOKEN})
    assert spoken.songs == []
    said = {SONG.song_id: SpeechClass.SPOKEN, COPY.song_id: SpeechClass.MUSIC}
    assert curate([SONG, COPY], groups=both, said=said).songs == [COPY], "its own word stands first"


def test_the_name_of_a_group_stays_while_its_copies_do() -> None:
    (first,) = curate([SONG, COPY], groups=[group(SONG, COPY)]).copies
    (kept,) = curate([COPY, SONG], groups=[group(SONG, COPY)], kept={SONG.song_id}).copies
    (more,) = curate([SONG, COPY, OTHER], groups=[group(SONG, COPY, OTHER)]).copies
    assert first.id == kept.id != more.id
    odd = replace(SONG, filename="file:///music/\udcff.mp3")
    assert curate([odd, COPY], groups=[group(odd, COPY)]).copies[0].id


@given(
    st.lists(
        st.tuples(
            st.booleans(),
            st.sampled_from([UNRATED, 0.2, 0.5, 1.0]),
            st.integers(0, 5),
            st.sampled_from([None, *SpeechClass]),
            st.integers(0, 3),
        ),
        max_size=25,
    ),
    st.sets(st.integers(0, 24)),
    st.booleans(),
)
def test_nothing_is_lost_or_played_twice(
    rows: list[tuple[bool, float, int, SpeechClass | None, int]], chosen: set[int], merge: bool
) -> None:
    songs = [
        replace(SONG, rowid=row, filename=f"file:///{row}.mp3", unavailable=gone, rating=rating, mtime=mtime)
        for row, (gone, rating, mtime, _, _) in enumerate(rows)
    ]
    speech = {song.song_id: row[3] for song, row in zip(songs, rows, strict=True) if row[3] is not None}
    members = [[song for song, row in zip(songs, rows, strict=True) if row[4] == number] for number in (1, 2, 3)]
    groups = [group(*each) for each in members if len(each) > 1]
    curation = curate(
        songs,
        groups=groups,
        speech=speech,
        kept={songs[row].song_id for row in chosen if row < len(songs)},
        merge=merge,
    )
    stayed = set(ids(curation.songs))
    assert len(stayed) == len(curation.songs)
    for song in songs:
        reasons = [song.unavailable, song.song_id in curation.copy_of, curation.is_spoken(song.song_id)]
        assert (song.song_id in stayed) is not any(reasons), "whatever is left out has its reason"
    for each in members:
        assert len(stayed & set(ids(each))) <= 1 or len(each) < 2
    assert not set(curation.copy_of) & set(curation.copy_of.values())


@pytest.mark.parametrize("merge", [True, False])
def test_the_songs_that_are_given_do_not_change(merge: bool) -> None:
    songs = [replace(SONG, rating=0.2), replace(COPY, rating=0.9)]
    before = list(songs)
    curate(songs, groups=[group(SONG, COPY)], merge=merge)
    assert songs == before


def test_stars_given_here_count_before_copies_are_merged() -> None:
    """``SONG`` and ``COPY`` are different sounds of one song: the newest statement about either counts for both."""
    rated = replace(COPY, rating=0.9)
    own = RatingStatements(own={SONG.song_id: Statement(0.2, 100.0)})
    (song,) = curate([SONG, rated], groups=[group(SONG, COPY)], stated=own).songs
    assert song.rating == 0.2
    later = RatingStatements(own=own.own, changed_at={COPY.song_id: 101.0})
    (song,) = curate([SONG, rated], groups=[group(SONG, COPY)], stated=later).songs
    assert song.rating == 0.9
    taken_back = RatingStatements(own={SONG.song_id: Statement(UNRATED, 100.0)})
    (song,) = curate([SONG, rated], groups=[group(SONG, COPY)], stated=taken_back).songs
    assert song.rating == 0.9


def test_without_copies_a_song_has_the_stars_that_count() -> None:
    stated = RatingStatements(
        own={SONG.song_id: Statement(0.2, 100.0)}, remembered={OTHER.song_id: Statement(1.0, 5.0)}
    )
    assert [song.rating for song in curate([SONG, COPY, OTHER], stated=stated).songs] == [0.2, UNRATED, 1.0]


def test_stars_that_the_player_has_lost_are_older_than_those_of_another_copy() -> None:
    stated = RatingStatements(remembered={SONG.song_id: Statement(0.2, None)})
    (song,) = curate([SONG, replace(COPY, rating=0.9)], groups=[group(SONG, COPY)], stated=stated).songs
    assert song.rating == 0.9
    (song,) = curate([SONG, COPY], groups=[group(SONG, COPY)], stated=stated).songs
    assert song.rating == 0.2
