"""A Qt model of rows that are told apart by a key, so that each is known again when they are read anew."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject

from desktop.item_models.songs import NOWHERE, Index


class KeyedModel(QAbstractTableModel):
    """Rows of one kind in the order that they are given in; a kind of model says what is in its columns."""

    def __init__(self, *, key: Callable[[Any], Hashable], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._rows: list[Any] = []

    def show(self, rows: Sequence[Any]) -> None:
        """Show other rows; nothing moves where they are the same."""
        new = list(rows)
        if new == self._rows:
            return
        if [self.key(row) for row in new] == [self.key(row) for row in self._rows]:
            self._rows = new
            self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def row_at(self, number: int) -> Any:  # noqa: ANN401 - rows are of the kind that was shown
        return self._rows[number]

    def key_at(self, number: int) -> Hashable:
        return self.key(self._rows[number])

    def number_of(self, key: Hashable) -> int | None:
        """Where the row of a key stands; None where it has gone."""
        return next((number for number, row in enumerate(self._rows) if self.key(row) == key), None)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)
