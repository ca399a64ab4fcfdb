"""The panel that slides in when songs are selected on the map: what they have in common, and what to do with them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop import wording
from desktop.plots.selection_facts import SelectionFacts
from desktop.style import fonts
from desktop.style.icons import Tint, icon
from desktop.style.measures import MEDIUM, PAGE_MARGIN, SMALL, TINY
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.own_stars import OwnStars

PANEL_WIDTH = 320
DASH = "–"


class MapSelection(QFrame):
    """Says what is wanted; the page knows which songs are meant."""

    closed = Signal()
    playlist_wanted = Signal()
    similar_wanted = Signal()
    library_wanted = Signal()
    spoken_wanted = Signal()
    rated = Signal(float)

    def __init__(self, about_one: QWidget, parent: QWidget | None = None) -> None:
        """``about_one`` is shown when a single song is selected."""
        super().__init__(parent)
        self.setProperty("bar", "plain")
        self.setObjectName("mapSelection")
        self.setAccessibleName(self.tr("Selected songs"))
        self.setFixedWidth(PANEL_WIDTH)
        self._heading, self._note = QLabel(), QLabel()
        self._heading.setFont(fonts.section())
        self._note.setObjectName("secondary")
        self._note.setWordWrap(True)
        self._about_one, self._about_many = about_one, QWidget()
        self._facts = QVBoxLayout(self._about_many)
        self._facts.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, 0)
        self._facts.setSpacing(SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SMALL, 0, MEDIUM)
        column.setSpacing(SMALL)
        column.addLayout(self._make_header())
        column.addWidget(self._note)
        column.addWidget(about_one, stretch=1)
        column.addWidget(self._about_many, stretch=1)
        column.addLayout(self._make_actions())
        self._note.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, 0)

    def show_facts(self, facts: SelectionFacts, *, note: str = "") -> None:
        """What is said of several songs; for a single one only the buttons change."""
        is_one = facts.count == 1
        self._heading.setText(wording.songs(facts.count))
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._about_one.setVisible(is_one)
        self._about_many.setVisible(not is_one)
        self._rating.setVisible(not is_one)
        self._rate_words.setVisible(not is_one)
        self._playlist.setText(self.tr("Make a playlist from it") if is_one else self.tr("Make a playlist from these"))
        self._spoken.setText(self.tr("This is spoken") if is_one else self.tr("These are spoken"))
        self._similar.setVisible(is_one)
        if not is_one:
            self._fill(facts)

    # -------------------------------------------------------------------------------------------------- what is there

    def _make_header(self) -> QHBoxLayout:
        closer = QToolButton()
        closer.setIcon(icon("close", tint=Tint.SECONDARY))
        closer.setToolTip(self.tr("Select nothing (Escape)"))
        closer.setAccessibleName(closer.toolTip())
        closer.clicked.connect(self.closed)
        line = QHBoxLayout()
        line.setContentsMargins(PAGE_MARGIN, 0, SMALL, 0)
        line.addWidget(self._heading)
        line.addStretch()
        line.addWidget(closer)
        return line

    def _make_actions(self) -> QVBoxLayout:
        self._playlist, self._similar = QPushButton(), QPushButton(self.tr("Select similar songs"))
        self._spoken, library = QPushButton(), QPushButton(self.tr("Show in library"))
        self._playlist.setProperty("primary", True)
        self._rating, self._rate_words = OwnStars(), QLabel(self.tr("Rate these"))
        self._rating.setToolTip(self.tr("All of them get these stars; Ctrl+Z takes it back"))
        for button, signal in (
            (self._playlist, self.playlist_wanted),
            (self._similar, self.similar_wanted),
            (self._spoken, self.spoken_wanted),
            (library, self.library_wanted),
        ):
            button.clicked.connect(signal)
        self._rating.rated.connect(self.rated)
        stars, pair = QHBoxLayout(), QHBoxLayout()
        stars.addWidget(self._rate_words)
        stars.addStretch()
        stars.addWidget(self._rating)
        pair.setSpacing(SMALL)
        pair.addWidget(self._spoken)
        pair.addWidget(library)
        column = QVBoxLayout()
        column.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, 0)
        column.setSpacing(SMALL)
        column.addLayout(stars)
        column.addWidget(self._playlist)
        column.addWidget(self._similar)
        column.addLayout(pair)
        return column

    # -------------------------------------------------------------------------------------------------- several songs

    def _fill(self, facts: SelectionFacts) -> None:
        _empty(self._facts)
        self._facts.addLayout(self._figures(facts))
        for title, names, more in (
            (self.tr("Genres"), facts.genres, facts.more_genres),
            (self.tr("Artists"), facts.artists, facts.more_artists),
        ):
            if names:
                self._facts.addSpacing(SMALL)
                self._facts.addLayout(_names(title, names, of=facts.count))
            if more:
                rest = QLabel(self.tr("and {count} more").format(count=wording.number(more)))
                rest.setObjectName("secondary")
                self._facts.addWidget(rest)
        self._facts.addStretch()

    def _figures(self, facts: SelectionFacts) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(MEDIUM)
        grid.setVerticalSpacing(TINY)
        grid.setColumnStretch(1, 1)
        of = self.tr("of {songs}")
        own, guess = (
            (_stars(facts.own), of.format(songs=wording.songs(facts.rated)) if facts.rated else ""),
            (
                _stars(facts.predicted),
                of.format(songs=wording.songs(facts.predicted_songs)) if facts.predicted_songs else "",
            ),
        )
        years = DASH if facts.years is None else _span(*facts.years)
        lines = ((self.tr("Your stars"), *own), (self.tr("Predicted"), *guess), (self.tr("Years"), years, ""))
        for number, texts in enumerate(lines):
            for column, text in enumerate(texts):
                label = QLabel(text)
                label.setFont(fonts.figures())
                if column != 1:
                    label.setObjectName("secondary")
                grid.addWidget(
                    label, number, column, Qt.AlignmentFlag.AlignRight if column == 2 else Qt.AlignmentFlag.AlignLeft
                )
        return grid


def _stars(mean: float | None) -> str:
    return DASH if mean is None else wording.decimal_stars(mean)


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _names(title: str, names: list[tuple[str, int]], *, of: int) -> QGridLayout:
    """A title, then each name with its number and its share in percent."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(MEDIUM)
    grid.setVerticalSpacing(TINY)
    grid.setColumnStretch(0, 1)
    heading = QLabel(title)
    heading.setObjectName("secondary")
    grid.addWidget(heading, 0, 0, 1, 3)
    for line, (name, count) in enumerate(names, start=1):
        label = ElidedLabel()
        label.setText(name)
        grid.addWidget(label, line, 0)
        for column, text in ((1, wording.number(count)), (2, f"{count / of:.0%}")):
            number = QLabel(text)
            number.setFont(fonts.figures())
            if column == 2:
                number.setObjectName("secondary")
            grid.addWidget(number, line, column, Qt.AlignmentFlag.AlignRight)
    return grid


def _empty(layout: QVBoxLayout | QGridLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QVBoxLayout | QGridLayout):
            _empty(inner)
            inner.deleteLater()
