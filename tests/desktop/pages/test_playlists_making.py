"""A list is made by mouse and keyboard, and changed by hand."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from core.parts.recipes import Recipes
from core.recommend.remark import NONE_FITS, About, Remark
from core.recommend.suggestion import SongList
from desktop.item_models.list_rows import ListColumn
from desktop.pages.playlists_kitchen import Kitchen
from desktop.pages.playlists_list import ListView
from desktop.session import Session
from tests.desktop.pages.conftest import RATED, UNRATED, PlaylistsWindow


def test_a_filter_that_is_typed_changes_the_list(page: PlaylistsWindow) -> None:
    page.qtbot.keyClicks(page.field("Genre"), "polka")
    page.wait(lambda: page.titles() == [f"Song {number:02d}" for number in range(1, UNRATED, 2)])
    name = page.field("Name of the list")
    assert isinstance(name, QLineEdit)
    assert name.text() == "Predicted best: polka"


def test_songs_similar_to_one_that_is_typed(page: PlaylistsWindow) -> None:
    page.choose("Similar songs")
    assert page.says("Similar to which songs?")
    page.click(page.opened.button("Choose a song"))
    assert page.focused() is page.field("Like these songs")
    page.pick("Like these songs", "song 13")
    page.wait(lambda: len(page.titles()) == UNRATED + RATED - 1)
    assert "Song 13" not in page.titles()
    page.click(page.opened.button("Remove Song 13 – Artist 3"))
    page.wait(lambda: page.says("Similar to which songs?"))


def test_while_a_list_is_made_the_question_of_the_last_recipe_is_gone(
    page: PlaylistsWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.choose("A path between two songs")
    assert page.says("Where does the path begin")
    monkeypatch.setattr(Kitchen, "cook", lambda *_: None)
    page.choose("A mix")
    assert page.says("Making the list…")
    assert not page.says("Where does the path begin")


def test_another_kind_of_list_begins_with_nothing_selected(page: PlaylistsWindow) -> None:
    page.click_row(3)
    page.choose("Surprises")
    assert page.titles() == []
    assert not page.opened.button("Save").isEnabled(), "what would be saved is not there yet"
    page.wait(lambda: len(page.titles()) > 0)
    assert page.table.selected_rows() == []


def test_a_path_needs_two_songs(page: PlaylistsWindow) -> None:
    page.choose("A path between two songs")
    page.pick("From this song", "song 02")
    page.pick("To this song", "song 14")
    page.wait(lambda: page.titles()[:1] == ["Song 02"] and page.titles()[-1:] == ["Song 14"])


def test_what_is_removed_comes_back_by_undo(page: PlaylistsWindow) -> None:
    page.click_row(0)
    page.press(Qt.Key.Key_Delete)
    assert page.titles()[0] == "Song 01"
    assert page.says("“Song 00” is taken out of the list.")
    page.wait(lambda: page.says("11 of 50 songs"))
    page.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    page.wait(lambda: page.titles()[0] == "Song 00")


def test_a_locked_song_stays_whatever_else_changes_in_the_recipe(page: PlaylistsWindow) -> None:
    page.click_row(0, ListColumn.LOCK)
    assert page.table.model().index(0, ListColumn.LOCK).data() == "locked"
    page.qtbot.keyClicks(page.field("Genre"), "polka")
    page.wait(lambda: page.titles() == ["Song 00", *(f"Song {number:02d}" for number in range(1, UNRATED, 2))])
    page.click_row(0)
    page.press(Qt.Key.Key_L)
    page.wait(lambda: page.titles()[0] == "Song 01")


def test_a_lock_goes_with_its_kind_of_list_and_comes_back_with_it(page: PlaylistsWindow) -> None:
    lock = ListColumn.LOCK
    page.click_row(1, lock)
    assert [page.table.model().index(row, lock).data() for row in range(2)] == ["", "locked"]
    page.choose("Surprises")
    page.wait(lambda: page.titles()[:2] != ["Song 00", "Song 01"] and bool(page.titles()))
    locked = [page.table.model().index(row, lock).data() for row in range(len(page.titles()))]
    assert not any(locked)
    page.choose("Predicted best")
    page.wait(lambda: page.titles()[:2] == ["Song 00", "Song 01"])
    assert page.table.model().index(1, lock).data() == "locked"


def test_a_song_is_moved_by_keys_and_stays_there(page: PlaylistsWindow) -> None:
    page.click_row(2)
    page.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page.titles()[:3] == ["Song 00", "Song 02", "Song 01"]
    page.click(page.opened.button("Reshuffle"))
    page.wait(lambda: page.says("The list is the same: no other songs fit."))
    page.click(page.opened.button("Shuffle the order"))
    page.wait(lambda: page.titles()[1] == "Song 02" and page.titles()[2] != "Song 01")


def test_while_songs_are_listened_to_an_empty_list_says_how_far_that_is(
    page: PlaylistsWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "is_working", property(lambda _: True))
    nothing = SongList("Best", (), (NONE_FITS,))
    monkeypatch.setattr(Recipes, "cook", lambda *_: nothing)
    page.choose("Surprises")
    page.wait(lambda: page.says("Of the songs that were listened to, none is as it is wanted here."))
    assert page.opened.button("See how far it is").isVisible()
    monkeypatch.undo()
    page.opened.session.heard_more.emit()
    page.wait(lambda: len(page.titles()) > 0)


def test_how_a_list_came_about_is_said_quietly_and_moves_nothing(page: PlaylistsWindow) -> None:
    view = page.opened.window.findChild(ListView)
    before = page.table.mapTo(view, page.table.pos())
    view.show_fact("Drawn from the first 55 songs, those at the top more often.")
    assert page.says("Drawn from the first 55 songs, those at the top more often.")
    assert not view._notice.isVisible()
    assert page.table.mapTo(view, page.table.pos()) == before


def test_a_list_of_which_nothing_is_said_but_how_it_was_made_has_no_notice(
    page: PlaylistsWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = page.opened.window.findChild(ListView)
    drawn = replace(view.found, remarks=(Remark("Drawn from the first 55 songs.", About.MAKING),))
    monkeypatch.setattr(Recipes, "cook", lambda *_: drawn)
    page.click(page.opened.button("Reshuffle"))
    page.wait(lambda: page.says("Drawn from the first 55 songs."))
    assert not view._notice.isVisible()


def test_a_list_that_waits_for_the_rated_songs_leads_to_how_far_it_is(
    page: PlaylistsWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = page.opened.window.findChild(ListView).found
    said = "Of the songs that you have rated, 261 of 277 have been listened to so far: these are some."
    few = replace(found, remarks=(Remark(said, About.UNHEARD),))
    monkeypatch.setattr(Recipes, "cook", lambda *_: few)
    page.qtbot.keyClicks(page.field("Genre"), "p")
    page.wait(lambda: page.says("261 of 277 have been listened to so far"))
    page.click(page.opened.button("See how far it is"))
    page.wait(lambda: not page.table.isVisible())


def test_filters_that_leave_nothing_offer_a_way_on(page: PlaylistsWindow) -> None:
    page.qtbot.keyClicks(page.field("Artist"), "nobody")
    page.wait(lambda: page.says("No song fits"))
    page.click(page.opened.button("Drop all limits"))
    page.wait(lambda: len(page.titles()) == UNRATED)
