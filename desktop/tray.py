"""The icon in the tray: how far the work is, pause, a playlist, and the end; and notes of what has ended."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from core.jobs.events import Progress, WorkMode
from desktop import wording
from desktop.session import Session
from desktop.style.icons import application_icon
from desktop.style.theme import dress_window


class Tray(QObject):
    """Belongs to a window; on a desktop without a tray it stays away, and ``is_there`` says so."""

    show_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, session: Session, *, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._is_quiet = session, True
        self._icon = QSystemTrayIcon(application_icon(), self)
        self._icon.activated.connect(self._react)
        self._icon.messageClicked.connect(self.show_wanted)
        self._menu = QMenu()
        dress_window(self._menu)
        self._fill_menu()
        self._icon.setContextMenu(self._menu)
        self._icon.setToolTip("Marmalade")
        session.progressed.connect(self._show_progress)
        session.update_ended.connect(self._be_quiet)
        session.mode_changed.connect(self._show_mode)
        session.valuable_ended.connect(self._be_quiet)
        self._menu.aboutToShow.connect(self._name_work)

    @property
    def is_there(self) -> bool:
        """Whether a hidden window can be found again."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def menu(self) -> QMenu:
        return self._menu

    def show(self) -> None:
        if self.is_there:
            self._icon.show()

    def hide(self) -> None:
        self._icon.hide()

    def note(self, heading: str, sentence: str) -> None:
        """A notification of the desktop; nothing where there is no tray to send it."""
        if self._icon.isVisible():
            self._icon.showMessage(heading, sentence, application_icon())

    def _fill_menu(self) -> None:
        self._state = self._menu.addAction(self.tr("Nothing to do"))
        self._state.setEnabled(False)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Show the window")).triggered.connect(self.show_wanted)
        self._pause = self._menu.addAction(self.tr("Pause"))
        self._pause.triggered.connect(self._toggle)
        self._menu.addAction(self.tr("Make me a playlist")).triggered.connect(self._session.make_playlist)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Quit")).triggered.connect(self.quit_wanted)

    def _react(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.show_wanted.emit()

    def _toggle(self) -> None:
        is_paused = self._session.mode is WorkMode.PAUSED
        self._session.choose_mode(WorkMode.FULL if is_paused else WorkMode.PAUSED)

    def _show_mode(self, mode: WorkMode) -> None:
        self._pause.setText(self.tr("Go on") if mode is WorkMode.PAUSED else self.tr("Pause"))

    def _show_progress(self, progress: Progress) -> None:
        if progress.total:
            self._is_quiet = False
            self._say(wording.analysis(progress))

    def _be_quiet(self) -> None:
        self._is_quiet = True
        self._say(", ".join(self._session.valuable_work) or self.tr("Nothing to do"))

    def _name_work(self) -> None:
        """Work that has said nothing yet goes on, too."""
        if self._is_quiet:
            self._be_quiet()

    def _say(self, words: str) -> None:
        self._state.setText(words)
        self._icon.setToolTip(f"Marmalade: {words}")
