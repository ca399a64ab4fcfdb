"""The engine over a small library: what it opens, counts, learns anew and leaves alone, and what it suggests."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from core import engine as engine_module
from core.analysis.scan import ScanFinished
from core.engine import Engine
from core.errors import Cause, UserError
from core.jobs.events import Control, Event, Finished, Notice, NotYet, Progress, Stage
from core.parts import workforce
from core.paths import Profile
from core.recommend.ranking import Wish
from core.statistics import CLASSES
from core.store.companion import FileState, Prediction
from core.training.process import TrainingFinished
from tests.library_databases import PlayerDatabase, SongRow, listing_of
from tests.planted_library import RATED, SETTINGS, SONGS, TASTE, PlantedLibrary, predict
from tests.recorded_trainings import Trainings

EVERYTHING = Wish(top_n=SONGS, min_rating=0.0)


@pytest.fixture
def no_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a pool was started for nothing")

    monkeypatch.setattr(workforce, "WorkerPool", refuse)


def rows_of(engine: Engine, wish: Wish = EVERYTHING) -> list[int]:
    return [each.song.rowid for each in engine.rank(wish).recommendations]


def test_no_database_is_one_sentence_with_the_places_and_its_cause(tmp_path: Path, own_home: Path) -> None:
    with pytest.raises(UserError) as caught:
        Engine.open(profile=Profile.below(tmp_path))
    assert str(own_home / ".config/Clementine/clementine.db") in str(caught.value)
    assert caught.value.cause is Cause.NO_DATABASE
    assert not tmp_path.joinpath("data").exists()


def test_a_database_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"There is no database at .*gone\.db"):
        Engine.open(profile=Profile.below(tmp_path), database=tmp_path / "gone.db")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "music.db").write_bytes(b"hello, this is certainly no database at all, only a longer line of text")
    with (
        Engine.open(profile=Profile.below(tmp_path), database=tmp_path / "music.db") as opened,
        pytest.raises(UserError, match=r"music\.db is not a database"),
    ):
        opened.library()


def test_a_bad_configuration_is_named(library: PlantedLibrary) -> None:
    library.profile.config_file.write_text("hyperparameters: {dropuot: 0.1}\n")
    with pytest.raises(UserError, match="did you mean dropout"):
        library.open()


def test_a_store_of_a_newer_marmalade_is_refused(library: PlantedLibrary) -> None:
    with closing(sqlite3.connect(library.profile.companion_database)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(UserError, match="newer Marmalade"):
        library.open()


def test_a_profile_that_cannot_be_made_is_one_sentence(library: PlantedLibrary, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="Choose another folder for Marmalade’s files"):
        Engine.open(profile=Profile.below(tmp_path / "file"), database=library.database.path)


def test_every_song_is_counted_in_one_class(library: PlantedLibrary, engine: Engine) -> None:
    songs = engine.library().songs
    skipped = songs[0].song_id
    engine.stores.companion.save_file_states(
        [FileState(skipped, 5, 1.0, "center-30s-22050Hz-max900s", "damaged", "a hole")]
    )
    engine.stores.companion.save_file_states([FileState(songs[1].song_id, 5, 1.0, "another excerpt")])
    library.database.change(library.paths[2], unavailable=1)
    library.database.add(SongRow(path=library.paths[0].with_name("new.mp3")))
    stats = engine.stats()
    assert tuple(stats.classes) == CLASSES
    assert stats.classes == {
        "analysed": SONGS - 3,
        "waiting": 2,
        "skipped": 1,
        "duplicate": 0,
        "spoken": 0,
        "unavailable": 1,
    }
    assert sum(stats.classes.values()) == stats.songs == SONGS + 1
    assert (stats.rated, stats.unrated) == (RATED, SONGS + 1 - RATED)
    assert stats.embeddings == {"planted-1-0": SONGS}
    assert stats.active_version == "planted-1-0"


def test_before_the_first_scan_every_song_waits(library: PlantedLibrary, tmp_path: Path) -> None:
    with Engine.open(profile=Profile.below(tmp_path / "new"), database=library.database.path) as opened:
        stats = opened.stats()
        assert stats.classes["waiting"] == stats.songs == SONGS
        assert stats.active_version is None
        assert opened.predictions() == {}


def test_skipped_songs_have_their_reason(library: PlantedLibrary, engine: Engine) -> None:
    songs = engine.library().songs
    states = [
        FileState(songs[number].song_id, 5, 1.0, "center-30s-22050Hz-max900s", "damaged", "a hole") for number in (0, 1)
    ]
    engine.stores.companion.save_file_states(states)
    library.database.change(library.paths[1], unavailable=1)
    (only,) = engine.skipped()
    assert (only.song.rowid, only.reason, only.detail) == (songs[0].rowid, "damaged", "a hole")


def test_nothing_new_starts_no_pool(engine: Engine, no_pool: None) -> None:
    events = list(engine.scan(workers=1))
    assert [type(event) for event in events] == [ScanFinished]
    assert events[-1] == ScanFinished(workers=1)


def test_missing_music_is_a_notice_and_no_work(library: PlantedLibrary, engine: Engine, no_pool: None) -> None:
    shutil.rmtree(library.paths[0].parent)
    events = list(engine.scan())
    sentences = [event.sentence for event in events if isinstance(event, Notice)]
    assert any("music folder" in sentence for sentence in sentences)
    assert any("music.path_map" in sentence for sentence in sentences)
    assert isinstance(events[-1], ScanFinished)


def test_before_the_first_scan_there_is_nothing_to_learn(library: PlantedLibrary, tmp_path: Path) -> None:
    with Engine.open(profile=Profile.below(tmp_path / "new"), database=library.database.path) as opened:
        for work in (opened.update_predictions, opened.evaluate, opened.train_classifier):
            with pytest.raises(UserError, match="been listened to"):
                list(work())
        with pytest.raises(UserError, match="been listened to"):
            list(opened.draw_map(tmp_path / "map.png"))


def test_the_same_library_is_learned_once(engine: Engine, trainings: Trainings) -> None:
    assert isinstance(list(engine.update_predictions())[-1], TrainingFinished)
    assert list(engine.update_predictions()) == [Finished()]
    assert len(trainings.jobs) == 1


def test_plays_and_new_playlists_are_no_reason_to_learn(
    library: PlantedLibrary, engine: Engine, trainings: Trainings
) -> None:
    list(engine.update_predictions())
    library.database.play()
    library.database.change(library.paths[-1], playcount=5, lastplayed=1_700_000_000, score=80)
    list(engine.update_predictions())
    assert len(trainings.jobs) == 1


def test_another_rating_is_a_reason_to_learn(library: PlantedLibrary, engine: Engine, trainings: Trainings) -> None:
    list(engine.update_predictions())
    library.database.rate(library.paths[-1], 0.8)
    list(engine.update_predictions())
    library.database.rate(library.paths[-1], -1)
    list(engine.update_predictions())
    assert [len(job.rated) for job in trainings.jobs] == [RATED, RATED + 1, RATED]


def test_a_rated_song_that_is_gone_is_not_learned_from(
    library: PlantedLibrary, engine: Engine, trainings: Trainings
) -> None:
    library.database.change(library.paths[0], unavailable=1)
    list(engine.update_predictions())
    assert len(trainings.jobs[0].rated) == RATED - 1


@pytest.mark.parametrize("settings", ["seed: 7", "hyperparameters: {dropout: 0.1}"])
def test_another_setting_is_a_reason_to_learn(library: PlantedLibrary, trainings: Trainings, settings: str) -> None:
    for text in (SETTINGS, settings, settings):
        library.profile.config_file.write_text(text)
        with library.open() as opened:
            list(opened.update_predictions())
    assert len(trainings.jobs) == 2


def test_a_training_that_was_stopped_does_not_count(engine: Engine, trainings: Trainings) -> None:
    predict(engine, {1: 0.5})
    trainings.complete = False
    list(engine.update_predictions())
    assert next(iter(engine.predictions().values())).rating == 0.5
    assert engine.stores.companion.last_run("fit-predictor") is None
    trainings.complete = True
    list(engine.update_predictions())
    assert len(trainings.jobs) == 2
    assert engine.stores.companion.last_run("fit-predictor") == {"model_version": "rating-2"}


def test_predictions_of_earlier_predictors_are_forgotten(engine: Engine, trainings: Trainings) -> None:
    predict(engine, {1: 0.5})
    engine.stores.companion.replace_predictions(
        "rating-0", [Prediction(engine.library().songs[0].song_id, 0.4, 0.3, 0.5)]
    )
    list(engine.train_classifier())
    assert engine.stores.companion.predictions("rating-0") == {}


def test_an_evaluation_that_was_stopped_is_not_kept(engine: Engine, trainings: Trainings) -> None:
    trainings.complete = False
    list(engine.evaluate())
    assert engine.stores.companion.last_run("evaluate") is None
    trainings.complete = True
    list(engine.evaluate())
    assert engine.stores.companion.last_run("evaluate") is not None


def test_too_few_ratings_are_a_notice_of_the_update(tmp_path: Path, no_pool: None) -> None:
    with PlantedLibrary.create(tmp_path, rated=0).open() as opened:
        events = list(opened.update())
        assert isinstance(events[0], ScanFinished)
        assert "Only 0 of your rated songs" in "".join(event.sentence for event in events if isinstance(event, NotYet))
        offered = opened.recommend(Wish()).ranking.recommendations
        assert {each.predicted_rating for each in offered} == {None}, "songs of the first day, without a number"


def test_an_update_that_is_stopped_learns_nothing(engine: Engine, trainings: Trainings) -> None:
    control = Control()
    control.stop()
    list(engine.update(control=control))
    assert trainings.jobs == []


def test_predictions_follow_the_ratings(library: PlantedLibrary, engine: Engine) -> None:
    """The real child: the owner turns their taste round, and what the player's file says now counts."""
    for path, song in zip(library.paths[:RATED], engine.library().songs, strict=False):
        library.database.rate(path, round(1.1 - song.rating, 1))
    list(engine.update_predictions())
    predictions = engine.predictions()
    assert len(predictions) == SONGS
    expected = dict(zip((song.song_id for song in engine.library().songs), 1.1 - TASTE.ratings, strict=True))
    unrated = [song.song_id for song in engine.library().songs if not song.is_rated]
    found = np.corrcoef([expected[name] for name in unrated], [predictions[name].rating for name in unrated])
    assert found[0, 1] > 0.5


def test_a_playlist_holds_the_best_unrated_songs(library: PlantedLibrary, engine: Engine) -> None:
    predict(engine, {RATED + 1: 0.75, RATED + 2: 0.9, 1: 1.0})
    playlist = engine.recommend(Wish(top_n=2))
    assert playlist.path == library.profile.playlists / "Marmalade.xspf"
    text = playlist.path.read_text()
    assert text.index("Song 37 [live]") < text.index("Song 36 [live]")
    assert "Song 0 [live]" not in text
    assert "Predicted rating: 0.90" in text
    assert (library.profile.playlists / ".nomusic").exists()


def test_an_unchanged_playlist_is_not_written_again(engine: Engine) -> None:
    predict(engine, {RATED + 1: 0.75})
    (path,) = {engine.recommend(Wish(top_n=1)).path}
    assert path is not None
    os.utime(path, (1_000_000_000, 1_000_000_000))
    engine.recommend(Wish(top_n=1))
    assert path.stat().st_mtime == 1_000_000_000
    predict(engine, {RATED + 1: 0.85})
    engine.recommend(Wish(top_n=1))
    assert path.stat().st_mtime > 1_000_000_000


def test_rated_missing_and_unavailable_songs_stay_out(library: PlantedLibrary, engine: Engine) -> None:
    predict(engine, dict.fromkeys(range(1, SONGS + 1), 0.9))
    assert rows_of(engine) == list(range(RATED + 1, SONGS + 1))
    library.database.rate(library.paths[RATED], 0.5)
    library.database.change(library.paths[RATED + 1], unavailable=1)
    library.paths[RATED + 2].unlink()
    assert rows_of(engine) == list(range(RATED + 4, SONGS + 1))


def test_songs_that_no_playlist_can_name_stay_out(library: PlantedLibrary, engine: Engine) -> None:
    predict(engine, {RATED + 1: 0.9})
    awkward = [
        SongRow(location="http://radio.example/stream"),
        SongRow(location="file:///music/" + "long" * 100 + ".mp3"),
        SongRow(location="file:///music/back%5Cslash.mp3"),
    ]
    library.database.add(*awkward)
    predict(engine, dict.fromkeys((RATED + 1, SONGS + 1, SONGS + 2, SONGS + 3), 0.9))
    assert rows_of(engine) == [RATED + 1]


def test_each_song_says_why(engine: Engine) -> None:
    predict(engine, {RATED + 1: 0.9})
    (only,) = engine.rank(Wish(top_n=1)).recommendations
    assert only.why.startswith("Of the songs that you gave four stars or more, it sounds most like Artist ")
    assert only.why.endswith("stars).")


def test_none_writes_nothing_and_says_the_highest(library: PlantedLibrary, engine: Engine) -> None:
    predict(engine, {RATED + 1: 0.55, RATED + 2: 0.5})
    playlist = engine.recommend(Wish(top_n=2))
    assert playlist.path is None
    assert "the highest prediction is 0.55, a minimum of 0.50 would give 2" in playlist.ranking.notice
    assert not library.profile.playlists.exists()


def test_the_ending_names_the_kind_of_playlist(engine: Engine, tmp_path: Path) -> None:
    predict(engine, {RATED + 1: 0.9})
    for name, beginning in (("list.M3U8", b"#EXTM3U"), ("list.xspf", b"<?xml")):
        assert engine.recommend(Wish(top_n=1), output=tmp_path / name).path == tmp_path / name
        assert (tmp_path / name).read_bytes().startswith(beginning)
        assert not (tmp_path / ".nomusic").exists()


def test_a_long_scan_learns_before_its_end(
    engine: Engine, trainings: Trainings, monkeypatch: pytest.MonkeyPatch
) -> None:
    songs = [song.song_id for song in engine.library().songs]

    def listen(**_: object) -> Iterator[Event]:
        for done, song_id in enumerate(songs, 1):
            engine.stores.embeddings.store_embedding(song_id, TASTE.vectors[done - 1] + done, "planted-1-0")
            yield Progress(done, 4 * SONGS)
        yield Stage("Looking for duplicates")
        yield Progress(3 * SONGS, 4 * SONGS)

    monkeypatch.setattr(engine, "scan", listen)
    monkeypatch.setattr(engine_module, "FIRST_LESSON", 10)
    lessons: list[int] = []
    done, stage = 0, 0
    for event in engine.update():
        done = event.done if isinstance(event, Progress) and not stage else done
        stage += isinstance(event, Stage)
        lessons += [done] if isinstance(event, TrainingFinished | Finished) else []
    assert lessons == [RATED, SONGS], "one lesson after the rated songs, one look at the end"
    assert len(trainings.jobs) == 1, "the songs after the rated ones are no reason to learn anew"


def test_the_map_is_drawn_with_progress(engine: Engine, tmp_path: Path) -> None:
    events = list(engine.draw_map(tmp_path / "map.svg"))
    assert isinstance(events[-1], Finished)
    last = [event for event in events if isinstance(event, Progress)][-1]
    assert last.done == last.total
    assert (tmp_path / "map.svg").read_text().count("<use ") >= SONGS


def test_four_songs_are_no_map(tmp_path: Path) -> None:
    with PlantedLibrary.create(tmp_path, songs=4).open() as opened, pytest.raises(UserError, match="at least 5 songs"):
        next(opened.draw_map(tmp_path / "map.png"))


def test_strawberry_gets_the_same_suggestions(tmp_path: Path, library: PlantedLibrary, engine: Engine) -> None:
    rows = [
        SongRow(path=path, title=f"Song {number}", rating=float(TASTE.ratings[number]) if number < RATED else -1)
        for number, path in enumerate(library.paths)
    ]
    fork = PlayerDatabase.create_strawberry(tmp_path / "strawberry.db", directories=[tmp_path / "music"], songs=rows)
    predict(engine, dict.fromkeys(range(1, SONGS + 1), 0.9))
    expected = rows_of(engine)
    with Engine.open(profile=library.profile, database=fork.path) as opened:
        assert rows_of(opened) == expected
        playlist = opened.recommend(Wish(top_n=1))
        assert playlist.path is not None
        # Strawberry decodes a file URI twice: it gets the escaped path without a scheme.
        assert "<location>/" in playlist.path.read_text()


def test_the_players_files_are_left_alone(library: PlantedLibrary, engine: Engine, trainings: Trainings) -> None:
    before = listing_of(library.paths[0].parent), library.database.path.stat().st_mtime_ns
    list(engine.update())
    predict(engine, {RATED + 1: 0.9})
    engine.recommend(Wish(top_n=1))
    assert (listing_of(library.paths[0].parent), library.database.path.stat().st_mtime_ns) == before


def test_predictions_that_are_not_sure_are_left_out_where_numbers_are_shown(engine: Engine) -> None:
    songs = engine.library().songs
    predict(engine, {RATED + 1: 0.9, RATED + 2: 0.9})
    unsure = engine.predictions()[songs[RATED].song_id]
    engine.stores.companion.add_predictions("rating-1", [unsure._replace(low=0.0, high=1.0)])
    assert set(engine.predictions()) == {songs[RATED].song_id, songs[RATED + 1].song_id}
    assert set(engine.sure_predictions(songs)) == {songs[RATED + 1].song_id}
