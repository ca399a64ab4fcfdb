"""What the fields have in common: their height, arrows of our own, and a wheel that scrolls the page."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import QWidget

from desktop.style.icons import Tint, icon
from desktop.style.measures import CONTROL_HEIGHT, MEDIUM


class _NoWheel(QObject):
    """The wheel scrolls the recipe, and changes a field only after a click into it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


def calm(field: QWidget) -> None:
    """Give a field its height, and let the wheel pass."""
    field.setFixedHeight(CONTROL_HEIGHT)
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(_NoWheel(field))


def dress_field(field: QWidget) -> None:
    """Let a field look as one, and be calm."""
    field.setProperty("field", True)
    calm(field)


def draw_arrow(field: QWidget, name: str, place: QRect, *, enabled: bool = True) -> None:
    """An arrow of our own: a styled field has none, and a picture would be black in the dark scheme too."""
    if place.isEmpty():
        return
    square = QRect(0, 0, MEDIUM, MEDIUM)
    square.moveCenter(place.center())
    painter = QPainter(field)
    mode = QIcon.Mode.Normal if enabled else QIcon.Mode.Disabled
    icon(name, tint=Tint.SECONDARY).paint(painter, square, mode=mode)
    painter.end()
