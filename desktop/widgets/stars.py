"""Stars in a table: your own are solid; predicted ones are outlines filled up to the prediction, over its interval."""

import math
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.store.companion import Prediction
from desktop.item_models.song_rows import Column
from desktop.item_models.songs import DASH, SongModel
from desktop.style import fonts
from desktop.style.measures import SMALL, STAR
from desktop.style.theme import current_colors
from desktop.wording import STARS, decimal_stars

Index = QModelIndex | QPersistentModelIndex

GAP = 2
STEP = STAR + GAP
WIDTH = STARS * STEP - GAP
NUMBER_WIDTH = 32
INTERVAL_MARGIN = 2
INTERVAL_OPACITY = 0.14
GUESSED_OPACITY = 0.5
"""What was guessed is never as full as what was said."""
SAID_HERE = 4
"""The diameter of the dot behind stars that were given here."""
INNER_RADIUS = 0.45
"""Of the outer one: a little fuller than a pentagram, so that five of them read well when small."""


class StarsDelegate(QStyledItemDelegate):
    """Draws the two columns of stars of a SongModel; the stars under the mouse are those that a click would give."""

    hovered: tuple[int, float] | None = None
    """The row under the mouse and its stars, 0 to 1; 0 shows that there are stars to be given."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        draw_ground(painter, option)
        model = index.model()
        if not isinstance(model, SongModel):
            return
        place = star_place(option.rect)
        if index.column() == Column.STARS:
            if self.hovered is not None and self.hovered[0] == index.row() and self.hovered[1] > 0:
                draw_offered(painter, place, self.hovered[1])
            else:
                draw_own(painter, place, max(model.rating_at(index.row()), 0.0))
            if model.is_said_here(index.row()):
                draw_said_here(painter, place)
        else:
            row = index.row()
            draw_prediction(painter, place, model.prediction_at(row), reason=model.reason_at(row) or DASH)


def star_place(cell: QRect) -> QRect:
    """Where the five stars stand in a cell."""
    return QRect(cell.left() + SMALL, cell.top() + (cell.height() - STAR) // 2, WIDTH, STAR)


def draw_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """What lies behind a cell: the selection, and a line around the one that has the keyboard."""
    panel = QStyle.PrimitiveElement.PE_PanelItemViewItem
    option.widget.style().drawPrimitive(panel, option, painter, option.widget)
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QColor(current_colors().accent))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1))


def draw_own(painter: QPainter, place: QRect, rating: float) -> None:
    """Solid stars for what the owner said, over pale ones; small dots where nothing was said."""
    ratio, colors = painter.device().devicePixelRatio(), current_colors()
    if rating > 0:
        painter.drawPixmap(place.topLeft(), _row("solid", ratio, colors.border))
        _draw_share(painter, place, _row("solid", ratio, colors.accent), rating)
    else:
        painter.drawPixmap(place.topLeft(), _row("dots", ratio, colors.disabled))


def draw_offered(painter: QPainter, place: QRect, rating: float) -> None:
    """The stars that a click would give: solid up to the mouse, outlines after it."""
    ratio, accent = painter.device().devicePixelRatio(), current_colors().accent
    painter.drawPixmap(place.topLeft(), _row("outline", ratio, accent))
    _draw_share(painter, place, _row("solid", ratio, accent), rating)


def draw_invitation(painter: QPainter, place: QRect) -> None:
    """Outlines without color: stars that wait to be given, where giving them is all that there is to do."""
    painter.drawPixmap(
        place.topLeft(), _row("outline", painter.device().devicePixelRatio(), current_colors().secondary)
    )


def draw_said_here(painter: QPainter, place: QRect) -> None:
    """A dot behind stars that were given here and not in the player."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(current_colors().accent))
    middle = QPointF(place.right() + SMALL, place.center().y() + 1)
    painter.drawEllipse(middle, SAID_HERE / 2, SAID_HERE / 2)
    painter.restore()


def stars_at(offset: float) -> float | None:
    """The rating (0.1 to 1.0) that lies so far right of the left edge of five stars; None beside them.

    The left half of a star is half a star, as in the player.
    """
    if not 0 <= offset < WIDTH + GAP:
        return None
    star, within = divmod(offset, STEP)
    halves = 2 * int(star) + (1 if within < STAR / 2 else 2)
    return halves / (2 * STARS)


def draw_prediction(
    painter: QPainter,
    place: QRect,
    prediction: Prediction | None,
    *,
    reason: str = DASH,
    has_number: bool = True,
) -> None:
    """Outlined stars filled to the prediction, its interval as a bar behind, and the number; else the reason."""
    colors = current_colors()
    painter.setPen(QColor(colors.secondary))
    cell = place.adjusted(0, -SMALL, NUMBER_WIDTH, SMALL)
    if prediction is None:
        painter.drawText(cell, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, reason)
        return
    ratio = painter.device().devicePixelRatio()
    _draw_interval(painter, place, prediction)
    _draw_share(painter, place, _row("pale", ratio, colors.accent), prediction.rating)
    painter.drawPixmap(place.topLeft(), _row("outline", ratio, colors.accent))
    if not has_number:
        return
    painter.setFont(fonts.figures())
    painter.setPen(QColor(colors.secondary))
    painter.drawText(
        cell, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, decimal_stars(prediction.rating)
    )


def _draw_interval(painter: QPainter, place: QRect, prediction: Prediction) -> None:
    low, high = (place.left() + share * place.width() for share in (prediction.low, prediction.high))
    color = QColor(current_colors().accent)
    color.setAlphaF(INTERVAL_OPACITY)
    painter.fillRect(QRectF(low, place.top() - INTERVAL_MARGIN, high - low, STAR + 2 * INTERVAL_MARGIN), color)


def _draw_share(painter: QPainter, place: QRect, row: QPixmap, rating: float) -> None:
    """The left part of a row of stars; a share of a star is a share of its own width, not of the gap after it."""
    whole, part = divmod(rating * STARS, 1.0)
    width = whole * STEP + part * STAR
    ratio = row.devicePixelRatio()
    painter.drawPixmap(QRectF(place.left(), place.top(), width, STAR), row, QRectF(0, 0, width * ratio, STAR * ratio))


@lru_cache(maxsize=64)
def _row(kind: str, ratio: float, color: str) -> QPixmap:
    """Five stars in a row, drawn once for each color and resolution."""
    pixmap = QPixmap(round(WIDTH * ratio), round(STAR * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number in range(STARS):
        _draw_star(painter, QPointF(number * STEP + STAR / 2, STAR / 2), kind, QColor(color))
    painter.end()
    return pixmap


def _draw_star(painter: QPainter, center: QPointF, kind: str, color: QColor) -> None:
    if kind == "dots":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(center, 1.25, 1.25)
        return
    outlined = kind == "outline"
    if kind == "pale":
        color.setAlphaF(GUESSED_OPACITY)
    painter.setPen(QPen(color, 1.0) if outlined else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if outlined else color)
    painter.drawPolygon(_star(center, radius=STAR / 2 - (0.5 if outlined else 0.0)))


def _star(center: QPointF, *, radius: float) -> QPolygonF:
    corners = []
    for corner in range(10):
        distance = radius * (INNER_RADIUS if corner % 2 else 1.0)
        angle = math.pi * (corner / 5 - 0.5)
        corners.append(QPointF(center.x() + distance * math.cos(angle), center.y() + 0.5 + distance * math.sin(angle)))
    return QPolygonF(corners)
