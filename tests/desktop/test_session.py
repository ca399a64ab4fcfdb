"""The whole path behind a window: real sound in a folder, analysed in the pool, learned in the child, predicted."""

import threading
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

import psutil
import pytest
import qasync
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.analysis.scan import ScanFinished
from core.engine import Engine
from core.errors import Cause, UserError
from core.jobs.events import Control, Event, Finished, Progress, Stage, WorkMode
from core.jobs.line_process import LineProcessError
from core.library.songs_table import Library
from core.parts.encoders import EncoderFinished
from core.song import SongId
from core.store.own_ratings import OwnRatings
from core.training.process import EpochDone, Probed, StepDone, TrainingFinished
from desktop import library_reading
from desktop.item_models.song_rows import Column, SongRows
from desktop.library_reading import Said
from desktop.main_window import MainWindow
from desktop.session import Session
from desktop.task_runner import TaskRunner
from desktop.verdicts import Change, Word
from tests.desktop.conftest import PATIENCE, RATED, OpenedWindow, OpenWindow, sound
from tests.listened_library import ListenedLibrary
from tests.planted_library import PlantedLibrary


@pytest.mark.timeout(300)
def test_a_song_that_arrives_is_analysed_and_predicted_without_a_click(
    open_window: OpenWindow, unheard: ListenedLibrary, music: Path
) -> None:
    opened = open_window(unheard)
    opened.wait_until(lambda: len(predicted(unheard)) == RATED)
    unheard.database.add(sound(music / "new.wav", frequency=330.0))
    opened.wait_until(lambda: "new" in opened.column(Column.TITLE))
    opened.wait_until(lambda: any("new.wav" in song_id for song_id in predicted(unheard)))


def predicted(library: ListenedLibrary) -> set[SongId]:
    """What the window has brought about in the stores; of so few ratings, nothing is said as a number yet."""
    with library.open() as engine:
        return set(engine.predictions())


def test_predictions_that_are_learned_in_the_middle_of_a_scan_are_shown_at_once(
    open_window: OpenWindow, library: ListenedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scan does not end before the table has been read anew."""
    opened = open_window(library)
    refreshed: list[int] = []

    def scan_with_a_lesson(_: Engine, *, control: Control) -> Iterator[Event]:
        yield Progress(1, 2)
        yield TrainingFinished()
        control.wait_until(lambda: bool(refreshed) or control.stopped, timeout=PATIENCE / 1000)
        yield Progress(2, 2)
        yield ScanFinished()

    def note(_: object) -> None:
        refreshed.append(1)
        opened.session.choose_mode(WorkMode.GENTLE)  # any change of the reins lets the scan look again

    monkeypatch.setattr(Engine, "update", scan_with_a_lesson)
    opened.session.rows_read.connect(note)
    with opened.qtbot.waitSignal(opened.session.update_ended, timeout=PATIENCE):
        opened.session._updates.request()
    assert refreshed


def test_an_encoder_that_was_trained_on_ends_in_rows_that_are_read_anew(
    open_window: OpenWindow, library: ListenedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_window(library)

    def train(_: Engine, **__: object) -> Iterator[Event]:
        yield Stage("Listening with the new encoder")
        yield from (StepDone(1, {"train/total_loss": 1.5}), Probed(1, {"probe/score": 0.5}))
        yield EncoderFinished(is_used=True)
        yield TrainingFinished()

    monkeypatch.setattr(Engine, "update", train)
    with opened.qtbot.waitSignals([opened.session.update_ended, opened.session.rows_read], timeout=PATIENCE):
        opened.session._updates.request()


def test_after_a_rating_it_learns_at_once_and_after_anything_else_it_listens_first(
    open_window: OpenWindow, library: ListenedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, begun = open_window(library), list[str]()

    def note(what: str) -> Iterator[Event]:
        begun.append(what)
        yield Finished()

    monkeypatch.setattr(Engine, "update", lambda _, **__: note("listened"))
    monkeypatch.setattr(Engine, "follow_ratings", lambda _, **__: note("learned"))
    with library.open() as engine:
        path = engine.library().songs[0].filepath
    library.database.rate(path, 0.3)
    opened.wait_until(lambda: begun == ["learned"])
    library.database.change(path, title="Anew")
    opened.wait_until(lambda: begun == ["learned", "listened"])


def test_a_verdict_that_is_stored_when_an_update_has_begun_is_followed_by_another(
    open_window: OpenWindow, library: ListenedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The word before it has just had its three seconds; a disk that sleeps takes as long."""
    opened, begun = open_window(library), list[str]()
    is_asked, may_store, store = threading.Event(), threading.Event(), library_reading.say

    def note(what: str) -> Iterator[Event]:
        begun.append(what)
        yield Finished()

    def slow(engine: Engine, of: Library, change: Change, *, rows: SongRows) -> Said:
        is_asked.set()
        may_store.wait(PATIENCE / 1000)
        return store(engine, of, change, rows=rows)

    monkeypatch.setattr(Engine, "update", lambda _, **__: note("listened"))
    monkeypatch.setattr(Engine, "follow_ratings", lambda _, **__: note("learned"))
    monkeypatch.setattr(library_reading, "say", slow)
    rows = opened.session.rows
    assert rows is not None
    opened.window.desk.word.say(Word.SPOKEN, [rows.songs[0].song_id])
    opened.wait_until(is_asked.is_set)
    opened.session._after_words.timeout.emit()
    opened.wait_until(lambda: len(begun) == 1)
    may_store.set()
    opened.wait_until(lambda: len(begun) == 2)
    assert begun[1] == "listened"


def test_the_mode_of_the_work_survives_a_restart(open_window: OpenWindow, library: ListenedLibrary) -> None:
    opened = open_window(library)
    assert opened.session.mode is WorkMode.FULL
    opened.session.choose_mode(WorkMode.GENTLE)
    opened.wait_until(lambda: opened.runner.is_idle)
    again = open_window(library)
    assert again.session.mode is WorkMode.GENTLE


@pytest.mark.timeout(300)
def test_closing_while_the_child_learns_leaves_no_process(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    """The child is at its first epoch when the window is closed; it ends, and its library can be opened again."""
    library = PlantedLibrary.create(tmp_path)
    library.profile.config_file.write_text(
        "hyperparameters: {classifier_class: SimpleRatingClassifier, classifier_hidden_dims: [16], "
        "classifier_lr: 0.000001, classifier_epochs: 100000}\n"
    )
    runner = TaskRunner()
    session = Session(runner)
    window = MainWindow(session, settings=QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    learning: list[psutil.Process] = []

    def look(events: list[Event]) -> None:
        if not learning and any(isinstance(event, EpochDone) for event in events):
            children = psutil.Process().children(recursive=True)
            learning.extend(each for each in children if "core.training" in _command(each))

    session.happened.connect(look)
    window.show()
    session.start(library.open)
    qtbot.waitUntil(lambda: bool(learning), timeout=PATIENCE)
    window.close()
    with qasync.QEventLoop(qapp) as loop:
        loop.run_until_complete(session.close())
    assert runner.is_idle
    _, alive = psutil.wait_procs(learning, timeout=60)
    assert alive == []
    window.deleteLater()


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def test_another_configuration_counts_without_a_restart(open_window: OpenWindow, library: ListenedLibrary) -> None:
    opened = open_window(library)
    library.profile.config_file.parent.mkdir(parents=True, exist_ok=True)
    library.profile.config_file.write_text("music:\n  max_audio_duration: 120\n")
    with opened.qtbot.waitSignal(opened.session.update_ended, timeout=PATIENCE):
        opened.session.reopen()
    seen: list[float] = []
    opened.session.ask(lambda engine: engine.config.music.max_audio_duration, then=seen.append)
    opened.wait_until(lambda: seen == [120.0])
    assert opened.table.model().rowCount() == 6


def test_a_configuration_that_cannot_be_read_changes_nothing(open_window: OpenWindow, library: ListenedLibrary) -> None:
    opened = open_window(library)
    library.profile.config_file.parent.mkdir(parents=True, exist_ok=True)
    library.profile.config_file.write_text("music: [")
    with opened.qtbot.waitSignal(opened.session.failed, timeout=PATIENCE):
        opened.session.reopen()
    seen: list[float] = []
    opened.session.ask(lambda engine: engine.config.music.max_audio_duration, then=seen.append)
    opened.wait_until(lambda: seen == [900.0])


def test_after_sleep_everything_is_looked_at_again(open_window: OpenWindow, library: ListenedLibrary) -> None:
    opened = open_window(library)
    with opened.qtbot.waitSignals([opened.session.rows_read, opened.session.update_ended], timeout=PATIENCE):
        opened.session.wake()


def test_what_the_watcher_read_is_not_replaced_by_what_was_read_before_it(
    open_window: OpenWindow, library: ListenedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the database is back, both look for it: the watcher compares with what it has read, and tells it once."""
    opened, read = open_window(library), Engine.library
    with library.open() as engine:
        old = engine.library()
    library.database.rate(old.songs[0].filepath, 0.3)
    opened.wait_until(lambda: _stars_in_player(opened, old.songs[0].song_id) == 0.3)
    answers = [old]
    monkeypatch.setattr(Engine, "library", lambda engine: answers.pop() if answers else read(engine))
    opened.session.loss.take_away(UserError("There is no database.", cause=Cause.DATABASE, file=old.database))
    with opened.qtbot.waitSignals([opened.session.rows_read, opened.session.update_ended], timeout=PATIENCE):
        opened.session.loss.look_now()
    assert not answers
    assert _stars_in_player(opened, old.songs[0].song_id) == 0.3


def _stars_in_player(opened: OpenedWindow, song_id: SongId) -> float:
    rows = opened.session.rows
    assert rows is not None
    return rows.song(song_id).rating


def test_stars_of_the_player_count_that_were_given_since_the_window_was_closed(
    open_window: OpenWindow, library: ListenedLibrary
) -> None:
    """They are noted before it is asked which stars count, or those said here would be taken for newer."""
    with library.open() as engine:
        song = engine.library().songs[0]
        engine.ratings.say([song.song_id], 0.3)
    library.database.rate(song.filepath, 0.5)
    opened = open_window(library)
    opened.wait_until(lambda: opened.runner.is_idle)
    assert _stars_in_player(opened, song.song_id) == 0.5


def test_stars_given_after_sleep_are_kept(open_window: OpenWindow, library: ListenedLibrary) -> None:
    opened = open_window(library)
    with opened.qtbot.waitSignals([opened.session.rows_read, opened.session.update_ended], timeout=PATIENCE):
        opened.session.wake()
    song_id = _rate(opened, 0.4)
    opened.wait_until(lambda: _own_stars(library) == {song_id: 0.4})


def test_of_two_ratings_at_once_the_later_one_stands(
    open_window: OpenWindow, library: ListenedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one is slow to be stored, as on a disk that sleeps."""
    opened = open_window(library)
    second_is_there, say = threading.Event(), OwnRatings.say

    def slow(self: OwnRatings, songs: Iterable[SongId], rating: float, **more: Container[SongId]) -> None:
        if rating == 0.2:
            second_is_there.wait(0.5)
        say(self, songs, rating, **more)
        second_is_there.set()

    monkeypatch.setattr(OwnRatings, "say", slow)
    song_id = _rate(opened, 0.2)
    _rate(opened, 0.8)
    opened.wait_until(lambda: opened.runner.is_idle)
    assert _own_stars(library) == {song_id: 0.8}


def _rate(opened: OpenedWindow, rating: float) -> SongId:
    rows = opened.session.rows
    assert rows is not None
    opened.window.desk.word.rate([rows.songs[0].song_id], rating)
    return rows.songs[0].song_id


def _own_stars(library: ListenedLibrary) -> dict[SongId, float]:
    with library.open() as engine:
        return {song_id: said.rating for song_id, said in engine.stores.companion.own_ratings.statements().items()}


def test_of_a_bug_the_owner_reads_a_line(open_window: OpenWindow, library: ListenedLibrary) -> None:
    """A child that failed brings its traceback, which belongs into the log."""
    opened, told = open_window(library), []

    def fail(_: Engine) -> None:
        message = "the process ended with code 1:\nTraceback (most recent call last):"
        raise LineProcessError(message)

    opened.session.ask(fail, then=told.append, otherwise=told.append)
    opened.wait_until(lambda: bool(told))
    assert "LineProcessError: the process ended with code 1. The log" in told[0]
