"""The preferences in use: every key can be set, what is saved counts at once, what is wrong is said and not saved."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from core.config import load_config
from core.config_file import DEFAULTS, TWINS
from desktop.preferences.dialog import PreferencesDialog, open_preferences
from desktop.style.theme import PROPERTY, dress, look_of
from tests.desktop.conftest import OpenedWindow, OpenWindow
from tests.listened_library import ListenedLibrary

ADVANCED = 6


class Opened:
    """The dialog over a window, and its file."""

    def __init__(self, window: OpenedWindow, library: ListenedLibrary) -> None:
        self.window, self.file = window, library.profile.config_file
        open_preferences(window.window.desk, window.window)
        window.wait_until(lambda: window.window.findChild(PreferencesDialog) is not None)
        found = window.window.findChild(PreferencesDialog)
        assert isinstance(found, PreferencesDialog)
        self.dialog = found

    def named(self, name: str, kind: type[QWidget] = QLineEdit) -> QWidget:
        return next(each for each in self.dialog.findChildren(kind) if each.accessibleName() == name)

    def write(self, name: str, text: str) -> None:
        field = self.named(name)
        assert isinstance(field, QLineEdit)
        field.selectAll()
        self.window.qtbot.keyClick(field, Qt.Key.Key_Delete)
        self.window.qtbot.keyClicks(field, text)

    def go(self, page: int) -> None:
        self.dialog.pages.setFocus()
        item = self.dialog.pages.visualItemRect(self.dialog.pages.item(page))
        self.window.qtbot.mouseClick(self.dialog.pages.viewport(), Qt.MouseButton.LeftButton, pos=item.center())

    def click(self, text: str) -> None:
        self.window.click(next(each for each in self.dialog.findChildren(QPushButton) if each.text() == text))

    @property
    def editor(self) -> QPlainTextEdit:
        return self.dialog.advanced.editor

    def says(self, text: str) -> bool:
        labels = (self.dialog.findChild(QWidget, "mistake"), self.dialog.advanced.remark)
        return any(text in each.text() for each in labels if each is not None and each.isVisible())  # type: ignore[attr-defined]


OpenThem = Callable[[], Opened]


@pytest.fixture
def preferences(open_window: OpenWindow, library: ListenedLibrary) -> OpenThem:
    window = open_window(library)
    return lambda: Opened(window, library)


def test_every_key_of_the_file_can_be_set_here(preferences: OpenThem) -> None:
    opened = preferences()
    keys = [key for page in range(ADVANCED) for key in opened.dialog.form(page).keys]
    assert len(set(keys)) == len(keys)
    assert set(keys) | {TWINS[key] for key in keys if key in TWINS} == set(DEFAULTS)
    opened.click("Cancel")


def test_what_is_saved_counts_at_once(preferences: OpenThem) -> None:
    opened = preferences()
    session = opened.window.session
    opened.go(1)
    opened.write("Songs at the same time", "2")
    opened.go(3)
    opened.write("Trials", "12")
    opened.click("Save")
    opened.window.wait_until(lambda: opened.window.says("count from now on"))
    assert opened.file.read_text() == "compute:\n  num_workers: 2\ntuning:\n  n_trials: 12\n"
    heard: list[int | None] = []
    session.ask(lambda engine: engine.config.compute.num_workers, then=heard.append)
    opened.window.wait_until(lambda: heard == [2])


def test_nothing_is_written_where_nothing_was_changed(preferences: OpenThem) -> None:
    opened = preferences()
    opened.click("Save")
    assert not opened.file.exists()


@pytest.mark.parametrize(
    ("page", "name", "text", "sentence"),
    [
        (1, "Longest song", "long", "“Longest song” must be a number"),
        (2, "Numbers for a song", "1.5", "“Numbers for a song” must be a whole number"),
        (2, "Sizes of its layers", "256, many", "must be whole numbers with commas"),
        (1, "Spoken, from a share of", "7", "speech_threshold is 7.0, but it must be at most 1"),
        (5, "Size of letters", "200", "Letters can have 7 to 24 points"),
    ],
)
def test_what_is_not_allowed_is_said_and_not_written(
    preferences: OpenThem, page: int, name: str, text: str, sentence: str
) -> None:
    opened = preferences()
    opened.go(page)
    opened.write(name, text)
    opened.click("Save")
    assert opened.says(sentence)
    assert opened.dialog.isVisible()
    assert not opened.file.exists()
    opened.click("Cancel")


def test_forms_and_text_say_the_same(preferences: OpenThem) -> None:
    opened = preferences()
    opened.go(1)
    opened.write("Longest song", "600")
    opened.go(ADVANCED)
    assert opened.editor.toPlainText() == "music:\n  max_audio_duration: 600.0\n"
    opened.editor.setPlainText("seed: 7  # mine\n")
    opened.go(2)
    seed = opened.named("Seed of chance")
    assert isinstance(seed, QLineEdit)
    assert seed.text() == "7"
    opened.write("Seed of chance", "8")
    opened.click("Save")
    opened.window.wait_until(lambda: opened.window.says("count from now on"))
    assert opened.file.read_text() == "seed: 8  # mine\n"


def test_a_text_that_is_wrong_says_its_line_as_one_types(preferences: OpenThem) -> None:
    opened = preferences()
    opened.go(ADVANCED)
    opened.window.qtbot.keyClicks(opened.editor, "seed: 7")
    opened.window.qtbot.keyClick(opened.editor, Qt.Key.Key_Return)
    opened.window.qtbot.keyClicks(opened.editor, "colour: red")
    opened.window.wait_until(lambda: opened.says("Line 2: colour is not a known key"))
    opened.go(0)
    assert opened.dialog.pages.currentRow() == ADVANCED, "nothing of it would be seen in the forms"
    opened.click("Save")
    assert not opened.file.exists()
    opened.click("Cancel")


def test_a_file_that_cannot_be_understood_can_be_mended_as_text(
    open_window: OpenWindow, library: ListenedLibrary
) -> None:
    window, file = open_window(library), library.profile.config_file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("seed: [\n")
    opened = Opened(window, library)
    assert opened.dialog.pages.currentRow() == ADVANCED
    assert opened.says("is not valid YAML")
    opened.go(0)
    assert opened.dialog.pages.currentRow() == ADVANCED
    opened.editor.setPlainText("seed: 9\n")
    opened.go(2)
    seed = opened.named("Seed of chance")
    assert isinstance(seed, QLineEdit)
    assert seed.text() == "9"
    opened.click("Save")
    opened.window.wait_until(lambda: load_config(file).seed == 9 if "[" not in file.read_text() else False)
    assert file.with_name("marmalade.yaml.bak").read_text() == "seed: [\n"
    opened.window.wait_until(lambda: opened.window.says("count from now on"))


def test_a_file_that_others_changed_meanwhile_is_not_written_over(preferences: OpenThem) -> None:
    opened = preferences()
    opened.file.parent.mkdir(parents=True, exist_ok=True)
    opened.file.write_text("seed: 5\n")
    opened.go(1)
    opened.write("Longest song", "600")
    opened.click("Save")
    opened.window.wait_until(lambda: opened.says("was changed by another program"))
    assert opened.file.read_text() == "seed: 5\n"
    opened.click("Cancel")


@pytest.mark.parametrize("was_dark", [False, True])
def test_the_scheme_is_seen_at_once_and_taken_back(
    preferences: OpenThem, qapp: QApplication, *, was_dark: bool
) -> None:
    opened = preferences()
    dress(qapp, dark=was_dark)
    worn = look_of(qapp)
    opened.go(5)
    colors = opened.named("Colors", QComboBox)
    for is_dark in (False, True) if not was_dark else (False,):
        opened.window.qtbot.keyClick(colors, Qt.Key.Key_Down)
        assert qapp.property(PROPERTY) is is_dark
    opened.window.qtbot.keyClick(opened.dialog, Qt.Key.Key_Escape)
    assert look_of(qapp) == worn


def test_the_windows_own_settings_are_remembered(preferences: OpenThem, tmp_path: Path) -> None:
    opened = preferences()
    settings = opened.window.window.desk.settings
    opened.go(4)
    opened.window.click(opened.named("Formats: M3U8", QWidget))
    opened.click("Save")
    assert settings.value("playlists/formats") == "xspf m3u8"
    again = preferences()
    assert again.dialog.form(4).formats.value() == "xspf m3u8"  # type: ignore[attr-defined]
    again.click("Cancel")
