"""The page of activity, used by mouse and keyboard: what goes on, and what the owner says of copies and speech."""

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QPushButton, QTableView, QWidget

from core import log
from core.analysis.scan import ScanFinished, ScanProgress
from core.analysis.speech import method_name
from core.analysis.stage_times import StageTimes
from core.jobs.control import WaitReason, WorkMode
from core.jobs.events import Stage, Waiting
from core.song import SongId
from core.store.fingerprints import ComparisonRecord
from core.store.speech import SpeechEntry, SpeechFacts
from desktop.navigation import Place
from tests.desktop.conftest import OpenedWindow, OpenWindow, song
from tests.listened_library import ListenedLibrary, listen_to

NAMES = ("kept", "copy", "like", "alike", "talk", "song", "broken")


@pytest.fixture
def reviewed(tmp_path: Path) -> ListenedLibrary:
    """Two copies, two songs that may be the same, one that may be spoken, one that is, one that was skipped."""
    rows = [song(name, artist="Artist", mtime=9) for name in NAMES]
    library = listen_to(tmp_path, rows, skipped={rows[-1].path: "damaged"})
    with library.open() as engine:
        ids = {each.title: each.song_id for each in engine.library().songs}
        pairs = (("kept", "copy", "same audio", 0.97, ""), ("like", "alike", "possible", 0.84, "lengths differ"))
        engine.stores.fingerprints.save_comparisons(
            [ComparisonRecord(*sorted((ids[one], ids[two])), *found) for one, two, *found in pairs],
            searched=ids.values(),
        )
        engine.stores.speech.save([_heard(ids["talk"], 0.82, speech=0.9), _heard(ids["song"], 0.5, speech=0.4)])
    return library


def _heard(song_id: SongId, ratio: float, *, speech: float) -> SpeechEntry:
    facts = SpeechFacts(ratio, 30.0, method=method_name(), speech=speech, singing=0.1, background=-30.0, bass=-30.0)
    return SpeechEntry(song_id, 9.0, facts)


class ActivityWindow:
    """The window on the page of activity."""

    def __init__(self, opened: OpenedWindow) -> None:
        self.opened, self.qtbot = opened, opened.qtbot
        opened.click(opened.button("Activity"))
        opened.wait_until(lambda: "Duplicates: 2 groups" in self.chips())

    def buttons(self) -> list[QPushButton]:
        return self.opened.window.findChildren(QPushButton)

    def chips(self) -> list[str]:
        return [each.text() for each in self.buttons() if each.property("chip") and each.isVisible()]

    @property
    def table(self) -> QTableView:
        return next(each for each in self._tables() if each.isVisible())

    def _tables(self) -> list[QTableView]:
        return self.opened.window.findChildren(QTableView)

    def column(self, number: int) -> list[str]:
        if not any(each.isVisible() for each in self._tables()):
            return []
        model = self.table.model()
        return [model.index(row, number).data() for row in range(model.rowCount())]

    @property
    def selected(self) -> int:
        """The number of the selected row."""
        return self.table.selectionModel().selectedRows()[0].row()

    def leave_and_come_back(self) -> None:
        self.opened.window.desk.navigation.go(Place.LIBRARY)
        self.opened.window.desk.navigation.review("duplicates")

    def press(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.table, key)

    def cards(self) -> list[str]:
        """The files that stand side by side, from left to right."""
        found = [
            each
            for each in self.opened.window.findChildren(QWidget)
            if each.isVisible() and each.accessibleName().endswith(".mp3") and each.property("bar") == "plain"
        ]
        return [each.accessibleName() for each in sorted(found, key=lambda each: each.x())]


@pytest.fixture
def activity(open_window: OpenWindow, reviewed: ListenedLibrary) -> ActivityWindow:
    opened = open_window(reviewed)
    opened.wait_until(lambda: bool(opened.session.rows and opened.session.rows.marks))
    return ActivityWindow(opened)


def test_copies_stand_side_by_side_and_one_is_kept(activity: ActivityWindow) -> None:
    assert activity.column(1) == ["Perhaps the same", "2 copies"]
    assert activity.column(2) == ["0.84", "0.97"]
    assert activity.opened.says("their lengths differ")
    activity.press(Qt.Key.Key_Down)
    activity.opened.wait_until(lambda: sorted(activity.cards()) == ["copy.mp3", "kept.mp3"])
    before = activity.cards()
    activity.press(Qt.Key.Key_Right)
    activity.press(Qt.Key.Key_K)
    activity.opened.wait_until(lambda: activity.opened.says("Kept, you said"))
    assert activity.cards() == before  # nothing moves under the pointer
    assert activity.column(1) == ["Perhaps the same", "2 copies, one kept"]
    activity.leave_and_come_back()
    activity.opened.wait_until(lambda: activity.cards() == before[::-1])  # the kept one stands first
    activity.opened.click(activity.opened.button("Undo"))
    activity.opened.wait_until(lambda: activity.column(1) == ["Perhaps the same", "2 copies"])
    activity.leave_and_come_back()
    activity.opened.wait_until(lambda: activity.cards() == before)


def test_what_is_no_duplicate_is_said_by_a_key_and_taken_back(activity: ActivityWindow) -> None:
    activity.press(Qt.Key.Key_Down)
    activity.press(Qt.Key.Key_Up)
    activity.press(Qt.Key.Key_D)
    activity.opened.wait_until(lambda: activity.column(1) == ["Different, you said", "2 copies"])
    activity.leave_and_come_back()
    activity.opened.wait_until(lambda: activity.column(1) == ["2 copies", "Different, you said"])
    assert activity.selected == 1
    activity.opened.click(activity.opened.button("Take back"))
    activity.opened.wait_until(lambda: activity.column(1) == ["2 copies", "Perhaps the same"])


def test_a_double_click_judges_one_pair_and_undo_leads_back_to_it(activity: ActivityWindow) -> None:
    button = activity.opened.button("Not a duplicate")
    place = button.mapTo(activity.opened.window, button.rect().center())
    activity.opened.click(button)
    activity.opened.wait_until(lambda: activity.column(1) == ["Different, you said", "2 copies"])
    assert not isinstance(activity.opened.window.childAt(place), QPushButton)
    assert activity.selected == 0
    activity.press(Qt.Key.Key_Down)
    activity.opened.click(activity.opened.button("Undo"))
    activity.opened.wait_until(lambda: activity.column(1) == ["Perhaps the same", "2 copies"])
    activity.opened.wait_until(lambda: activity.selected == 0)
    assert activity.opened.window.focusWidget() is activity.table


def test_what_is_found_meanwhile_comes_below_until_it_is_asked_for(
    activity: ActivityWindow, reviewed: ListenedLibrary
) -> None:
    activity.press(Qt.Key.Key_Down)
    with reviewed.open() as engine:
        ids = {each.title: each.song_id for each in engine.library().songs}
        found = ComparisonRecord(*sorted((ids["talk"], ids["song"])), "possible", 0.99, "lengths differ")
        engine.stores.fingerprints.save_comparisons([found], searched=[])
    activity.opened.session.wake()
    activity.opened.wait_until(lambda: activity.column(2) == ["0.84", "0.97", "0.99"])
    assert activity.selected == 1
    activity.opened.click(activity.opened.button("1 new: show"))
    assert activity.column(2) == ["0.99", "0.84", "0.97"]
    assert activity.selected == 2
    assert not any(each.isVisible() and "new: show" in each.text() for each in activity.buttons())


def test_space_listens_to_the_chosen_copy(activity: ActivityWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(activity.opened.window.desk.listening, "toggle", lambda each: heard.append(each.title))
    activity.press(Qt.Key.Key_Space)
    activity.press(Qt.Key.Key_Right)
    activity.press(Qt.Key.Key_Space)
    assert sorted(heard) == ["alike", "like"]


def test_what_may_be_spoken_is_judged_by_keys(activity: ActivityWindow) -> None:
    activity.opened.window.desk.navigation.review("speech")
    assert activity.column(0) == ["song", "talk"]
    assert activity.column(5) == ["Perhaps spoken", "Spoken"]
    activity.press(Qt.Key.Key_M)
    activity.opened.wait_until(lambda: "Music, you said" in activity.column(5))
    activity.opened.window.desk.word.undo()
    activity.opened.wait_until(lambda: activity.column(5) == ["Perhaps spoken", "Spoken"])
    activity.press(Qt.Key.Key_S)
    activity.opened.wait_until(lambda: "Spoken, you said" in activity.column(5))


def test_a_skipped_song_is_shown_in_its_folder_and_tried_again(
    activity: ActivityWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    activity.opened.click(activity.opened.button("Skipped 1"))
    assert activity.column(0) == ["broken"]
    assert "amaged" in activity.column(2)[0]
    activity.opened.click(activity.opened.button("Show in folder"))
    assert shown == ["/music"]
    with activity.qtbot.waitSignal(activity.opened.session.update_ended, timeout=60_000):
        activity.opened.click(activity.opened.button("Try again"))
    assert activity.opened.says("1 song will be listened to once more.")


def test_the_log_is_filtered_by_subject_and_level_and_grows(
    activity: ActivityWindow, reviewed: ListenedLibrary
) -> None:
    log.start_logging(reviewed.profile.state, debug=False)
    logging.getLogger("core.analysis.run").warning("a file is damaged")
    logging.getLogger("core.library.watch").info("looked")
    activity.opened.click(activity.opened.button("Log"))
    activity.opened.wait_until(lambda: {"a file is damaged", "looked"} <= set(activity.column(3)))
    subject, level = (each for each in activity.opened.window.findChildren(QComboBox) if each.isVisible())
    activity.qtbot.keyClicks(level, "Warn")
    assert activity.column(3) == ["a file is damaged"]
    logging.getLogger("core.training.loop").warning("new")
    activity.opened.wait_until(lambda: activity.column(3) == ["new", "a file is damaged"])
    log.stop_logging()
    activity.qtbot.keyClicks(subject, "ana")
    assert activity.column(3) == ["a file is damaged"]
    assert activity.opened.says("1 of")


def test_the_work_is_told_as_it_goes_on(activity: ActivityWindow) -> None:
    opened, session = activity.opened, activity.opened.session
    assert opened.says("Everything is up to date")
    session.update_began.emit(False)
    times = StageTimes(checksum=0.2, decode=1.2, fingerprint=0.4, speech=0.8, embedding=0.1)
    session.progressed.emit(ScanProgress(100, 12_100, 16.84, 712.0, times=times, heard=100))
    for text in ("Listening to your music", "12,000", "16.8 /s", "12 min", "12 ms", "2.0 ms"):
        assert opened.says(text), text
    session.happened.emit([Waiting(WaitReason.ON_BATTERY)])
    assert opened.says("on its battery")
    session.happened.emit([Stage("Looking for duplicates")])
    assert opened.says("Looking for duplicates")
    session.happened.emit([ScanFinished()])
    assert opened.says("Learning your taste")
    session.update_began.emit(True)
    assert opened.says("Learning from your stars")
    session.update_ended.emit()
    assert opened.says("Everything is up to date")


def test_it_is_paused_and_goes_on(activity: ActivityWindow) -> None:
    opened = activity.opened
    opened.click(opened.button("Pause"))
    assert opened.session.mode is WorkMode.PAUSED
    assert opened.says("Paused")
    opened.click(opened.button("Gently"))
    assert opened.session.mode is WorkMode.GENTLE
    opened.session.choose_mode(WorkMode.FULL)
    assert opened.button("Full speed").isChecked()


def test_empty_lists_say_what_they_are_for(open_window: OpenWindow, library: ListenedLibrary) -> None:
    opened = open_window(library)
    opened.click(opened.button("Activity"))
    assert opened.says("No duplicates")
    opened.window.desk.navigation.review("speech")
    assert opened.says("Nothing is spoken")
    opened.click(opened.button("What was done"))
    assert opened.says("Nothing was done yet")


def test_the_list_comes_back_and_takes_the_keyboard(activity: ActivityWindow) -> None:
    activity.opened.window.desk.navigation.go(Place.LIBRARY)
    activity.opened.window.desk.navigation.review("skipped")
    assert activity.opened.button("Skipped 1").isChecked()
    assert activity.opened.window.focusWidget() is activity.table


def test_in_a_narrow_window_the_lists_keep_their_whole_names(activity: ActivityWindow) -> None:
    activity.opened.window.resize(800, 480)
    names = ("Duplicates", "Spoken", "Skipped", "What was done", "Log")
    chips = [
        each
        for each in activity.opened.window.findChildren(QPushButton)
        if each.isVisible() and each.isCheckable() and each.text().startswith(names)
    ]
    assert len(chips) == len(names)
    activity.opened.wait_until(lambda: all(each.width() >= each.sizeHint().width() for each in chips))
