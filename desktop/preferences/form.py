"""A page of the preferences: fields below each other in groups, each for one key of the configuration."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, Qt, SignalInstance
from PySide6.QtCore import Signal as Signal_
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from core.config import Config
from core.config_file import values_of
from desktop.preferences.fields import SwitchField
from desktop.style import fonts
from desktop.style.measures import BETWEEN_GROUPS, CONTROL_HEIGHT, MEDIUM, PAGE_MARGIN, SMALL, TINY

LABELS, FIELDS = 200, 420
"""The widths of the two columns."""


class AnyField(Protocol):
    """What a form needs of a field, which is a widget."""

    edited: SignalInstance

    @property
    def main(self) -> QWidget: ...

    def value(self) -> Any: ...  # noqa: ANN401 - what YAML can hold

    def show_value(self, value: Any) -> None: ...  # noqa: ANN401 - what YAML can hold

    def mistake(self) -> str: ...


@dataclass(frozen=True)
class Row:
    """A field with its words; without a ``key`` it is a setting of the window, which its page keeps."""

    key: str
    label: str
    field: Any
    """A widget that is an ``AnyField``."""
    hint: str = ""


@dataclass(frozen=True)
class Group:
    """Rows that belong together."""

    title: str
    rows: Sequence[Row]
    hint: str = ""


class FormPage(QScrollArea):
    """The fields of a part of the configuration."""

    edited = Signal_()

    def __init__(self, title: str, groups: Sequence[Group]) -> None:
        super().__init__()
        self.title = title
        self.rows = [row for group in groups for row in group.rows]
        self._shown: dict[str, Any] = {}
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(BETWEEN_GROUPS, PAGE_MARGIN, BETWEEN_GROUPS, PAGE_MARGIN)
        column.setSpacing(BETWEEN_GROUPS)
        heading = QLabel(title)
        heading.setFont(fonts.page_title())
        column.addWidget(heading)
        for group in groups:
            column.addLayout(self._grid(group))
        column.addStretch()
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def keys(self) -> list[str]:
        """The keys of the configuration that can be set here."""
        return [row.key for row in self.rows if row.key]

    def load(self, config: Config) -> None:
        """Show what a configuration says."""
        values = values_of(config)
        for row in self.rows:
            if row.key:
                row.field.blockSignals(True)  # it is no edit of its owner's
                row.field.show_value(values[row.key])
                row.field.blockSignals(False)
        self._shown = values

    def save(self) -> dict[str, Any]:
        """What was changed since; to be asked for after ``check``."""
        return {key: value for key, value in self._values().items() if value != self._shown.get(key)}

    def check(self) -> str | None:
        """A sentence for the first field that cannot be read, which gets the keyboard; None if all can."""
        for row in self.rows:
            mistake = row.field.mistake()
            if mistake:
                row.field.main.setFocus()
                self.ensureWidgetVisible(row.field.main)
                words = QCoreApplication.translate("Preferences", "“{label}” {mistake}.")
                return words.format(label=row.label, mistake=mistake.removesuffix("."))
        return None

    def focus_on(self, key: str) -> None:
        """Give the keyboard to the field of a key."""
        for row in self.rows:
            if row.key == key:
                row.field.main.setFocus()
                self.ensureWidgetVisible(row.field.main)

    def save_own(self) -> None:
        """Keep the settings that are the window's own; there are none here."""

    def take_back(self) -> None:
        """Undo what was shown at once and not saved; there is nothing here."""

    def _values(self) -> dict[str, Any]:
        return {row.key: row.field.value() for row in self.rows if row.key}

    def _grid(self, group: Group) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(PAGE_MARGIN)
        grid.setVerticalSpacing(SMALL)
        grid.setColumnMinimumWidth(0, LABELS)
        grid.setColumnStretch(2, 1)
        if group.title:
            title = QLabel(group.title)
            title.setFont(fonts.section())
            grid.addWidget(title, 0, 0, 1, 2)
        if group.hint:
            grid.addWidget(secondary(group.hint), 1, 0, 1, 2)
        for row in group.rows:
            self._add(grid, row)
        return grid

    def _add(self, grid: QGridLayout, row: Row) -> None:
        number, field = grid.rowCount(), row.field
        label = QLabel("" if isinstance(field, SwitchField) else row.label)
        label.setWordWrap(True)
        label.setFixedWidth(LABELS)
        label.setBuddy(field.main)
        label.setMinimumHeight(CONTROL_HEIGHT)
        field.main.setAccessibleName(row.label)
        for each in (label, field.main):
            each.setToolTip(row.key)
        field.setFixedWidth(FIELDS)
        field.edited.connect(self.edited)
        grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(field, number, 1, Qt.AlignmentFlag.AlignTop)
        if row.hint:
            hint = secondary(row.hint)
            hint.setContentsMargins(0, 0, 0, TINY)
            grid.addWidget(hint, number + 1, 1)


def secondary(words: str) -> QLabel:
    """A remark below a field or a title."""
    label = QLabel(words)
    label.setObjectName("secondary")
    label.setWordWrap(True)
    label.setContentsMargins(0, 0, 0, MEDIUM)
    return label
