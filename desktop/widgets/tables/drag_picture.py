"""What hangs at the mouse while songs are dragged: how many they are."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap

from desktop.style.measures import CHIP_HEIGHT, SMALL
from desktop.style.theme import current_colors


def drag_picture(font: QFont, text: str) -> QPixmap:
    """What hangs at the mouse: how many songs."""
    metrics = QFontMetrics(font)
    room = QRect(0, 0, metrics.horizontalAdvance(text) + 2 * SMALL, CHIP_HEIGHT)
    colors = current_colors()
    picture = QPixmap(room.size())
    picture.fill(QColor(colors.selection))
    painter = QPainter(picture)
    painter.setFont(font)
    painter.setPen(QColor(colors.text))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return picture
