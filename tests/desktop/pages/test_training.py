"""The page of training, driven by mouse: a child that says what a child says, its curves, its end, other versions."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLabel, QMessageBox, QProgressBar, QPushButton, QTabWidget

from core.jobs.events import Control, Event, Progress, Stage
from core.parts import encoders, learning
from core.training.process import PresetChosen, Probed, StepDone, TrainingBegan, TrainingFinished
from core.training.protocol import TrainingJob
from desktop.messages import Kind
from desktop.navigation import Place
from desktop.pages.training import TrainingPage
from desktop.pages.training_curves import TrainingCurves
from desktop.widgets.bar_chart import BarChart
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.frame.message_bar import MessageBar
from desktop.widgets.tables.plain_table import PlainTable
from tests.desktop.conftest import OpenedWindow, OpenWindow
from tests.listened_library import ListenedLibrary

REPORT = {
    "unseen_artist": {
        "model": {"spearman": 0.43, "ndcg20": 0.9, "auc4": 0.78, "mae": 0.6},
        "baselines": {"global_mean": {"spearman": 0.0, "ndcg20": 0.8, "auc4": 0.5, "mae": 0.74}},
        "standard_errors": {"model": {"spearman": 0.07}},
        "songs": 198,
        "folds": 5,
    },
    "known_artist": {},
}


FOUND = (
    "On artists that were held out, other-1 reached 0.488 and spectral-1 0.439, a difference that chance alone "
    "makes in 50 of 100 cases."
)


class Child:
    """Trains for as long as it is let; ``jobs`` are what it was asked for."""

    def __init__(self) -> None:
        self.jobs: list[TrainingJob] = []
        self.may_end, self.may_learn = threading.Event(), threading.Event()
        self.may_learn.set()
        self.may_measure = threading.Event()
        self.may_measure.set()
        self.made: dict[str, str] = {}
        """What a training to the end has made."""
        self.better: str | None = None

    def __call__(self, job: TrainingJob, *, control: Control | None = None) -> Iterator[Event]:
        self.jobs.append(job)
        if job.kind == "embed":
            yield TrainingFinished(result={"complete": True})
            return
        if job.kind == "compare":
            self.may_measure.wait(60)
            yield TrainingFinished(result={"surely": self.better, "found": FOUND})
            return
        if job.kind == "evaluate":
            while not (self.may_measure.is_set() or (control and control.stopped)):
                self.may_measure.wait(0.1)
            is_whole = self.may_measure.is_set()
            yield TrainingFinished(complete=is_whole, result=REPORT if is_whole else None)
            return
        reins = control or Control()
        yield PresetChosen("quick", "It was asked for.")
        yield Stage("Listening for the training")
        while not (self.may_learn.is_set() or reins.stopped):  # the first may be told before its stage
            yield Progress(28, 357)
            reins.wait_until(lambda: self.may_learn.is_set() or reins.stopped, timeout=0.2)
        yield TrainingBegan(epochs=2, steps_per_epoch=10, device="cpu")
        for step in range(1, 11):
            yield StepDone(step, {"train/total_loss": 3.0 / step, "train/artist_loss": 1.0})
        yield Probed(1, {"probe/score": 0.5})
        reins.wait_until(lambda: self.may_end.is_set() or reins.stopped, timeout=60)
        yield TrainingFinished(complete=bool(self.made), result={"songs": 30, **self.made})


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Iterator[Child]:
    made = Child()
    monkeypatch.setattr(encoders, "run_training", made)
    yield made
    made.may_end.set()
    made.may_measure.set()


@pytest.fixture
def opened(open_window: OpenWindow, library: ListenedLibrary, child: Child) -> OpenedWindow:
    opened = open_window(library)
    opened.click(opened.button("Training"))
    return opened


def page(opened: OpenedWindow) -> TrainingPage:
    return opened.window.show_page(Place.TRAINING)  # type: ignore[return-value]


def choose(opened: OpenedWindow, name: str, text: str) -> None:
    box = next(each for each in page(opened).findChildren(QComboBox) if each.accessibleName() == name)
    box.setFocus()
    opened.qtbot.keyClicks(box, text)  # as by the keyboard: the first entry that begins so


def legend(opened: OpenedWindow) -> list[str]:
    return [each.text() for each in page(opened).findChildren(QCheckBox) if not each.isHidden()]


def table(opened: OpenedWindow, name: str) -> PlainTable:
    return next(each for each in page(opened).findChildren(PlainTable) if each.accessibleName() == name)


def cells(shown: PlainTable, row: int) -> list[str]:
    model = shown.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_what_is_heard_for_a_training_is_counted_in_songs(
    opened: OpenedWindow, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How long it takes is said as soon as it can be told; which figures it takes is no warning."""
    monkeypatch.setattr("desktop.pages.training_pace.FEW_SECONDS", -1.0)
    child.may_learn.clear()
    opened.click(opened.button("Start the training"))
    opened.wait_until(lambda: opened.says("28 of 357 songs heard"))
    opened.click(opened.button("Library"))
    status = opened.window.findChild(QFrame, "statusLine")
    begun = next(each for each in status.findChildren(ElidedLabel) if "Training: " in each.text())
    opened.wait_until(lambda: begun.text().startswith("Training: 28 of 357 songs heard"))
    assert begun.isVisible()
    opened.click(opened.button("Training"))
    assert opened.says("A quick training")
    assert not opened.says("Preset")
    child.may_learn.set()
    opened.wait_until(lambda: opened.says("Epoch 2 of 2"))
    opened.click(opened.button("Stop the training"))
    opened.wait_until(lambda: opened.session.valuable_work == [])
    assert not opened.says("A quick training")
    opened.wait_until(lambda: not begun.text())


def test_a_training_is_seen_while_it_goes_on_and_can_be_stopped(opened: OpenedWindow, child: Child) -> None:
    choose(opened, "How long", "Some")
    opened.click(opened.button("Start the training"))
    opened.wait_until(lambda: "Artists" in legend(opened) and "All together" in legend(opened))
    assert child.jobs[0].options["preset"] == "quick"
    bar = page(opened).findChild(QProgressBar)
    opened.wait_until(lambda: (bar.value(), bar.maximum()) == (10, 20))
    assert opened.says("Epoch 2 of 2")
    assert opened.session.valuable_work == ["The training"]
    opened.click(opened.button("Stop the training"))
    opened.wait_until(lambda: opened.session.valuable_work == [])
    runs = table(opened, "Trainings")
    opened.wait_until(lambda: runs.model().rowCount() == 1 and cells(runs, 0)[5].startswith("Stopped"))
    assert opened.says("starting the same goes on")
    assert cells(runs, 0)[0] == "Hearing (quick)"
    assert cells(runs, 0)[3:5] == ["30", "0.500"]
    assert opened.button("Start the training").isEnabled()


def test_a_total_of_one_loss_is_not_drawn_upon_it(opened: OpenedWindow, child: Child) -> None:
    curves = page(opened).findChild(TrainingCurves)
    curves.add(
        [StepDone(step, {"train/total_loss": 3.0 / step, "train/contrastive_loss": 3.0 / step}) for step in (1, 2)]
    )
    assert legend(opened) == ["Sound"]
    curves.add([StepDone(step, {"train/total_loss": 4.0, "train/artist_loss": 1.0}) for step in (1, 2)])
    assert legend(opened) == ["Sound", "All together", "Artists"]


def test_two_trainings_are_laid_over_each_other_and_one_is_forgotten(opened: OpenedWindow, child: Child) -> None:
    child.may_end.set()
    runs = table(opened, "Trainings")
    for number in (1, 2):
        opened.click(opened.button("Start the training"))
        opened.wait_until(lambda number=number: runs.model().rowCount() == number and not opened.session.valuable_work)
    runs.selectRow(0)
    second = runs.visualRect(runs.model().index(1, 0)).center()
    opened.qtbot.mouseClick(runs.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, pos=second)
    opened.wait_until(lambda: len(runs.keys()) == 2)
    assert not opened.button("Forget this one").isEnabled()
    runs.selectRow(1)
    opened.click(opened.button("Forget this one"))
    opened.wait_until(lambda: runs.model().rowCount() == 1)


def test_what_failed_is_said_above_the_page_and_stands_in_the_table(
    opened: OpenedWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(job: TrainingJob, *, control: Control | None = None) -> Iterator[Event]:
        from core.errors import UserError

        raise UserError("The disk is full.")
        yield

    monkeypatch.setattr(encoders, "run_training", fail)
    opened.click(opened.button("Start the training"))
    opened.wait_until(lambda: opened.says("The disk is full."))
    runs = table(opened, "Trainings")
    opened.wait_until(lambda: runs.model().rowCount() == 1 and "disk is full" in cells(runs, 0)[5])


def test_the_evaluation_is_begun_by_a_button_and_drawn_with_its_caveat(
    opened: OpenedWindow, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "run_training", child)
    page(opened).findChild(QTabWidget).setCurrentIndex(1)
    opened.click(opened.button("Measure now"))
    chart = page(opened).findChild(BarChart)
    opened.wait_until(lambda: chart.accessibleDescription() == "Marmalade 0.43; Your average 0.00")
    assert opened.says("198 songs")
    choose(opened, "What is measured", "Stars off")
    assert chart.accessibleDescription() == "Marmalade 0.60; Your average 0.74"
    choose(opened, "Which songs are held out", "New")
    assert opened.says("too few ratings")


def test_measuring_is_no_training_and_can_be_stopped(
    opened: OpenedWindow, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "run_training", child)
    child.may_measure.clear()
    tabs = page(opened).findChild(QTabWidget)
    tabs.setCurrentIndex(2)
    versions = table(opened, "Versions")
    opened.wait_until(lambda: versions.model().rowCount() == 1)
    assert opened.says("There is but this one")
    tabs.setCurrentIndex(1)
    opened.click(opened.button("Measure now"))
    opened.wait_until(lambda: opened.says("Measuring: "))
    stop = opened.button("Stop measuring")
    texts = [each.text() for each in page(opened).findChildren(QPushButton) if each.isVisible()]
    assert "Stop the training" not in texts
    assert "Measure now" not in texts
    tabs.setCurrentIndex(2)
    assert opened.says("Not while it is measured")
    assert "Not while it is measured" in opened.button("Use this one").toolTip()
    opened.click(stop)
    opened.wait_until(lambda: stop.text() == "Start the training" and stop.isEnabled())
    tabs.setCurrentIndex(1)
    assert opened.button("Measure now").isEnabled()


def test_the_keyboard_stays_with_the_versions_when_their_buttons_turn_grey(
    opened: OpenedWindow, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "run_training", child)
    child.may_measure.clear()
    page(opened).findChild(QTabWidget).setCurrentIndex(2)
    versions = table(opened, "Versions")
    opened.session.ask(hear_otherwise, then=lambda _: opened.session.update_ended.emit())
    opened.wait_until(lambda: versions.model().rowCount() == 2)
    versions.selectAll()
    compare = opened.button("Compare the two")
    compare.setFocus()
    opened.click(compare)
    opened.wait_until(lambda: not compare.isEnabled())
    assert opened.window.focusWidget() is versions
    child.may_measure.set()
    opened.wait_until(compare.isEnabled)


def test_the_version_in_use_is_neither_chosen_again_nor_deleted(opened: OpenedWindow) -> None:
    page(opened).findChild(QTabWidget).setCurrentIndex(2)
    versions = table(opened, "Versions")
    opened.wait_until(lambda: versions.model().rowCount() == 1)
    versions.selectRow(0)
    for name in ("Use this one", "Compare the two", "Delete this one"):
        assert not opened.button(name).isEnabled()


def hear_otherwise(engine: object) -> None:
    """The songs have embeddings of another version too."""
    store = engine.stores.embeddings  # type: ignore[attr-defined]
    names = sorted(store.filenames(engine.active_version))  # type: ignore[attr-defined]
    _, vectors = store.matrix(engine.active_version).rows(names)  # type: ignore[attr-defined]
    store.store_embeddings_batch(list(zip(names, vectors, strict=True)), "other-1")


@pytest.mark.parametrize(("is_better", "said"), [(False, "is not clearly better than yours"), (True, "is better, and")])
def test_the_end_of_a_training_is_told_calmly_with_the_way_to_the_versions(
    opened: OpenedWindow, child: Child, is_better: bool, said: str
) -> None:
    done: list[object] = []
    opened.session.ask(hear_otherwise, then=done.append)
    opened.wait_until(lambda: bool(done))
    child.made = {"embedding_version": "other-1", "reference": "SpectralEncoder", "checkpoint": ""}
    child.better = "other-1" if is_better else None
    child.may_end.set()
    opened.click(opened.button("Start the training"))
    opened.wait_until(lambda: opened.says(said))
    bars = opened.window.findChildren(MessageBar)
    bar = next(each for each in bars if said in each.message.text)
    assert bar.message.kind is Kind.DONE
    assert "other-1" not in bar.message.text
    assert bar.message.details == FOUND
    assert not any("held out" in each.message.text for each in bars)
    opened.wait_until(lambda: not opened.session.valuable_work)
    opened.click(opened.button("Library"))
    opened.click(opened.button("Show versions"))
    versions = table(opened, "Versions")
    opened.wait_until(lambda: versions.keys() == ["other-1"] and versions.isVisible())
    assert not opened.says(said)


def test_a_version_is_deleted_after_a_question(opened: OpenedWindow) -> None:
    page(opened).findChild(QTabWidget).setCurrentIndex(2)
    versions = table(opened, "Versions")
    opened.session.ask(hear_otherwise, then=lambda _: opened.session.update_ended.emit())
    opened.wait_until(lambda: versions.model().rowCount() == 2)
    versions.selectRow(1)

    def answer(text: str) -> None:
        box = next(each for each in opened.window.findChildren(QMessageBox) if each.isVisible())
        button = next(each for each in box.findChildren(QPushButton) if each.text() == text)
        opened.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, lambda: answer("Keep it"))
    opened.click(opened.button("Delete this one"))
    assert versions.model().rowCount() == 2
    QTimer.singleShot(0, lambda: answer("Delete it"))
    opened.click(opened.button("Delete this one"))
    opened.wait_until(lambda: versions.model().rowCount() == 1)
    assert any("is deleted" in each.text() for each in opened.window.findChildren(QLabel) if each.isVisible())
