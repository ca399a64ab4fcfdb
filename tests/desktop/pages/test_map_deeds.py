"""Songs are selected on the map by mouse and keyboard, and something is done with them; a picture of it is saved."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog

from core.recommend.recipe import Dish, Recipe
from desktop.pages.map_deeds import pictures_folder
from desktop.verdicts import Word
from desktop.widgets.own_stars import OwnStars
from tests.desktop.pages.planted_map import LEFT, NAMES, Map


def test_a_click_selects_and_plays_and_escape_clears(shown: Map) -> None:
    shown.click("Beta")
    assert shown.selected() == {"Beta"}
    assert [each.title for each in shown.heard] == ["Beta"]
    assert shown.is_pale("Delta")
    assert not shown.is_pale("Beta")
    assert not shown.opened.says("1 song")  # a second click would hit the panel
    shown.opened.wait_until(lambda: shown.opened.says("1 song"))
    shown.opened.wait_until(lambda: shown.page._stage._slide.state().value == 0)
    assert shown.spot("Epsilon").x() < shown.page._stage.selection.x()
    shown.click("Zeta", Qt.KeyboardModifier.ShiftModifier)
    assert shown.selected() == {"Beta", "Zeta"}
    assert len(shown.heard) == 1
    shown.press(Qt.Key.Key_Escape)
    assert shown.selected() == set()
    assert not shown.is_pale("Delta")


def test_a_rectangle_becomes_a_playlist(shown: Map) -> None:
    recipes: list[Recipe] = []
    shown.opened.window.desk.navigation.make = recipes.append  # type: ignore[method-assign]
    shown.press(Qt.Key.Key_R)
    low, high = shown.around("Alpha", "Beta", "Gamma")
    shown.drag(low, high)
    assert shown.selected() == {"Alpha", "Beta", "Gamma"}
    assert shown.opened.says("3 songs")
    assert shown.opened.says("Rock")
    shown.opened.wait_until(lambda: shown.page._stage._slide.state().value == 0)
    shown.opened.click(shown.opened.button("Make a playlist from these"))
    assert recipes[0].dish is Dish.CHOSEN
    assert len(recipes[0].songs) == 3


def test_a_lasso_is_rated_and_called_spoken(shown: Map) -> None:
    said: list[tuple[object, int]] = []
    word = shown.opened.window.desk.word
    word.rate = lambda songs, rating: said.append((rating, len(songs)))  # type: ignore[method-assign]
    word.say = lambda what, songs: said.append((what, len(songs)))  # type: ignore[method-assign]
    shown.press(Qt.Key.Key_L)
    low, high = shown.around("Delta", "Epsilon")
    shown.drag(low, QPoint(high.x(), low.y()), high, QPoint(low.x(), high.y()), low + QPoint(0, 2))
    assert shown.selected() == {"Delta", "Epsilon"}
    stars = next(each for each in shown.page._stage.selection.findChildren(OwnStars) if each.isVisible())
    shown.qtbot.keyClick(stars, Qt.Key.Key_4)
    shown.opened.click(shown.opened.button("These are spoken"))
    assert said == [(0.8, 2), (Word.SPOKEN, 2)]


def test_ctrl_a_selects_what_is_seen_and_not_hidden(shown: Map) -> None:
    shown.qtbot.mouseClick(shown.line("Jazz"), LEFT)
    shown.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert shown.selected() == {"Alpha", "Beta", "Gamma", "Zeta"}


def test_typing_highlights_and_enter_selects(shown: Map) -> None:
    field = shown.page._stage.search.field
    shown.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert field.hasFocus()
    shown.qtbot.keyClicks(field, "jazz")
    shown.opened.wait_until(lambda: shown.opened.says("2 songs"))
    assert shown.is_pale("Alpha")
    assert not shown.is_pale("Delta")
    shown.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert shown.selected() == {"Delta", "Epsilon"}
    shown.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_a_double_click_selects_similar_songs(shown: Map) -> None:
    shown.click("Alpha")
    shown.qtbot.mouseDClick(shown.view.viewport(), LEFT, pos=shown.spot("Alpha"))
    shown.qtbot.mouseRelease(shown.view.viewport(), LEFT, pos=shown.spot("Alpha"))
    shown.opened.wait_until(lambda: shown.opened.says("They sound like “Alpha”."))
    assert "Alpha" in shown.selected()
    assert len(shown.selected()) > 1


def test_similar_songs_that_come_late_change_no_other_selection(shown: Map) -> None:
    shown.qtbot.mouseDClick(shown.view.viewport(), LEFT, pos=shown.spot("Alpha"))
    shown.qtbot.mouseRelease(shown.view.viewport(), LEFT, pos=shown.spot("Alpha"))
    wanted = shown.page._look.songs.song_ids[shown.number("Epsilon")]
    shown.opened.window.desk.navigation.show_on_map([wanted])
    shown.opened.wait_until(lambda: shown.opened.runner.is_idle)
    assert shown.selected() == {"Epsilon"}


def test_pictures_are_offered_among_the_owners_or_else_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = {"PicturesLocation": str(tmp_path / "Pictures"), "HomeLocation": str(tmp_path)}
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda kind: places[kind.name])
    assert pictures_folder() == tmp_path
    (tmp_path / "Pictures").mkdir()
    assert pictures_folder() == tmp_path / "Pictures"


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_map_is_saved(shown: Map, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    target = tmp_path / f"picture.{kind}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    shown.page._stage.choices.export_wanted.emit(kind)
    shown.opened.wait_until(lambda: shown.opened.says(f"The map is in {target.name}."))
    assert target.stat().st_size > 500
    if kind == "svg":
        points = [line for line in target.read_text(encoding="utf-8").splitlines() if "fill-opacity" in line]
        assert len(points) == len(NAMES)
        assert sum("#0a75ff" in line for line in points) == 3


def test_a_picture_that_is_there_is_not_written_over_without_a_question(
    shown: Map, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dialog asks about the name that was typed, not about the one with the ending that was not."""
    mine = tmp_path / "my.map.png"
    mine.write_text("mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "my.map"), ""))
    shown.page._stage.choices.export_wanted.emit("png")
    shown.opened.wait_until(lambda: shown.opened.says("The map is in my.map 2.png."))
    assert mine.read_text() == "mine"
