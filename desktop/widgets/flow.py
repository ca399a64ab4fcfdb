"""A widget that sets others side by side like words, on as many lines as they need."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.style.measures import SMALL


class Flow(QWidget):
    """Hidden ones take no room.

    It is no QLayout: one of Python's own holds items of Qt, which shiboken 6.11 at times believes to be deleted, and
    then the process dies.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Put a widget behind the others; one that was hidden stays so."""
        is_hidden = widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide) and widget.isHidden()
        widget.setParent(self)
        widget.setHidden(is_hidden)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return max((place.bottom() + 1 for _, place in places), default=0)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest of them."""
        size = QSize(0, 0)
        for widget in self._shown():
            size = size.expandedTo(_least(widget))
        return size

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """One of them wants another size, came or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._arrange()
            return True
        return super().event(event)

    def _shown(self) -> list[QWidget]:
        return [each for each in self.children() if isinstance(each, QWidget) and not each.isHidden()]

    def _arrange(self) -> None:
        for widget, place in self._places(self.width()):
            widget.setGeometry(place)

    def _places(self, width: int) -> list[tuple[QWidget, QRect]]:
        places = []
        left, top, line = 0, 0, 0
        for widget in self._shown():
            size = widget.sizeHint().expandedTo(_least(widget)).boundedTo(widget.maximumSize())
            if left > 0 and left + size.width() > width:
                left, top, line = 0, top + line + SMALL, 0
            places.append((widget, QRect(QPoint(left, top), size)))
            left, line = left + size.width() + SMALL, max(line, size.height())
        return places


def _least(widget: QWidget) -> QSize:
    return widget.minimumSizeHint().expandedTo(widget.minimumSize())
