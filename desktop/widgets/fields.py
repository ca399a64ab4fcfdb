"""The fields of a recipe: numbers that may be left open, stars, names that are completed, years, and a slider."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QIntValidator, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QCompleter,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSlider,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.style.icons import Tint, icon
from desktop.style.measures import CONTROL_HEIGHT, MEDIUM, SMALL
from desktop.style.theme import dress_window
from desktop.wording import STARS

LAST_YEAR = 9999
HUNDRED = 100
LEAST_WIDTH, LEAST_NUMBER = 96, 112


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


def draw_steps(field: QSpinBox | QDoubleSpinBox, option: QStyleOptionSpinBox) -> None:
    """The two arrows of a number; ``option`` is how it looks now."""
    can = option.stepEnabled
    for name, part, flag in (
        ("up", QStyle.SubControl.SC_SpinBoxUp, QAbstractSpinBox.StepEnabledFlag.StepUpEnabled),
        ("down", QStyle.SubControl.SC_SpinBoxDown, QAbstractSpinBox.StepEnabledFlag.StepDownEnabled),
    ):
        place = field.style().subControlRect(QStyle.ComplexControl.CC_SpinBox, option, part, field)
        draw_arrow(field, name, place, enabled=bool(can & flag))


class OpenNumber(QSpinBox):
    """A number that may be left open: then its value is None."""

    edited = Signal()

    def __init__(self, *, most: int, left_open: str = "", one: str = "", many: str = "") -> None:
        super().__init__()
        self._one, self._many = one, many
        self.setRange(0 if left_open else 1, most)
        self.setSpecialValueText(left_open)
        self.setKeyboardTracking(True)
        self.valueChanged.connect(self._tell)
        self.lineEdit().setTextMargins(SMALL, 0, 0, 0)
        self.setProperty("field", True)
        calm(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        draw_steps(self, option)

    def minimumSizeHint(self) -> QSize:
        """The hint for what is left open may be cut before the panel is."""
        found = super().minimumSizeHint()
        return QSize(min(found.width(), LEAST_NUMBER), found.height())

    @property
    def number(self) -> int | None:
        return self.value() or None

    def show_number(self, number: int | None) -> None:
        self.setValue(number or 0)

    def _tell(self, value: int) -> None:
        self.setSuffix(self._one if value == 1 else self._many)
        self.edited.emit()


class StarsField(QDoubleSpinBox):
    """The least rating, 0 to 1, in stars; None for any."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setRange(0.0, STARS)
        self.setDecimals(1)
        self.setSingleStep(0.5)
        self.setSpecialValueText(self.tr("any"))
        self.setSuffix(self.tr(" stars"))  # another one for a single star would move what is being typed
        self.valueChanged.connect(self.edited)
        self.lineEdit().setTextMargins(SMALL, 0, 0, 0)
        self.setProperty("field", True)
        calm(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        draw_steps(self, option)

    @property
    def rating(self) -> float | None:
        return round(self.value() / STARS, 3) or None

    def show_rating(self, rating: float | None) -> None:
        self.setValue((rating or 0.0) * STARS)


class NameField(QLineEdit):
    """A text that is completed with names of the library, read when something is typed."""

    edited = Signal()

    def __init__(self, names: Callable[[], list[str]], *, hint: str) -> None:
        super().__init__()
        self._read, self._names = names, QStringListModel(self)
        self._stale = True
        self.setPlaceholderText(hint)
        self.setClearButtonEnabled(True)
        self._completer = QCompleter(self._names, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(self._completer)
        self.textEdited.connect(self._complete)
        self.textChanged.connect(self.edited)
        clear = self.findChild(QAction)
        if clear is not None:  # Qt's own icon is black in the dark scheme too
            clear.setIcon(icon("close", tint=Tint.SECONDARY))

    def forget_names(self) -> None:
        """The library is another one now."""
        self._stale = True

    def _complete(self) -> None:
        if self._stale:
            self._stale = False
            self._names.setStringList(self._read())
            popup = self._completer.popup()
            if popup is not None:
                dress_window(popup)

    def show_text(self, text: str) -> None:
        if text != self.text().strip():
            self.setText(text)


class YearsField(QWidget):
    """From a year to a year; either may be left open."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._first = self._make_edit(self.tr("from"), self.tr("From the year"))
        self._last = self._make_edit(self.tr("to"), self.tr("To the year"))
        dash = QLabel("–")
        dash.setObjectName("secondary")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        layout.addWidget(self._first)
        layout.addWidget(dash)
        layout.addWidget(self._last)
        self.setFocusProxy(self._first)

    def _make_edit(self, hint: str, name: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setPlaceholderText(hint)
        edit.setAccessibleName(name)
        edit.setValidator(QIntValidator(1, LAST_YEAR, edit))
        edit.textChanged.connect(self.edited)
        return edit

    @property
    def years(self) -> tuple[int | None, int | None]:
        """A year that is being typed, 19, counts when it has four digits."""
        return _year(self._first.text()), _year(self._last.text())

    def show_years(self, first: int | None, last: int | None) -> None:
        if (first, last) != self.years:
            self._first.setText(str(first or ""))
            self._last.setText(str(last or ""))


class ShareField(QWidget):
    """A slider for a share, 0 to 1, with a word at each end."""

    edited = Signal()

    def __init__(self, name: str, *, low: str, high: str) -> None:
        super().__init__()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, HUNDRED)
        self._slider.setPageStep(10)
        self._slider.setSingleStep(5)
        self._slider.setAccessibleName(name)
        self._slider.valueChanged.connect(self.edited)
        calm(self._slider)
        label, ends = QLabel(name), QHBoxLayout()
        label.setBuddy(self._slider)
        for number, text in enumerate((low, high)):
            end = QLabel(text)
            end.setObjectName("secondary")
            ends.addWidget(end)
            if not number:
                ends.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(label)
        layout.addWidget(self._slider)
        layout.addLayout(ends)
        self.setFocusProxy(self._slider)

    @property
    def share(self) -> float:
        return self._slider.value() / HUNDRED

    def show_share(self, share: float) -> None:
        self._slider.setValue(round(share * HUNDRED))


class ChoiceField(QComboBox):
    """One of several values of an enumeration, by the words for them."""

    edited = Signal()

    def __init__(self, choices: dict[str, str]) -> None:
        super().__init__()
        for value, words in choices.items():
            self.addItem(words, value)
        self.currentIndexChanged.connect(self.edited)
        self.setProperty("field", True)
        calm(self)

    def minimumSizeHint(self) -> QSize:
        """Where there is little room the chosen words are cut, not the field."""
        found = super().minimumSizeHint()
        return QSize(min(found.width(), LEAST_WIDTH), found.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxArrow
        draw_arrow(self, "down", self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self))

    @property
    def choice(self) -> str:
        return str(self.currentData())

    def show_choice(self, value: str) -> None:
        self.setCurrentIndex(max(0, self.findData(str(value))))


def _year(text: str) -> int | None:
    return int(text) if len(text) == len(str(LAST_YEAR)) and text.isdecimal() else None
