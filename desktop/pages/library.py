"""The library: a table of all songs with your stars and the predicted ones, searched and filtered as you type."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from core.song import SongId
from desktop import wording
from desktop.desk import Desk
from desktop.item_models.song_marks import SongMark
from desktop.item_models.song_rows import REMARKABLE, SongRows, Subset
from desktop.item_models.songs import SongModel
from desktop.messages import Kind, Message
from desktop.pages.page import Page
from desktop.style import fonts
from desktop.style.icons import Tint, icon
from desktop.style.measures import PAGE_MARGIN, SMALL
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.song_table import SongTable
from desktop.widgets.verdict_actions import VerdictActions

if TYPE_CHECKING:
    from core.parts.suggestions import Playlist

SEARCH_WIDTH = 320
COLUMNS = "library/columns"


class LibraryPage(Page):
    """Listens to a Session; everything it asks for happens in the background."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._session, self._messages = desk, desk.session, desk.messages
        self._model = SongModel(self)
        self._table = SongTable(self._model)
        self._table.setAccessibleName(self.tr("Songs"))
        self._empty = EmptyState()
        self._count = QLabel()
        self._count.setObjectName("secondary")
        self._count.setFont(fonts.figures())
        self._search = self._make_search()
        self._make_playlist = self._make_playlist_button()
        self._chips = {subset: self._make_chip(subset) for subset in Subset}
        words = VerdictActions(self._table, mark_of=self._mark_of)
        words.said.connect(desk.word.say)
        self._lay_out()
        self._listen()
        self._model.counted.connect(self._show_count)
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
        QShortcut(QKeySequence.StandardKey.Find, self, self._begin_search)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._clear_filter)
        return search

    def _make_playlist_button(self) -> QPushButton:
        button = QPushButton(self.tr("Make me a playlist"))
        button.setProperty("primary", True)
        button.setIcon(icon("playlists", tint=Tint.ON_ACCENT))
        button.setToolTip(self.tr("The 100 unrated songs that you would probably like best (Ctrl+P)"))
        button.setShortcut(QKeySequence("Ctrl+P"))
        button.setEnabled(False)
        button.clicked.connect(self._ask_for_playlist)
        return button

    def _make_chip(self, subset: Subset) -> QPushButton:
        chip = QPushButton(self._chip_text(subset))
        chip.setProperty("chip", True)
        chip.setCheckable(True)
        chip.setVisible(subset not in REMARKABLE)
        chip.toggled.connect(self._filter)
        return chip

    def _chip_text(self, subset: Subset) -> str:
        return {
            Subset.RATED: self.tr("Rated"),
            Subset.UNRATED: self.tr("Unrated"),
            Subset.PROMISING: self.tr("Predicted 4+"),
            Subset.COPIES: self.tr("Copies"),
            Subset.SPOKEN: self.tr("Spoken"),
            Subset.REVIEW: self.tr("To review"),
            Subset.SKIPPED: self.tr("Skipped"),
        }[subset]

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Library"))
        title.setFont(fonts.page_title())
        header, chips = QHBoxLayout(), QHBoxLayout()
        for line in (header, chips):
            line.setSpacing(SMALL)
        header.addWidget(title)
        header.addStretch()
        header.addWidget(self._search)
        header.addWidget(self._make_playlist)
        for chip in self._chips.values():
            chips.addWidget(chip)
        chips.addStretch()
        chips.addWidget(self._count)
        self._body = QStackedLayout()
        self._body.addWidget(self._table)
        self._body.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN)
        layout.setSpacing(SMALL)
        layout.addLayout(header)
        layout.addLayout(chips)
        layout.addLayout(self._body, stretch=1)

    def _listen(self) -> None:
        session = self._session
        session.rows_read.connect(self._show_rows)
        session.songs_skipped.connect(self._tell_skipped)
        session.playlist_made.connect(self._offer_playlist)

    # -------------------------------------------------------------------------------------------------- state

    def save_state(self, settings: QSettings) -> None:
        settings.setValue(COLUMNS, self._table.columns_state())

    def restore_state(self, settings: QSettings) -> None:
        state = settings.value(COLUMNS)
        if isinstance(state, QByteArray):
            self._table.restore_columns(state)

    # -------------------------------------------------------------------------------------------------- showing songs

    def _show_rows(self, rows: SongRows) -> None:
        self._model.set_rows(rows)
        self._make_playlist.setEnabled(bool(rows.songs))
        for subset in REMARKABLE:
            self._show_chip(subset, int(rows.subsets[subset].sum()))

    def _show_chip(self, subset: Subset, count: int) -> None:
        """A chip with its number of songs, as long as there is one."""
        chip, counted = self._chips[subset], self.tr("{subset} {count}")
        chip.setText(counted.format(subset=self._chip_text(subset), count=wording.number(count)))
        chip.setVisible(bool(count))
        if not count:
            chip.setChecked(False)

    def _mark_of(self, song_id: SongId) -> SongMark:
        return self._model.rows.mark_of(song_id)

    def _filter(self) -> None:
        chosen = frozenset(subset for subset, chip in self._chips.items() if chip.isChecked())
        has_pairs = bool(chosen & {Subset.COPIES, Subset.REVIEW})
        self._model.set_filter(self._search.text(), chosen)
        self._table.show_remarks(shown=bool(chosen.intersection(REMARKABLE)), side_by_side=has_pairs)

    def _begin_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _clear_filter(self) -> None:
        self._search.clear()
        for chip in self._chips.values():
            chip.setChecked(False)
        self._table.setFocus()

    def _show_count(self, shown: int, total: int) -> None:
        words = self.tr("{shown} of {total}").format(shown=wording.number(shown), total=wording.songs(total))
        self._count.setText(words if self._model.is_filtered else wording.songs(total))
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
        text = self._search.text().strip()
        said = (
            self.tr("No song matches “{text}”").format(text=text) if text else self.tr("No song is in this selection")
        )
        hint = self.tr("Every word has to be in the title, artist, album, genre or year.")
        self._empty.say(said, hint if text else "", button=self.tr("Show all songs"), act=self._clear_filter)
        self._body.setCurrentWidget(self._empty)

    def _show_no_songs(self) -> None:
        hint = self.tr("Add a music folder in {player}. The songs appear here by themselves.")
        heading = self.tr("{player}’s library is empty").format(player=self._session.player)
        self._empty.say(heading, hint.format(player=self._session.player))
        self._body.setCurrentWidget(self._empty)

    def _tell_skipped(self, count: int) -> None:
        one = self.tr("1 song could not be read. It is damaged or not music.")
        many = self.tr("{count} songs could not be read. They are damaged or not music.")
        text = one if count == 1 else many.format(count=wording.number(count))
        show = (self.tr("Show it") if count == 1 else self.tr("Show them"), self._show_skipped)
        self._messages.say(Message(Kind.NOTICE, text, [show], topic="skipped"))

    def _show_skipped(self) -> None:
        self._clear_filter()
        self._chips[Subset.SKIPPED].setChecked(True)
        self._messages.withdraw("skipped")

    # -------------------------------------------------------------------------------------------------- playlists

    def _ask_for_playlist(self) -> None:
        self._make_playlist.setEnabled(False)
        self._messages.withdraw("playlist")
        self._session.make_playlist()

    def _offer_playlist(self, playlist: "Playlist | None") -> None:
        self._make_playlist.setEnabled(True)
        if playlist is None:
            return
        notice = playlist.ranking.notice
        if playlist.path is None:
            self._messages.say(Message(Kind.NOTICE, notice, topic="playlist"))
            return
        path = playlist.path
        count = wording.songs(len(playlist.ranking.recommendations))
        text = self.tr("{songs} are in {file}.").format(songs=count, file=path.name)
        open_it = self.tr("Open in {player}").format(player=self._session.player)
        actions = [
            (open_it, lambda: self._session.open_in_player(path)),
            (self.tr("Show folder"), lambda: show_folder(path)),
        ]
        self._messages.say(Message(Kind.DONE, f"{text} {notice}".strip(), actions, topic="playlist"))


def show_folder(file: Path) -> None:
    """Open the folder of a file in the desktop's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))
