"""A small table of texts keeps its selection by key, and its model does what Qt asks of one."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.item_models.plain_rows import Heading, PlainModel, PlainRow
from desktop.widgets.tables.plain_table import PlainTable


@pytest.fixture
def model() -> PlainModel:
    made = PlainModel([Heading("Name"), Heading("Songs", is_number=True, tooltip="How many")])
    made.set_rows([PlainRow(key, (key, "1")) for key in "abc"])
    return made


def test_the_model_does_what_qt_asks(model: PlainModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)


def test_the_selection_goes_with_its_key(qtbot: QtBot, model: PlainModel) -> None:
    table = PlainTable(model)
    qtbot.addWidget(table)
    told: list[list[str]] = []
    table.chosen.connect(told.append)
    table.select(["b", "c"])
    model.set_rows([PlainRow(key, (key, "2")) for key in "xbca"])
    assert table.keys() == ["b", "c"]
    model.set_rows([PlainRow("x", ("x", "2"))])
    assert table.keys() == []


def test_rows_that_are_the_same_disturb_nobody(model: PlainModel) -> None:
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.set_rows([PlainRow(key, (key, "1")) for key in "abc"])
    assert resets == []


def test_headings_say_what_they_mean(model: PlainModel) -> None:
    across = Qt.Orientation.Horizontal
    assert model.headerData(1, across) == "Songs"
    assert model.headerData(1, across, Qt.ItemDataRole.ToolTipRole) == "How many"
