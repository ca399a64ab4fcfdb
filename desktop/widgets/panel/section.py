"""A part of the panel under a heading that opens and closes it; whether it is open is remembered."""

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.style import fonts
from desktop.style.icons import Tint, icon
from desktop.style.measures import ICON_IN_ROW, SMALL

KEYS = "song_panel/open/"


class Section(QWidget):
    """What it holds is put into ``body``."""

    toggled = Signal(bool)

    def __init__(self, name: str, *, settings: QSettings, parent: QWidget | None = None) -> None:
        """``name`` is that under which the settings know it."""
        super().__init__(parent)
        self._settings, self._key = settings, KEYS + name
        self._header = QToolButton()
        self._header.setObjectName("sectionHeader")
        self._header.setFont(fonts.section())
        self._header.setCheckable(True)
        self._header.setIconSize(QSize(ICON_IN_ROW, ICON_IN_ROW))
        self._header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._content = QWidget()
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 0, 0, SMALL)
        self.body.setSpacing(SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._content)
        self._header.toggled.connect(self._open)
        self._header.clicked.connect(lambda is_open: self._settings.setValue(self._key, is_open))
        self._header.setChecked(True)
        self._recall()

    def set_title(self, title: str) -> None:
        self._header.setText(title)

    @property
    def is_open(self) -> bool:
        return self._header.isChecked()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._recall()  # another page's panel may have closed it

    def _recall(self) -> None:
        self._header.setChecked(bool(self._settings.value(self._key, True, type=bool)))

    def _open(self, is_open: bool) -> None:  # noqa: FBT001 - as Qt tells it
        self._header.setIcon(icon("down" if is_open else "right", tint=Tint.SECONDARY))
        self._content.setVisible(is_open)
        self.toggled.emit(is_open)
