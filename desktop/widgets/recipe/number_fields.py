"""The numbers of a recipe: those that may be left open, and stars."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox, QStyle, QStyleOptionSpinBox

from desktop.style.measures import SMALL
from desktop.widgets.field_look import draw_arrow, dress_field
from desktop.wording import STARS

LEAST_NUMBER = 112


def dress_number(field: QSpinBox | QDoubleSpinBox) -> None:
    """Let a number stand in its field as a text does."""
    field.lineEdit().setTextMargins(SMALL, 0, 0, 0)
    dress_field(field)


def draw_steps(field: QSpinBox | QDoubleSpinBox) -> None:
    """The two arrows of a number, as they look now."""
    option = QStyleOptionSpinBox()
    field.initStyleOption(option)
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
        dress_number(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        draw_steps(self)

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
        dress_number(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        draw_steps(self)

    @property
    def rating(self) -> float | None:
        return round(self.value() / STARS, 3) or None

    def show_rating(self, rating: float | None) -> None:
        self.setValue((rating or 0.0) * STARS)
