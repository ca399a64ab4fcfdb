"""The numbers of a library: each row in exactly one class."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis.duplicate_groups import CopyGroup
from core.analysis.likeness import Likeness
from core.analysis.speech_class import SpeechClass
from core.curation import Curation, curate
from core.engine import Engine
from core.library.songs_table import Library
from core.paths import Profile
from core.song import Song, SongId
from core.statistics import CLASSES, MusicStats, class_of, count_songs
from core.store.companion import FileState
from core.store.fingerprints import ComparisonRecord
from tests.library_databases import SongRow
from tests.planted_library import SONGS, PlantedLibrary

EXCERPT = "center-30s"
SONG = Song(1, "Title", "Artist", "Album", 2001, 0.7, "file:///a.mp3")
HEARD = FileState(SONG.song_id, 100, 1.0, EXCERPT)


def library_of(songs: list[Song], repeated: tuple[Song, ...] = ()) -> Library:
    return Library(
        database=Path("/clementine.db"),
        player="Clementine",
        schema_version=51,
        songs=songs,
        directories=[],
        repeated=repeated,
    )


def count(
    songs: list[Song],
    states: list[FileState],
    *,
    embedded: set[str],
    curation: Curation | None = None,
    repeated: tuple[Song, ...] = (),
) -> MusicStats:
    return count_songs(
        library_of(songs, repeated),
        curation=curation or curate(songs),
        states={state.song_id: state for state in states},
        embedded=embedded,
        excerpt=EXCERPT,
        embeddings={"v": 3},
        active_version="v",
    )


@pytest.mark.parametrize(
    ("song", "state", "embedded", "expected"),
    [
        (SONG, HEARD, True, "analysed"),
        (SONG, None, True, "waiting"),
        (SONG, HEARD, False, "waiting"),
        (SONG, HEARD._replace(excerpt="start-10s"), True, "waiting"),
        (SONG, HEARD._replace(reason="damaged"), False, "skipped"),
        (SONG, HEARD._replace(reason="missing"), True, "skipped"),
        (SONG, HEARD._replace(reason="damaged", excerpt="start-10s"), False, "waiting"),
        (SONG, HEARD._replace(reason="crashed", excerpt=f"{EXCERPT} v"), False, "skipped"),
        (SONG, HEARD._replace(reason="crashed", excerpt=f"{EXCERPT} w"), False, "waiting"),
        (SONG, HEARD._replace(detail="ends at 3 s"), True, "analysed"),
        (replace(SONG, unavailable=True), HEARD, True, "unavailable"),
        (replace(SONG, unavailable=True), None, False, "unavailable"),
    ],
)
def test_the_class_of_a_song(song: Song, state: FileState | None, embedded: bool, expected: str) -> None:
    names = {str(song.song_id)} if embedded else set()
    assert class_of(song, state, curation=curate([song]), embedded=names, excerpt=EXCERPT, version="v") == expected


@pytest.mark.parametrize(
    ("speech", "is_copy", "expected"),
    [
        (SpeechClass.SPOKEN, False, "spoken"),
        (SpeechClass.DOUBTFUL, False, "analysed"),
        (None, True, "duplicate"),
        (SpeechClass.SPOKEN, True, "duplicate"),
    ],
)
def test_the_class_of_a_song_that_is_left_out(speech: SpeechClass | None, is_copy: bool, expected: str) -> None:
    other = replace(SONG, filename="file:///other.mp3", mtime=99)
    groups = [CopyGroup((SONG.song_id, other.song_id), 1.0, Likeness.SAME_AUDIO)] if is_copy else []
    classes = {SONG.song_id: speech} if speech else {}
    curation = curate([SONG, other], groups=groups, speech=classes)
    names = {str(SONG.song_id)}
    found = class_of(SONG, HEARD, curation=curation, embedded=names, excerpt=EXCERPT, version="v")
    assert found == expected


def test_a_copy_whose_row_is_unavailable_is_unavailable() -> None:
    gone = replace(SONG, unavailable=True)
    other = replace(SONG, filename="file:///other.mp3")
    group = CopyGroup((gone.song_id, other.song_id), 1.0, Likeness.IDENTICAL)
    curation = curate([gone, other], groups=[group])
    assert class_of(gone, HEARD, curation=curation, embedded=set(), excerpt=EXCERPT, version="v") == "unavailable"


def test_a_file_that_is_listed_twice_is_a_duplicate_of_itself() -> None:
    twice = (replace(SONG, rowid=2), replace(SONG, rowid=3, unavailable=True, rating=-1.0))
    stats = count([SONG], [HEARD._replace(detail="ends at 3 s")], embedded={str(SONG.song_id)}, repeated=twice)
    assert stats.songs == 3
    assert {name: number for name, number in stats.classes.items() if number} == {
        "analysed": 1,
        "duplicate": 1,
        "unavailable": 1,
    }
    assert (stats.rated, stats.unrated, stats.damaged_in_part) == (2, 1, 1)


def test_the_doubtful_are_counted_where_they_stay_in() -> None:
    songs = [replace(SONG, filename=f"file:///{name}.mp3") for name in "abc"]
    classes = dict(
        zip(
            (song.song_id for song in songs),
            (SpeechClass.DOUBTFUL, SpeechClass.SPOKEN, SpeechClass.DOUBTFUL),
            strict=True,
        )
    )
    gone = [*songs[:2], replace(songs[2], unavailable=True)]
    assert count(gone, [], embedded=set(), curation=curate(gone, speech=classes)).doubtful == 1


CLASSES_OF_SPEECH = st.sampled_from([None, SpeechClass.SPOKEN, SpeechClass.DOUBTFUL])
FILE_STATES = st.none() | st.builds(
    FileState,
    st.just(SongId("")),
    st.integers(),
    st.just(1.0),
    st.sampled_from([EXCERPT, f"{EXCERPT} v", f"{EXCERPT} w", "start-10s"]),
    st.sampled_from([None, None, "damaged", "missing"]),
    st.sampled_from(["", "ends at 3 s"]),
)
ROWS = st.lists(
    st.tuples(
        FILE_STATES,
        st.booleans(),
        st.booleans(),
        st.sampled_from([-1.0, 0.0, 0.5, 1.0]),
        CLASSES_OF_SPEECH,
        st.integers(0, 4),
        st.integers(0, 2),
    ),
    max_size=30,
)
"""State, embedded, unavailable, rating, speech, the group of copies (0: none), further rows of the same file."""


@given(ROWS)
def test_every_row_is_in_one_class_and_the_classes_add_up(
    rows: list[tuple[FileState | None, bool, bool, float, SpeechClass | None, int, int]],
) -> None:
    songs, states, repeated = list[Song](), list[FileState](), list[Song]()
    embedded, speech, groups = set[str](), dict[SongId, SpeechClass](), dict[int, list[SongId]]()
    for number, (state, has_vector, unavailable, rating, heard, group, more) in enumerate(rows):
        song = replace(SONG, filename=f"file:///{number}.mp3", unavailable=unavailable, rating=rating)
        songs.append(song)
        states += [state._replace(song_id=song.song_id)] if state else []
        embedded |= {str(song.song_id)} if has_vector else set()
        speech |= {song.song_id: heard} if heard else {}
        groups.setdefault(group, []).append(song.song_id)
        repeated += [replace(song, unavailable=True), song][:more]
    copies = [
        CopyGroup(tuple(sorted(members)), 1.0, Likeness.SAME_AUDIO)
        for group, members in groups.items()
        if group and len(members) > 1
    ]
    curation = curate(songs, groups=copies, speech=speech)
    stats = count(songs, states, embedded=embedded, curation=curation, repeated=tuple(repeated))
    assert tuple(stats.classes) == CLASSES
    assert sum(stats.classes.values()) == stats.songs == len(songs) + len(repeated)
    assert stats.rated + stats.unrated == stats.songs
    assert stats.rated == sum(song.rating > 0 for song in (*songs, *repeated))
    assert stats.damaged_in_part <= len(songs)
    assert stats.doubtful <= len(curation.songs)
    for song in curation.songs:
        state = next((each for each in states if each.song_id == song.song_id), None)
        found = class_of(song, state, curation=curation, embedded=embedded, excerpt=EXCERPT, version="v")
        assert found in ("analysed", "waiting", "skipped"), "what is learned from is neither copy nor speech"
    assert (stats.embeddings, stats.active_version) == ({"v": 3}, "v")


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> PlantedLibrary:
    """Never changed: each example has its own copy."""
    return PlantedLibrary.create(tmp_path_factory.mktemp("planted"))


ROW = st.tuples(st.integers(0, SONGS // 2), st.booleans(), st.sampled_from([-1.0, 0.0, 0.5, 1.0]))
COPIES = st.sets(st.tuples(st.integers(0, SONGS - 1), st.integers(0, SONGS - 1)), max_size=20)


@settings(max_examples=15)
@given(
    rows=st.lists(ROW, max_size=20),
    copies=COPIES,
    speech=st.dictionaries(st.integers(0, SONGS - 1), st.sampled_from(SpeechClass), max_size=20),
    reasons=st.dictionaries(st.integers(0, SONGS - 1), st.sampled_from(["damaged", "missing"]), max_size=10),
)
def test_every_row_of_the_database_is_in_one_class(
    planted: PlantedLibrary,
    rows: list[tuple[int, bool, float]],
    copies: set[tuple[int, int]],
    speech: dict[int, SpeechClass],
    reasons: dict[int, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Files that are listed again, copies, speech and failures, in whatever mixture."""
    folder = tmp_path_factory.mktemp("library")
    shutil.copytree(planted.profile.data.parent, folder / "profile")
    database = replace(planted.database, path=Path(shutil.copy(planted.database.path, folder)))
    database.add(*(SongRow(path=planted.paths[row], unavailable=int(gone), rating=stars) for row, gone, stars in rows))
    with Engine.open(profile=Profile.below(folder / "profile"), database=database.path) as opened:
        ids = sorted(song.song_id for song in opened.library().songs)
        pairs = [ComparisonRecord(ids[a], ids[b], "same audio", 0.9, "") for a, b in copies if a < b]
        opened.stores.fingerprints.save_comparisons(pairs)
        for row, found in speech.items():
            opened.speech.say(ids[row], found)
        states = [FileState(ids[row], 5, 1.0, "center-30s-22050Hz-max900s", why) for row, why in reasons.items()]
        opened.stores.companion.save_file_states(states)
        stats, curation = opened.stats(), opened.curation()
    with closing(sqlite3.connect(database.path)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM songs").fetchone()
    assert sum(stats.classes.values()) == stats.songs == count == SONGS + len(rows)
    assert stats.rated + stats.unrated == count
    assert stats.classes["analysed"] <= len(curation.songs)
