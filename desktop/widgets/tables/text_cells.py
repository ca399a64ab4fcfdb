"""How cells with text are drawn: quietly where one does not look first, shortened in the middle, whole as a tooltip."""

from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from desktop.item_models.song_rows import Column
from desktop.item_models.songs import RIGHT_ALIGNED, Index, SongModel, alignment
from desktop.style import fonts
from desktop.style.measures import SMALL
from desktop.widgets.stars import draw_ground
from desktop.widgets.tables.cell_text import draw_text

SECONDARY = {Column.ALBUM, Column.YEAR, Column.GENRE, Column.PLAYS, Column.REMARK}
"""Title and artist are what one looks for."""


class TextDelegate(QStyledItemDelegate):
    """Draws text cells; one call into Python for each instead of one for each of Qt's roles."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._figures = fonts.figures()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, column = index.model(), Column(index.column())
        if not isinstance(model, SongModel):
            return
        draw_ground(painter, option)
        if column in RIGHT_ALIGNED:
            painter.setFont(self._figures)
        quiet = column in SECONDARY or model.song_at(index.row()).unavailable
        text = model.text_at(index.row(), column)
        draw_text(painter, option, text, alignment=alignment(column), is_quiet=quiet)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Show the whole text of a cell that had to be shortened; a remark is always explained."""
        model, column = index.model(), Column(index.column())
        if isinstance(model, SongModel):
            text = model.text_at(index.row(), column)
            room = option.rect.width() - 2 * SMALL
            shown = text if view.fontMetrics().horizontalAdvance(text) > room else ""
            QToolTip.showText(
                event.globalPos(), model.remark_at(index.row()) if column == Column.REMARK else shown, view
            )
        return True
