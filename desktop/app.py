"""The application: Qt dressed as the desktop is, under one asyncio loop, with one window and one session behind it."""

import asyncio
import gc
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import qasync
from PySide6.QtCore import QCoreApplication, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from core.errors import Cause
from core.jobs.events import Event
from core.paths import Profile
from desktop import core_texts, wording
from desktop.first_start import Beginning, FirstStart, remember_database
from desktop.interrupts import Interrupts
from desktop.library_reading import OpenEngine
from desktop.main_window import MainWindow
from desktop.memory import give_back_early, look_no_more_at_what_is_there
from desktop.preferences.appearance import apply_appearance
from desktop.session import Session
from desktop.single_instance import SingleInstance
from desktop.style.icons import application_icon
from desktop.style.theme import follow_desktop
from desktop.task_runner import Ending, Task, TaskRunner, in_short, until_stopped
from desktop.translation import install_translation
from desktop.troubles import Trouble
from desktop.wake import WakeWatch
from desktop.watchdog import Watchdog

if TYPE_CHECKING:
    from core.engine import Engine
    from desktop.item_models.song_rows import SongRows

translate = QCoreApplication.translate

SWITCH_INTERVAL = 0.0005
"""Seconds that a thread may keep Python to itself while another wants it. Qt asks Python hundreds of times to draw one
page of the table; with Python's own 5 ms a background reading of the library would hold it up for a second."""


@dataclass(frozen=True)
class Choices:
    """What was said on the command line."""

    config: Path | None = None
    profile: Path | None = None
    database: Path | None = None
    debug: bool = False
    in_tray: bool = False
    """Begin without a window, where there is a tray to call it from."""

    @property
    def places(self) -> Profile:
        return Profile.below(self.profile) if self.profile else Profile.of_user()

    @property
    def beginning(self) -> Beginning:
        return Beginning(self.places, self.config or self.places.config_file, self.database)


def run(choices: Choices) -> int:
    """Show the window and return when it is closed and all work has ended."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    give_back_early()
    gc.disable()  # until the songs are there: looking through them while they are made takes a third of the time
    application = make_application()
    next_choices: Choices | None = choices
    while next_choices is not None:
        instance = SingleInstance(next_choices.places.data)
        if not instance.claim():
            print("Marmalade is open already: its window has been called.")  # noqa: T201 - somebody typed the command
            return 0
        with qasync.QEventLoop(application) as loop:
            next_choices = loop.run_until_complete(_live(next_choices, instance))
    return 0


def make_application() -> QApplication:
    """Qt with Marmalade's name and dress."""
    application = QApplication(["marmalade"])
    application.setApplicationName("marmalade")
    application.setApplicationDisplayName("Marmalade")
    application.setDesktopFileName("org.marmalade.Marmalade")
    application.setQuitOnLastWindowClosed(False)
    application.setWindowIcon(application_icon())
    wording.choose_locale()
    install_translation(application)
    follow_desktop(application)
    return application


async def _live(choices: Choices, instance: SingleInstance) -> Choices | None:
    """What to begin again with when the window is closed; None if it is closed for good."""
    application = Application(choices)
    closed = asyncio.Event()
    application.window.closing.connect(closed.set)
    instance.raise_wanted.connect(application.window.come_back)
    interrupts = Interrupts(application.window.quit)
    watchdog = Watchdog() if choices.debug else None
    if watchdog is not None:
        watchdog.start()
    application.open()
    await closed.wait()
    instance.release()
    if watchdog is not None:
        watchdog.stop()
    await application.close()
    interrupts.forget()
    return application.next_choices


class Application:
    """One window over one session; when no library can be opened, it offers the demo."""

    def __init__(self, choices: Choices) -> None:
        self._choices = choices
        self.next_choices: Choices | None = None
        """Another profile to begin again with, after this window."""
        self._runner = TaskRunner()
        self.session = Session(self._runner)
        settings = QSettings(str(choices.places.config / "window.ini"), QSettings.Format.IniFormat)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_appearance(application, settings)
        self.window = MainWindow(self.session, settings=settings)
        self._wake = WakeWatch(self.session)
        self._wake.woke.connect(self.session.wake)
        self.session.not_opened.connect(self._explain)
        self._spared: object = None
        self.session.rows_read.connect(self._spare_the_collector)
        self.window.not_opened.retry_wanted.connect(self.open)
        self.window.not_opened.database_chosen.connect(partial(self._use_database, then=self._start))
        self.window.not_opened.demo_wanted.connect(self._make_demo)
        self.window.not_opened.defaults_wanted.connect(self._begin_with_defaults)
        self.window.not_opened.folder_chosen.connect(self._begin_elsewhere)
        self.window.database_chosen.connect(partial(self._use_database, then=self._exchange))

    def open(self, *, database: Path | None = None) -> None:
        """Show the window at once; the songs arrive when they have been read."""
        self.window.tray.show()
        if not (self._choices.in_tray and self.window.tray.is_there):
            self.window.show()
        self._wake.start()
        beginning = self._choices.beginning
        if database is None and beginning.is_first and not self._choices.in_tray:
            FirstStart(beginning, runner=self._runner, window=self.window, begin=self._start, demo=self._make_demo)
        else:
            self._start(database or self._choices.database)

    def _start(self, database: Path | None) -> None:
        self.session.start(engine_of(self._choices, self._choices.places, database))

    def _spare_the_collector(self, rows: "SongRows") -> None:
        """In an event of its own, for it takes as long as showing them; after the owner's word little is new."""
        if rows.guesses is not self._spared:
            self._spared = rows.guesses
            QTimer.singleShot(0, self.window, look_no_more_at_what_is_there)

    async def close(self) -> None:
        """End all work in order."""
        self._wake.stop()
        await self.session.close()

    def _exchange(self, database: Path) -> None:
        self.session.reopen(open_engine=engine_of(self._choices, self._choices.places, database))

    def _use_database(self, database: Path, *, then: Callable[[Path], object]) -> None:
        """Read this database from now on; what is opened reads the configuration, so that is written first."""
        file = self._choices.beginning.config_file
        remembered = self._runner.call(lambda: remember_database(file, database))
        remembered.ended.connect(lambda ending: self._use_remembered(ending, database, then=then))

    def _use_remembered(self, ending: Ending, database: Path, *, then: Callable[[Path], object]) -> None:
        then(database)
        if ending.error is not None:
            self.window.desk.messages.fail(core_texts.said(str(ending.error)))

    def _begin_with_defaults(self, configuration: Path) -> None:
        """What cannot be read is kept beside it under another name."""
        from core.config_file import set_aside

        self._runner.call(lambda: set_aside(configuration)).ended.connect(self._take_defaults)

    def _take_defaults(self, ending: Ending) -> None:
        if ending.error is not None or ending.bug is not None:
            self._tell_failure(ending)
            return
        self.open()
        kept = translate("Application", "The configuration of before is kept as {file}.")
        self.window.desk.messages.tell(kept.format(file=wording.path(ending.result)))

    def _begin_elsewhere(self, folder: Path) -> None:
        """Another profile has a window of its own, and the right to be the only one of it."""
        self.next_choices = replace(self._choices, profile=folder)
        self.window.quit()

    def _explain(self, trouble: Trouble) -> None:
        from core.library.locate import searched_places

        places = [place for _, place in searched_places()] if trouble.cause is Cause.NO_DATABASE else []
        self.window.not_opened.explain(trouble, places=places)

    def _make_demo(self) -> None:
        from core.demo.session import make_demo

        folder, page = self._choices.places.cache / "demo", self.window.not_opened
        self.window.show_instead(page)
        page.show_making()
        task = self._runner.run(lambda control: until_stopped(make_demo(folder), control))
        page.stop_wanted.connect(task.stop)
        task.progressed.connect(page.show_progress)
        task.happened.connect(lambda events: None if task.control.stopped else self._open_demo(folder, events))
        task.ended.connect(lambda ending: self._end_demo(task, ending))

    def _end_demo(self, task: Task, ending: Ending) -> None:
        """One that was stopped leads back to where it was asked for."""
        self.window.not_opened.stop_wanted.disconnect(task.stop)
        if task.control.stopped:
            self.open()
        else:
            self._tell_failure(ending)

    def _open_demo(self, folder: Path, events: list[Event]) -> None:
        from core.demo.session import DemoReady, demo_profile

        for event in events:
            if isinstance(event, DemoReady):
                self.window.setWindowTitle(translate("Application", "Demo library"))
                self.session.start(engine_of(self._choices, demo_profile(folder), event.library.database))

    def _tell_failure(self, ending: Ending) -> None:
        if ending.error is not None:
            self.window.not_opened.explain(Trouble.of(ending.error))
        elif ending.bug is not None:
            self.window.not_opened.explain(Trouble(in_short(ending.bug)))


def engine_of(choices: Choices, places: Profile, database: Path | None) -> OpenEngine:
    """What opens the engine, in the background: importing it takes longer than showing the window."""

    def open_engine() -> "Engine":
        from core.engine import Engine
        from core.log import start_logging

        start_logging(places.state, debug=choices.debug)
        log, engine_log = logging.getLogger("desktop"), logging.getLogger("core")
        log.handlers, log.level = engine_log.handlers, engine_log.level
        return Engine.open(profile=places, config_file=choices.config, database=database)

    return open_engine
