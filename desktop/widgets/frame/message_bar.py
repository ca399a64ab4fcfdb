"""Bars that say something and offer what to do, over the foot of the page: nothing moves when they come and go."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.messages import Kind, Message
from desktop.style.icons import Tint, icon
from desktop.style.measures import ICON_IN_RAIL, MEDIUM, PAGE_MARGIN, SMALL

ICONS = {Kind.DONE: ("done", Tint.ACCENT), Kind.NOTICE: ("notice", Tint.NOTICE), Kind.ERROR: ("error", Tint.ERROR)}
WIDEST = 720
READ_BY_THEN = 12_000
"""Milliseconds for which it is said what was done; what should be known stays until it is closed."""
MOST = 3
"""Bars at the same time; the next one comes when one is closed."""


class MessageBar(QFrame):
    """One message, until it is closed."""

    closed = Signal()

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        self.setProperty("bar", message.kind.value)
        self.setAccessibleName(message.text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MEDIUM, SMALL, SMALL, SMALL)
        layout.setSpacing(SMALL)
        layout.addWidget(self._picture())
        layout.addWidget(self._sentence(), stretch=1)
        for label, act in message.actions:
            layout.addWidget(self._button(label, act))
        layout.addWidget(self._closer())
        self._going = QTimer(self, interval=READ_BY_THEN)
        self._going.timeout.connect(self._go)

    # -------------------------------------------------------------------------------------------------- going by itself

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._stay_a_while()

    def hideEvent(self, event: QHideEvent) -> None:
        self._going.stop()
        super().hideEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._going.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._stay_a_while()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _stay_a_while(self) -> None:
        if self.message.kind is Kind.DONE and self.isVisible():
            self._going.start()

    def _go(self) -> None:
        """Unless nobody could read it, or its buttons have the keyboard."""
        focused = QApplication.focusWidget()
        if self.isActiveWindow() and not (focused is not None and self.isAncestorOf(focused)):
            self.closed.emit()

    # -------------------------------------------------------------------------------------------------- what it shows

    def _picture(self) -> QLabel:
        name, tint = ICONS[self.message.kind]
        picture = QLabel()
        picture.setPixmap(icon(name, tint=tint).pixmap(ICON_IN_RAIL, ICON_IN_RAIL))
        return picture

    def _sentence(self) -> QLabel:
        sentence = QLabel(self.message.text)
        sentence.setWordWrap(True)
        sentence.setToolTip(self.message.details)
        sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        return sentence

    def _button(self, label: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(label)
        button.clicked.connect(lambda _: act())
        return button

    def _closer(self) -> QToolButton:
        closer = QToolButton()
        closer.setIcon(icon("close", tint=Tint.SECONDARY))
        closer.setAccessibleName(self.tr("Close this message"))
        closer.setToolTip(self.tr("Close"))
        closer.clicked.connect(self.closed)
        return closer


class MessageArea(QWidget):
    """The bars, the newest on top; it lies over the foot of its parent, and takes no room of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: list[MessageBar] = []
        self._foot = 0
        self._came_from: QWidget | None = None
        """What had the keyboard before a bar got it."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._note_focus)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SMALL)
        self.hide()

    def say(self, message: Message) -> None:
        """Show a message; the same sentence is not said twice, and a topic has one bar."""
        if any(bar.message.text == message.text for bar in self._bars):
            return
        if message.topic:
            self.withdraw(message.topic)
        bar = MessageBar(message)
        bar.closed.connect(lambda: self._close(bar))
        self._bars.insert(0, bar)
        self._layout.insertWidget(0, bar)
        self._arrange()

    def withdraw(self, topic: str) -> None:
        """Take away the message of a topic."""
        for bar in [bar for bar in self._bars if bar.message.topic == topic]:
            self._close(bar)

    def _close(self, bar: MessageBar) -> None:
        had_focus = bar.isAncestorOf(QApplication.focusWidget() or self)
        self._bars.remove(bar)
        self._layout.removeWidget(bar)
        bar.hide()
        bar.deleteLater()
        self._arrange()
        if had_focus and self._came_from is not None and isValid(self._came_from):
            self._came_from.setFocus()

    def _note_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and new is not None and self.isAncestorOf(new) and not self.isAncestorOf(old):
            self._came_from = old

    def _arrange(self) -> None:
        for number, bar in enumerate(self._bars):
            bar.setVisible(number < MOST)
        self.setVisible(bool(self._bars))
        self.place()

    def stand_above(self, foot: int) -> None:
        """Leave that many pixels free at the lower edge."""
        self._foot = foot
        self.place()

    def place(self) -> None:
        """Lie in the middle above the lower edge."""
        parent = self.parentWidget()
        if parent is None or not self._bars:
            return
        width = min(WIDEST, parent.width() - 2 * PAGE_MARGIN)
        height = self._layout.totalHeightForWidth(width)
        top = parent.height() - PAGE_MARGIN - self._foot - height
        self.setGeometry((parent.width() - width) // 2, top, width, height)
        self.raise_()

    def event(self, event: QEvent) -> bool:
        """Qt tells here that a bar needs more room, or less."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.place()
        return handled


class UnderMessages(QWidget):
    """What the messages lie over."""

    def __init__(self, content: QWidget, messages: MessageArea, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(content)
        messages.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._messages.place()
