"""Ten songs worth rating: cards of which each is followed by the next question when its song was rated."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QStackedLayout, QVBoxLayout, QWidget

from core.recommend.suggestion import SongList, Suggestion
from core.song import SongId
from desktop import core_texts
from desktop.desk import Desk
from desktop.item_models.song_rows import SongRows, Subset
from desktop.style.measures import SMALL
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.home.song_card import SongCard

if TYPE_CHECKING:
    from core.engine import Engine

CARDS = 10
SPARE = 10
"""Further questions that are asked for at once, so that a card is never empty for long."""
FEW = 3
NARROWEST_CARD = 208
MOST_IN_A_ROW = 5
EMPTY_HEIGHT = 160
"""About that of a row of cards."""


class Questions(QWidget):
    """What the stars of which song would teach is known to the engine alone."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._session = desk, desk.session
        self._spare: list[Suggestion] = []
        self._settled: set[SongId] = set()
        """Rated or passed since the window was opened."""
        self._is_asking, self._has_more, self._is_waiting = False, True, False
        self._cards = [self._make_card() for _ in range(CARDS)]
        self._empty = EmptyState()
        self._layers, self._grid = QStackedLayout(self), QGridLayout()
        self._columns = 0
        cards = QWidget()
        cards.setLayout(self._grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SMALL)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._layers.addWidget(cards)
        self._layers.addWidget(self._frame_of(self._empty))
        self._arrange(MOST_IN_A_ROW)
        self._session.rows_read.connect(self._follow)
        self._session.update_ended.connect(self._ask_again)
        self._session.heard_more.connect(self._ask_if_bare)
        if self._session.rows is not None:
            self._follow(self._session.rows)

    def _frame_of(self, empty: EmptyState) -> QWidget:
        """Where the cards will be, so that what is said stands where they come."""
        frame, place = QFrame(), QWidget()
        frame.setProperty("bar", "plain")
        frame.setMinimumHeight(EMPTY_HEIGHT)
        inside, column = QVBoxLayout(frame), QVBoxLayout(place)
        inside.addWidget(empty)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        column.addStretch(1)
        return place

    def _make_card(self) -> SongCard:
        card = SongCard(self._desk.listening)
        card.rated.connect(self._rate)
        card.passed.connect(self._settled.add)
        card.emptied.connect(self._fill)
        return card

    # -------------------------------------------------------------------------------------------------- the grid

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitting = (self.width() + SMALL) // (NARROWEST_CARD + SMALL)
        self._arrange(min(max(fitting, 1), MOST_IN_A_ROW))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // columns, place % columns)

    # -------------------------------------------------------------------------------------------------- the questions

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_waiting:
            self._ask()

    def _follow(self, rows: SongRows) -> None:
        """Songs that were rated elsewhere, or turned out to be copies or spoken, are no questions any more."""
        over = {each for each in self._shown() if not _may_be_asked(each, rows)}
        for card in self._cards:
            if card.song_id in over and card.song_id not in self._settled:
                card.show_suggestion(None)
        self._spare = [each for each in self._spare if self._is_open(each, rows)]
        self._fill()

    def _is_open(self, each: Suggestion, rows: SongRows | None) -> bool:
        song_id = each.song.song_id
        if song_id in self._settled or song_id in self._shown():
            return False
        return rows is None or _may_be_asked(song_id, rows)

    def _shown(self) -> set[SongId]:
        return {card.song_id for card in self._cards if card.song_id is not None}

    def _fill(self) -> None:
        """Give free cards their questions, and ask for more in time."""
        for card in self._cards:
            if card.is_free and self._spare:
                card.show_suggestion(self._spare.pop(0))
        if self._has_more and len(self._spare) < FEW:
            self._ask()

    def _ask_again(self) -> None:
        """What was learned since may make other songs worth asking about; cards that are shown stay."""
        self._has_more = True
        self._ask()

    def _ask_if_bare(self) -> None:
        """While the first songs are listened to: what was heard since may be asked about."""
        if self.isVisible() and not self._shown():
            self._ask_again()

    def _ask(self) -> None:
        """While nobody looks, it can wait: it takes seconds of work and much memory."""
        self._is_waiting = not self.isVisible()
        if self._is_asking or self._is_waiting or self._session.rows is None:
            return
        self._is_asking = True
        wanted = CARDS + SPARE + len(self._settled)

        def question(engine: "Engine") -> SongList:
            return engine.questions.next(wanted=wanted)

        self._session.ask(question, then=lambda found: self._take(found, wanted=wanted), otherwise=self._explain)

    def _take(self, found: SongList, *, wanted: int) -> None:
        self._is_asking = False
        self._spare = [each for each in found.suggestions if self._is_open(each, self._session.rows)]
        self._has_more = len(found.suggestions) >= wanted and bool(self._spare)
        if self._spare or self._shown():
            self._layers.setCurrentIndex(0)
            self._fill()
        elif self._session.is_working and self._has_unrated:
            self._promise(self.tr("As soon as unrated songs were listened to, those are picked that teach the most."))
        else:
            self._empty.say(self.tr("There is nothing to ask"), core_texts.said(found.notice))
            self._layers.setCurrentIndex(1)

    @property
    def _has_unrated(self) -> bool:
        rows = self._session.rows
        return rows is not None and bool(rows.subsets[Subset.UNRATED].any())

    def _explain(self, _sentence: str) -> None:
        """Before the first song was listened to, nothing can be asked."""
        self._is_asking = self._has_more = False
        self._promise(
            self.tr("As soon as some were listened to, which begins by itself, those are picked that teach the most.")
        )

    def _promise(self, hint: str) -> None:
        self._empty.say(self.tr("Songs to rate appear here"), hint)
        self._layers.setCurrentIndex(1)

    def _rate(self, song_id: SongId, rating: float) -> None:
        self._settled.add(song_id)
        self._desk.word.rate([song_id], rating)


def _may_be_asked(song_id: SongId, rows: SongRows) -> bool:
    return song_id in rows.ids and not rows.song(song_id).is_rated and not rows.mark_of(song_id).is_left_out
