"""Icons: one SVG a file, one stroke, drawn in the color that the palette has at the moment of drawing."""

from enum import StrEnum
from functools import cache
from importlib.resources import files

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.style.theme import current_colors


class Tint(StrEnum):
    """What an icon is colored like."""

    TEXT = "text"
    SECONDARY = "secondary"
    ACCENT = "accent"
    ON_ACCENT = "on accent"
    NOTICE = "notice"
    ERROR = "error"


def icon(name: str, *, tint: Tint = Tint.TEXT) -> QIcon:
    """The icon ``resources/icons/NAME.svg`` in a color of the current scheme."""
    return QIcon(_TintedSvg(name, tint))


def application_icon() -> QIcon:
    """The program's own icon, in its own colors."""
    pixmap = QPixmap(256, 256)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(_source("marmalade")).render(painter)
    painter.end()
    return QIcon(pixmap)


@cache
def _source(name: str) -> bytes:
    return (files("resources") / "icons" / f"{name}.svg").read_bytes()


def _color(tint: Tint, mode: QIcon.Mode) -> str:
    colors = current_colors()
    if mode == QIcon.Mode.Disabled:
        return colors.disabled
    by_tint = {
        Tint.TEXT: colors.text,
        Tint.SECONDARY: colors.secondary,
        Tint.ACCENT: colors.accent,
        Tint.ON_ACCENT: colors.on_accent,
        Tint.NOTICE: colors.notice,
        Tint.ERROR: colors.error,
    }
    return by_tint[tint]


class _TintedSvg(QIconEngine):
    """Asked for each pixmap anew, so a change of the scheme needs no new icons."""

    def __init__(self, name: str, tint: Tint) -> None:
        super().__init__()
        self._name, self._tint = name, tint

    def clone(self) -> QIconEngine:
        return _TintedSvg(self._name, self._tint)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        color = _color(self._tint, mode)
        QSvgRenderer(_source(self._name).replace(b"currentColor", color.encode())).render(painter, rect)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap
