"""The model of a list to look through: what Qt demands of a model, and rows that stay where they are."""

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.item_models.in_place import Arrangement
from desktop.item_models.review_table import ReviewColumn, ReviewModel


def model() -> ReviewModel:
    columns = [
        ReviewColumn("Name", lambda row: row[0], share=1),
        ReviewColumn("Length", lambda row: str(row[1]), width=80, is_number=True, tooltip=lambda _: "letters"),
    ]
    return ReviewModel(columns, key=lambda row: row[0])


def test_it_is_a_model_whatever_is_shown(qtmodeltester: ModelTester) -> None:
    shown = model()
    qtmodeltester.check(shown)
    shown.show([("a", 1), ("b", 2)])
    shown.add_before([("new", 3)])
    shown.show([("new", 3), ("a", 5), ("b", 2)])
    shown.show([("b", 2)])
    assert shown.rows == [("b", 2)]


def test_cells_headers_and_tooltips() -> None:
    shown = model()
    shown.show([("a", 1)])
    assert [shown.index(0, column).data() for column in range(2)] == ["a", "1"]
    assert shown.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == "letters"
    assert shown.headerData(1, Qt.Orientation.Horizontal) == "Length"
    assert shown.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight


def test_rows_that_only_look_different_move_nothing(qtbot: QtBot) -> None:
    shown = model()
    shown.show([("a", 1), ("b", 2)])
    with qtbot.assertNotEmitted(shown.modelReset), qtbot.waitSignal(shown.dataChanged):
        shown.show([("a", 7), ("b", 2)])
    with qtbot.assertNotEmitted(shown.modelReset), qtbot.assertNotEmitted(shown.dataChanged):
        shown.show([("a", 7), ("b", 2)])
    assert (shown.number_of("b"), shown.number_of("c")) == (1, None)


def test_rows_stay_in_place_and_new_ones_are_put_below_them(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    shown = model()
    qtmodeltester.check(shown)
    shown.show([("a", 1), ("b", 2)])
    with qtbot.assertNotEmitted(shown.modelReset), qtbot.waitSignal(shown.dataChanged):
        shown.show_in_place(Arrangement([("z", 1), ("b", 2), ("c", 3)], frozenset({1}), 1))
    assert shown.rows == [("z", 1), ("b", 2), ("c", 3)]
    assert [shown.stands_back(number) for number in range(3)] == [False, True, False]
