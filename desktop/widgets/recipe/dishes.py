"""What kind of list: each with its icon, of which one is chosen, and a sentence about the chosen one."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QVBoxLayout, QWidget

from core.recommend.recipe import Dish
from desktop.item_models.dishes import about_dish, dish_name
from desktop.style.icons import icon
from desktop.style.measures import ICON_IN_ROW, SMALL

ICONS = {
    Dish.BEST: "star",
    Dish.SIMILAR: "similar",
    Dish.PATH: "path",
    Dish.MIX: "mix",
    Dish.SURPRISE: "surprise",
    Dish.RATE_NEXT: "question",
    Dish.CHOSEN: "lasso",
}


class DishChooser(QWidget):
    """Arrow keys go from one to the next."""

    chosen = Signal(object)
    """A Dish; not told for ``show_dish``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons = {dish: self._make_button(dish) for dish in Dish}
        self._about = QLabel()
        self._about.setObjectName("secondary")
        self._about.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for button in self._buttons.values():
            layout.addWidget(button)
        layout.addSpacing(SMALL)
        layout.addWidget(self._about)
        self._group.buttonClicked.connect(self._tell)
        self.show_dish(Dish.BEST)

    def _make_button(self, dish: Dish) -> QPushButton:
        button = QPushButton(dish_name(dish))
        button.setToolTip(about_dish(dish))
        button.setProperty("choice", True)
        button.setCheckable(True)
        button.setIcon(icon(ICONS[dish]))
        button.setIconSize(QSize(ICON_IN_ROW, ICON_IN_ROW))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group.addButton(button)
        return button

    @property
    def dish(self) -> Dish:
        return next(dish for dish, button in self._buttons.items() if button.isChecked())

    def show_dish(self, dish: Dish) -> None:
        """Choose one without telling."""
        self._buttons[dish].setChecked(True)
        self._about.setText(about_dish(dish))

    def _tell(self) -> None:
        self._about.setText(about_dish(self.dish))
        self.chosen.emit(self.dish)
