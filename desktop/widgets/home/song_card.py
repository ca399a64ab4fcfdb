"""One song worth rating: what it is, why it is asked about, a way to hear it, and stars to click."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from core.recommend.suggestion import Suggestion
from core.song import UNRATED, SongId
from desktop import core_texts
from desktop.listening.listening import Listening
from desktop.style import fonts
from desktop.style.icons import Tint, icon
from desktop.style.measures import CONTROL_HEIGHT, ICON_IN_ROW, MEDIUM, SMALL, TINY
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.listen_button import ListenButton
from desktop.widgets.own_stars import OwnStars

REASON_LINES = 3
SEEN = 500
"""Milliseconds for which the stars that were given are seen, before the next question takes the place."""


class SongCard(QFrame):
    """Keeps its size whatever it shows, and nothing when there is no question for it."""

    rated = Signal(str, float)
    """The song's id, and 0.1 to 1.0."""
    passed = Signal(str)
    """The owner wants to be asked about another song."""
    emptied = Signal()
    """Its song was rated or passed, and that was seen."""

    def __init__(self, listening: Listening, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "plain")
        self.suggestion: Suggestion | None = None
        self._title, self._artist = ElidedLabel(font=fonts.section()), ElidedLabel(secondary=True)
        self._reason = QLabel()
        self._reason.setObjectName("secondary")
        self._reason.setWordWrap(True)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._reason.setFixedHeight(REASON_LINES * QFontMetrics(self._reason.font()).lineSpacing())
        self._listen, self._stars, self._pass = (
            ListenButton(listening),
            OwnStars(inviting=True),
            self._make_pass_button(),
        )
        self._stars.rated.connect(self._rate)
        self._seen = QTimer(self, singleShot=True, interval=SEEN)
        self._seen.timeout.connect(self._end)
        self._lay_out()
        self.show_suggestion(None)

    @property
    def song_id(self) -> SongId | None:
        return None if self.suggestion is None else self.suggestion.song.song_id

    @property
    def is_free(self) -> bool:
        """Whether it waits for a question."""
        return self.suggestion is None

    def show_suggestion(self, suggestion: Suggestion | None) -> None:
        """Ask about another song."""
        self._seen.stop()
        self.suggestion = suggestion
        for child in (self._title, self._artist, self._reason, self._listen, self._stars, self._pass):
            child.setVisible(suggestion is not None)
        if suggestion is None:
            self._listen.show_song(None)
            return
        song = suggestion.song
        self._title.setText(song.title)
        self._artist.setText(" · ".join(filter(None, (song.artist, song.album))) or self.tr("Unknown artist"))
        why = core_texts.said(suggestion.why)
        self._reason.setText(why)
        self._reason.setToolTip(why)
        self._listen.show_song(song)
        self._stars.show_rating(UNRATED)
        self._stars.setEnabled(True)
        self.setAccessibleName(self.tr("Rate “{title}”").format(title=song.title))

    def _make_pass_button(self) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("close", tint=Tint.SECONDARY))
        button.setIconSize(QSize(ICON_IN_ROW, ICON_IN_ROW))
        button.setAccessibleName(self.tr("Ask about another song"))
        button.setToolTip(self.tr("Not now: ask about another song"))
        button.clicked.connect(self._let_pass)
        return button

    def _lay_out(self) -> None:
        top, bottom, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        top.setSpacing(TINY)
        top.addWidget(self._title, stretch=1)
        top.addWidget(self._pass)
        bottom.setSpacing(TINY)
        bottom.addWidget(self._listen)
        bottom.addWidget(self._stars)
        bottom.addStretch()
        column.setContentsMargins(MEDIUM, SMALL, SMALL, SMALL)
        column.setSpacing(TINY)
        column.addLayout(top)
        column.addWidget(self._artist)
        column.addSpacing(TINY)
        column.addWidget(self._reason)
        column.addStretch()
        column.addLayout(bottom)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(column.sizeHint().height() + CONTROL_HEIGHT // 4)

    def _rate(self, rating: float) -> None:
        if self.song_id is None or rating <= 0 or self._seen.isActive():
            return
        self._stars.show_rating(rating)
        self._stars.setEnabled(False)
        self._seen.start()
        self.rated.emit(self.song_id, rating)

    def _let_pass(self) -> None:
        if self.song_id is not None and not self._seen.isActive():
            self.passed.emit(self.song_id)
            self._end()

    def _end(self) -> None:
        had_focus = self._stars.hasFocus() or self._pass.hasFocus() or not self._stars.isEnabled()
        self.show_suggestion(None)
        self.emptied.emit()
        if had_focus and self.suggestion is not None and self.isVisible():
            self._stars.setFocus()
