"""The menu behind “+ filter”: the genres and decades that the library has, with their counts, searched by typing."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QMenu,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from desktop import wording
from desktop.item_models.song_texts import Kinds, folded
from desktop.style import fonts
from desktop.style.measures import CHIP_HEIGHT, SMALL, TINY

translate = QCoreApplication.translate

WIDTH, HEIGHT = 280, 360
COUNT_WIDTH = 72
ROW = QSize(0, CHIP_HEIGHT)
WHICH = Qt.ItemDataRole.UserRole


class Kind(StrEnum):
    """By what songs are sorted into kinds."""

    GENRE = "genre"
    DECADE = "decade"


class FilterMenu(QMenu):
    """Made anew for each time that it opens."""

    chosen = Signal(str, str)
    """A ``Kind`` and the name of one of it."""

    def __init__(self, genres: Kinds, decades: Kinds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search, self._list = QLineEdit(), QTreeWidget()
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self._search.setPlaceholderText(self.tr("Genre or decade"))
        self._search.setAccessibleName(self.tr("Search genres and decades"))
        self._search.textChanged.connect(self._narrow)
        self._search.returnPressed.connect(self._choose_current)
        self._search.installEventFilter(self)
        self._dress_list()
        self._fill(self.tr("Decade"), Kind.DECADE, decades, sorted(decades.names, reverse=True))
        by_count = dict(zip(genres.names, genres.counts, strict=True))
        self._fill(self.tr("Genre"), Kind.GENRE, genres, sorted(genres.names, key=lambda name: (-by_count[name], name)))
        self._narrow("")
        content = QWidget()
        content.setFixedSize(WIDTH, HEIGHT)
        column = QVBoxLayout(content)
        column.setContentsMargins(TINY, TINY, TINY, TINY)
        column.setSpacing(SMALL)
        column.addWidget(self._search)
        column.addWidget(self._list)
        action = QWidgetAction(self)
        action.setDefaultWidget(content)
        self.addAction(action)
        self.aboutToShow.connect(self._search.setFocus)

    def _dress_list(self) -> None:
        self._list.setAccessibleName(self.tr("Genres and decades"))
        self._list.setHeaderHidden(True)
        self._list.setColumnCount(2)
        self._list.header().setStretchLastSection(False)
        self._list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self._list.setColumnWidth(1, COUNT_WIDTH)
        self._list.setFrameShape(QTreeWidget.Shape.NoFrame)
        self._list.setRootIsDecorated(False)
        self._list.setIndentation(0)
        self._list.setUniformRowHeights(True)
        self._list.itemClicked.connect(self._choose)
        self._list.itemActivated.connect(self._choose)

    def _fill(self, heading: str, kind: Kind, kinds: Kinds, names: list[str]) -> None:
        counts = dict(zip(kinds.names, kinds.counts, strict=True))
        top = QTreeWidgetItem([heading])
        top.setFont(0, fonts.section())
        top.setSizeHint(0, ROW)
        top.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self._list.addTopLevelItem(top)
        items = []
        for name in names:
            item = QTreeWidgetItem([label(kind, name), wording.number(counts[name])])
            item.setData(0, WHICH, (kind.value, name))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setFont(1, fonts.figures())
            item.setToolTip(0, label(kind, name))
            item.setSizeHint(0, ROW)
            items.append(item)
        top.addChildren(items)
        self._groups.append((top, items))
        top.setExpanded(True)

    def _narrow(self, text: str) -> None:
        """Leave what holds the words; the first of it is what Enter takes."""
        words, first = folded(text).split(), None
        for top, items in self._groups:
            for item in items:
                item.setHidden(not all(word in folded(item.text(0)) for word in words))
            left = [item for item in items if not item.isHidden()]
            top.setHidden(not left)
            first = first or next(iter(left), None)
        if first is not None:
            self._list.setCurrentItem(first)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows go on from the search into the list."""
        is_key = watched is self._search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_key and event.key() == Qt.Key.Key_Down:  # type: ignore[attr-defined]  # it is a key event
            self._list.setFocus()
            return True
        return super().eventFilter(watched, event)

    def _choose_current(self) -> None:
        item = self._list.currentItem()
        if item is not None and not item.isHidden():
            self._choose(item)

    def _choose(self, item: QTreeWidgetItem) -> None:
        found = item.data(0, WHICH)
        if found:
            self.close()
            self.chosen.emit(*found)


def label(kind: str, name: str) -> str:
    """A genre or a decade in words."""
    if kind == Kind.DECADE:
        return (
            translate("FilterMenu", "{year}s").format(year=name) if name else translate("FilterMenu", "without a year")
        )
    return name or translate("FilterMenu", "without a genre")
