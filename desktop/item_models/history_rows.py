"""The Qt model of the playlists that were made: name, day, songs, and what became of the files."""

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDateTime, QLocale, QObject, Qt

from desktop import wording
from desktop.item_models.dishes import dish_name
from desktop.item_models.keyed import KeyedModel
from desktop.item_models.songs import NOWHERE, Index

if TYPE_CHECKING:
    from core.parts.recipes import Made


class HistoryColumn(IntEnum):
    """From left to right."""

    NAME = 0
    KIND = 1
    WHEN = 2
    SONGS = 3
    STATE = 4


class HistoryModel(KeyedModel):
    """The newest stands first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(key=lambda made: made.key, parent=parent)

    # ------------------------------------------------------------------------------------------------- as Qt asks it

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(HistoryColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        if not index.isValid():
            return None
        made, column = self.row_at(index.row()), HistoryColumn(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text(made, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(made, column)
        return alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(HistoryColumn):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return [self.tr("Name"), self.tr("Kind"), self.tr("Made"), self.tr("Songs"), self.tr("State")][section]
        return alignment(HistoryColumn(section)) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def text(self, made: "Made", column: HistoryColumn) -> str:
        if column == HistoryColumn.NAME:
            return made.name
        if column == HistoryColumn.KIND:
            return dish_name(made.recipe.dish) if made.recipe else ""
        if column == HistoryColumn.WHEN:
            return self._when(made.made_at)
        return wording.number(made.songs) if column == HistoryColumn.SONGS else self._state(made)

    def _when(self, moment: float) -> str:
        """Of one day, the time tells which was first."""
        day, then = wording.day(moment), QDateTime.fromSecsSinceEpoch(int(moment))
        if then.date() != QDateTime.currentDateTime().date():
            return day
        return self.tr("{day}, {time}").format(
            day=day, time=QLocale().toString(then.time(), QLocale.FormatType.ShortFormat)
        )

    def _state(self, made: "Made") -> str:
        from core.parts.recipes import MadeState

        states = {
            MadeState.THERE: self.tr("Kept up to date") if made.keep_up_to_date else "",
            MadeState.CHANGED: self.tr("Changed by somebody else"),
            MadeState.GONE: self.tr("The file is gone"),
        }
        return made.remark or states[made.state]

    def _tooltip(self, made: "Made", column: HistoryColumn) -> str:
        if column == HistoryColumn.WHEN:
            moment = QDateTime.fromSecsSinceEpoch(int(made.made_at))
            return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
        return "\n".join(map(str, made.files)) if column == HistoryColumn.NAME else self.text(made, column)


def alignment(column: HistoryColumn) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == HistoryColumn.SONGS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
