"""The fields of the preferences: each shows a value as the configuration holds it, and says what is wrong in it."""

from abc import abstractmethod
from typing import Any

import yaml
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from core.config_text import parse_yaml
from core.errors import UserError
from desktop.preferences.places import choose_place
from desktop.style import fonts
from desktop.style.measures import CONTROL_HEIGHT, SMALL
from desktop.widgets.choice_field import ChoiceField
from desktop.widgets.small_button import small_button
from desktop.widgets.switch import Switch

translate = QCoreApplication.translate
SHORT, LONG, LINES = 140, 240, 5
"""The width of a number, the least of a choice; the lines of a text of several."""


class Field(QWidget):
    """One key of the configuration; it takes the name by which a screen reader calls it from its label."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(SMALL)

    @property
    @abstractmethod
    def main(self) -> QWidget:
        """What gets the keyboard."""

    @abstractmethod
    def value(self) -> Any:  # noqa: ANN401 - what YAML can hold
        """What is in the field; ValueError where it is nothing that a configuration could hold."""

    @abstractmethod
    def show_value(self, value: Any) -> None:  # noqa: ANN401 - what YAML can hold
        """Put a value into the field."""

    def mistake(self) -> str:
        """A sentence for what cannot be read; empty for nothing."""
        return ""


class NumberField(Field):
    """A number; where it may be left out, the words for that stand in the empty field."""

    def __init__(self, *, whole: bool = False, left_open: str = "", unit: str = "") -> None:
        super().__init__()
        self._whole, self._left_open = whole, left_open
        self._edit = QLineEdit()
        self._edit.setPlaceholderText(left_open)
        self._edit.setFixedWidth(SHORT)
        self._edit.textEdited.connect(self.edited)
        self.line.addWidget(self._edit)
        if unit:
            from PySide6.QtWidgets import QLabel

            self.line.addWidget(QLabel(unit))
        self.line.addStretch()

    @property
    def main(self) -> QWidget:
        return self._edit

    def value(self) -> int | float | None:
        text = self._edit.text().strip()
        if not text and self._left_open:
            return None
        return int(text) if self._whole else float(text)

    def show_value(self, value: float | None) -> None:
        self._edit.setText("" if value is None else f"{value:d}" if isinstance(value, int) else f"{value:.10g}")

    def mistake(self) -> str:
        try:
            self.value()
        except ValueError:
            whole, any_number = (
                translate("Preferences", "must be a whole number, such as 12"),
                translate("Preferences", "must be a number, such as 0.5"),
            )
            return whole if self._whole else any_number
        return ""


class SwitchField(Field):
    """Yes or no, with what that means beside it."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._switch = Switch(words)
        self._switch.clicked.connect(self.edited)
        self.line.addWidget(self._switch, stretch=1)

    @property
    def main(self) -> QWidget:
        return self._switch

    def value(self) -> bool:
        return self._switch.isChecked()

    def show_value(self, value: bool) -> None:  # noqa: FBT001 - the value itself
        self._switch.setChecked(value)


class OneOfField(Field):
    """One of several values; an empty one is none."""

    def __init__(self, choices: dict[str, str]) -> None:
        super().__init__()
        self._choice = ChoiceField(choices)
        self._choice.setMinimumWidth(LONG)
        self._choice.edited.connect(self.edited)
        self.line.addWidget(self._choice)
        self.line.addStretch()

    @property
    def main(self) -> QWidget:
        return self._choice

    def value(self) -> str | None:
        return self._choice.choice or None

    def show_value(self, value: str | None) -> None:
        self._choice.show_choice(value or "")


class TextField(Field):
    """A text; an empty one is none where it may be left out."""

    def __init__(self, *, left_open: str = "", is_optional: bool = True) -> None:
        super().__init__()
        self._is_optional = is_optional
        self._edit = QLineEdit()
        self._edit.setPlaceholderText(left_open)
        self._edit.textEdited.connect(self.edited)
        self.line.addWidget(self._edit)

    @property
    def main(self) -> QWidget:
        return self._edit

    def value(self) -> str | None:
        return self._edit.text().strip() or (None if self._is_optional else "")

    def show_value(self, value: str | None) -> None:
        self._edit.setText(value or "")
        self._edit.setCursorPosition(0)


class PlaceField(TextField):
    """A file or a folder, typed or chosen."""

    def __init__(self, *, left_open: str, is_folder: bool, kinds: str = "") -> None:
        super().__init__(left_open=left_open)
        self._is_folder, self._kinds = is_folder, kinds
        button = small_button("folder", translate("Preferences", "Choose…"))
        button.clicked.connect(self._choose)
        self.line.addWidget(button)

    def _choose(self) -> None:
        place = choose_place(self, is_folder=self._is_folder, kinds=self._kinds)
        if place:
            self._edit.setText(place)
            self.edited.emit()


class NumbersField(TextField):
    """Whole numbers, with commas between."""

    def value(self) -> Any:  # noqa: ANN401 - a list, where a text has a text
        return [int(part) for part in self._edit.text().replace(",", " ").split()]

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - the same
        self._edit.setText(", ".join(map(str, value)))

    def mistake(self) -> str:
        try:
            self.value()
        except ValueError:
            return translate("Preferences", "must be whole numbers with commas between, such as 256, 128")
        return ""


class StructureField(Field):
    """Keys and values of several levels, as YAML."""

    def __init__(self, example: str) -> None:
        super().__init__()
        self._edit = QPlainTextEdit()
        self._edit.setFont(fonts.code())
        self._edit.setPlaceholderText(example)
        self._edit.setProperty("field", True)
        self._edit.setTabChangesFocus(True)
        self._edit.setFixedHeight(LINES * CONTROL_HEIGHT - SMALL)
        self._edit.textChanged.connect(self.edited)
        self.line.addWidget(self._edit)

    @property
    def main(self) -> QWidget:
        return self._edit

    def value(self) -> dict[str, Any]:
        try:
            found = parse_yaml(self._edit.toPlainText(), source=translate("Preferences", "It"))
        except UserError as error:
            raise ValueError(str(error)) from error
        return {"parameters": found} if found else {}

    def show_value(self, value: dict[str, Any]) -> None:
        inner = value.get("parameters", {})
        written = yaml.safe_dump(inner, sort_keys=False, default_flow_style=None) if inner else ""
        self._edit.setPlainText(written)

    def mistake(self) -> str:
        try:
            self.value()
        except ValueError as error:
            return str(error)
        return ""


def column(*widgets: QWidget) -> QVBoxLayout:
    """Widgets below each other, as near as what belongs together."""
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SMALL)
    for widget in widgets:
        layout.addWidget(widget)
    return layout
