"""The owner uses the window: every page is opened, searched, sorted, chosen from and rated in, by mouse and keyboard.

``walk(window, rest)`` goes through all steps; ``rest(name)`` lets the window work until the next one may begin. Who
watches the UI thread meanwhile knows what keeps it. The library may have any size; it has been read already.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)

from desktop.main_window import MainWindow
from desktop.navigation import Place
from desktop.widgets.review.work import WorkCard

LEFT, CONTROL, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WORDS = ("love moon", "artist 9")


@dataclass(frozen=True)
class Step:
    """One thing that an owner does."""

    name: str
    act: Callable[[], object]


def walk(window: MainWindow, rest: Callable[[str], object]) -> None:
    """Take every step and rest after each."""
    for step in steps(window):
        step.act()
        rest(step.name)


def steps(window: MainWindow) -> Iterator[Step]:
    """In the order in which they make sense; each is made when the one before is over."""
    for number in range(1, len(Place) + 1):
        yield Step(
            f"first visit of {list(Place)[number - 1].value}", partial(_press, window, Qt.Key(48 + number), CONTROL)
        )
    yield from _library(window)
    yield from _map(window)
    yield from _playlists(window)
    yield from _activity(window)
    yield from _preferences(window)


def _library(window: MainWindow) -> Iterator[Step]:
    yield Step("back to the library", partial(_press, window, Qt.Key.Key_2, CONTROL))
    page = window.show_page(Place.LIBRARY)
    table, search = page.findChild(QTableView), page.findChild(QLineEdit)
    for letters in WORDS:
        for letter in letters:
            yield Step("a letter of the search", partial(QTest.keyClicks, search, letter))
        yield Step("an empty search", search.clear)
    header = table.horizontalHeader()
    for column in (each for each in range(header.count()) if not header.isSectionHidden(each)):
        place = QPoint(header.sectionViewportPosition(column) + 12, 8)
        yield Step(f"sort by column {column}", partial(QTest.mouseClick, header.viewport(), LEFT, pos=place))
    for chip in chips(page):
        yield Step(f"filter {chip.text()}", partial(QTest.mouseClick, chip, LEFT))
        yield Step(f"no filter {chip.text()}", partial(QTest.mouseClick, chip, LEFT))
    yield Step("scroll to the end", partial(_press, table, Qt.Key.Key_End, CONTROL))
    yield Step("select a song", partial(_click_row, table, 3))
    yield Step("select some songs", partial(_click_row, table, 8, SHIFT))
    yield Step("rate some songs", partial(_press, table, Qt.Key.Key_4))
    yield from _large_selections(page, table)
    yield Step("select a song", partial(_click_row, table, 2))


def _large_selections(page: QWidget, table: QTableView) -> Iterator[Step]:
    """All songs, then those that a filter leaves, which lie scattered when it goes."""
    header = table.horizontalHeader()
    yield Step("select all songs", partial(_press, table, Qt.Key.Key_A, CONTROL))
    for column in (0, 1):
        place = QPoint(header.sectionViewportPosition(column) + 12, 8)
        yield Step("sort with all selected", partial(QTest.mouseClick, header.viewport(), LEFT, pos=place))
    rated = chips(page)[0]
    yield Step("filter with all selected", partial(QTest.mouseClick, rated, LEFT))
    yield Step("no filter with many selected", partial(QTest.mouseClick, rated, LEFT))
    yield Step("drag what is selected", partial(_lift, table))
    yield Step("drop what is selected", partial(_drop, table))
    for column in (0, 1):
        place = QPoint(header.sectionViewportPosition(column) + 12, 8)
        yield Step("sort with many selected", partial(QTest.mouseClick, header.viewport(), LEFT, pos=place))


def _map(window: MainWindow) -> Iterator[Step]:
    from desktop.plots.map_view import MapView

    yield Step("back to the map", partial(_press, window, Qt.Key.Key_3, CONTROL))
    page = window.show_page(Place.MAP)
    view = page.findChild(MapView)
    for turn in (1, 1, 1, 1, -1, -1, -1, -1):
        yield Step("zoom on the map", partial(_turn_wheel, view.viewport(), turn))
    for dx in (40, -40, 90):
        yield Step("pan the map", partial(_drag, view.viewport(), dx))
    yield Step("point on the map", partial(QTest.mouseMove, view.viewport(), view.viewport().rect().center()))
    yield Step(
        "click on the map", partial(QTest.mouseClick, view.viewport(), LEFT, pos=view.viewport().rect().center())
    )
    yield Step("select all that is seen", partial(_press, view, Qt.Key.Key_A, CONTROL))
    yield Step("select nothing", partial(_press, view, Qt.Key.Key_Escape))
    search = page.findChild(QLineEdit)
    for letter in WORDS[1]:
        yield Step("a letter of the map's search", partial(QTest.keyClicks, search, letter))
    yield Step("no search on the map", search.clear)


def _playlists(window: MainWindow) -> Iterator[Step]:
    yield Step("back to the playlists", partial(_press, window, Qt.Key.Key_4, CONTROL))
    page = window.show_page(Place.PLAYLISTS)
    for button in [each for each in page.findChildren(QPushButton) if each.property("choice") and each.isVisible()]:
        yield Step(f"recipe {button.text()}", partial(QTest.mouseClick, button, LEFT))
    for chip in chips(page)[::-1]:
        yield Step(f"playlists {chip.text()}", partial(QTest.mouseClick, chip, LEFT))


def _activity(window: MainWindow) -> Iterator[Step]:
    yield Step("back to the activity", partial(_press, window, Qt.Key.Key_6, CONTROL))
    for chip in chips(window.show_page(Place.ACTIVITY)):
        yield Step(f"activity {chip.text()}", partial(QTest.mouseClick, chip, LEFT))


def _preferences(window: MainWindow) -> Iterator[Step]:
    yield Step("open the preferences", partial(_press, window, Qt.Key.Key_Comma, CONTROL))
    while (dialog := window.findChild(QDialog)) is None:
        yield Step("wait for the preferences", partial(QTest.qWait, 50))
    pages = dialog.findChild(QListWidget)
    for row in range(pages.count()):
        yield Step(f"preferences {pages.item(row).text()}", partial(pages.setCurrentRow, row))
    yield Step("close the preferences", partial(_press, dialog, Qt.Key.Key_Escape))
    yield Step("back home", partial(_press, window, Qt.Key.Key_1, CONTROL))


# ---------------------------------------------------------------------------------------------------- hands


def chips(page: QWidget) -> list[QPushButton]:
    """Those that choose what is shown; how hard the work goes on stays as it is."""
    chips = [each for each in page.findChildren(QPushButton) if each.property("chip") and each.isCheckable()]
    return [each for each in chips if each.isVisible() and not isinstance(each.parent(), WorkCard)]


def button(window: QWidget, name: str) -> QPushButton | QToolButton:
    """The visible button with a text or a name."""
    return next(
        each
        for kind in (QPushButton, QToolButton)
        for each in window.findChildren(kind)
        if each.isVisible() and name in (each.text(), each.accessibleName())
    )


def _press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifiers)


def _click_row(table: QTableView, row: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    table.scrollToTop()
    column = next(each for each in range(table.model().columnCount()) if not table.isColumnHidden(each))
    place = table.visualRect(table.model().index(row, column)).center()
    QTest.mouseClick(table.viewport(), LEFT, modifiers, place)


def _lift(table: QTableView) -> QDrag:
    """What begins when the mouse moves; the drag itself would wait for it."""
    drag = table.make_drag()  # type: ignore[attr-defined]  # of SongTable
    assert drag.mimeData().hasUrls()
    return drag


def _drop(table: QTableView) -> None:
    """What another program asks for."""
    drag = _lift(table)
    assert drag.mimeData().data("text/uri-list").startsWith(b"file:")


def _turn_wheel(widget: QWidget, turn: int) -> None:
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place,
        widget.mapToGlobal(place),
        QPoint(),
        QPoint(0, 120 * turn),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def _drag(widget: QWidget, dx: int) -> None:
    start = widget.rect().center()
    QTest.mousePress(widget, LEFT, pos=start)
    for part in (1, 2, 3):
        QTest.mouseMove(widget, start + QPoint(dx * part // 3, 0))
    QTest.mouseRelease(widget, LEFT, pos=start + QPoint(dx, 0))
