"""The other fields of a recipe: names that are completed, years, and a slider."""

from collections.abc import Callable

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QIntValidator
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLabel, QLineEdit, QSlider, QVBoxLayout, QWidget

from desktop.style.icons import Tint, icon
from desktop.style.measures import SMALL
from desktop.style.theme import dress_window
from desktop.widgets.field_look import calm

LAST_YEAR = 9999
HUNDRED = 100


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


def _year(text: str) -> int | None:
    return int(text) if len(text) == len(str(LAST_YEAR)) and text.isdecimal() else None
