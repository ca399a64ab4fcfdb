"""The name of a page, at the same place on each."""

from PySide6.QtWidgets import QLabel, QWidget

from desktop.style import fonts
from desktop.style.measures import CONTROL_HEIGHT


class PageTitle(QLabel):
    """As high as the controls that stand beside it on some pages."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFont(fonts.page_title())
        self.setFixedHeight(CONTROL_HEIGHT)
