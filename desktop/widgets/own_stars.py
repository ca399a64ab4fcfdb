"""The owner's stars of one song, given by a click on a half star or by a key."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.song import UNRATED
from desktop import wording
from desktop.style.measures import CONTROL_HEIGHT, STAR, TINY
from desktop.style.theme import current_colors
from desktop.widgets.stars import STEP, WIDTH, draw_invitation, draw_own

HALF = 0.1
"""A half star, as a rating of 0 to 1."""
TAKE_BACK_KEYS = (Qt.Key.Key_0, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class OwnStars(QWidget):
    """Shows what it is told and says what is wanted; the stars themselves change when the word was stored."""

    rated = Signal(float)
    """0.1 to 1.0; UNRATED takes back what was said here."""

    def __init__(self, parent: QWidget | None = None, *, inviting: bool = False) -> None:
        """Where nothing was said, ``inviting`` ones are outlines to be filled instead of dots."""
        super().__init__(parent)
        self._is_inviting = inviting
        self._rating = UNRATED
        self._meant: float | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Your stars: click, or press 1 to 5; left and right change by half a star"))
        self.show_rating(UNRATED)

    @property
    def rating(self) -> float:
        return self._rating

    def show_rating(self, rating: float) -> None:
        """0.1 to 1.0, or UNRATED."""
        self._rating, self._meant = rating, None
        said = wording.stars_in_words(rating) if rating > 0 else self.tr("not rated")
        self.setAccessibleName(self.tr("Your stars: {stars}").format(stars=said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH + 2 * TINY, CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    # -------------------------------------------------------------------------------------------------- said by mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mean(self._rating_at(event.position().toPoint()))

    def leaveEvent(self, _event: QEvent) -> None:
        self._mean(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.rated.emit(self._rating_at(event.position().toPoint()))

    def _rating_at(self, place: QPoint) -> float:
        star, rest = divmod(min(max(place.x() - TINY, 0), WIDTH - 1), STEP)
        return round((2 * star + (1 if rest < STAR / 2 else 2)) * HALF, 1)

    def _mean(self, rating: float | None) -> None:
        if rating != self._meant:
            self._meant = rating
            self.update()

    # -------------------------------------------------------------------------------------------------- said by key

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_5:
            self.rated.emit(round((key - Qt.Key.Key_0) * 2 * HALF, 1))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            wanted = max(self._rating, 0.0) + (HALF if key == Qt.Key.Key_Right else -HALF)
            self.rated.emit(round(min(max(wanted, HALF), 1.0), 1))
        elif key in TAKE_BACK_KEYS:
            self.rated.emit(UNRATED)
        else:
            super().keyPressEvent(event)

    # -------------------------------------------------------------------------------------------------- drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        place = QRect(TINY, (self.height() - STAR) // 2, WIDTH, STAR)
        shown = self._rating if self._meant is None else self._meant
        if shown <= 0 and self._is_inviting:
            draw_invitation(painter, place)
        else:
            draw_own(painter, place, max(shown, 0.0))
        if self.hasFocus():
            painter.setPen(QColor(current_colors().accent))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), TINY, TINY)
