"""What floats over the edges of the map: the search, what colors and sizes say, the tools and the zoom."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QWidget

from desktop import wording
from desktop.plots.coloring import ColorBy, SizeBy
from desktop.plots.map_box import Tool
from desktop.style import fonts
from desktop.style.icons import Tint, icon
from desktop.style.measures import CONTROL_HEIGHT, ICON_IN_RAIL, SMALL, TINY
from desktop.widgets.choice_field import ChoiceField

SEARCH_WIDTH = 240
FRAME_HEIGHT = CONTROL_HEIGHT + 2 * TINY + 2


class MapSearch(QFrame):
    """Top left: highlights while one types."""

    typed = Signal(str)
    taken = Signal()
    """Enter: select what was found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self._found = QLineEdit(), QLabel()
        self.setProperty("bar", "plain")
        self.field.setPlaceholderText(self.tr("Find an artist, a title…"))
        self.field.setAccessibleName(self.tr("Search the map"))
        self.field.setToolTip(self.tr("Ctrl+F; Enter selects what was found, Escape clears"))
        self.field.setClearButtonEnabled(True)
        clear = self.field.findChild(QAction)
        if clear is not None:  # Qt's own icon is black in the dark scheme too
            clear.setIcon(icon("close", tint=Tint.SECONDARY))
        self.field.addAction(icon("search", tint=Tint.SECONDARY), QLineEdit.ActionPosition.LeadingPosition)
        self.field.setFixedWidth(SEARCH_WIDTH)
        self.field.textChanged.connect(self.typed)
        self.field.returnPressed.connect(self.taken)
        self.field.installEventFilter(self)
        self._found.setObjectName("secondary")
        self._found.setFont(fonts.figures())
        self._found.hide()
        line = _line(self)
        line.addWidget(self.field)
        line.addWidget(self._found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape in the field clears it, and only then goes on to the map."""
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_escape and event.type() == QEvent.Type.ShortcutOverride and self.field.text():
            event.accept()
            return True
        if is_escape and event.type() == QEvent.Type.KeyPress and self.field.text():
            self.field.clear()
            return True
        return super().eventFilter(watched, event)

    def show_found(self, count: int | None) -> None:
        """How many songs are highlighted; None when nothing is searched."""
        self._found.setVisible(count is not None)
        self._found.setText("" if count is None else wording.songs(count))
        self.adjustSize()


class MapChoices(QFrame):
    """Top right: what colors and sizes say, export and help."""

    color_chosen = Signal(ColorBy)
    size_chosen = Signal(SizeBy)
    export_wanted = Signal(str)
    """``png`` or ``svg``."""
    help_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "plain")
        self._colors = ChoiceField({value.value: name for value, name in self.color_names().items()})
        self._sizes = ChoiceField({SizeBy.UNIFORM: self.tr("All the same"), SizeBy.PLAYS: self.tr("By plays")})
        self._colors.currentIndexChanged.connect(lambda _: self.color_chosen.emit(self.color_by))
        self._sizes.currentIndexChanged.connect(lambda _: self.size_chosen.emit(self.size_by))
        line = _line(self)
        for text, choice in ((self.tr("Color by"), self._colors), (self.tr("Size"), self._sizes)):
            label = QLabel(text)
            label.setObjectName("secondary")
            label.setBuddy(choice)
            choice.setAccessibleName(text)
            line.addWidget(label)
            line.addWidget(choice)
        line.addWidget(self._export_button())
        self.help_button = _button("help", self.tr("What the map means (?)"))
        self.help_button.clicked.connect(self.help_wanted)
        line.addWidget(self.help_button)

    @property
    def color_by(self) -> ColorBy:
        return ColorBy(self._colors.currentData())

    @property
    def size_by(self) -> SizeBy:
        return SizeBy(self._sizes.currentData())

    def choose(self, color_by: ColorBy, size_by: SizeBy) -> None:
        self._colors.setCurrentIndex(self._colors.findData(color_by))
        self._sizes.setCurrentIndex(self._sizes.findData(size_by))

    def color_names(self) -> dict[ColorBy, str]:
        """As the owner reads them."""
        return {
            ColorBy.GENRE: self.tr("Genre"),
            ColorBy.ARTIST: self.tr("Artist"),
            ColorBy.ALBUM: self.tr("Album"),
            ColorBy.PERIOD: self.tr("Period"),
            ColorBy.OWN: self.tr("Your stars"),
            ColorBy.PREDICTED: self.tr("Predicted stars"),
            ColorBy.UNCERTAINTY: self.tr("Uncertainty"),
            ColorBy.CLUSTER: self.tr("Cluster"),
            ColorBy.NEWNESS: self.tr("Newness"),
            ColorBy.SPEECH: self.tr("Speech"),
        }

    def _export_button(self) -> QToolButton:
        button = _button("export", self.tr("Save the map as a picture"))
        menu = QMenu(button)
        menu.addAction(self.tr("As PNG…"), lambda: self.export_wanted.emit("png"))
        menu.addAction(self.tr("As SVG…"), lambda: self.export_wanted.emit("svg"))
        menu.setAccessibleName(button.accessibleName())
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        return button


class MapTools(QFrame):
    """Bottom left: lasso and rectangle, nearer, farther, everything."""

    tool_chosen = Signal(Tool)
    zoomed = Signal(bool)
    """Nearer, or farther."""
    fit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "plain")
        self._tools = {
            Tool.LASSO: _button("lasso", self.tr("Lasso (L): draw around songs; Shift adds")),
            Tool.RECTANGLE: _button("rectangle", self.tr("Rectangle (R): drag over songs; Shift adds")),
        }
        nearer, farther, fit = (
            _button("add", self.tr("Nearer (+)")),
            _button("remove", self.tr("Farther (−)")),
            _button("fit", self.tr("The whole map (F)")),
        )
        nearer.clicked.connect(lambda: self.zoomed.emit(True))
        farther.clicked.connect(lambda: self.zoomed.emit(False))
        fit.clicked.connect(self.fit_wanted)
        line = _line(self)
        for tool, button in self._tools.items():
            button.setCheckable(True)
            button.clicked.connect(lambda checked, tool=tool: self.tool_chosen.emit(tool if checked else Tool.HAND))
            line.addWidget(button)
        line.addSpacing(SMALL)
        for button in (nearer, farther, fit):
            line.addWidget(button)

    def show_tool(self, tool: Tool) -> None:
        for each, button in self._tools.items():
            button.setChecked(each is tool)


def _line(frame: QFrame) -> QHBoxLayout:
    frame.setFixedHeight(FRAME_HEIGHT)
    line = QHBoxLayout(frame)
    line.setContentsMargins(TINY, TINY, TINY, TINY)
    line.setSpacing(SMALL)
    return line


def _button(icon_name: str, words: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(icon_name))
    button.setIconSize(QSize(ICON_IN_RAIL, ICON_IN_RAIL))
    button.setToolTip(words)
    button.setAccessibleName(words)
    return button
