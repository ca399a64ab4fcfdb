"""Reasons get what they need, names share what is left, and nothing is shown that could not be read."""

from desktop.item_models.list_rows import ListColumn
from desktop.widgets.tables.list_widths import LEAST_FOR_NAMES, LEAST_FOR_REASONS, list_widths


def test_reasons_are_shown_whole_where_names_can_be_read_beside_them() -> None:
    found = list_widths(700, reasons=300)
    assert found == {ListColumn.TITLE: 228, ListColumn.ARTIST: 172, ListColumn.REASON: 300}
    assert list_widths(700, reasons=20)[ListColumn.REASON] == LEAST_FOR_REASONS


def test_long_reasons_leave_room_for_the_names() -> None:
    found = list_widths(500, reasons=900)
    assert found[ListColumn.REASON] == 500 - LEAST_FOR_NAMES
    assert sum(found.values()) == 500


def test_without_room_there_are_no_reasons() -> None:
    assert list_widths(300, reasons=200) == {ListColumn.TITLE: 171, ListColumn.ARTIST: 129, ListColumn.REASON: 0}
