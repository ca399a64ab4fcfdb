"""Bars that say something and offer what to do; they never stop the owner from doing something else."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.messages import Kind, Message
from desktop.style.icons import Tint, icon
from desktop.style.measures import ICON_IN_RAIL, MEDIUM, SMALL

ICONS = {Kind.DONE: ("done", Tint.ACCENT), Kind.NOTICE: ("notice", Tint.NOTICE), Kind.ERROR: ("error", Tint.ERROR)}
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

    def _picture(self) -> QLabel:
        name, tint = ICONS[self.message.kind]
        picture = QLabel()
        picture.setPixmap(icon(name, tint=tint).pixmap(ICON_IN_RAIL, ICON_IN_RAIL))
        return picture

    def _sentence(self) -> QLabel:
        sentence = QLabel(self.message.text)
        sentence.setWordWrap(True)
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
    """The bars, the newest on top; it takes no room when there is none."""

    filled = Signal(bool)
    """Whether there is any, when that changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: list[MessageBar] = []
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
        self._bars.remove(bar)
        self._layout.removeWidget(bar)
        bar.hide()
        bar.deleteLater()
        self._arrange()

    def _arrange(self) -> None:
        for number, bar in enumerate(self._bars):
            bar.setVisible(number < MOST)
        self.setVisible(bool(self._bars))
        self.filled.emit(bool(self._bars))
