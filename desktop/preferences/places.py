"""Places on the disk in the preferences: choosing one, lists of folders, and where folders lie here."""

from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.style.measures import ROW_HEIGHT, SMALL

translate = QCoreApplication.translate
ROWS = 3
"""Seen at once."""


def choose_place(parent: QWidget, *, is_folder: bool, kinds: str = "") -> str:
    """Let the owner choose a file or a folder; empty if they did not."""
    if is_folder:
        return QFileDialog.getExistingDirectory(parent, translate("Preferences", "Choose a folder"))
    place, _ = QFileDialog.getOpenFileName(parent, translate("Preferences", "Choose a file"), "", kinds)
    return place


class FoldersField(QWidget):
    """A list of folders."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.main = QListWidget()
        self.main.setFixedHeight(ROWS * ROW_HEIGHT)
        self.main.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.main.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.main.setObjectName("folders")
        self._add, self._remove = _two_buttons(self, self.main)
        self._add.clicked.connect(self._choose)
        self._remove.clicked.connect(self._take)
        self.main.itemSelectionChanged.connect(self._enable)
        self._enable()

    def value(self) -> list[str]:
        return [self.main.item(row).text() for row in range(self.main.count())]

    def show_value(self, value: list[str]) -> None:
        self.main.clear()
        for place in value:
            self._add_row(place)

    def _add_row(self, place: str) -> None:
        item = QListWidgetItem(place)
        item.setToolTip(place)
        self.main.addItem(item)

    def mistake(self) -> str:
        return ""

    def _choose(self) -> None:
        place = choose_place(self, is_folder=True)
        if place and place not in self.value():
            self._add_row(place)
            self.edited.emit()

    def _take(self) -> None:
        for item in self.main.selectedItems():
            self.main.takeItem(self.main.row(item))
        self.edited.emit()

    def _enable(self) -> None:
        self._remove.setEnabled(bool(self.main.selectedItems()))


class PlacesMapField(QWidget):
    """Pairs of folders: where the player says that music lies, and where it lies here."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.main = QTableWidget(0, 2)
        self.main.setHorizontalHeaderLabels(
            [translate("Preferences", "In the player"), translate("Preferences", "On this computer")]
        )
        self.main.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.main.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.main.horizontalHeader().setFixedHeight(ROW_HEIGHT)
        self.main.verticalHeader().hide()
        self.main.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.main.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.main.setFixedHeight((ROWS + 1) * ROW_HEIGHT)
        self.main.setTabKeyNavigation(False)
        self.main.setShowGrid(False)
        self.main.setWordWrap(False)
        self.main.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.main.setObjectName("folders")
        self._add, self._remove = _two_buttons(self, self.main)
        self._add.clicked.connect(self._begin)
        self._remove.clicked.connect(self._take)
        self.main.itemSelectionChanged.connect(self._enable)
        self.main.itemChanged.connect(lambda _: self.edited.emit())
        self._enable()

    def value(self) -> dict[str, str]:
        pairs = [(self._text(row, 0), self._text(row, 1)) for row in range(self.main.rowCount())]
        return {old: new for old, new in pairs if old or new}

    def show_value(self, value: dict[str, Any]) -> None:
        self.main.setRowCount(0)
        for pair in value.items():
            self._add_row(*map(str, pair))

    def mistake(self) -> str:
        if all(old and new for old, new in self.value().items()):
            return ""
        return translate("Preferences", "needs both folders in every line")

    def _begin(self) -> None:
        self._add_row("", "")
        last = self.main.rowCount() - 1
        self.main.setCurrentCell(last, 0)
        self.main.edit(self.main.model().index(last, 0))

    def _add_row(self, old: str, new: str) -> None:
        row = self.main.rowCount()
        self.main.insertRow(row)
        self.main.setItem(row, 0, QTableWidgetItem(old))
        self.main.setItem(row, 1, QTableWidgetItem(new))

    def _take(self) -> None:
        for row in sorted({index.row() for index in self.main.selectedIndexes()}, reverse=True):
            self.main.removeRow(row)
        self.edited.emit()

    def _text(self, row: int, column: int) -> str:
        item = self.main.item(row, column)
        return item.text().strip() if item else ""

    def _enable(self) -> None:
        self._remove.setEnabled(bool(self.main.selectedIndexes()))


def _two_buttons(field: QWidget, table: QWidget) -> tuple[QPushButton, QPushButton]:
    """Below a list: one adds to it, one takes away from it."""
    add, remove = QPushButton(translate("Preferences", "Add…")), QPushButton(translate("Preferences", "Remove"))
    column, line = QVBoxLayout(field), QHBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SMALL)
    line.setSpacing(SMALL)
    column.addWidget(table)
    line.addWidget(add)
    line.addWidget(remove)
    line.addStretch()
    column.addLayout(line)
    return add, remove
