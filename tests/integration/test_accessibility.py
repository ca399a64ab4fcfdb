"""Every page and the preferences, in both schemes and in small windows: names, keyboard, contrast, nothing cut off."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt, QTranslator
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from desktop.navigation import Place
from desktop.style.theme import dress
from tests import owners_walk
from tests.desktop.conftest import OpenedWindow, OpenWindow, library, light_and_english, open_window  # noqa: F401
from tests.listened_library import ListenedLibrary

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
PARTS = (QHeaderView, QScrollBar)
"""Of other controls."""
LEGIBLE = 4.5
AT_TWICE = (1280, 720)
"""The room of a screen of 2560x1440 at 200 %; at 1280x800 there is more."""
SMALLEST = (800, 480)
MOST_TABS = 150


class Views:
    """Every page of the window and every page of the preferences, one after the other."""

    def __init__(self, opened: OpenedWindow) -> None:
        self._opened, self._window = opened, opened.window

    def resize(self, width: int, height: int) -> None:
        self._window.resize(width, height)

    def pages(self) -> Iterator[tuple[str, QWidget]]:
        for place in Place:
            page = self._window.show_page(place)
            self._settle()
            chips = owners_walk.chips(page)
            if place in (Place.PLAYLISTS, Place.ACTIVITY):
                for chip in chips:
                    self._opened.click(chip)
                    self._settle()
                    yield f"{place.value}, {chip.text()}", self._window
                self._opened.click(chips[0])
            else:
                yield place.value, self._window

    def preferences(self) -> Iterator[tuple[str, QWidget]]:
        self._window.open_preferences()
        self._opened.wait_until(lambda: bool(self._window.findChildren(QDialog)))
        dialog = self._window.findChild(QDialog)
        sections = dialog.findChild(QListWidget)
        for row in range(sections.count()):
            sections.setCurrentRow(row)
            self._settle()
            yield f"preferences, {sections.item(row).text()}", dialog
        dialog.reject()
        QCoreApplication.sendPostedEvents(dialog, 52)

    def _settle(self) -> None:
        self._opened.wait_until(lambda: self._opened.runner.is_idle)
        QApplication.processEvents()


@pytest.fixture
def views(open_window: OpenWindow, library: ListenedLibrary) -> Views:  # noqa: F811 - fixtures
    opened = open_window(library)
    opened.table.selectRow(1)
    return Views(opened)


def controls(root: QWidget) -> list[QWidget]:
    """What can be used, without the parts that other controls are made of."""
    return [
        each
        for each in root.findChildren(QWidget)
        if each.isVisible()
        and (isinstance(each, CONTROLS) or each.focusPolicy() & Qt.FocusPolicy.TabFocus.value)
        and not isinstance(each, (*PARTS, QScrollArea))
        and each.focusProxy() is None
        and not each.objectName().startswith("qt_")
        and not isinstance(each.parent(), (QAbstractSpinBox, QComboBox, QLineEdit, QAbstractItemView))
    ]


def describe(widget: QWidget) -> str:
    names = []
    while widget is not None and len(names) < 4:
        names.append(type(widget).__name__)
        widget = widget.parentWidget()
    return " in ".join(names)


def spoken(widget: QWidget) -> str:
    """What a screen reader says."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_every_control_has_a_name_and_is_reached_by_the_keyboard(views: Views) -> None:
    found = []
    for name, root in each_of(views):
        found += [f"{name}: no name: {describe(each)}" for each in controls(root) if not spoken(each).strip()]
        reached = tabbed(root)
        for each in controls(root):
            if each.isEnabled() and each not in reached and not by_arrows(each):
                found.append(f"{name}: no tab: {describe(each)} “{spoken(each)}”")
    assert not found, "\n".join(dict.fromkeys(found))


def each_of(views: Views) -> Iterator[tuple[str, QWidget]]:
    yield from views.pages()
    yield from views.preferences()


def tabbed(root: QWidget) -> set[QWidget]:
    """Whatever has the keyboard in turn while Tab is pressed."""
    from PySide6.QtTest import QTest

    reached: list[QWidget] = []
    for _ in range(MOST_TABS):
        focus = root.focusWidget() or root
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        now = root.focusWidget()
        if now is None or (now in reached and len(reached) > 1 and now is reached[0]):
            break
        if now not in reached:
            reached.append(now)
    return set(reached)


def by_arrows(widget: QWidget) -> bool:
    """One of several of which one is chosen: Tab goes to the chosen one, arrows go on."""
    if not isinstance(widget, QAbstractButton):
        return False
    group = widget.group()
    return (group is not None and group.exclusive()) or widget.autoExclusive()


@pytest.mark.parametrize("dark", [False, True])
def test_text_can_be_read(views: Views, qapp: QApplication, dark: bool) -> None:
    dress(qapp, dark=dark)
    found = []
    for name, root in each_of(views):
        picture = root.grab().toImage()
        for each in root.findChildren(QWidget):
            if isinstance(each, (QLabel, QAbstractButton)) and each.isVisible() and each.isEnabled() and text_of(each):
                place = QRect(each.mapTo(root, QPoint()), each.size()).intersected(picture.rect())
                seen = each.visibleRegion().boundingRect().size()
                if seen == each.size() and (contrast := contrast_in(picture, place)) < LEGIBLE:
                    found.append(f"{name}: {contrast:.1f}: {describe(each)} “{text_of(each)[:40]}”")
    assert not found, "\n".join(dict.fromkeys(found))


def text_of(widget: QWidget) -> str:
    if isinstance(widget, QLabel) and not widget.pixmap().isNull():
        return ""
    return widget.text() if any(letter.isalnum() for letter in widget.text()) else ""


def contrast_in(picture: QImage, place: QRect) -> float:
    """Of the commonest color and that which is farthest from it."""
    counts: dict[int, int] = {}
    for y in range(place.top(), place.bottom() + 1):
        for x in range(place.left(), place.right() + 1):
            color = picture.pixel(x, y)
            counts[color] = counts.get(color, 0) + 1
    ground = luminance(max(counts, key=counts.__getitem__))
    return max(ratio(ground, luminance(each)) for each in counts)


def luminance(color: int) -> float:
    parts = [((color >> shift) & 255) / 255 for shift in (16, 8, 0)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: float, other: float) -> float:
    light, dark = max(one, other), min(one, other)
    return (light + 0.05) / (dark + 0.05)


class LongWords(QTranslator):
    """Texts as long as German ones are."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        if context in ("Catalog", "Rail"):
            return source  # who translates names of pages chooses words that fit
        longer = max(2, len(source) * (6 if len(source) < 12 else 3) // 10)
        return source + "ung"[: longer % 3] + "ungs" * (longer // 4) if source.strip() else source


def test_nothing_is_cut_off_in_longer_words(
    open_window: OpenWindow,  # noqa: F811 - the fixture
    library: ListenedLibrary,  # noqa: F811 - the fixture
) -> None:
    translator = LongWords()
    QCoreApplication.installTranslator(translator)
    opened = open_window(library)
    opened.table.selectRow(1)
    opened.window.resize(*AT_TWICE)
    found = []
    for name, root in each_of(Views(opened)):
        found += [f"{name}: {each}" for each in (*cut_off(root), *overlaps(root))]
    QCoreApplication.removeTranslator(translator)
    assert not found, "\n".join(dict.fromkeys(found))


def test_nothing_overlaps_in_the_smallest_window(views: Views) -> None:
    views.resize(*SMALLEST)
    found = [f"{name}: {each}" for name, root in each_of(views) for each in overlaps(root)]
    assert not found, "\n".join(dict.fromkeys(found))


def cut_off(root: QWidget) -> Iterator[str]:
    for each in root.findChildren(QWidget):
        if not each.isVisible() or not isinstance(each, (QLabel, QAbstractButton)) or not text_of(each):
            continue
        if "Elided" in type(each).__name__:
            continue
        words = text_of(each)[:50]
        if isinstance(each, QLabel) and each.wordWrap():
            if each.heightForWidth(each.width()) > each.height() + 2:
                yield f"too low: {describe(each)} {each.size().toTuple()} “{words}”"
        elif needed(each) > each.width() + 1:
            yield f"too narrow: {describe(each)} {each.width()} < {needed(each)} “{words}”"
        seen = each.visibleRegion().boundingRect()
        if seen.width() < each.width() and seen.width() > 0:
            yield f"cut off: {describe(each)} {seen.width()} of {each.width()} “{words}”"


def needed(widget: QLabel | QAbstractButton) -> int:
    """The words of the rail may come nearer to the edge than the style would have them."""
    if isinstance(widget, QToolButton):
        return widget.fontMetrics().horizontalAdvance(widget.text())
    return widget.minimumSizeHint().width()


def overlaps(root: QWidget) -> Iterator[str]:
    for parent in [root, *root.findChildren(QWidget)]:
        if not parent.isVisible() or parent.layout() is None:
            continue
        children = [
            item.widget()
            for index in range(parent.layout().count())
            if (item := parent.layout().itemAt(index)).widget() is not None and item.widget().isVisible()
        ]
        for number, one in enumerate(children):
            for other in children[number + 1 :]:
                both = one.geometry().intersected(other.geometry())
                if both.width() > 1 and both.height() > 1:
                    yield f"overlap: {describe(one)} and {describe(other)}"
