"""How the text of a cell is drawn: in its color, shortened in the middle where it is too long."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop.style.measures import SMALL
from desktop.style.theme import current_colors


def draw_text(
    painter: QPainter,
    option: QStyleOptionViewItem,
    text: str,
    *,
    alignment: Qt.AlignmentFlag,
    is_quiet: bool,
    elision: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
) -> None:
    """Write a text into its cell in the font of the painter; ``is_quiet`` where one does not look first."""
    colors = current_colors()
    painter.setPen(QColor(colors.secondary if is_quiet else colors.text))
    room = option.rect.adjusted(SMALL, 0, -SMALL, 0)
    painter.drawText(room, alignment, painter.fontMetrics().elidedText(text, elision, room.width()))
