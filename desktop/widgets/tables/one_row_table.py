"""A table of which one row is selected at a time, and stays so while the others come and go."""

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from desktop.item_models.keyed import KeyedModel
from desktop.widgets.tables.table_dress import dress_table

SELECT_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class OneRowTable(QTableView):
    """Where the selected row has gone, the one after it is selected."""

    chosen = Signal()
    """Another row is selected, or looks different, or none is."""

    def __init__(self, model: KeyedModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keyed = model
        self._kept: tuple[Hashable, int] | None = None
        dress_table(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionsClickable(False)
        self.setModel(model)
        self.selectionModel().selectionChanged.connect(self.chosen)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._bring_back)
        model.dataChanged.connect(self.chosen)

    @property
    def selected_number(self) -> int | None:
        """The row that is selected."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else None

    @property
    def selected(self) -> Any:  # noqa: ANN401 - rows are of the kind that was shown
        """The selected row as it was given to the model; None for none."""
        number = self.selected_number
        return None if number is None else self._keyed.row_at(number)

    def select(self, number: int) -> None:
        self.selectionModel().setCurrentIndex(self._keyed.index(number, 0), SELECT_ROW)

    def _keep(self) -> None:
        number = self.selected_number
        self._kept = None if number is None else (self._keyed.key_at(number), number)

    def _bring_back(self) -> None:
        if self._keyed.rowCount():
            key, number = self._kept or (None, 0)
            found = self._keyed.number_of(key) if self._kept else 0
            self.select(min(number, self._keyed.rowCount() - 1) if found is None else found)
        self.chosen.emit()
