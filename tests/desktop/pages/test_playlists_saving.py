"""A list is saved, opened in the player, and takes no place of what somebody else wrote."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton

from tests.desktop.conftest import OpenWindow
from tests.desktop.pages.conftest import UNRATED, PlaylistsWindow
from tests.listened_library import ListenedLibrary


def test_a_list_is_saved_and_remembered(page: PlaylistsWindow, songs: ListenedLibrary) -> None:
    page.call("For Sunday")
    page.click(page.opened.button("Save"))
    page.wait(lambda: page.says("“For Sunday” is saved: 12 songs in For Sunday.xspf."))
    with songs.open() as engine:
        written = engine.playlist_folder / "For Sunday.xspf"
    assert written.read_text(encoding="utf-8").count("<track>") == UNRATED
    page.wait(lambda: any("Made before 1" in each.text() for each in page.opened.window.findChildren(QPushButton)))


def test_a_file_that_somebody_changed_is_asked_about(page: PlaylistsWindow, songs: ListenedLibrary) -> None:
    page.click(page.opened.button("Save"))
    page.wait(lambda: page.says("“Predicted best” is saved"))
    with songs.open() as engine:
        file = engine.playlist_folder / "Predicted best.xspf"
    file.write_text("mine", encoding="utf-8")
    page.click(page.opened.button("Save"))
    page.wait(lambda: page.says("What you save would take its place."))
    assert file.read_text(encoding="utf-8") == "mine"
    page.click(page.opened.button("Save under another name"))
    name = page.field("Name of the list")
    assert isinstance(name, QLineEdit)
    assert (name.text(), page.focused()) == ("Predicted best 2", name)
    page.qtbot.keyClick(name, Qt.Key.Key_Return)
    page.wait(lambda: page.says("“Predicted best 2” is saved"))
    assert file.read_text(encoding="utf-8") == "mine"


def test_the_name_of_another_list_is_asked_about(page: PlaylistsWindow, songs: ListenedLibrary) -> None:
    page.click(page.opened.button("Save"))
    page.wait(lambda: page.says("“Predicted best” is saved"))
    page.call("Second")
    page.click(page.opened.button("Save"))
    page.wait(lambda: page.says("“Second” is saved"))
    page.choose("Surprises")
    page.wait(lambda: len(page.titles()) > 0)
    page.call("Predicted best")
    page.click(page.opened.button("Save"))
    page.wait(lambda: page.says("“Predicted best” is another list that you made. What you save would take its place."))
    with songs.open() as engine:
        assert {made.name: made.recipe.dish for made in engine.recipes.history() if made.recipe} == {
            "Predicted best": "best",
            "Second": "best",
        }
    page.click(page.opened.button("Replace it"))
    page.wait(lambda: page.says("“Predicted best” is saved"))


def test_another_kind_of_list_never_takes_the_file_of_a_saved_one(
    page: PlaylistsWindow, songs: ListenedLibrary
) -> None:
    """Nor its name; both are there again with the kind that they belong to."""
    name = page.field("Name of the list")
    assert isinstance(name, QLineEdit)
    page.call("For Sunday")
    page.click(page.opened.button("Save"))
    page.wait(lambda: page.history.model().rowCount() == 1)
    with songs.open() as engine:
        file = engine.playlist_folder / "For Sunday.xspf"
    written = file.read_bytes()
    page.choose("Surprises")
    assert name.text() == "Surprises"
    page.wait(lambda: len(page.titles()) > 0)
    page.click(page.opened.button("Save"))
    page.wait(lambda: page.history.model().rowCount() == 2)
    assert file.read_bytes() == written
    page.choose("Predicted best")
    assert name.text() == "For Sunday"
    page.wait(lambda: len(page.titles()) == UNRATED)
    page.qtbot.keyClicks(page.field("Genre"), "polka")
    page.wait(lambda: len(page.titles()) == UNRATED // 2)
    page.click(page.opened.button("Save"))
    page.wait(lambda: page.says("“For Sunday” is saved: 6 songs"))
    assert page.history.model().rowCount() == 2


def test_a_list_that_is_saved_while_another_kind_is_chosen_keeps_its_file(
    page: PlaylistsWindow, songs: ListenedLibrary
) -> None:
    page.click(page.opened.button("Save"))
    page.choose("Surprises")
    page.wait(lambda: page.history.model().rowCount() == 1 and len(page.titles()) > 0)
    page.call("Predicted best")
    page.click(page.opened.button("Save"))
    page.wait(lambda: page.says("“Predicted best” is another list that you made."))


def test_a_saved_list_opens_in_the_player(page: PlaylistsWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("core.parts.suggestions.open_in_player", lambda playlist, **_: opened.append(playlist))
    page.click(page.opened.button("Open in Clementine"))
    page.wait(lambda: bool(opened))
    assert opened[0].is_file()


def test_a_list_that_is_kept_up_to_date_stays_so_after_a_restart(
    page: PlaylistsWindow, songs: ListenedLibrary, open_window: OpenWindow
) -> None:
    page.click(page.field("Keep up to date"))
    page.click(page.opened.button("Save"))
    page.wait(lambda: page.says("“Predicted best” is saved"))
    page.click(page.opened.button("Save"))
    page.wait(lambda: page.history.model().rowCount() == 1)
    page.opened.window.close()
    again = PlaylistsWindow(open_window(songs))
    switch = again.field("Keep up to date")
    assert isinstance(switch, QCheckBox)
    again.wait(switch.isChecked)
    again.click(switch)
    again.wait(lambda: not engine_keeps(songs))


def engine_keeps(songs: ListenedLibrary) -> bool:
    with songs.open() as engine:
        return engine.recipes.history()[0].keep_up_to_date
