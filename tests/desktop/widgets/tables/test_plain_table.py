"""A small table of texts keeps its selection by key, and its model does what Qt asks of one."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.item_models.plain_rows import Heading, PlainModel, PlainRow
from desktop.style.measures import SMALL
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


def test_the_current_cell_is_drawn_as_in_other_tables_right_below_its_heading(qtbot: QtBot, model: PlainModel) -> None:
    """One color fills it, with a line around it; Fusion would draw a box with a gradient."""
    table = PlainTable(model)
    qtbot.addWidget(table)
    table.resize(400, 200)
    cell = QStyleOptionViewItem()
    table.initViewItemOption(cell)
    cell.rect = QRect(0, 0, 200, 28)
    cell.state |= QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Enabled
    picture = QImage(200, 28, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    table.itemDelegate().paint(painter, cell, model.index(0, 0))
    painter.end()
    assert len({picture.pixel(100, y) for y in range(2, 26)}) == 1
    assert picture.pixel(100, 0) != picture.pixel(100, 2)
    empty = picture.pixel(100, 14)
    written = [x for x in range(2, 190) if any(picture.pixel(x, y) != empty for y in range(2, 26))]
    assert SMALL <= written[0] <= SMALL + 2


def test_a_column_has_room_for_what_it_holds(qtbot: QtBot) -> None:
    texts = ["AdaptedEncoder", "14 11 2023", "spectral-1-7fabcf0c", "In use", "1,204"]
    made = PlainModel([Heading("First"), Heading("A")])
    made.set_rows([PlainRow("a", ("", ""))])
    table = PlainTable(made)
    qtbot.addWidget(table)
    table.resize(500, 200)
    for text in texts:
        made.set_rows([PlainRow(text, ("", text))])
        room = table.sizeHintForColumn(1) - 2 * SMALL
        assert QFontMetrics(table.font()).elidedText(text, Qt.TextElideMode.ElideMiddle, room) == text


def test_who_is_led_to_a_row_goes_on_from_there(qtbot: QtBot, model: PlainModel) -> None:
    table = PlainTable(model)
    qtbot.addWidget(table)
    table.select(["a"])
    table.go_to("b")
    assert (table.keys(), table.currentIndex().row()) == (["b"], 1)
    table.go_to("not there")
    assert table.keys() == ["b"]
