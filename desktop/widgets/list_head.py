"""What stands above a list: its name, how long it is, and what becomes of it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QDrag, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.song import Song
from desktop import wording
from desktop.item_models.list_rows import files_of
from desktop.style import fonts
from desktop.style.icons import Tint, icon
from desktop.style.measures import CONTROL_HEIGHT, MEDIUM, SMALL
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.switch import Switch
from desktop.widgets.tables.drag_picture import drag_picture

FORMATS = ("xspf", "m3u8")
READABLE_NAME = 200
"""Pixels that the name keeps beside the buttons."""


class ListHead(QWidget):
    """It knows nothing of recipes."""

    save_wanted = Signal()
    open_wanted = Signal()
    reshuffle_wanted = Signal()
    keeping_chosen = Signal(bool)

    def __init__(self, songs: Callable[[], Sequence[Song]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own_name = ""
        self._default_name = ""
        self.name_edit = self._make_name()
        self._count = QLabel()
        self._count.setObjectName("secondary")
        self._count.setFont(fonts.figures())
        self._save = self._make_save()
        self._open = QPushButton()
        self._open.clicked.connect(self.open_wanted)
        self._formats = {each: QAction(each.upper(), self, checkable=True) for each in FORMATS}
        self._format_button = self._make_format_button()
        self._fact, self._why_kept = "", ""
        self._about = ElidedLabel(secondary=True)
        self._keep = self._make_keep()
        self._keep.setAccessibleName(self._keep.text())
        self._shuffle = self._make_shuffle()
        self._handle = DragHandle(songs)
        self._lay_out()
        self.choose_formats(FORMATS[:1])

    def _make_name(self) -> QLineEdit:
        edit = QLineEdit()
        edit.setAccessibleName(self.tr("Name of the list"))
        edit.setToolTip(self.tr("The list’s name, and its file’s"))
        edit.setFont(fonts.section())
        edit.textEdited.connect(self._take_name)
        edit.editingFinished.connect(self._show_name)
        edit.returnPressed.connect(self.save_wanted)
        return edit

    def _make_save(self) -> QPushButton:
        save = QPushButton(self.tr("Save"))
        save.setProperty("primary", True)
        save.setShortcut(QKeySequence.StandardKey.Save)
        save.setToolTip(self.tr("Write the list to a file that every player reads (Ctrl+S)"))
        save.clicked.connect(self.save_wanted)
        return save

    def _make_format_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("formats")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFixedHeight(CONTROL_HEIGHT)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setAccessibleName(self.tr("File formats"))
        button.setToolTip(self.tr("What is written: XSPF for Clementine and Strawberry, M3U8 for everything else"))
        menu = QMenu(button)
        for action in self._formats.values():
            action.toggled.connect(self._keep_one_format)
            menu.addAction(action)
        button.setMenu(menu)
        return button

    def _make_keep(self) -> Switch:
        keep = Switch(self.tr("Keep up to date"))
        keep.clicked.connect(self.keeping_chosen)
        keep.toggled.connect(lambda _: self._show_about())
        return keep

    def _why_keep(self) -> str:
        return self.tr("The saved file follows your ratings and songs; what is open in {player} stays as it is.")

    def _make_shuffle(self) -> QToolButton:
        button = QToolButton()
        button.setText(self.tr("Reshuffle"))
        button.setIcon(icon("shuffle"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setToolTip(self.tr("Draw again; locked songs stay (Ctrl+R)"))
        button.setShortcut(QKeySequence("Ctrl+R"))
        button.clicked.connect(self.reshuffle_wanted)
        return button

    def _lay_out(self) -> None:
        self._lines = [QHBoxLayout() for _ in range(3)]
        self._count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # the first to give way
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        for line in self._lines:
            line.setSpacing(SMALL)
            layout.addLayout(line)
        layout.addWidget(self._about)  # its line is there when nothing is said, so that nothing moves
        self._is_stacked = False
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the name could not be read on one line with all buttons, some of them go to further lines."""
        super().resizeEvent(event)
        buttons = (self._open, self._format_button, self._save)
        beside = sum(each.sizeHint().width() + SMALL for each in buttons)
        is_stacked = self.width() < READABLE_NAME + beside
        if is_stacked != self._is_stacked:
            self._is_stacked = is_stacked
            self._arrange()

    def _arrange(self) -> None:
        for line in self._lines:
            while line.count():
                line.takeAt(0)
        first, second, third = self._lines
        last = third if self._is_stacked else second
        first.addWidget(self.name_edit, stretch=1)
        (second if self._is_stacked else first).addWidget(self._open)
        first.addWidget(self._format_button)
        first.addWidget(self._save)
        second.insertWidget(0, self._count, stretch=1)
        last.addWidget(self._keep)
        if self._is_stacked:
            last.addStretch()
        else:
            last.addSpacing(MEDIUM - SMALL)
        last.addWidget(self._shuffle)
        last.addWidget(self._handle)

    # --------------------------------------------------------------------------------------------- the name

    @property
    def name(self) -> str:
        return self._own_name or self._default_name

    @property
    def own_name(self) -> str:
        """What the owner called the list; empty while it is called by what it is."""
        return self._own_name

    def call(self, default: str, *, own: str | None = None) -> None:
        """What a list is called by itself; ``own`` is what the owner calls it, None for what they called it before."""
        self._default_name = default
        self._own_name = self._own_name if own is None else own
        if not self.name_edit.hasFocus() or own is not None:
            self._show_name()

    def ask_for_name(self, proposed: str) -> None:
        """Let the owner choose another name."""
        self.call(self._default_name, own=proposed)
        self.name_edit.setFocus()
        self.name_edit.selectAll()

    def _take_name(self, text: str) -> None:
        self._own_name = text.strip()

    def _show_name(self) -> None:
        if self.name_edit.text() != self.name:
            self.name_edit.setText(self.name)
            self.name_edit.setCursorPosition(0)

    # --------------------------------------------------------------------------------------------- the state

    def show_songs(self, songs: Sequence[Song], *, wanted: int) -> None:
        """How many there are and how long they last; fewer than wanted are said to be."""
        lasting = sum(song.duration for song in songs if song.duration > 0)
        count = wording.songs(len(songs))
        if 0 < len(songs) < wanted:
            count = self.tr("{count} of {wanted}").format(
                count=wording.number(len(songs)), wanted=wording.songs(wanted)
            )
        words = self.tr("{songs}, {duration}").format(songs=count, duration=wording.duration(lasting))
        self._count.setText(words if songs and lasting else count if songs else "")
        for control in (self._save, self._open, self._format_button, self._shuffle, self._handle):
            control.setEnabled(bool(songs))

    def show_fact(self, sentence: str) -> None:
        """How the list came about, quietly; none for an empty sentence."""
        self._fact = sentence
        self._show_about()

    def _show_about(self) -> None:
        self._about.setText(self._why_kept if self.keeps_up_to_date else self._fact)

    def show_player(self, player: str) -> None:
        self._open.setText(self.tr("Open in {player}").format(player=player))
        self._open.setToolTip(
            self.tr("Save the list and open it as a new tab; a player that stands still may start to play")
        )
        self._why_kept = self._why_keep().format(player=player)
        self._keep.setToolTip(self._why_kept)
        self._show_about()
        self._handle.show_player(player)

    @property
    def formats(self) -> tuple[str, ...]:
        return tuple(name for name, action in self._formats.items() if action.isChecked())

    def choose_formats(self, formats: Sequence[str]) -> None:
        for name, action in self._formats.items():
            action.setChecked(name in formats)
        self._keep_one_format()

    def _keep_one_format(self) -> None:
        if not self.formats:
            self._formats[FORMATS[0]].setChecked(True)
        self._format_button.setText(" + ".join(each.upper() for each in self.formats))

    @property
    def keeps_up_to_date(self) -> bool:
        return self._keep.isChecked()

    def show_keeping(self, *, kept: bool) -> None:
        self._keep.setChecked(kept)


class DragHandle(QToolButton):
    """By this the whole list is drawn onto the player's window."""

    def __init__(self, songs: Callable[[], Sequence[Song]]) -> None:
        super().__init__()
        self._songs = songs
        self._pressed: QPoint | None = None
        self.setIcon(icon("drag", tint=Tint.SECONDARY))
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a drag has no keys: opening in the player is the way for them
        self.show_player("Clementine")

    def show_player(self, player: str) -> None:
        self.setAccessibleName(self.tr("Drag the whole list"))
        self.setToolTip(self.tr("Drag the whole list from here onto {player}’s window").format(player=player))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pressed = self._pressed
        if pressed is None or not self.isEnabled():
            return
        if (event.position().toPoint() - pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            drag = QDrag(self)
            drag.setMimeData(files_of(self._songs()))
            drag.setPixmap(drag_picture(self.font(), wording.songs(len(self._songs()))))
            drag.exec(Qt.DropAction.CopyAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        event.accept()
