"""A button of an icon alone, with its name for the tooltip and for a screen reader."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QToolButton

from desktop.style.icons import icon
from desktop.style.measures import CONTROL_HEIGHT, ICON_IN_ROW


def small_button(name: str, words: str) -> QToolButton:
    """As high as the fields beside it."""
    button = QToolButton()
    button.setIcon(icon(name))
    button.setIconSize(QSize(ICON_IN_ROW, ICON_IN_ROW))
    button.setFixedSize(CONTROL_HEIGHT, CONTROL_HEIGHT)
    button.setToolTip(words)
    button.setAccessibleName(words.removesuffix("…"))
    return button
