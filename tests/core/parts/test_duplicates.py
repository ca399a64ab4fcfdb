"""Copies are found among what is new, nothing is heard twice, and the owner has the last word."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from core.analysis import listening
from core.analysis.duplicates import Pair
from core.analysis.facts import SongTask
from core.analysis.fingerprint import NO_LIBRARY
from core.analysis.scan import ScanFinished
from core.engine import Engine
from core.jobs.events import Control, Progress, Stage
from core.parts import duplicate_search
from core.parts import duplicates as module
from core.parts import scans as scans_module
from core.song import SongId
from core.store.fingerprints import ComparisonRecord
from tests.planted_copies import Samples, melody
from tests.planted_library import PlantedLibrary
from tests.scanned_library import RATE, ScannedLibrary, id_of, touch_later

SECONDS = 36.0


def sound(seed: int) -> Samples:
    return melody(seed=seed, seconds=SECONDS)


def late(seed: int, seconds: float = 1.5) -> Samples:
    return np.concatenate([np.zeros(round(seconds * RATE), np.float32), sound(seed)])


def groups(engine: Engine) -> list[list[str]]:
    """The file names of each group."""
    songs = {song.song_id: song for song in engine.library().songs}
    found = engine.duplicates.groups(list(songs.values()))
    return sorted(sorted(songs[member].filepath.name for member in group.members) for group in found)


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[Pair]:
    """Every pair that was compared."""
    pairs, compare = list[Pair](), duplicate_search.compare_pairs

    def compare_and_note(wanted: list[Pair], *arguments: object, **named: object) -> object:
        pairs.extend(wanted)
        return compare(wanted, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(duplicate_search, "compare_pairs", compare_and_note)
    return pairs


@pytest.fixture
def no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without libchromaprint."""
    monkeypatch.setattr(module, "is_available", lambda: False)
    monkeypatch.setattr(scans_module, "is_available", lambda: False)


def test_copies_in_other_formats_are_found_and_others_are_not(music: ScannedLibrary) -> None:
    music.add("a.flac", sound(1))
    music.add("a.mp3", sound(1))
    music.add("late.ogg", late(1))
    music.add("quiet.flac", 0.5 * sound(2))
    music.add("b.flac", sound(2))
    music.add("c.flac", sound(3))
    with music.open() as engine:
        scanned = music.scan(engine)
        assert Stage("Looking for duplicates") in scanned.events
        assert scanned.decoded == 6
        assert scanned.calls.count("hear_whole") == 5, "only candidates are heard whole"
        assert groups(engine) == [["a.flac", "a.mp3", "late.ogg"], ["b.flac", "quiet.flac"]]
        curation = engine.curation()
        assert len(curation.songs) == 3
        assert engine.stats().classes["duplicate"] == 3


def test_a_second_search_compares_the_new_copy_alone(music: ScannedLibrary, compared: list[Pair]) -> None:
    music.add("a.flac", sound(1))
    music.add("a.mp3", sound(1))
    music.add("b.flac", sound(2))
    with music.open() as engine:
        music.scan(engine)
        compared.clear()
        again = music.scan(engine)
        assert (again.calls, compared, Stage("Looking for duplicates") in again.events) == ([], [], False)
        new = id_of(engine, music.add("new.ogg", sound(1)))
        scanned = music.scan(engine)
        assert scanned.calls == ["analyse_within_limit", "hear_whole"]
        assert compared
        assert all(new in pair for pair in compared)
        assert groups(engine) == [["a.flac", "a.mp3", "new.ogg"]]


def test_a_copy_of_the_same_sound_needs_no_listening(music: ScannedLibrary) -> None:
    path = music.add("a.flac", sound(1))
    with music.open() as engine:
        music.scan(engine)
        shutil.copy(path, music.music / "twin.flac")
        music.enter(music.music / "twin.flac", duration=SECONDS)
        assert "hear_whole" not in music.scan(engine).calls
        (group,) = engine.duplicates.groups(engine.library().songs)
        assert (group.likeness.value, group.score) == ("identical", 1.0)


def test_the_owner_s_word_needs_no_search_and_can_be_taken_back(music: ScannedLibrary) -> None:
    paths = [music.add(name, sound(1)) for name in ("a.flac", "a.mp3")]
    with music.open() as engine:
        music.scan(engine)
        ids = [id_of(engine, path) for path in paths]
        engine.duplicates.say_different(ids)
        assert (groups(engine), engine.duplicates.possible(engine.library().songs)) == ([], [])
        assert len(engine.curation().songs) == 2
        assert music.scan(engine).calls == []
    with music.open() as engine:
        assert groups(engine) == [], "it outlives the process"
        engine.duplicates.take_back_different(ids)
        assert groups(engine) == [["a.flac", "a.mp3"]]
        assert music.scan(engine).calls == []


def test_what_was_said_outlives_the_caches(music: ScannedLibrary) -> None:
    paths = [music.add(name, sound(1)) for name in ("a.flac", "a.mp3")]
    with music.open() as engine:
        music.scan(engine)
        engine.duplicates.say_different([id_of(engine, path) for path in paths])
    shutil.rmtree(music.profile.cache)
    with music.open() as engine:
        assert music.scan(engine).decoded == 2
        assert groups(engine) == []


def test_the_copy_that_the_owner_chose_is_kept(music: ScannedLibrary) -> None:
    flac, mp3 = (music.add(name, sound(1), rating=rating) for name, rating in (("a.flac", -1), ("a.mp3", 0.8)))
    with music.open() as engine:
        music.scan(engine)
        (copies,) = engine.curation().duplicates
        assert copies.keep.filepath == mp3
        engine.duplicates.say_keep(id_of(engine, flac), copies=copies)
        (copies,) = engine.curation().duplicates
        assert (copies.keep.filepath, engine.curation().songs[0].rating) == (flac, 0.8)
        engine.duplicates.say_keep(id_of(engine, mp3), copies=copies)
        assert engine.stores.companion.verdicts.kept_copies() == {id_of(engine, mp3)}, "one of them"
        engine.duplicates.take_back_keep(id_of(engine, mp3))
        assert engine.stores.companion.verdicts.kept_copies() == set()


def test_the_tracks_of_one_file_are_never_copies(music: ScannedLibrary) -> None:
    image = music.add("image.flac", np.concatenate([sound(1), sound(1)]))
    music.database.remove(image)
    for track in range(2):
        music.enter(image, title=f"{track}", cue_path="image.cue", beginning=track * SECONDS, duration=SECONDS)
    with music.open() as engine:
        music.scan(engine)
        assert groups(engine) == []
        music.add("single.flac", sound(1))
        music.scan(engine)
        found = engine.duplicates.groups(engine.library().songs)
        assert all(len({name.partition("#")[0] for name in group.members}) == len(group.members) for group in found)
        assert len(found) == 1, "but one of them may be a copy of a file of its own"


def test_a_chain_of_copies_does_not_join_what_differs(tmp_path: Path) -> None:
    with PlantedLibrary.create(tmp_path, songs=5).open() as engine:
        a, b, c = (song.song_id for song in engine.library().songs[:3])
        records = [(a, b, "same audio", 0.9), (b, c, "same audio", 0.8), (a, c, "different", 0.1)]
        engine.stores.fingerprints.save_comparisons([ComparisonRecord(*record, "") for record in records])
        (group,) = engine.duplicates.groups(engine.library().songs)
        assert group.members == (a, b)
        (pair,) = engine.duplicates.possible(engine.library().songs)
        assert ({pair.first.song_id, pair.second.song_id}, pair.score) == ({b, c}, 0.8)
        engine.duplicates.say_different([a, b])
        (group,) = engine.duplicates.groups(engine.library().songs)
        assert group.members == (b, c)


def test_pairs_in_doubt_stay_apart_and_are_listed(tmp_path: Path) -> None:
    library = PlantedLibrary.create(tmp_path, songs=5)
    with library.open() as engine:
        a, b = (song.song_id for song in engine.library().songs[:2])
        engine.stores.fingerprints.save_comparisons([ComparisonRecord(a, b, "possible", 0.6, "lengths differ")])
        (pair,) = engine.duplicates.possible(engine.library().songs)
        assert (pair.first.song_id, pair.second.song_id, pair.score, pair.doubt) == (a, b, 0.6, "lengths differ")
        assert len(engine.curation().songs) == 5
        engine.duplicates.say_different([b, a])
        assert engine.duplicates.possible(engine.library().songs) == []
        engine.duplicates.take_back_different([a, b])
        library.database.change(library.paths[0], unavailable=1)
        assert engine.duplicates.possible(engine.library().songs) == [], "one that is away cannot be listened to"
        library.database.remove(library.paths[0])
        assert engine.duplicates.possible(engine.library().songs) == []


def test_without_the_library_there_are_names_and_a_notice(music: ScannedLibrary, no_library: None) -> None:
    for folder in ("one", "two"):
        music.add(f"{folder}/01 Song.flac", sound(1), title="Song", artist="Somebody")
    music.add("three/01 Song.flac", sound(2), title="Song", artist="Somebody else")
    music.add("again.mp3", sound(1), title="Song", artist="Somebody")
    with music.open() as engine:
        scanned = music.scan(engine)
        assert (scanned.counts, scanned.notices) == ((4, 0, 0), [NO_LIBRARY])
        (group,) = engine.duplicates.groups(engine.library().songs)
        assert len(group.members) == 2
        assert engine.duplicates.possible(engine.library().songs) == []
        assert engine.stats().classes["duplicate"] == 1
        assert music.scan(engine).calls == [], "nothing waits for a library that is not there"


def test_different_songs_of_one_name_can_be_called_so(music: ScannedLibrary, no_library: None) -> None:
    paths = [
        music.add(f"{folder}/01 Song.flac", sound(seed), title="Song", artist="Somebody")
        for seed, folder in enumerate(("one", "two"))
    ]
    with music.open() as engine:
        music.scan(engine)
        engine.duplicates.say_different([id_of(engine, path) for path in paths])
        assert groups(engine) == []


def test_switched_off_nothing_is_a_duplicate(music: ScannedLibrary) -> None:
    for name in ("a.flac", "a.mp3"):
        music.add(name, sound(1))
    with music.open() as engine:
        music.scan(engine)
        assert groups(engine) == [["a.flac", "a.mp3"]]
    music.configure("music: {deduplicate: false}")
    with music.open() as engine:
        scanned = music.scan(engine)
        assert (scanned.calls, groups(engine), engine.duplicates.possible(engine.library().songs)) == ([], [], [])
        assert engine.stats().classes["duplicate"] == 0


@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_search_that_is_stopped_goes_on_later(music: ScannedLibrary, after: int) -> None:
    for name, seed in (("a.flac", 1), ("a.mp3", 1), ("b.flac", 2), ("b.mp3", 2)):
        music.add(name, sound(seed))
    control, heard, is_searching = Control(), 0, False
    with music.open() as engine:
        for event in engine.scan(workers=1, control=control):
            is_searching = is_searching or isinstance(event, Stage)
            heard += is_searching and isinstance(event, Progress)
            if heard == after:
                control.stop()
        assert isinstance(event, ScanFinished)
        assert not event.complete
        scanned = music.scan(engine)
        assert scanned.finished.complete
        assert scanned.decoded == 0
        assert groups(engine) == [["a.flac", "a.mp3"], ["b.flac", "b.mp3"]]
        assert music.scan(engine).calls == []


def test_what_was_away_when_it_was_needed_is_heard_when_it_is_back(
    music: ScannedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [music.add(name, sound(1)) for name in ("a.flac", "a.mp3")]
    away = [path.with_suffix(f"{path.suffix}.away") for path in paths]

    def unmount(task: SongTask) -> None:
        assert task.path is not None
        task.path.rename(away[paths.index(task.path)])

    with music.open() as engine:
        with monkeypatch.context() as patch:
            patch.setattr(listening, "hear_whole", unmount)
            music.scan(engine)
        assert groups(engine) == []
        (pair,) = engine.duplicates.possible(engine.library().songs)
        assert pair.doubt == "not heard as a whole"
        assert "hear_whole" not in music.scan(engine).calls, "it is away"
        for there, elsewhere in zip(paths, away, strict=True):
            elsewhere.rename(there)
        assert music.scan(engine).calls == ["hear_whole", "hear_whole"]
        assert groups(engine) == [["a.flac", "a.mp3"]]
        assert music.scan(engine).calls == []


def test_what_is_there_and_cannot_be_heard_is_not_tried_again_until_it_changes(
    music: ScannedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [music.add(name, sound(1)) for name in ("a.flac", "a.mp3")]
    with music.open() as engine:
        with monkeypatch.context() as patch:
            patch.setattr(listening, "hear_whole", lambda _task: None)
            music.scan(engine)
        assert music.scan(engine).calls == []
        for path in paths:
            music.database.remove(path)
            music.add(path.name, late(1))
            touch_later(path)
        assert "hear_whole" in music.scan(engine).calls
        assert groups(engine) == [["a.flac", "a.mp3"]]


def test_a_worker_that_dies_while_it_hears_a_whole_song_costs_that_song(
    music: ScannedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.flac", "a.mp3"):
        music.add(name, sound(1))

    def die(_task: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(listening, "hear_whole", die)
    with music.open() as engine:
        assert music.scan(engine).finished.complete
        assert [pair.doubt for pair in engine.duplicates.possible(engine.library().songs)] == ["not heard as a whole"]


def test_a_file_that_became_another_song_leaves_its_group(music: ScannedLibrary) -> None:
    music.add("a.flac", sound(1))
    path = music.add("b.wav", sound(1))
    with music.open() as engine:
        music.scan(engine)
        assert groups(engine) == [["a.flac", "b.wav"]]
        music.database.remove(path)
        music.add("b.wav", sound(2))
        touch_later(path)
        music.scan(engine)
        assert groups(engine) == []


def test_the_ratings_of_copies_are_those_that_were_given_last(music: ScannedLibrary) -> None:
    flac, mp3 = (music.add(name, sound(1), rating=rating) for name, rating in (("a.flac", 0.4), ("a.mp3", 0.8)))
    music.database.change(mp3, mtime=1_900_000_000)
    with music.open() as engine:
        music.scan(engine)
        assert engine.curation().songs[0].rating == 0.8
        music.database.rate(flac, 0.2)
        music.scan(engine)
        (copies,) = engine.curation().duplicates
        assert (engine.curation().songs[0].rating, copies.rating.is_conflict) == (0.2, True)
        music.database.rate(mp3, 0.2)
        assert not engine.curation().duplicates[0].rating.is_conflict


def test_a_moved_song_keeps_its_stars_through_its_old_row(music: ScannedLibrary) -> None:
    path = music.add("a.flac", sound(1), rating=0.9)
    with music.open() as engine:
        music.scan(engine)
        path.rename(music.music / "b.flac")
        music.database.change(path, unavailable=1)
        music.enter(music.music / "b.flac", duration=SECONDS)
        assert music.scan(engine).decoded == 0
        curation = engine.curation()
        assert [(song.filepath.name, song.rating) for song in curation.songs] == [("b.flac", 0.9)]
        assert curation.duplicates == []
        assert engine.stats().classes == dict.fromkeys(engine.stats().classes, 0) | {"analysed": 1, "unavailable": 1}


def test_nothing_is_said_about_one_song(tmp_path: Path) -> None:
    with PlantedLibrary.create(tmp_path, songs=3).open() as engine:
        engine.duplicates.say_different([SongId("file:///a.mp3")] * 2)
        assert engine.stores.companion.verdicts.not_duplicates() == set()


@pytest.mark.parametrize("settings", ["music: {deduplicate: false}\n", ""])
def test_the_stars_of_a_renamed_file_are_not_lost_where_copies_are_not_looked_for(
    music: ScannedLibrary, no_library: None, settings: str
) -> None:
    music.configure(settings)
    path = music.add("a.flac", sound(1), rating=0.9)
    music.add("b.flac", sound(2), rating=0.2)
    with music.open() as engine:
        music.scan(engine)
        renamed = path.rename(path.with_name("renamed.flac"))
        music.database.change(path, unavailable=1)
        music.enter(renamed)
        music.scan(engine)
        ratings = {song.filepath.name: song.rating for song in engine.curation().songs}
        assert ratings == {"renamed.flac": 0.9, "b.flac": 0.2}


def test_what_was_found_stands_when_libchromaprint_goes(music: ScannedLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.flac", "a.mp3"):
        music.add(name, sound(1))
    with music.open() as engine:
        music.scan(engine)
        monkeypatch.setattr(module, "is_available", lambda: False)
        assert groups(engine) == [["a.flac", "a.mp3"]]
