"""What every table of the house looks like, whatever its rows hold."""

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.style.measures import CONTROL_HEIGHT, ROW_HEIGHT


def dress_table(table: QTableView) -> None:
    """Whole rows of one height below a header, to be looked at and selected; Tab leads out of it."""
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    rows, header = table.verticalHeader(), table.horizontalHeader()
    rows.hide()
    rows.setMinimumSectionSize(ROW_HEIGHT)
    rows.setDefaultSectionSize(ROW_HEIGHT)
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header.setFixedHeight(CONTROL_HEIGHT)
    header.setHighlightSections(False)
