"""Copies, speech and doubts on the library page, and what the owner says to them, by menu and by keys."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QPushButton

from core.analysis.speech import method_name
from core.errors import UserError
from core.song import UNRATED, SongId
from core.store.fingerprints import ComparisonRecord
from core.store.speech import SpeechEntry, SpeechFacts
from desktop import library_reading
from desktop.item_models.song_rows import Column
from desktop.library_reading import Said
from desktop.verdicts import Change
from desktop.widgets.library.verdict_actions import VerdictActions
from tests.desktop.conftest import SURE, OpenedWindow, OpenWindow, song
from tests.listened_library import ListenedLibrary, listen_to

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def judged(tmp_path: Path) -> ListenedLibrary:
    """Two copies with different stars, two songs that may be the same, one spoken and one doubtful song."""
    names = ("Army", "Army copy", "Maybe", "Maybe long", "Chapter", "Doubt", "Plain")
    stars = {"Army": 0.8, "Army copy": 0.4}
    rows = [song(name, artist="A", mtime=9, rating=stars.get(name, -1.0)) for name in names]
    listened = listen_to(tmp_path, rows, predicted={row.path: 0.9 for row in rows}, interval=SURE)
    with listened.open() as engine:
        ids = {each.title: each.song_id for each in engine.library().songs}
        pairs = (("Army", "Army copy", "same audio", ""), ("Maybe", "Maybe long", "possible", "lengths differ"))
        engine.stores.fingerprints.save_comparisons(
            [ComparisonRecord(*sorted((ids[one], ids[two])), alike, 0.9, doubt) for one, two, alike, doubt in pairs],
            searched=ids.values(),
        )
        engine.stores.speech.save([_heard(ids["Chapter"], 0.82, speech=0.9), _heard(ids["Doubt"], 0.5, speech=0.4)])
    return listened


def _heard(song_id: SongId, ratio: float, *, speech: float) -> SpeechEntry:
    facts = SpeechFacts(ratio, 30.0, method=method_name(), speech=speech, singing=0.1, background=-30.0, bass=-30.0)
    return SpeechEntry(song_id, 9.0, facts)


@pytest.fixture
def opened(open_window: OpenWindow, judged: ListenedLibrary) -> OpenedWindow:
    opened = open_window(judged)
    opened.wait_until(lambda: bool(chips(opened)))
    return opened


def chips(opened: OpenedWindow) -> list[str]:
    found = [each for each in opened.window.findChildren(QPushButton) if each.property("chip") and each.isVisible()]
    return [each.text() for each in found if re.search(r"\d( songs?)?$", each.text())]


def select(opened: OpenedWindow, *titles: str) -> None:
    opened.table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for title in titles:
        index = opened.table.model().index(opened.column(Column.TITLE).index(title), 0)
        opened.table.selectionModel().setCurrentIndex(index, flags)
    opened.table.setFocus()


def offered(opened: OpenedWindow) -> list[str]:
    words: VerdictActions = opened.window.findChild(VerdictActions)
    return [each.text() for group in words.offered() for each in group]


def press(opened: OpenedWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = CONTROL) -> None:
    opened.qtbot.keyClick(opened.table, key, modifier)


def predicted(opened: OpenedWindow, title: str) -> str:
    return opened.cell(opened.column(Column.TITLE).index(title), Column.PREDICTED)


def test_chips_count_what_was_decided_and_what_is_open(opened: OpenedWindow) -> None:
    assert chips(opened) == ["Doubtful 4", "Duplicates: 2 songs", "Spoken 1"]
    opened.click(opened.button("Doubtful 4"))
    assert opened.column(Column.TITLE) == ["Army", "Doubt", "Maybe", "Maybe long"]
    assert opened.column(Column.REMARK) == [
        "Has 1 copy, their stars differ",
        "Perhaps spoken",
        "Perhaps Maybe long.mp3",
        "Perhaps Maybe.mp3",
    ]


def test_what_no_playlist_can_have_shows_no_stars(opened: OpenedWindow) -> None:
    assert [predicted(opened, title) for title in ("Army", "Army copy", "Chapter", "Doubt")] == [
        "4.5 stars",
        "Copy",
        "Spoken",
        "4.5 stars",
    ]
    opened.click(opened.button("Predicted 4+"))
    assert "Chapter" not in opened.column(Column.TITLE)


@pytest.mark.parametrize(
    ("titles", "words"),
    [
        (["Plain"], ["This is spoken"]),
        (["Army copy"], ["Not a duplicate", "Keep this copy", "This is spoken"]),
        (["Army", "Army copy"], ["Not a duplicate", "This is spoken"]),
        (["Chapter"], ["This is music"]),
        (["Doubt"], ["This is music", "This is spoken"]),
        (["Maybe"], ["Not a duplicate", "This is spoken"]),
    ],
)
def test_the_menu_has_what_applies(opened: OpenedWindow, titles: list[str], words: list[str]) -> None:
    select(opened, *titles)
    assert offered(opened) == words


def test_a_spoken_song_is_called_music_and_undone(opened: OpenedWindow) -> None:
    select(opened, "Chapter")
    press(opened, Qt.Key.Key_M)
    opened.wait_until(lambda: opened.says("“Chapter” is music"))
    assert predicted(opened, "Chapter") == "4.5 stars"
    assert offered(opened) == ["This is spoken", "Take back what I said"]
    opened.click(opened.button("Undo"))
    opened.wait_until(lambda: predicted(opened, "Chapter") == "Spoken")
    assert not opened.says("“Chapter” is music")


def test_what_is_said_twice_is_undone_once(opened: OpenedWindow) -> None:
    select(opened, "Chapter")
    word, chapter = opened.window.desk.word, opened.table.selected_in_order()
    word.rate(chapter, 0.6)
    word.rate(chapter, 0.6)
    both_are_said: list[Said] = []
    opened.session.say(lambda: Change(speech={opened.session.rows.songs[0].song_id: None}), then=both_are_said.append)
    opened.wait_until(lambda: bool(both_are_said))
    with opened.qtbot.waitSignal(word.undone) as undone:
        press(opened, Qt.Key.Key_Z)
    assert undone.args == [set(chapter)]
    assert not opened.session.rows.song(chapter[0]).is_rated


def test_what_is_undone_before_it_is_stored_is_undone(opened: OpenedWindow) -> None:
    select(opened, "Chapter")
    word, chapter = opened.window.desk.word, opened.table.selected_in_order()
    word.rate(chapter, 0.6)
    opened.wait_until(lambda: opened.session.rows.song(chapter[0]).rating == 0.6)
    with opened.qtbot.waitSignal(word.undone):
        word.rate(chapter, 0.9)
        press(opened, Qt.Key.Key_Z)
    assert opened.session.rows.song(chapter[0]).rating == 0.6


def test_every_word_is_undone_the_last_one_first(opened: OpenedWindow) -> None:
    select(opened, "Chapter")
    word, chapter = opened.window.desk.word, opened.table.selected_in_order()
    for rating in (0.2, 0.4, 0.6):
        word.rate(chapter, rating)
    seen = list[float]()
    for _ in range(3):
        with opened.qtbot.waitSignal(word.undone):
            press(opened, Qt.Key.Key_Z)
        seen.append(opened.session.rows.song(chapter[0]).rating)
    assert seen == [0.4, 0.2, UNRATED]


def test_what_could_not_be_undone_can_be_undone_later(opened: OpenedWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> Said:
        raise UserError("marmalade.db cannot be written: the disk is full.")

    select(opened, "Chapter")
    press(opened, Qt.Key.Key_M)
    opened.wait_until(lambda: predicted(opened, "Chapter") == "4.5 stars")
    with monkeypatch.context() as patched:
        patched.setattr(library_reading, "say", fail)
        opened.window.desk.word.undo()
        opened.wait_until(lambda: opened.says("the disk is full"))
    opened.window.desk.word.undo()
    opened.wait_until(lambda: predicted(opened, "Chapter") == "Spoken")


def test_a_copy_is_parted_and_the_key_undoes_it(opened: OpenedWindow) -> None:
    select(opened, "Army copy")
    press(opened, Qt.Key.Key_D)
    opened.wait_until(lambda: predicted(opened, "Army copy") == "4.5 stars")
    assert "Duplicates: 2 songs" not in chips(opened)
    press(opened, Qt.Key.Key_Z)
    opened.wait_until(lambda: predicted(opened, "Army copy") == "Copy")


def test_stars_of_a_copy_are_told_to_be_those_of_all_copies(opened: OpenedWindow) -> None:
    select(opened, "Army copy")
    opened.window.desk.word.rate(opened.table.selected_in_order(), 0.2)
    opened.wait_until(lambda: opened.says("“Army copy” and its copies: 1 star."))


def test_another_copy_is_kept(opened: OpenedWindow) -> None:
    select(opened, "Army copy")
    press(opened, Qt.Key.Key_K)
    opened.wait_until(lambda: predicted(opened, "Army") == "Copy")
    assert predicted(opened, "Army copy") == "4.5 stars"
    assert "Doubtful 3" in chips(opened)


def test_several_songs_are_judged_together_and_it_survives_a_restart(
    open_window: OpenWindow, judged: ListenedLibrary, opened: OpenedWindow
) -> None:
    select(opened, "Plain", "Doubt")
    press(opened, Qt.Key.Key_M, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    opened.wait_until(lambda: opened.says("2 songs are spoken"))
    opened.window.close()
    again = open_window(judged)
    again.wait_until(lambda: predicted(again, "Plain") == "Spoken")
    select(again, "Plain", "Doubt", "Army")
    assert "Take back what I said" in offered(again)
    press(again, Qt.Key.Key_Backspace)
    again.wait_until(lambda: predicted(again, "Plain") == "4.5 stars")


def test_the_list_goes_on_with_the_next_song(opened: OpenedWindow) -> None:
    opened.click(opened.button("Doubtful 4"))
    select(opened, "Doubt")
    press(opened, Qt.Key.Key_M)
    opened.wait_until(lambda: len(opened.column(Column.TITLE)) == 3)
    (selected,) = opened.table.selectionModel().selectedRows()
    assert opened.cell(selected.row(), Column.TITLE) == "Maybe"
    press(opened, Qt.Key.Key_D)
    opened.wait_until(lambda: opened.column(Column.TITLE) == ["Army"])


def test_a_verdict_does_not_reset_the_table(opened: OpenedWindow) -> None:
    resets: list[int] = []
    opened.table.model().modelReset.connect(lambda: resets.append(1))
    with opened.qtbot.waitSignal(opened.table.model().dataChanged):
        select(opened, "Chapter")
        press(opened, Qt.Key.Key_M)
    assert not resets
