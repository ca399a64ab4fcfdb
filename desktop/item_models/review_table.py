"""The Qt model of a list to look through: columns that say a text of each row, rows that are told apart by a key."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt

from desktop.item_models.in_place import Arrangement
from desktop.item_models.keyed import KeyedModel
from desktop.item_models.songs import NOWHERE, Index


@dataclass(frozen=True)
class ReviewColumn:
    """One column; of the room that fixed widths leave, it takes a share."""

    name: str
    text: Callable[[Any], str]
    share: int = 0
    width: int = 0
    is_quiet: bool = True
    is_number: bool = False
    tooltip: Callable[[Any], str] | None = None

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self.is_number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class ReviewModel(KeyedModel):
    """Rows of one kind, of which some may be past: they are only shown because somebody looked at them."""

    def __init__(
        self,
        columns: Sequence[ReviewColumn],
        *,
        key: Callable[[Any], Hashable],
        is_said: Callable[[Any], bool] = lambda _: False,
        parent: QObject | None = None,
    ) -> None:
        """``is_said`` tells the rows to which their owner has said something: they stand back."""
        super().__init__(key=key, parent=parent)
        self.columns = list(columns)
        self._is_said = is_said
        self._past: frozenset[int] = frozenset()

    def show(self, rows: Sequence[Any]) -> None:
        """Show other rows, of which none is past; nothing moves where they are the same."""
        self._past = frozenset()
        super().show(rows)

    def show_in_place(self, arranged: Arrangement[Any]) -> None:
        """Let rows look different where they stand, and put the new ones below."""
        stay = len(self._rows)
        if (arranged.rows[:stay], arranged.past) != (self._rows, self._past):
            self._rows, self._past = arranged.rows[:stay], arranged.past
            self.dataChanged.emit(self.index(0, 0), self.index(stay - 1, len(self.columns) - 1))
        if len(arranged.rows) > stay:
            self.beginInsertRows(NOWHERE, stay, len(arranged.rows) - 1)
            self._rows = list(arranged.rows)
            self.endInsertRows()

    def is_past(self, number: int) -> bool:
        """Whether a row is only shown because somebody looked at it."""
        return number in self._past

    def stands_back(self, number: int) -> bool:
        """Whether nothing is left to be said to it."""
        return number in self._past or self._is_said(self._rows[number])

    def add_before(self, rows: Sequence[Any]) -> None:
        """Put rows above all others."""
        if rows:
            self.beginInsertRows(NOWHERE, 0, len(rows) - 1)
            self._rows[:0] = rows
            self.endInsertRows()

    @property
    def rows(self) -> list[Any]:
        return list(self._rows)

    # ------------------------------------------------------------------------------------------------- as Qt asks it

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(row)
        if role == Qt.ItemDataRole.ToolTipRole and column.tooltip is not None:
            return column.tooltip(row)
        return column.alignment if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.name
        return column.alignment if role == Qt.ItemDataRole.TextAlignmentRole else None
