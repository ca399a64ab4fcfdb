"""What is made later has its turn where it stands, not at the end."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.tab_order import join_tab_order


def test_tab_comes_to_what_was_made_later_in_its_place(qtbot: QtBot, qapp: QApplication) -> None:
    window, place = QWidget(), QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    first, last = field("first"), field("last")
    for widget in (first, place, last):
        column.addWidget(widget)
    window.show()
    late = QWidget()
    inside = QVBoxLayout(late)
    for name in ("second", "third"):
        inside.addWidget(field(name))
    QVBoxLayout(place).addWidget(late)
    join_tab_order(late, into=place)
    window.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    visited = []
    for _ in range(4):
        focused = qapp.focusWidget()
        visited.append(focused.objectName())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert visited == ["first", "second", "third", "last"]
    assert first.hasFocus()


def field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    return made
