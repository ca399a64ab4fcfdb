"""The left end of the status line: what is heard, how far it is, and how loud; not there before anything was heard."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QSlider, QToolButton, QWidget, QWidgetAction

from desktop import wording
from desktop.desk import Desk
from desktop.style import fonts
from desktop.style.icons import icon
from desktop.style.measures import SMALL, TINY
from desktop.widgets.elided_label import ElidedLabel

VOLUME = "listening/volume"
SEEK_WIDTH = 140
VOLUME_HEIGHT = 100
TITLE_WIDTH = 220
THOUSANDTHS = 1000
"""Steps of a second, and of a volume."""
SEEK_STEP, VOLUME_STEP = 5 * THOUSANDTHS, THOUSANDTHS // 20
"""What an arrow key does."""


class LittlePlayer(QWidget):
    """Space pauses, wherever the keyboard is, unless what has it wants the key itself."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._listening, self._settings = desk.listening, desk.settings
        self._button, self._time, self._title = QToolButton(), QLabel(), ElidedLabel(secondary=True)
        self._seek = SeekBar(Qt.Orientation.Horizontal, step=SEEK_STEP)
        self._volume = SeekBar(Qt.Orientation.Vertical, step=VOLUME_STEP)
        self._time.setFont(fonts.figures())
        self._title.setMaximumWidth(TITLE_WIDTH)
        self._title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._seek.setFixedWidth(SEEK_WIDTH)
        self._seek.setAccessibleName(self.tr("Place in the song"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        for widget in (self._button, self._time, self._seek, self._make_volume(), self._title):
            layout.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._button.clicked.connect(self._listening.pause_or_resume)
        self._seek.chosen.connect(lambda value: self._listening.seek(value / THOUSANDTHS))
        self._volume.chosen.connect(self._set_volume)
        self._listening.changed.connect(self._show)
        self._listening.moved.connect(self._show_place)
        self._listening.give_way_to(desk.now_playing)
        self._set_volume(_saved_volume(desk.settings))
        self._show()

    def _make_volume(self) -> QToolButton:
        button, menu = QToolButton(), QMenu(self)
        self._volume.setRange(0, THOUSANDTHS)
        self._volume.setFixedHeight(VOLUME_HEIGHT)
        self._volume.setAccessibleName(self.tr("Volume"))
        holder = QWidget()
        inner = QHBoxLayout(holder)
        inner.setContentsMargins(TINY, TINY, TINY, TINY)
        inner.addWidget(self._volume)
        action = QWidgetAction(menu)
        action.setDefaultWidget(holder)
        menu.addAction(action)
        button.setIcon(icon("volume"))
        button.setToolTip(self.tr("Volume"))
        button.setAccessibleName(self.tr("Volume"))
        button.clicked.connect(lambda: menu.popup(_above(button, menu)))
        return button

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key reaches the window only if nothing in it wanted it."""
        is_space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if is_space and event.type() == QEvent.Type.KeyPress and self._listening.song is not None:
            self._listening.pause_or_resume()
            return True
        return super().eventFilter(watched, event)

    # -------------------------------------------------------------------------------------------------- showing

    def _show(self) -> None:
        song = self._listening.song
        self.setVisible(song is not None)
        if song is None:
            return
        is_playing = self._listening.is_playing
        self._button.setIcon(icon("pause" if is_playing else "play"))
        self._button.setToolTip(self.tr("Pause (space)") if is_playing else self.tr("Go on (space)"))
        self._button.setAccessibleName(self._button.toolTip())
        self._title.setText(song.title_first)
        self._seek.setRange(0, round(self._listening.length * THOUSANDTHS))
        self._show_place(self._listening.place)

    def _show_place(self, second: float) -> None:
        length = self._listening.length
        words = self.tr("{place} / {length}")
        self._time.setText(words.format(place=wording.duration(max(second, 0.0)), length=wording.duration(length)))
        self._time.setMinimumWidth(self._time.fontMetrics().horizontalAdvance(_widest(length)))
        self._seek.follow(round(second * THOUSANDTHS))

    def _set_volume(self, value: int) -> None:
        self._volume.follow(value)
        self._listening.set_volume(value / THOUSANDTHS)
        self._settings.setValue(VOLUME, value)


class SeekBar(QSlider):
    """Goes where it is clicked, and does not run from under the hand that holds it."""

    chosen = Signal(int)

    def __init__(self, orientation: Qt.Orientation, *, step: int, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.setSingleStep(step)
        self.setPageStep(2 * step)
        self.sliderReleased.connect(lambda: self.chosen.emit(self.value()))
        self.actionTriggered.connect(self._choose_by_key)

    def follow(self, value: int) -> None:
        """Show a value that nobody chose."""
        if not self.isSliderDown():
            self.setValue(value)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._go_to(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._go_to(event)
            self.setSliderDown(False)

    def _go_to(self, event: QMouseEvent) -> None:
        is_across = self.orientation() == Qt.Orientation.Horizontal
        place = event.position()
        share = place.x() / max(self.width(), 1) if is_across else 1 - place.y() / max(self.height(), 1)
        self.setValue(self.minimum() + round(share * (self.maximum() - self.minimum())))

    def _choose_by_key(self, _action: int) -> None:
        if not self.isSliderDown():
            self.chosen.emit(self.sliderPosition())


def _above(button: QWidget, menu: QMenu) -> QPoint:
    """The status line is at the lower edge of the window."""
    return button.mapToGlobal(QPoint(0, -menu.sizeHint().height()))


def _widest(length: float) -> str:
    """Figures are of one width, so the text takes the same room all along."""
    said = wording.duration(length)
    return f"{said} / {said}"


def _saved_volume(settings: QSettings) -> int:
    value = settings.value(VOLUME, THOUSANDTHS, type=int)
    return value if isinstance(value, int) else THOUSANDTHS
