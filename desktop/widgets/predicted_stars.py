"""The predicted stars of one song with their interval; a dash, or the reason, where nothing is predicted."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.store.companion import Prediction
from desktop import wording
from desktop.item_models.songs import DASH
from desktop.style.measures import CONTROL_HEIGHT, STAR, TINY
from desktop.widgets.stars import NUMBER_WIDTH, WIDTH, draw_prediction


class PredictedStars(QWidget):
    """Only shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prediction: Prediction | None = None
        self._reason = DASH
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_prediction(self, prediction: Prediction | None, *, reason: str = "") -> None:
        """``reason`` says in a word why there is none."""
        self._prediction, self._reason = prediction, reason or DASH
        self.setToolTip(self._sentence(reason))
        self.setAccessibleName(self.tr("Predicted stars: {stars}").format(stars=self.toolTip()))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH + NUMBER_WIDTH + 2 * TINY, CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        place = QRect(TINY, (self.height() - STAR) // 2, WIDTH, STAR)
        draw_prediction(QPainter(self), place, self._prediction, reason=self._reason)

    def _sentence(self, reason: str) -> str:
        if self._prediction is None:
            return reason or self.tr("not yet")
        return self.tr("Probably {stars}, most likely between {low} and {high}").format(
            stars=wording.stars_in_words(round(self._prediction.rating, 2)),
            low=wording.stars(self._prediction.low),
            high=wording.stars(self._prediction.high),
        )
