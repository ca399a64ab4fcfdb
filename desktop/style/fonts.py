"""Fonts by what they say: the system's own, larger for titles, with figures of one width in columns of numbers."""

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication


def body() -> QFont:
    return QFont(QApplication.font())


def page_title() -> QFont:
    return _larger(5)


def section() -> QFont:
    return _larger(1)


def figures() -> QFont:
    """Digits of one width, so that numbers stand below each other and do not jump while they change."""
    font = body()
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def code() -> QFont:
    """Letters of one width, as large as the others."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(QFontInfo(body()).pointSizeF())
    return font


def _larger(points: int) -> QFont:
    font = body()
    font.setPointSizeF(QFontInfo(font).pointSizeF() + points)
    font.setWeight(QFont.Weight.DemiBold)
    return font
