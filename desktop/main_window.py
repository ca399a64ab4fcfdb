"""The frame: the rail of pages, messages, the page, and the status line below; what it knows comes from the session."""

from functools import partial

from PySide6.QtCore import QByteArray, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.jobs.events import Event, Progress, Stage, Waiting, WorkMode
from desktop import core_texts, wording
from desktop.desk import make_desk
from desktop.leaving import Leave, ask_to_leave
from desktop.messages import Kind, Message
from desktop.navigation import Place
from desktop.pages.catalog import Entry, entries, load_all
from desktop.pages.not_opened import NotOpenedPage
from desktop.pages.page import Page
from desktop.playlist_news import PlaylistNews
from desktop.qt_types import QtTypes
from desktop.session import Session
from desktop.style import fonts
from desktop.style.measures import PAGE_MARGIN, SMALL, STATUS_HEIGHT
from desktop.style.theme import dress_window
from desktop.training_news import TrainingNews
from desktop.tray import Tray
from desktop.troubles import Trouble
from desktop.widgets.database_file import choose_database
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.frame.little_player import LittlePlayer
from desktop.widgets.frame.message_bar import MessageArea, UnderMessages
from desktop.widgets.frame.rail import Rail
from desktop.widgets.frame.work_status import WorkStatus

GEOMETRY = "window/geometry"
LAST_PLACE = "window/page"
FIRST_SIZE = (1180, 740)
SMALLEST = (800, 480)
MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
PAUSABLE = ("", "Looking for duplicates")
"""The listening itself and what belongs to it; the training child goes on or is stopped."""
IN_HUNDREDTHS = ("Comparing songs with each other",)
"""Parts of the work that count nothing."""
LOSS = "library"
"""The topic of what is said of a database that is away."""
WORTH_A_NOTE = 50
"""Songs of an analysis whose end is told by a notification."""
BEFORE_REMEMBERING = 500
"""Milliseconds of rest after which the page and what is set there are kept, for a program may also be killed."""
WORTH_SAYING = 700
"""Milliseconds of work after which it is mentioned: most of what follows a rating is over before."""


class MainWindow(QMainWindow):
    """Closing hides it and says so; whoever opened it ends the work behind it."""

    closing = Signal()
    database_chosen = Signal(object)
    """In place of one that is away."""

    def __init__(self, session: Session, *, settings: QSettings) -> None:
        super().__init__()
        dress_window(self)
        self.desk = make_desk(session, settings=settings)
        self._session, self._settings = session, settings
        self._entries: list[Entry] = []
        self._pages: dict[Place, Page] = {}
        self.not_opened = NotOpenedPage()
        self._rail, self._stack, self._frame = Rail(), QStackedWidget(), QStackedWidget()
        self._messages, self._status, self._begun = MessageArea(), WorkStatus(), ElidedLabel(secondary=True)
        self._warming_up = QTimer(self, singleShot=True, interval=WORTH_SAYING)
        self._remembering = QTimer(self, singleShot=True, interval=BEFORE_REMEMBERING)
        self._remembering.timeout.connect(self._remember)
        self._qt_types = QtTypes(self)
        self._stage, self._learns_only = "", False
        self.tray = Tray(session, parent=self)
        PlaylistNews(self.desk, note=self._note_end, parent=self)
        self._is_ending = False
        self._lay_out()
        for entry in entries():
            self.add_page(entry)
        self._rail.chosen.connect(lambda number: self.show_page(self._entries[number].place))
        self._listen()
        QShortcut(QKeySequence.StandardKey.Quit, self, self.quit)
        QShortcut(QKeySequence("Ctrl+,"), self, self.open_preferences)
        self._rail.preferences_wanted.connect(self.open_preferences)
        self.desk.navigation.preferences_wanted.connect(self.open_preferences)
        self.tray.show_wanted.connect(self.come_back)
        self.tray.quit_wanted.connect(self.quit)
        QShortcut(QKeySequence.StandardKey.Undo, self, self.desk.word.undo)
        self.setWindowTitle("Marmalade")
        self.setMinimumSize(*SMALLEST)
        self._restore()

    # -------------------------------------------------------------------------------------------------- the pages

    def add_page(self, entry: Entry) -> None:
        """Give a page its place in the rail; the page itself is made when it is visited."""
        self._entries.append(entry)
        self._rail.add(entry.name, entry.place.value)

    def show_page(self, place: Place) -> Page:
        """Go to a page, which is made now if it never was visited."""
        if place not in self._pages:
            entry = next(each for each in self._entries if each.place is place)
            self._pages[place] = entry.make(self.desk)
            self._stack.addWidget(self._pages[place])
            self._pages[place].state_changed.connect(self._remembering.start)
        self._rail.mark([each.place for each in self._entries].index(place))
        self._stack.setCurrentWidget(self._pages[place])
        self._messages.stand_above(self._pages[place].foot)
        self._pages[place].setFocus()
        self._remembering.start()
        return self._pages[place]

    def show_instead(self, page: QWidget) -> None:
        """Show something in place of all pages, until a library is opened."""
        if self._frame.indexOf(page) < 0:
            self._frame.addWidget(page)
        self._frame.setCurrentWidget(page)

    def show_pages(self) -> None:
        self._frame.setCurrentIndex(0)
        page = self._stack.currentWidget()
        if page is not None:
            page.setFocus()

    def open_preferences(self, key: str = "") -> None:
        """Show what can be set, at the ``key`` that is looked for; it is imported when it is wanted."""
        from desktop.preferences.dialog import open_preferences

        open_preferences(self.desk, self, key=key)

    def _lay_out(self) -> None:
        middle = QWidget()
        line = QHBoxLayout(middle)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._rail)
        line.addWidget(UnderMessages(self._stack, self._messages), stretch=1)
        opened = QWidget()
        column = QVBoxLayout(opened)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(middle, stretch=1)
        column.addWidget(self._make_status_line())
        self._frame.addWidget(opened)
        self._frame.addWidget(self.not_opened)
        self.setCentralWidget(self._frame)

    def _make_status_line(self) -> QFrame:
        """The left end is the little player's."""
        self._begun.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._begun.setFont(fonts.figures())
        line = QFrame()
        line.setObjectName("statusLine")
        line.setFixedHeight(STATUS_HEIGHT)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(PAGE_MARGIN, 0, SMALL, 0)
        layout.addWidget(LittlePlayer(self.desk))
        layout.addWidget(self._begun, stretch=1)
        layout.addWidget(self._status)
        return line

    # -------------------------------------------------------------------------------------------------- the work

    def _listen(self) -> None:
        session = self._session
        session.opened.connect(lambda: self._frame.setCurrentIndex(0))
        session.not_opened.connect(lambda _: self._frame.setCurrentWidget(self.not_opened))
        session.update_began.connect(self._warm_up)
        session.update_began.connect(self._qt_types.start, Qt.ConnectionType.SingleShotConnection)
        self._qt_types.made.connect(self._load_pages)
        self._warming_up.timeout.connect(self._say_warming_up)
        session.progressed.connect(self._show_progress)
        session.happened.connect(self._show_events)
        session.happened.connect(TrainingNews(self.desk, parent=self).tell)
        session.update_ended.connect(self._be_quiet)
        session.mode_changed.connect(self._status.show_mode)
        self._status.mode_wanted.connect(session.choose_mode)
        messages = self.desk.messages
        messages.said.connect(self._messages.say)
        messages.withdrawn.connect(self._messages.withdraw)
        messages.working.connect(self._begun.setText)
        self.desk.navigation.place_wanted.connect(self.show_page)
        self.desk.listening.failed.connect(partial(messages.fail, topic="listening"))
        session.noticed.connect(lambda sentence: messages.say(Message(Kind.NOTICE, core_texts.said(sentence))))
        session.failed.connect(lambda sentence: messages.fail(core_texts.said(sentence)))
        session.loss.lost.connect(self._tell_loss)
        session.loss.back.connect(partial(messages.withdraw, LOSS))
        session.valuable_ended.connect(lambda name: self._note_end(self.tr("{work} has ended.").format(work=name)))

    def _tell_loss(self, trouble: Trouble) -> None:
        """The player's database has gone while the window is open."""
        ways = [
            (self.tr("Choose a database…"), self._choose_database),
            (self.tr("Try again"), self._session.loss.look_now),
        ]
        self.desk.messages.say(Message(Kind.ERROR, core_texts.said(trouble.sentence), ways, topic=LOSS))

    def _choose_database(self) -> None:
        path = choose_database(self)
        if path is not None:
            self.database_chosen.emit(path)

    def _load_pages(self) -> None:
        """The songs are shown: now there is time to load what may be wanted next."""
        self._session.ask(lambda _: load_all(), then=lambda _: self.desk.listening.prepare())

    def _warm_up(self, learns_only: bool) -> None:  # noqa: FBT001 - what a signal carries has no name
        self._learns_only = learns_only
        self._warming_up.start()

    def _say_warming_up(self) -> None:
        if self._learns_only:
            self._status.say(self.tr("Learning from your stars…"))
        elif self._session.mode is WorkMode.PAUSED:
            self._status.say_pausable(self.tr("no song is listened to"))
        else:
            self._status.say_pausable(self.tr("Getting ready to listen…"))

    def _be_quiet(self) -> None:
        self._warming_up.stop()
        self._status.be_quiet()
        self._stage = ""

    def _show_progress(self, progress: Progress) -> None:
        self._warming_up.stop()
        if progress.total and self._stage in PAUSABLE:
            self._status.show_progress(progress, sentence=self._in_stage(progress))
        elif progress.total:
            self._status.say(self._in_stage(progress))

    def _in_stage(self, progress: Progress) -> str:
        """How far a later part of the work is; empty for the listening itself."""
        if not self._stage:
            return ""
        if self._stage in IN_HUNDREDTHS:
            share = wording.number(100 * progress.done // progress.total)
            return self.tr("{stage}, {share} %").format(stage=core_texts.said(self._stage), share=share)
        done, total = wording.number(progress.done), wording.number(progress.total)
        return self.tr("{stage}, {done} of {total}").format(stage=core_texts.said(self._stage), done=done, total=total)

    def _show_events(self, events: list[Event]) -> None:
        """The parts of the work; learning follows the listening and has no end that could be measured."""
        from core.analysis.scan import ScanFinished
        from core.parts.encoders import EncoderFinished
        from core.training.process import EpochDone

        self._warming_up.stop()
        for event in events:
            if isinstance(event, Waiting):
                self._status.show_waiting(event.reason)
            elif isinstance(event, Stage):
                self._begin_stage(event.name)
            elif isinstance(event, ScanFinished | EncoderFinished | EpochDone):
                if isinstance(event, ScanFinished) and event.analysed >= WORTH_A_NOTE:
                    words = self.tr("{songs} were listened to.")
                    self._note_end(words.format(songs=wording.songs(event.analysed)))
                self._stage = ""
                self._status.say(self.tr("Learning your taste…"))

    def _note_end(self, sentence: str) -> None:
        """Tell the desktop, unless its owner is looking at the window."""
        if not self.isActiveWindow():
            self.tray.note("Marmalade", sentence)

    def _begin_stage(self, name: str) -> None:
        self._stage = name
        if name in PAUSABLE:
            self._status.say_pausable(core_texts.said(name))
        else:
            self._status.say(self.tr("{stage}…").format(stage=core_texts.said(name)))

    # -------------------------------------------------------------------------------------------------- the state

    def _restore(self) -> None:
        geometry = self._settings.value(GEOMETRY)
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(*FIRST_SIZE)
        places = [entry.place for entry in self._entries]
        saved = self._settings.value(LAST_PLACE)
        self.show_page(Place(saved) if saved in places else places[0])

    def come_back(self) -> None:
        """Show the window again, above the others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the button that has the focus; Qt leaves that to the space bar outside of dialogs."""
        focused = self.focusWidget()
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and isinstance(focused, QAbstractButton) and not isinstance(focused, QCheckBox | QRadioButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def quit(self) -> None:
        """End without a question: who says so means it."""
        self._is_ending = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._remember()
        chosen = self._how_to_leave()
        if chosen is Leave.STAY:
            event.ignore()
        elif chosen is Leave.TO_TRAY:
            event.ignore()
            self.hide()
            self.tray.note(self.tr("Marmalade goes on"), self.tr("Click its icon to see the window again."))
        else:
            self._warming_up.stop()
            self._remembering.stop()
            self.tray.hide()
            super().closeEvent(event)
            self.closing.emit()

    def _how_to_leave(self) -> Leave:
        work = self._session.valuable_work
        if self._is_ending or not work:
            return Leave.QUIT
        return ask_to_leave(self, work, has_tray=self.tray.is_there, ended=self._session.valuable_ended)

    def _remember(self) -> None:
        self._settings.setValue(GEOMETRY, self.saveGeometry())
        for place, page in self._pages.items():
            page.save_state(self._settings)
            if page is self._stack.currentWidget():
                self._settings.setValue(LAST_PLACE, place.value)
        self._settings.sync()
