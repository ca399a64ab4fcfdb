"""The model of what was made keeps Qt's rules and says what became of the files."""

import time
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from core.parts.recipes import Made, MadeState
from core.recommend.recipe import Dish, Recipe
from desktop.item_models.history_rows import HistoryColumn, HistoryModel


def made(key: int, *, state: MadeState = MadeState.THERE, kept: bool = False, remark: str = "") -> Made:
    files = (Path(f"/home/me/Music/recommendations/List {key}.xspf"),)
    moment = time.time() - 3 * 86_400
    return Made(key, f"List {key}", files, moment, 1_200, state, Recipe(Dish.MIX), kept, remark)


@pytest.fixture
def model(qtbot: QtBot) -> HistoryModel:
    return HistoryModel()


def test_the_model_passes_qts_own_tests(model: HistoryModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for keys in ((1, 2), (1, 2), (3,), ()):
        model.show([made(key) for key in keys])
    assert tester.model() is model


def test_a_row_in_words(model: HistoryModel) -> None:
    model.show([made(1)])
    row = [model.index(0, column).data() for column in HistoryColumn]
    assert row == ["List 1", "A mix", "3 days ago", "1,200", ""]


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (made(1, kept=True), "Kept up to date"),
        (made(1, state=MadeState.CHANGED, kept=True), "Changed by somebody else"),
        (made(1, state=MadeState.GONE), "The file is gone"),
        (made(1, remark="It was made by a newer Marmalade."), "It was made by a newer Marmalade."),
    ],
)
def test_what_became_of_it(model: HistoryModel, one: Made, said: str) -> None:
    model.show([one])
    assert model.index(0, HistoryColumn.STATE).data() == said
