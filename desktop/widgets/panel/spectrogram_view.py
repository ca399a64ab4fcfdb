"""What of a song's sound matters, drawn over its spectrogram: a bar for each window of seconds and for each band."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.recommend.reasons.explanation import SoundExplanation, SoundPart
from core.training.spectrogram_file import Spectrogram
from desktop import wording
from desktop.item_models import reason_texts
from desktop.style.measures import BETWEEN_GROUPS, PAGE_MARGIN, TINY
from desktop.style.palette import Colors
from desktop.style.theme import current_colors

SOUND_HEIGHT = 144
BARS = 2 * BETWEEN_GROUPS
"""How far the longest bar may reach, both ways together."""
SCALE_WIDTH = 2 * PAGE_MARGIN
SHADES = 256
QUIETEST = -70.0
"""Decibels below the loudest that are drawn as silence."""
LOUDEST_SHADE = 0.8
TINT = 0.28
TICKS = ((250, "250"), (1000, "1k"), (4000, "4k"))
"""Hz, and how they are written."""


@dataclass(frozen=True)
class Heard:
    """What is drawn; ``spectrogram`` is None if its file could not be kept."""

    found: SoundExplanation
    spectrogram: Spectrogram | None


class SpectrogramView(QWidget):
    """Left and right go through the seconds; Enter, Space or a click lets them be heard."""

    second_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heard: Heard | None = None
        self._image: tuple[Colors, QImage] | None = None
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("What in its sound matters"))

    def show_sound(self, heard: Heard) -> None:
        self._heard, self._image, self._current = heard, None, 0
        self.setAccessibleDescription(" ".join(reason_texts.of_sound(heard.found)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, SOUND_HEIGHT + BARS + self.fontMetrics().height() + 2 * TINY)

    # -------------------------------------------------------------------------------------------------- places

    def _sound(self) -> QRectF:
        """Where the spectrogram is."""
        return QRectF(SCALE_WIDTH, 0, max(self.width() - SCALE_WIDTH - BARS - TINY, 1), SOUND_HEIGHT)

    def _below(self) -> QRectF:
        sound = self._sound()
        return QRectF(sound.left(), sound.bottom() + TINY, sound.width(), BARS)

    def _beside(self) -> QRectF:
        sound = self._sound()
        return QRectF(sound.right() + TINY, sound.top(), BARS, sound.height())

    def _across(self, second: float, found: SoundExplanation) -> float:
        sound = self._sound()
        return sound.left() + sound.width() * (second - found.start) / max(found.stop - found.start, 1e-9)

    def _down(self, hertz: float) -> float:
        sound, spectrogram = self._sound(), self._heard.spectrogram if self._heard else None
        edges = np.array([0.0, 8000.0]) if spectrogram is None else spectrogram.hertz
        share = float(np.interp(hertz, edges, np.linspace(0, 1, len(edges))))
        return sound.bottom() - sound.height() * share

    # -------------------------------------------------------------------------------------------------- drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        heard = self._heard
        if heard is None:
            return
        painter, colors = QPainter(self), current_colors()
        self._draw_sound(painter, heard, colors)
        self._draw_scales(painter, heard.found, colors)
        largest = max((abs(part.change) for part in (*heard.found.seconds, *heard.found.bands)), default=0.0) or 1.0
        for number, part in enumerate(heard.found.seconds):
            self._draw_second(painter, part, reach=part.change / largest, is_current=number == self._current)
        for part in heard.found.bands:
            self._draw_band(painter, part, reach=part.change / largest)
        painter.setPen(QColor(colors.border))
        below, beside = self._below(), self._beside()
        painter.drawLine(QLineF(below.left(), below.center().y(), below.right(), below.center().y()))
        painter.drawLine(QLineF(beside.center().x(), beside.top(), beside.center().x(), beside.bottom()))

    def _draw_sound(self, painter: QPainter, heard: Heard, colors: Colors) -> None:
        painter.fillRect(self._sound(), QColor(colors.base))
        if heard.spectrogram is None:
            return
        if self._image is None or self._image[0] is not colors:
            self._image = (colors, _picture(heard.spectrogram, colors))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._sound(), self._image[1])

    def _draw_scales(self, painter: QPainter, found: SoundExplanation, colors: Colors) -> None:
        painter.setPen(QColor(colors.secondary))
        line = self.fontMetrics().height()
        for hertz, name in TICKS:
            place = QRectF(0, self._down(hertz) - line / 2, SCALE_WIDTH - TINY, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)
        below = self._below()
        times = QRectF(below.left(), below.bottom() + TINY, below.width(), line)
        painter.drawText(times, Qt.AlignmentFlag.AlignLeft, wording.duration(found.start))
        painter.drawText(times, Qt.AlignmentFlag.AlignRight, wording.duration(found.stop))

    def _draw_second(self, painter: QPainter, part: SoundPart, *, reach: float, is_current: bool) -> None:
        if self._heard is None:
            return
        left, right = (self._across(second, self._heard.found) for second in (part.low, part.high))
        middle, half = self._below().center().y(), BARS / 2
        painter.fillRect(QRectF(left + 1, middle, right - left - 1, -reach * half).normalized(), color_of(part))
        sound = self._sound()
        if part.holds:
            painter.fillRect(QRectF(left, sound.top(), right - left, sound.height()), _tint(part))
        if is_current and self.hasFocus():
            painter.setPen(QColor(current_colors().accent))
            painter.drawRect(QRectF(left, sound.top(), right - left, sound.height() + TINY + BARS - 1))

    def _draw_band(self, painter: QPainter, part: SoundPart, *, reach: float) -> None:
        bottom, top = (self._down(hertz) for hertz in (part.low, part.high))
        middle, half = self._beside().center().x(), BARS / 2
        painter.fillRect(QRectF(middle, top + 1, reach * half, bottom - top - 1).normalized(), color_of(part))
        if part.holds:
            painter.fillRect(QRectF(self._sound().left(), top, self._sound().width(), bottom - top), _tint(part))

    # -------------------------------------------------------------------------------------------------- asked by hand

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            part, is_band = self._part_at(event.pos().x(), event.pos().y())
            words = reason_texts.part_in_words(part, is_band=is_band) if part is not None else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def _part_at(self, across: float, down: float) -> tuple[SoundPart | None, bool]:
        if self._heard is None:
            return None, False
        found = self._heard.found
        if across > self._sound().right():
            return _first(each for each in found.bands if self._down(each.high) <= down <= self._down(each.low)), True
        within = (
            each for each in found.seconds if self._across(each.low, found) <= across <= self._across(each.high, found)
        )
        return _first(within), False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        part, is_band = self._part_at(event.position().x(), event.position().y())
        if part is not None and not is_band and self._heard is not None:
            self._current = self._heard.found.seconds.index(part)
            self.second_chosen.emit(part.low)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        seconds = self._heard.found.seconds if self._heard is not None else ()
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and seconds:
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self._current = min(max(self._current + step, 0), len(seconds) - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and seconds:
            self.second_chosen.emit(seconds[self._current].low)
        else:
            super().keyPressEvent(event)


def color_of(part: SoundPart) -> QColor:
    """Gray for what is too little to be sure of."""
    colors = current_colors()
    if not part.holds:
        return QColor(colors.disabled)
    return QColor(colors.accent if part.change > 0 else colors.against)


def _tint(part: SoundPart) -> QColor:
    color = color_of(part)
    color.setAlphaF(TINT)
    return color


def _first(parts: Iterable[SoundPart]) -> SoundPart | None:
    return next(iter(parts), None)


def _picture(spectrogram: Spectrogram, colors: Colors) -> QImage:
    """From the ground to the color of text, the lowest band at the bottom."""
    decibels = spectrogram.decibels[::-1]
    shares = np.clip((decibels - QUIETEST) / -QUIETEST, 0, 1)
    shades = np.ascontiguousarray(np.round(shares * (SHADES - 1)), dtype=np.uint8)
    height, width = shades.shape
    image = QImage(shades.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable([_shade(number / (SHADES - 1), colors).rgb() for number in range(SHADES)])
    return image.copy()  # the numbers are gone after this


def _shade(share: float, colors: Colors) -> QColor:
    quiet, loud = QColor(colors.base), QColor(colors.text)
    parts = zip(quiet.getRgb()[:3], loud.getRgb()[:3], strict=True)  # type: ignore[index]  # the stubs say object
    return QColor(*(round(low + (high - low) * share * LOUDEST_SHADE) for low, high in parts))
