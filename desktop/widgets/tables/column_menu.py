"""The menu behind the header: which columns are shown."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop.item_models.song_rows import Column
from desktop.widgets.tables.song_table import HIDDEN_AT_FIRST, SongTable

translate = QCoreApplication.translate


def column_menu(table: SongTable, parent: QWidget) -> QMenu:
    """A line for each column but the title, which is always there."""
    menu = QMenu(translate("ColumnMenu", "Columns"), parent)
    model, header = table.model(), table.horizontalHeader()
    for place in range(header.count()):
        column = Column(header.logicalIndex(place))
        if column != Column.TITLE:
            action = menu.addAction(str(model.headerData(column, Qt.Orientation.Horizontal)))
            action.setCheckable(True)
            action.setChecked(column not in table.hidden_columns)
            action.toggled.connect(partial(_show, table, column))
    menu.addSeparator()
    menu.addAction(translate("ColumnMenu", "Show the usual ones"), lambda: table.show_columns(hidden=HIDDEN_AT_FIRST))
    return menu


def _show(table: SongTable, column: Column, is_shown: bool) -> None:  # noqa: FBT001 - as the signal has it
    changed = table.hidden_columns - {column} if is_shown else table.hidden_columns | {column}
    table.show_columns(hidden=changed)
