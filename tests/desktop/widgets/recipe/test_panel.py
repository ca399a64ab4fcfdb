"""The form tells the recipe that it shows, by mouse and by keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.recommend.filters import Filters
from core.recommend.recipe import Dish, Recipe
from core.song import Song
from desktop.item_models.song_rows import make_rows
from desktop.widgets.recipe.panel import RecipePanel, names_of
from tests.full_recipe import full_recipe

SONGS = [Song(n, f"Song {n}", f"Artist {n}", "", 1990, -1.0, f"file:///{n}.mp3") for n in range(5)]
A, B, C, D = (song.song_id for song in SONGS[:4])
WHOLE = replace(full_recipe(A, B), dish=Dish.SIMILAR, like=(A, B), unlike=(C,), songs=(D,), locked=(D,))


@pytest.fixture
def panel(qtbot: QtBot) -> RecipePanel:
    made = RecipePanel()
    made.set_rows(make_rows(SONGS, predictions={}, skipped={}))
    qtbot.addWidget(made)
    made.resize(320, 900)
    made.show()
    return made


def field(panel: RecipePanel, name: str) -> QWidget:
    return next(each for each in panel.findChildren(QWidget) if each.accessibleName() == name)


def test_a_recipe_that_is_shown_is_the_recipe_that_is_told(panel: RecipePanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.changed):
        panel.show_recipe(WHOLE)
    assert panel.recipe == WHOLE
    with qtbot.assertNotEmitted(panel.changed):
        panel.show_recipe(Recipe())
    assert panel.recipe == Recipe()


def test_arrow_keys_go_through_the_kinds_of_lists(panel: RecipePanel, qtbot: QtBot) -> None:
    best = next(each for each in panel.dishes.findChildren(QWidget) if each.property("choice"))
    best.setFocus()
    with qtbot.waitSignal(panel.changed) as changed:
        qtbot.keyClick(best, Qt.Key.Key_Down)
    assert changed.args == [Recipe(dish=Dish.SIMILAR)]


@pytest.mark.parametrize(
    ("name", "typed", "recipe"),
    [
        ("How many", "7", Recipe(wanted=7)),
        ("Minimum", "3.5", Recipe(filters=Filters(min_rating=0.7))),
        ("From the year", "1990", Recipe(filters=Filters(first_year=1990))),
        ("Of one artist", "2", Recipe(filters=Filters(max_per_artist=2))),
        ("Not played for", "14", Recipe(filters=Filters(not_played_for_days=14))),
    ],
)
def test_what_is_typed_is_told(panel: RecipePanel, qtbot: QtBot, name: str, typed: str, recipe: Recipe) -> None:
    edit = field(panel, name)
    edit.setFocus()
    qtbot.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(edit, typed)
    assert panel.recipe == recipe


def test_a_year_counts_when_it_is_whole(panel: RecipePanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(field(panel, "To the year"), "199")
    assert panel.recipe == Recipe()


def test_names_are_offered_while_typing(panel: RecipePanel, qtbot: QtBot) -> None:
    edit = field(panel, "Artist")
    with qtbot.waitActive(panel):
        panel.activateWindow()
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(edit, "tist 3")
    found = QApplication.activePopupWidget()
    assert found is not None
    qtbot.keyClick(found, Qt.Key.Key_Down)
    qtbot.keyClick(found, Qt.Key.Key_Return)
    assert panel.recipe == replace(Recipe(), filters=Filters(artist="Artist 3"))
    assert names_of(["b", "", "A", "b"]) == ["A", "b"]


def test_the_wheel_changes_nothing_in_passing(panel: RecipePanel, qtbot: QtBot) -> None:
    number = field(panel, "How many")
    QApplication.sendEvent(
        number,
        QWheelEvent(
            QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip
    assert panel.recipe == Recipe()
