"""The whole path on a smaller demo: every stage in its order, and all that it promises at its end."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from matplotlib.image import imread

from core.analysis.scan import ScanFinished
from core.demo import session
from core.demo.session import DemoFinished, DemoReady, demo_profile, run_demo
from core.engine import Engine
from core.file_url import path_from_url
from core.jobs.events import Control, Event, Progress, SongSkipped, Stage
from core.training.process import TrainingFinished
from tests.demo_run import SONGS, DemoRun


def test_stages_come_in_their_order(demo_run: DemoRun) -> None:
    assert [event.name for event in demo_run.events if isinstance(event, Stage)] == [
        "Making the demo library",
        "Listening",
        "Looking for duplicates",
        "Learning",
        "Evaluating",
        "Listening with other encoders",
        "Evaluating",
        "Drawing the map",
    ]
    assert demo_run.finished.complete


def test_every_song_is_heard_but_the_damaged_and_the_long_one(demo_run: DemoRun) -> None:
    (scan,) = [event for event in demo_run.events if isinstance(event, ScanFinished)]
    skipped = {event.reason for event in demo_run.events if isinstance(event, SongSkipped)}
    assert skipped == {"damaged", "too long"}
    assert scan.songs == scan.analysed + scan.skipped
    assert scan.analysed >= SONGS
    assert scan.skipped == 2
    assert scan.failed == 0


def test_the_playlist_names_files_that_are_there_and_have_no_rating(demo_run: DemoRun) -> None:
    done = demo_run.finished
    assert (done.playlist is None) == ("No song reaches" in done.notice)
    if done.playlist is None:
        return
    namespace = {"xspf": "http://xspf.org/ns/0/"}
    tracks = ET.parse(done.playlist).findall(".//xspf:location", namespace)  # noqa: S314 - our own file
    paths = [path_from_url(track.text or "") for track in tracks]
    ready = next(event for event in demo_run.events if isinstance(event, DemoReady))
    assert paths
    assert all(path.is_file() for path in paths)
    assert not set(paths) & {path.resolve() for path in ready.library.ratings}


def test_the_picture_is_one(demo_run: DemoRun) -> None:
    picture = imread(demo_run.finished.picture)
    assert picture.shape[:2] == (1080, 1440)
    assert picture[..., :3].std() > 0.01


def test_the_evaluation_stands_beside_its_baselines(demo_run: DemoRun) -> None:
    evaluation = demo_run.finished.evaluation
    assert evaluation is not None
    assert {"unseen_artist", "known_artist", "retrieval"} <= set(evaluation)
    assert {"global_mean", "artist_mean", "album_mean", "artist_genre_ridge", "spectral_ridge", "random_encoder"} <= (
        set(evaluation["unseen_artist"]["baselines"])
    )
    assert "classifier" not in evaluation["unseen_artist"]["baselines"], "the slowest is left out"


def test_the_last_result_of_learning_is_the_evaluation(demo_run: DemoRun) -> None:
    learned, evaluated = [event.result for event in demo_run.events if isinstance(event, TrainingFinished)]
    assert learned is not None
    assert "model_version" in learned
    assert evaluated == demo_run.finished.evaluation


def test_a_second_demo_has_nothing_left_to_hear(demo_run: DemoRun, monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to the evaluation, which would be the same again."""
    control, seen = Control(), list[Event]()
    for event in run_demo(demo_run.folder, config_file=demo_run.config_file, songs=SONGS, control=control):
        seen.append(event)
        if isinstance(event, Stage) and event.name == "Learning":
            control.stop()
    (ready,) = [event for event in seen if isinstance(event, DemoReady)]
    assert ready.library.reused
    assert [event.songs for event in seen if isinstance(event, ScanFinished)] == [0]
    assert not any(isinstance(event, TrainingFinished) for event in seen)


def test_stopping_ends_the_demo_before_the_next_song(tmp_path: Path) -> None:
    control, seen = Control(), list[Event]()
    for event in run_demo(tmp_path, songs=8, control=control):
        seen.append(event)
        if isinstance(event, Progress):
            control.stop()
    assert sum(isinstance(event, Progress) for event in seen) == 1
    assert not any(isinstance(event, DemoFinished) for event in seen)
    assert not (tmp_path / "profile").exists()


def test_stopping_ends_the_demo_after_the_stage(demo_run: DemoRun, monkeypatch: pytest.MonkeyPatch) -> None:
    control = Control()

    def scan_that_is_stopped(engine: Engine, *, control: Control) -> list[Event]:
        control.stop()
        return [ScanFinished(complete=False)]

    monkeypatch.setattr(session.Engine, "scan", scan_that_is_stopped)
    events = list(run_demo(demo_run.folder, config_file=demo_run.config_file, songs=SONGS, control=control))
    assert isinstance(events[-1], ScanFinished)


def test_the_demo_keeps_to_its_own_folder(demo_run: DemoRun, own_home: Path) -> None:
    profile = demo_profile(demo_run.folder)
    assert profile.companion_database.is_file()
    assert profile.playlists.is_relative_to(demo_run.folder)
    assert not [path for path in own_home.rglob("*") if path.is_file()]
