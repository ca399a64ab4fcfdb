"""A song in one line, to be heard or chosen: its title and artist, and stars at the end."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from core.song import Song
from core.store.companion import Prediction
from desktop import wording
from desktop.listening.listening import Listening
from desktop.style.measures import ROW_HEIGHT, SMALL, STAR, TINY
from desktop.style.theme import current_colors
from desktop.widgets.listen_button import ListenButton
from desktop.widgets.stars import WIDTH, draw_own, draw_prediction


class SongLine(QAbstractButton):
    """Takes its place while it is empty, so that nothing moves when a song comes."""

    chosen = Signal(Song)

    def __init__(self, listening: Listening, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._song: Song | None = None
        self._said, self._more = "", ""
        self._prediction: Prediction | None = None
        self._listen = ListenButton(listening, self)
        self.setFixedHeight(ROW_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self.clicked.connect(self._choose)
        self.show_song(None)

    @property
    def song(self) -> Song | None:
        return self._song

    def show_song(
        self, song: Song | None, *, prediction: Prediction | None = None, said: str = "", more: str = ""
    ) -> None:
        """``said`` takes the place of title and artist; ``more`` is told by the tooltip."""
        self._song, self._prediction, self._more = song, prediction, more
        self._said = said or (song.title_first if song is not None else "")
        self._listen.show_song(song)
        self._listen.setVisible(song is not None)
        self.setEnabled(song is not None)
        self.setAccessibleName(self._accessible_name())
        self._explain()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = ROW_HEIGHT - TINY
        self._listen.setGeometry(0, TINY // 2, side, side)
        self._explain()
        super().resizeEvent(event)

    def _choose(self) -> None:
        if self._song is not None:
            self.chosen.emit(self._song)

    # -------------------------------------------------------------------------------------------------- drawing

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._song is None:
            return
        painter, colors = QPainter(self), current_colors()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QColor(colors.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.hover))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), TINY, TINY)
        painter.setPen(QColor(colors.text))
        painter.drawText(self._room(), Qt.AlignmentFlag.AlignVCenter, self._elided())
        self._draw_stars(painter)

    def _draw_stars(self, painter: QPainter) -> None:
        place = QRect(self.width() - WIDTH - TINY, (self.height() - STAR) // 2, WIDTH, STAR)
        if self._song is not None and self._song.is_rated:
            draw_own(painter, place, self._song.rating)
        else:
            draw_prediction(painter, place, self._prediction, has_number=False)

    def _room(self) -> QRect:
        left = ROW_HEIGHT + TINY
        return QRect(left, 0, max(self.width() - left - WIDTH - TINY - SMALL, 0), self.height())

    def _elided(self) -> str:
        return self.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideMiddle, self._room().width())

    def _explain(self) -> None:
        whole = self._said if self._elided() != self._said else ""
        self.setToolTip("\n".join(filter(None, (whole, self._more))))
        self.setAccessibleDescription(self._more)

    def _accessible_name(self) -> str:
        if self._song is None:
            return ""
        if self._song.is_rated:
            return self.tr("{song}, {stars}").format(song=self._said, stars=wording.stars_in_words(self._song.rating))
        if self._prediction is None:
            return self._said
        stars = wording.stars_in_words(self._prediction.rating)
        return self.tr("{song}, predicted {stars}").format(song=self._said, stars=stars)
