"""Only the newest list is served, and one is made at a time."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from core.recommend.recipe import Dish, Recipe
from core.recommend.suggestion import SongList
from core.song import SongId
from desktop.pages.playlists_kitchen import Kitchen, NothingHeard, is_complete

A = SongId("file:///a.mp3")


class SlowSession(QObject):
    """Answers when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[tuple[Callable[[Any], object], Callable[[str], object]]] = []

    def ask(self, _question: object, *, then: Callable[[Any], object], otherwise: Callable[[str], object]) -> None:
        self.waiting.append((then, otherwise))


@pytest.fixture
def session(qtbot: QtBot) -> SlowSession:
    return SlowSession()


@pytest.fixture
def kitchen(session: SlowSession) -> Kitchen:
    return Kitchen(session, session)  # type: ignore[arg-type]  # it only asks


def test_what_was_wanted_before_is_not_served(session: SlowSession, kitchen: Kitchen, qtbot: QtBot) -> None:
    served: list[Recipe] = []
    kitchen.cooked.connect(lambda recipe, _: served.append(recipe))
    kitchen.cook(Recipe(wanted=1))
    kitchen.cook(Recipe(wanted=2))
    qtbot.waitUntil(lambda: len(session.waiting) == 1)
    kitchen.cook(Recipe(wanted=3))
    with qtbot.waitSignal(kitchen.findChild(QTimer).timeout):
        pass
    assert len(session.waiting) == 1  # the second waits for the first
    session.waiting.pop()[0](SongList("2", ()))
    assert served == []
    session.waiting.pop()[0](SongList("3", ()))
    assert [each.wanted for each in served] == [3]
    assert not kitchen.is_busy


def test_what_stands_in_the_way_is_told(session: SlowSession, kitchen: Kitchen, qtbot: QtBot) -> None:
    kitchen.cook(Recipe())
    qtbot.waitUntil(lambda: bool(session.waiting))
    with qtbot.waitSignal(kitchen.failed) as failed:
        session.waiting.pop()[1]("No.")
    assert failed.args == ["No."]
    kitchen.cook(Recipe())
    qtbot.waitUntil(lambda: bool(session.waiting))
    with qtbot.waitSignal(kitchen.unheard):
        session.waiting.pop()[0](NothingHeard())


@pytest.mark.parametrize(
    ("recipe", "complete"),
    [
        (Recipe(), True),
        (Recipe(Dish.SIMILAR), False),
        (Recipe(Dish.SIMILAR, like=(A,)), True),
        (Recipe(Dish.PATH, start=A), False),
        (Recipe(Dish.PATH, start=A, end=A), True),
        (Recipe(Dish.CHOSEN), False),
    ],
)
def test_a_recipe_names_its_songs(recipe: Recipe, *, complete: bool) -> None:
    assert is_complete(recipe) is complete
