"""The library: a table of all songs with your stars and the predicted ones, searched and filtered as you type."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QPoint, QSettings, Qt, QTimer
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.song import UNRATED, SongId
from desktop import wording
from desktop.desk import Desk
from desktop.item_models.nothing_found import why_nothing
from desktop.item_models.song_filter import SongFilter, filter_from_text
from desktop.item_models.song_marks import SongMark
from desktop.item_models.song_rows import Column, SongRows, Subset
from desktop.item_models.songs import SongModel
from desktop.messages import Kind, Message
from desktop.pages.page import Page
from desktop.style import fonts
from desktop.style.icons import Tint, icon
from desktop.style.measures import CHIP_HEIGHT, CONTROL_HEIGHT, PAGE_MARGIN, SMALL
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.library.filter_bar import FilterBar
from desktop.widgets.library.song_actions import SongActions
from desktop.widgets.library.verdict_actions import VerdictActions
from desktop.widgets.make_playlist import MakePlaylistButton
from desktop.widgets.page_title import PageTitle
from desktop.widgets.panel.song_panel import SongPanel
from desktop.widgets.review.skipped import LONGEST_SONG
from desktop.widgets.tables.column_menu import column_menu
from desktop.widgets.tables.song_table import SongTable

if TYPE_CHECKING:
    from core.analysis.scan import ScanFinished

translate = QCoreApplication.translate

SEARCH_WIDTH = 320
COLUMNS, HIDDEN, SORTING, FILTER = "library/header", "library/hidden", "library/sorting", "library/filter"
CHOSEN = "library/chosen widths"
PANEL, PANEL_SHOWN = "library/panel", "library/panel shown"
BEFORE_THE_PANEL = 120
"""Milliseconds of rest after which the panel follows the selection: who holds an arrow key does not read it."""


class LibraryPage(Page):
    """Listens to a Session; everything it asks for happens in the background."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._session, self._messages = desk, desk.session, desk.messages
        self._model = SongModel(self)
        self._table = SongTable(self._model)
        self._table.setAccessibleName(self.tr("Songs"))
        self._panel = SongPanel(desk)
        self._filters = FilterBar()
        self._empty = EmptyState()
        self._count = QLabel()
        self._count.setObjectName("secondary")
        self._count.setFont(fonts.figures())
        self._count.setFixedHeight(CHIP_HEIGHT)
        self._search = self._make_search()
        self._panel_button = self._make_panel_button()
        self._panel_follows = QTimer(self, singleShot=True, interval=BEFORE_THE_PANEL)
        self._wants_first = False
        self._lay_out()
        self._make_actions()
        self._listen()
        self._show_reading()
        if self._session.rows is not None:
            self._show_rows(self._session.rows)

    # -------------------------------------------------------------------------------------------------- what is there

    def _make_search(self) -> QLineEdit:
        search = QLineEdit()
        search.setPlaceholderText(self.tr("Search title, artist, album, genre, year"))
        search.setAccessibleName(self.tr("Search the library"))
        search.setClearButtonEnabled(True)
        clear = search.findChild(QAction)
        if clear is not None:  # Qt's own icon is black in the dark scheme too
            clear.setIcon(icon("close", tint=Tint.SECONDARY))
        search.setFixedWidth(SEARCH_WIDTH)
        search.addAction(icon("search", tint=Tint.SECONDARY), QLineEdit.ActionPosition.LeadingPosition)
        search.setToolTip(self.tr("Ctrl+F; Escape clears"))
        search.textChanged.connect(self._filter)
        search.returnPressed.connect(self._go_to_table)
        QShortcut(QKeySequence.StandardKey.Find, self, self._begin_search)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._clear_filter)
        return search

    def _make_panel_button(self) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("panel"))
        button.setCheckable(True)
        button.setChecked(True)
        button.setFixedSize(CONTROL_HEIGHT, CONTROL_HEIGHT)
        button.setAccessibleName(self.tr("Panel of the selected song"))
        button.setToolTip(self.tr("Show or hide what is known of the selected song (F9)"))
        button.toggled.connect(self._show_panel)
        QShortcut(QKeySequence(Qt.Key.Key_F9), self, button.toggle)
        return button

    def _make_actions(self) -> None:
        words = VerdictActions(self._table, mark_of=self._mark_of)
        words.said.connect(self._desk.word.say)
        SongActions(self._table, desk=self._desk, words=words, columns=lambda: column_menu(self._table, self._table))
        header = self._table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_column_menu)

    def _open_column_menu(self, place: QPoint) -> None:
        menu: QMenu = column_menu(self._table, self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._table.horizontalHeader().mapToGlobal(place))

    def _lay_out(self) -> None:
        title = PageTitle(self.tr("Library"))
        header, chips = QHBoxLayout(), QHBoxLayout()
        for line in (header, chips):
            line.setSpacing(SMALL)
        header.addWidget(title)
        header.addStretch()
        header.addWidget(self._search)
        header.addWidget(MakePlaylistButton(self._desk))
        header.addWidget(self._panel_button)
        chips.addWidget(self._filters, stretch=1)
        chips.addWidget(self._count, alignment=Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN)
        layout.setSpacing(SMALL)
        layout.addLayout(header)
        layout.addLayout(chips)
        layout.addWidget(self._make_body(), stretch=1)

    def _make_body(self) -> QSplitter:
        middle = QWidget()
        self._body = QStackedLayout(middle)
        self._body.addWidget(self._table)
        self._body.addWidget(self._empty)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(SMALL)
        self._splitter.addWidget(middle)
        self._splitter.addWidget(self._panel)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setCollapsible(0, False)
        self._splitter.setCollapsible(1, False)
        return self._splitter

    def _listen(self) -> None:
        session, navigation = self._session, self._desk.navigation
        session.rows_read.connect(self._show_rows)
        session.songs_skipped.connect(self._tell_skipped)
        session.failed.connect(lambda _: self._model.expect_nothing())
        navigation.songs_wanted.connect(self._show_songs)
        navigation.subset_wanted.connect(self._show_subset)
        self._filters.changed.connect(self._filter)
        self._model.counted.connect(self._show_count)
        self._table.rated.connect(self._rate)
        self._table.typed.connect(self._type)
        self._table.selection_moved.connect(self._panel_follows.start)
        self._table.horizontalHeader().sortIndicatorChanged.connect(lambda *_: self.state_changed.emit())
        self._panel_follows.timeout.connect(self._fill_panel)

    # -------------------------------------------------------------------------------------------------- state

    def save_state(self, settings: QSettings) -> None:
        settings.setValue(COLUMNS, self._table.columns_state())
        settings.setValue(HIDDEN, _as_text(self._table.hidden_columns))
        settings.setValue(CHOSEN, _as_text(self._table.chosen_columns))
        section, order = self._table.sorting
        settings.setValue(SORTING, f"{Column(section).name} {order.name}")
        settings.setValue(FILTER, self._model.filter.to_text())
        settings.setValue(PANEL, self._splitter.saveState())
        settings.setValue(PANEL_SHOWN, "yes" if self._panel_button.isChecked() else "no")

    def restore_state(self, settings: QSettings) -> None:
        state, panel = settings.value(COLUMNS), settings.value(PANEL)
        if isinstance(state, QByteArray):
            self._table.restore_columns(state, chosen=_from_text(settings.value(CHOSEN, "")))
            self._table.show_columns(hidden=_from_text(settings.value(HIDDEN, "")))
        column, _, order = str(settings.value(SORTING, "")).partition(" ")
        if column in Column.__members__ and order in Qt.SortOrder.__members__:
            self._table.sortByColumn(Column[column], Qt.SortOrder[order])
        if isinstance(panel, QByteArray):
            self._splitter.restoreState(panel)
        self._panel_button.setChecked(settings.value(PANEL_SHOWN, "yes") == "yes")
        self._set_filter(filter_from_text(str(settings.value(FILTER, ""))))

    # -------------------------------------------------------------------------------------------------- showing songs

    def _show_rows(self, rows: SongRows) -> None:
        self._model.player = self._session.player
        self._model.set_rows(rows)
        self._filters.show_counts(rows)
        self._select_wanted()

    def _mark_of(self, song_id: SongId) -> SongMark:
        return self._model.rows.mark_of(song_id)

    def _filter(self) -> None:
        wanted = replace(self._filters.filter, text=self._search.text())
        self._model.set_filter(wanted)
        self._table.show_remarks(shown=wanted.is_about_remarks, side_by_side=wanted.has_families)
        self.state_changed.emit()

    def _set_filter(self, wanted: SongFilter) -> None:
        """Words and chips at once."""
        self._search.blockSignals(True)  # else the table would be filtered twice
        self._search.setText(wanted.text)
        self._search.blockSignals(False)
        self._filters.set_filter(wanted)

    def _clear_filter(self) -> None:
        self._set_filter(SongFilter())
        self._table.setFocus()

    def _show_songs(self, songs: list[SongId]) -> None:
        self._wants_first = True
        self._set_filter(SongFilter(songs=tuple(songs)))
        self._select_wanted()

    def _show_subset(self, subset: str) -> None:
        self._set_filter(SongFilter(subsets=frozenset({Subset(subset)})))
        self._table.setFocus()

    def _select_wanted(self) -> None:
        """The first of chosen songs, as soon as they are there."""
        if self._wants_first and self._model.rowCount():
            self._wants_first = False
            self._table.select_first()
            self._table.setFocus()

    def _begin_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _type(self, letters: str) -> None:
        """Who types in the table looks for something."""
        self._search.setFocus()
        self._search.setText(letters)

    def _go_to_table(self) -> None:
        """Enter in the search goes to what was found."""
        self._table.setFocus()
        if not self._table.selectionModel().hasSelection():
            self._table.select_first()

    # -------------------------------------------------------------------------------------------------- the panel

    def hideEvent(self, event: QHideEvent) -> None:
        self._panel_follows.stop()
        super().hideEvent(event)

    def _show_panel(self, is_shown: bool) -> None:  # noqa: FBT001 - as the signal has it
        self._panel.setVisible(is_shown)
        if is_shown:
            self._fill_panel()

    def _fill_panel(self) -> None:
        if self._panel_button.isChecked():
            self._panel.show_songs(self._table.selected_in_order())

    # -------------------------------------------------------------------------------------------------- the stars

    def _rate(self, songs: list[SongId], rating: float) -> None:
        """Drawn at once; the rows that the session brings say the same a moment later."""
        if rating == UNRATED:
            songs = [song_id for song_id in songs if self._is_said_here(song_id)]
        if not songs:
            told = self.tr("Nothing was said here about these stars. Stars of {player} are taken back in {player}.")
            self._messages.tell(told.format(player=self._session.player), topic="verdict")
            return
        self._model.expect_stars(songs, rating)
        self._desk.word.rate(songs, rating)

    def _is_said_here(self, song_id: SongId) -> bool:
        origin = self._model.rows.origins.get(self._model.rows.ids[song_id])
        return origin is not None and origin.is_said_here

    # -------------------------------------------------------------------------------------------------- what is found

    def _show_count(self, shown: int, total: int) -> None:
        words = self.tr("{shown} of {total}").format(shown=wording.number(shown), total=wording.number(total))
        self._count.setText(words if self._model.filter else wording.songs(total))
        if shown:
            self._body.setCurrentWidget(self._table)
        elif total:
            self._show_nothing_found()
        else:
            self._show_no_songs()

    def _show_reading(self) -> None:
        self._empty.say(self.tr("Reading your library…"), "")
        self._body.setCurrentWidget(self._empty)

    def _show_nothing_found(self) -> None:
        heading, hint = why_nothing(self._model.filter, player=self._session.player)
        self._empty.say(heading, hint, button=self.tr("Show all songs"), act=self._clear_filter)
        self._body.setCurrentWidget(self._empty)

    def _show_no_songs(self) -> None:
        hint = self.tr("Add a music folder in {player}. The songs appear here by themselves.")
        heading = self.tr("{player}’s library is empty").format(player=self._session.player)
        self._empty.say(heading, hint.format(player=self._session.player))
        self._body.setCurrentWidget(self._empty)

    def _tell_skipped(self, scan: "ScanFinished") -> None:
        """Those that are only longer than wanted are no damaged ones, and there is a setting for them."""
        show = (self.tr("Show it") if scan.skipped == 1 else self.tr("Show them"), self._show_skipped)
        change = (self.tr("Change the limit"), lambda: self._desk.navigation.preferences_wanted.emit(LONGEST_SONG))
        ways = [show, change] if scan.too_long else [show]
        self._messages.say(Message(Kind.NOTICE, skipped_in_words(scan), ways, topic="skipped"))

    def _show_skipped(self) -> None:
        self._desk.navigation.show_subset(Subset.SKIPPED)
        self._messages.withdraw("skipped")


def _as_text(columns: frozenset[Column]) -> str:
    return ",".join(sorted(column.name for column in columns))


def _from_text(text: object) -> frozenset[Column]:
    """QSettings gives a list where a text holds commas and was read from a file."""
    names = [str(name) for name in text] if isinstance(text, list) else str(text).split(",")
    return frozenset(column for column in Column if column.name in names)


def skipped_in_words(scan: "ScanFinished") -> str:
    """How many songs were not listened to, by their reasons."""
    sentences, unread = [], scan.skipped - scan.too_long
    if unread == 1:
        sentences.append(translate("LibraryPage", "1 song could not be read. It is damaged or not music."))
    elif unread:
        many = translate("LibraryPage", "{count} songs could not be read. They are damaged or not music.")
        sentences.append(many.format(count=wording.number(unread)))
    if scan.too_long:
        one = translate("LibraryPage", "1 song is longer than {limit} and is left out.")
        many = translate("LibraryPage", "{count} songs are longer than {limit} and are left out.")
        words = one if scan.too_long == 1 else many
        sentences.append(words.format(count=wording.number(scan.too_long), limit=wording.limit(scan.longest)))
    return " ".join(sentences)
