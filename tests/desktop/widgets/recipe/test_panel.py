"""The form tells the recipe that it shows, by mouse and by keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.recommend.filters import Filters
from core.recommend.recipe import Dish, Order, Recipe
from core.song import Song
from desktop.item_models.song_rows import make_rows
from desktop.widgets.recipe.panel import RecipePanel, names_of

SONGS = [Song(n, f"Song {n}", f"Artist {n}", "", 1990, -1.0, f"file:///{n}.mp3") for n in range(5)]
A, B, C, D, E = (song.song_id for song in SONGS)
WHOLE = Recipe(
    dish=Dish.SIMILAR,
    wanted=31,
    filters=Filters(
        genre="Rock",
        artist="Artist",
        first_year=1980,
        last_year=1999,
        min_rating=0.7,
        unrated=True,
        without_groups=frozenset({"somebody"}),
        without_songs=frozenset({E}),
        not_played_for_days=30,
        max_per_artist=2,
        max_per_album=1,
    ),
    order=Order.SMOOTH,
    like=(A, B),
    unlike=(C,),
    start=A,
    end=B,
    songs=(D,),
    variety=0.25,
    explored=0.1,
    seed=7,
    locked=(D,),
    locked_places=(3,),
)


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
