"""Songs are picked by typing, seen by name, and taken away by mouse or Backspace."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QToolButton
from pytestqt.qtbot import QtBot

from core.analysis.speech_class import SpeechClass
from core.song import Song
from desktop.item_models.song_marks import SongMark
from desktop.item_models.song_rows import SongRows, make_rows
from desktop.style.theme import dress
from desktop.widgets.recipe.song_picker import SongPicker, found_songs

SONGS = [
    Song(n, title, artist, album, 2000, -1.0, f"file:///{n}.mp3")
    for n, (title, artist, album) in enumerate(
        [
            ("Army of Me", "Björk", "Post"),
            ("Hyperballad", "Björk", "Post"),
            ("Hyperballad", "Björk", "Live"),
            ("A Book on Björk", "Reader", ""),
            ("Hyperballad", "Björk", "Copy"),
            ("Bjork, a Song", "Somebody", ""),
        ]
    )
]


@pytest.fixture
def rows() -> SongRows:
    marks = {
        SONGS[3].song_id: SongMark(speech=SpeechClass.SPOKEN),
        SONGS[4].song_id: SongMark(copy_of=SONGS[1], copies=(SONGS[1].song_id,)),
    }
    return make_rows(SONGS, predictions={}, skipped={}, marks=marks)


@pytest.fixture
def picker(qtbot: QtBot, rows: SongRows) -> SongPicker:
    made = SongPicker("Like these", hint="Type")
    made.set_rows(rows)
    qtbot.addWidget(made)
    made.show()
    return made


def shown(picker: SongPicker) -> list[str]:
    return [each.toolTip() for each in picker.findChildren(QLabel) if each.isVisible() and each.toolTip()]


def test_music_is_found_by_every_word_and_its_own_title_first(rows: SongRows) -> None:
    found = [SONGS.index(rows.song(song_id)) for song_id in found_songs(rows, "bjork")]
    assert found == [5, 2, 0, 1]
    assert found_songs(rows, "  ") == []


def test_enter_picks_the_first_and_backspace_takes_it_away(picker: SongPicker, qtbot: QtBot) -> None:
    edit = picker.findChild(QLineEdit)
    qtbot.keyClicks(edit, "army")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert picker.songs == [SONGS[0].song_id]
    qtbot.waitUntil(lambda: shown(picker) == ["Army of Me – Björk"])
    qtbot.waitUntil(lambda: not edit.text())
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    assert picker.songs == []


def test_a_few_songs_are_found_without_a_scroll_bar(picker: SongPicker, qtbot: QtBot, qapp: QApplication) -> None:
    dress(qapp, dark=False)
    qtbot.keyClicks(picker.findChild(QLineEdit), "army")
    found = next(each for each in qapp.topLevelWidgets() if isinstance(each, QListView) and each.isVisible())
    assert found.model().rowCount() == 1
    assert found.verticalScrollBar().maximum() == 0


def test_a_song_is_removed_by_its_button(picker: SongPicker, qtbot: QtBot) -> None:
    picker.show_songs([song.song_id for song in SONGS[:2]])
    remove = next(each for each in picker.findChildren(QToolButton) if "Army" in each.accessibleName())
    with qtbot.waitSignal(picker.changed) as changed:
        qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert changed.args == [[SONGS[1].song_id]]


def test_many_songs_are_counted(picker: SongPicker) -> None:
    picker.show_songs([song.song_id for song in SONGS] + [SONGS[0].song_id])
    assert any(each.text() == "and 1 song more" for each in picker.findChildren(QLabel))
