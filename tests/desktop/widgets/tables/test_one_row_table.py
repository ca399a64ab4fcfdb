"""The selected row stays selected while the others come and go."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.item_models.review_table import ReviewColumn, ReviewModel
from desktop.widgets.tables.one_row_table import OneRowTable


@pytest.fixture
def model() -> ReviewModel:
    model = ReviewModel([ReviewColumn("Name", str)], key=lambda row: row)
    model.show(["a", "b", "c"])
    return model


@pytest.fixture
def table(model: ReviewModel, qtbot: QtBot) -> OneRowTable:
    table = OneRowTable(model)
    qtbot.addWidget(table)
    return table


def test_the_first_rows_that_come_have_one_selected(model: ReviewModel, table: OneRowTable) -> None:
    assert (table.selected, table.selected_number) == (None, None)
    model.show(["a", "b"])
    assert (table.selected, table.selected_number) == ("a", 0)


def test_the_selection_goes_with_its_row(model: ReviewModel, table: OneRowTable) -> None:
    table.select(1)
    model.show(["x", "a", "b", "c"])
    assert (table.selected, table.selected_number) == ("b", 2)


@pytest.mark.parametrize(("rows", "selected"), [(["a", "c"], "c"), (["a"], "a"), ([], None)])
def test_where_it_has_gone_the_next_one_is_selected(
    model: ReviewModel, table: OneRowTable, qtbot: QtBot, rows: list[str], selected: str | None
) -> None:
    table.select(1)
    with qtbot.waitSignal(table.chosen):
        model.show(rows)
    assert table.selected == selected
