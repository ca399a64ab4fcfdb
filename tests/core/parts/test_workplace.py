"""Where the engine works: each look at the library notes what is new among its ratings, and writes nothing else."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from queue import SimpleQueue

import pytest

from core.engine import Engine
from core.errors import UserError
from core.parts.workplace import ACTIVE_EMBEDDINGS, EncoderInUse, Workplace
from tests.planted_library import RATED, PlantedLibrary

LONGEST_WAIT = 20.0


def workplace_of(engine: Engine) -> Workplace:
    return Workplace(engine.profile, engine.config, engine.database, engine.stores)


def data_version(connection: sqlite3.Connection) -> int:
    """It differs when another connection has written in between."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


@pytest.fixture
def onlooker(library: PlantedLibrary) -> Iterator[sqlite3.Connection]:
    """A second connection to the companion store."""
    with closing(sqlite3.connect(library.profile.companion_database)) as connection:
        yield connection


def note(engine: Engine) -> None:
    workplace = workplace_of(engine)
    workplace.note_ratings(workplace.library())


def test_songs_that_did_not_change_are_held_once(library: PlantedLibrary, engine: Engine) -> None:
    before = engine.library().songs
    library.database.rate(library.paths[0], 0.1 if before[0].rating > 0.5 else 1.0)
    after = engine.library().songs
    assert after[0].rating != before[0].rating
    assert all(new is old for new, old in zip(after[1:], before[1:], strict=True))
    assert engine.curation().songs[-1] is after[-1]


def test_ratings_from_before_us_have_no_time_and_changes_have_one(library: PlantedLibrary, engine: Engine) -> None:
    songs = workplace_of(engine).library().songs
    note(engine)
    assert engine.stores.companion.ratings.changed_at() == {}
    library.database.rate(library.paths[0], 0.1 if songs[0].rating > 0.5 else 1.0)
    library.database.rate(library.paths[1], -1)
    library.database.rate(library.paths[-1], 0.7)
    note(engine)
    changed = engine.stores.companion.ratings.changed_at()
    assert set(changed) == {songs[0].song_id, songs[1].song_id, songs[-1].song_id}
    assert [rating for rating, _ in engine.stores.companion.ratings.of(songs[1].song_id)] == [songs[1].rating, -1]
    assert sum(song.is_rated for song in workplace_of(engine).library().songs) == RATED


def test_a_question_writes_nothing(library: PlantedLibrary, engine: Engine, onlooker: sqlite3.Connection) -> None:
    note(engine)
    before = data_version(onlooker)
    library.database.play()
    engine.library()
    engine.stats()
    engine.curation()
    engine.ratings.lost()
    assert data_version(onlooker) == before


@pytest.mark.parametrize("ask", [Engine.library, Engine.curation, Engine.stats, lambda engine: engine.ratings.lost()])
def test_each_question_notes_what_is_new(
    library: PlantedLibrary, engine: Engine, ask: Callable[[Engine], object]
) -> None:
    note(engine)
    song = engine.library().songs[0]
    for rating in (0.1, 1.0, 0.5):  # what is undone before the next scan is known too
        library.database.rate(library.paths[0], rating)
        ask(engine)
        ask(engine)
    told = engine.stores.companion.ratings.of(song.song_id)
    assert [rating for rating, _ in told] == [song.rating, 0.1, 1.0, 0.5]
    assert all(at is not None for _, at in told[1:])


def test_what_is_shown_first_is_noted_afterwards(library: PlantedLibrary, engine: Engine) -> None:
    note(engine)
    library.database.rate(library.paths[-1], 0.7)
    looked = engine.look()
    song, history = looked.songs[-1], engine.stores.companion.ratings
    assert (song.rating, history.of(song.song_id)) == (0.7, [])
    engine.note(looked)
    assert [rating for rating, _ in history.of(song.song_id)] == [0.7]


def test_a_profile_that_cannot_be_written_answers_with_what_it_knows(library: PlantedLibrary, engine: Engine) -> None:
    note(engine)
    engine.stores.companion._database.rows("PRAGMA query_only = ON")
    library.database.rate(library.paths[-1], 0.7)
    song = engine.library().songs[-1]
    assert song.rating == 0.7
    assert {each.song_id: each.rating for each in engine.curation().songs}[song.song_id] == 0.7
    assert engine.stores.companion.ratings.of(song.song_id) == []
    with pytest.raises(UserError, match="read-only"):
        workplace_of(engine).noted_library()


def test_noting_the_same_ratings_again_writes_nothing(
    library: PlantedLibrary, engine: Engine, onlooker: sqlite3.Connection
) -> None:
    note(engine)
    before = data_version(onlooker)
    library.database.play()
    note(engine)
    assert data_version(onlooker) == before


def test_a_scan_notes_the_ratings(library: PlantedLibrary, engine: Engine) -> None:
    list(engine.scan())
    library.database.rate(library.paths[-1], 0.7)
    list(engine.scan())
    (changed,) = engine.stores.companion.ratings.changed_at()
    assert changed == engine.library().songs[-1].song_id


def test_a_watcher_notes_the_ratings_before_it_tells_of_them(library: PlantedLibrary, engine: Engine) -> None:
    note(engine)
    told = SimpleQueue[set[str]]()
    ratings = engine.stores.companion.ratings
    watcher = engine.watch(on_change=lambda _: told.put(set(ratings.changed_at())), before=engine.library())
    library.database.rate(library.paths[-1], 0.7)
    watcher.start()
    try:
        assert told.get(timeout=LONGEST_WAIT) == {engine.library().songs[-1].song_id}
    finally:
        watcher.stop()


def test_all_notices_are_told_together(library: PlantedLibrary, engine: Engine) -> None:
    workplace = workplace_of(engine)
    assert workplace.notices(workplace.library()) == []
    for path in library.paths:
        path.unlink()
    assert any("music.path_map" in notice for notice in workplace.notices(workplace.library()))
    library.paths[0].parent.rmdir()
    assert len(workplace.notices(workplace.library())) == 2


def test_the_active_version_is_asked_for_where_it_is_needed(engine: Engine) -> None:
    workplace = workplace_of(engine)
    assert workplace.require_version() == workplace.active_version == "planted-1-0"
    engine.stores.companion.save_setting(ACTIVE_EMBEDDINGS, None)
    assert workplace.active_version is None
    with pytest.raises(UserError, match="been listened to"):
        workplace.require_version()


def test_pretrained_weights_are_kept_in_the_profile_s_cache(library: PlantedLibrary, engine: Engine) -> None:
    workplace = workplace_of(engine)
    weights = library.profile.cache / "musicnn.safetensors"
    assert workplace.analysis_settings().encoder.weights == weights
    assert workplace.analysis_settings(encoder="MusiCNNEncoder").encoder.weights == weights
    workplace.use_encoder(EncoderInUse("planted-1-0", "MusiCNNEncoder"))
    chosen = workplace.analysis_settings().encoder
    assert (chosen.reference, chosen.weights) == ("MusiCNNEncoder", weights)
