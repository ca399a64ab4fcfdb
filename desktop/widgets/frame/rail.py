"""The rail of pages at the left edge: an icon with its name for each."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.style.icons import icon
from desktop.style.measures import ICON_IN_RAIL, RAIL_WIDTH, SMALL, TINY


class Rail(QFrame):
    """Ctrl+1 chooses the first page, and so on."""

    chosen = Signal(int)
    preferences_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setMinimumWidth(RAIL_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)  # as wide as its longest name
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(TINY, SMALL, TINY, SMALL)
        self._layout.setSpacing(TINY)
        self._layout.addStretch()
        self._layout.addWidget(self._make_preferences())

    def _make_preferences(self) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("settings"))
        button.setIconSize(QSize(ICON_IN_RAIL, ICON_IN_RAIL))
        button.setAccessibleName(self.tr("Preferences"))
        button.setToolTip(self.tr("Preferences (Ctrl+,)"))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self.preferences_wanted)
        return button

    def add(self, name: str, icon_name: str) -> None:
        """Add a page's button below the others."""
        number = len(self._group.buttons())
        button = QToolButton()
        button.setText(name)
        button.setIcon(icon(icon_name))
        button.setIconSize(QSize(ICON_IN_RAIL, ICON_IN_RAIL))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        shortcut = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
        shortcut.activated.connect(button.click)
        button.setToolTip(f"{name} ({shortcut.key().toString(QKeySequence.SequenceFormat.NativeText)})")
        self._group.addButton(button, number)
        self._layout.insertWidget(number, button)

    def mark(self, number: int) -> None:
        """Show which page is shown."""
        self._group.button(number).setChecked(True)
