"""One of the players' databases that were found, to be chosen: whose it is, what is in it, how old it is."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from core.library.locate import DatabaseKind
from core.library.survey import Surveyed
from desktop import wording
from desktop.style.measures import ICON_IN_ROW, MEDIUM, SMALL, TINY
from desktop.style.theme import current_colors

BETWEEN = " · "
DOT = ICON_IN_ROW // 2


class DatabaseChoice(QAbstractButton):
    """Three lines with a circle before them, in a frame that can be clicked anywhere."""

    def __init__(self, found: Surveyed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = (self._name(found), self._content(found), wording.path(found.found.path))
        self.setCheckable(True)
        self.setEnabled(found.library is not None)
        self.setText(self._lines[0])
        self.setAccessibleName(", ".join(self._lines))
        self.setToolTip(found.trouble or self._lines[2])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(0, len(self._lines) * self._line_height() + 2 * SMALL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colors = QPainter(self), current_colors()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_marked = self.isChecked() or self.hasFocus()
        painter.setPen(QPen(QColor(colors.accent if is_marked else colors.border), 1))
        painter.setBrush(QColor(colors.selection if self.isChecked() else colors.base))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), TINY, TINY)
        self._draw_circle(painter)
        left = MEDIUM + ICON_IN_ROW + MEDIUM
        for number, line in enumerate(self._lines):
            color = colors.text if number == 0 and self.isEnabled() else colors.secondary
            painter.setPen(QColor(color))
            place = QRect(left, SMALL + number * self._line_height(), self.width() - left - MEDIUM, self._line_height())
            shown = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideMiddle, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)

    def _draw_circle(self, painter: QPainter) -> None:
        colors = current_colors()
        place = QRect(MEDIUM, (self.height() - ICON_IN_ROW) // 2, ICON_IN_ROW, ICON_IN_ROW)
        color = QColor(colors.accent if self.isChecked() else colors.secondary)
        painter.setPen(QPen(color if self.isEnabled() else QColor(colors.disabled), 1.5))
        painter.setBrush(QColor(colors.base))
        painter.drawEllipse(place.adjusted(1, 1, -1, -1))
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawEllipse(place.center().x() - DOT // 2 + 1, place.center().y() - DOT // 2 + 1, DOT, DOT)

    def _line_height(self) -> int:
        return self.fontMetrics().height() + 2

    def _name(self, found: Surveyed) -> str:
        kinds = {
            DatabaseKind.NATIVE: self.tr("Clementine"),
            DatabaseKind.SNAP: self.tr("Clementine (snap)"),
            DatabaseKind.FLATPAK: self.tr("Clementine (flatpak)"),
            DatabaseKind.STRAWBERRY: self.tr("Strawberry"),
            DatabaseKind.STRAWBERRY_FLATPAK: self.tr("Strawberry (flatpak)"),
        }
        own = self.tr("A copy of {player}’s library") if found.player else self.tr("A file")
        return kinds.get(found.found.kind, own.format(player=found.player.title()))

    def _content(self, found: Surveyed) -> str:
        if found.library is None:
            return self.tr("It cannot be read")
        stars = self.tr("1 with stars") if found.ratings == 1 else self.tr("{count} with stars")
        changed = self.tr("changed {day}").format(day=wording.day(found.found.modified))
        parts = [wording.songs(found.songs), stars.format(count=wording.number(found.ratings)), changed]
        return BETWEEN.join(parts + ([self.tr("older than the player’s own")] if found.found.stale else []))
