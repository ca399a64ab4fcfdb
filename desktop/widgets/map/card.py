"""The card beside a point of the map: which song it is, what its owner said of it and what is guessed."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.song import UNRATED, Song
from core.store.companion import Prediction
from desktop import wording
from desktop.style import fonts
from desktop.style.measures import MEDIUM, PAGE_MARGIN, SMALL, STAR, TINY
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.stars import NUMBER_WIDTH, WIDTH, draw_own, draw_prediction

CARD_WIDTH = 264
LINE = STAR + TINY


class MapCard(QFrame):
    """Takes no mouse, so it never hides what is pointed at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "plain")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._title, self._artist = ElidedLabel(font=fonts.section()), ElidedLabel()
        self._album, self._note = ElidedLabel(secondary=True), QLabel()
        self._note.setObjectName("secondary")
        self._stars = _CardStars()
        column = QVBoxLayout(self)
        column.setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)
        column.setSpacing(TINY)
        for part in (self._title, self._artist, self._album, self._stars, self._note):
            column.addWidget(part)
        self.setFixedWidth(CARD_WIDTH)
        self.hide()

    def show_song(self, song: Song, *, prediction: Prediction | None, is_approximate: bool, remark: str = "") -> None:
        """Fill the card; ``remark`` says what the song is that nothing is predicted of, such as a copy."""
        reason = remark or self.tr("not yet")
        self._title.setText(song.title or self.tr("Untitled"))
        self._artist.setText(song.artist or self.tr("Unknown artist"))
        album = [song.album, str(song.year) if song.year > 0 else ""]
        self._album.setText(", ".join(filter(None, album)))
        self._album.setVisible(bool(self._album.text()))
        self._stars.show_stars(song, prediction, reason=reason)
        self._note.setText(self.tr("Its place is approximate until the map is drawn anew."))
        self._note.setWordWrap(True)
        self._note.setVisible(is_approximate)
        self.setAccessibleName(self.words(song, prediction, reason=reason))
        self.adjustSize()

    def words(self, song: Song, prediction: Prediction | None, *, reason: str) -> str:
        """What a screen reader says."""
        own = wording.stars_in_words(song.rating) if song.is_rated else self.tr("not rated")
        guess = wording.stars_in_words(round(prediction.rating, 2)) if prediction else reason
        return self.tr("{title} by {artist}; your stars: {own}; predicted: {guess}").format(
            title=song.title, artist=song.artist, own=own, guess=guess
        )

    def stand_beside(self, point: QPoint, *, within: QRect) -> None:
        """To the right of a point and below it, or where there is room."""
        place = point + QPoint(PAGE_MARGIN, PAGE_MARGIN)
        if place.x() + self.width() > within.right():
            place.setX(point.x() - PAGE_MARGIN - self.width())
        if place.y() + self.height() > within.bottom():
            place.setY(point.y() - PAGE_MARGIN - self.height())
        self.move(max(place.x(), within.left()), max(place.y(), within.top()))
        self.raise_()
        self.show()


class _CardStars(QWidget):
    """The owner's stars, and the predicted ones below."""

    def __init__(self) -> None:
        super().__init__()
        self._rating = UNRATED
        self._prediction: Prediction | None = None
        self._reason = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stars(self, song: Song, prediction: Prediction | None, *, reason: str) -> None:
        self._rating, self._prediction, self._reason = song.rating, prediction, reason
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH + NUMBER_WIDTH, 2 * LINE + TINY)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        label = self.fontMetrics().horizontalAdvance(self.tr("Predicted")) + MEDIUM
        for line, text in enumerate((self.tr("Yours"), self.tr("Predicted"))):
            top = line * (LINE + TINY)
            painter.setPen(self.palette().placeholderText().color())
            painter.setFont(self.font())
            box = QRect(0, top - TINY, label, LINE + 2 * TINY)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            place = QRect(label, top + TINY // 2, WIDTH, STAR)
            if line:
                draw_prediction(painter, place, self._prediction, reason=self._reason)
            else:
                draw_own(painter, place, max(self._rating, 0.0))
