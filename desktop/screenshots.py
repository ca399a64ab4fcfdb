"""Draws every page with real content: ``python -m desktop.screenshots FOLDER`` (``make screenshots``).

What is shown is the real window over the demo library: made, listened to and learned from below FOLDER's own cache if
it is not there yet, which takes some minutes once. ``--profile`` and ``--database`` show another library, whose profile
is copied first. Each picture comes in light and dark at 1280x800, some at twice the scale, 2560x1440.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from core.paths import Profile
from desktop.navigation import Place

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QApplication, QWidget

    from desktop.main_window import MainWindow
    from desktop.session import Session
    from desktop.style.theme import Scheme
    from desktop.task_runner import TaskRunner

Widget = TypeVar("Widget", bound="QWidget")

SIZES = {1: (1280, 800), 2: (1280, 720)}
"""The window in device-independent pixels, by scale."""
PATIENCE = 300.0
"""Seconds that a page gets to fill itself."""
QUIET = 0.6
"""Seconds without anything going on after which a page is as it will be."""


@dataclass(frozen=True)
class Shown:
    """A library to be shown."""

    profile: Path
    database: Path


def main() -> None:
    """Draw at this process's scale, then let another one draw at twice that."""
    options = _parse(sys.argv[1:])
    scale = int(os.environ.get("QT_SCALE_FACTOR", "1"))
    options.folder.mkdir(parents=True, exist_ok=True)
    shown = Shown(options.profile, options.database) if options.profile else demo(Profile.of_user().cache / "demo")
    for path in draw_all(options.folder.absolute(), shown, scale=scale):
        print(path, flush=True)  # noqa: T201 - what a command line is for
    if scale == 1:
        again = [sys.executable, "-m", "desktop.screenshots", *sys.argv[1:]]
        subprocess.run(again, env=os.environ | {"QT_SCALE_FACTOR": "2"}, check=True)


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="screenshots", description="Draw every page of the window.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--profile", type=Path, help="show this profile instead of the demo; it is copied first")
    parser.add_argument("--database", type=Path, help="the player's database of that profile")
    return parser.parse_args(arguments)


def demo(folder: Path) -> Shown:
    """The demo library of this machine's owner; the whole path is gone on it if that was not done yet."""
    from core.demo.session import demo_profile, run_demo

    shown = Shown(demo_profile(folder).data.parent, folder / "library" / "clementine.db")
    if not (demo_profile(folder).companion_database.is_file() and shown.database.is_file()):
        for _ in run_demo(folder):
            pass
    return shown


def draw_all(folder: Path, shown: Shown, *, scale: int) -> Iterator[Path]:
    """Draw every scene in both schemes; yields each file."""
    from desktop.app import make_application
    from desktop.style.theme import Scheme

    application = make_application()
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        with tempfile.TemporaryDirectory() as scratch:
            copied = Shown(Path(scratch) / "profile", shown.database)
            shutil.copytree(shown.profile, copied.profile, ignore=shutil.ignore_patterns("*.lock", "window.ini"))
            with Stage.open(application, copied, scheme=scheme, size=SIZES[scale]) as stage:
                for name, arrange in (SCENES if scale == 1 else LARGE_SCENES).items():
                    arrange(stage)
                    ending = f"-{scheme.value}" + ("" if scale == 1 else f"-{scale}x")
                    path = folder / f"{name}{ending}.png"
                    stage.picture().save(str(path))
                    yield path


class Stage:
    """A real window over a real session, and the ways to arrange it."""

    def __init__(
        self, application: "QApplication", window: "MainWindow", session: "Session", runner: "TaskRunner", shown: Shown
    ) -> None:
        self.application, self.window, self.session, self.runner = application, window, session, runner
        self.shown = shown
        self._subject: QWidget = window

    @classmethod
    def open(cls, application: "QApplication", shown: Shown, *, scheme: "Scheme", size: tuple[int, int]) -> "Stage":
        """Open the window and wait until the library has been read and everything is up to date."""
        from PySide6.QtCore import QSettings

        from desktop.app import Choices, engine_of
        from desktop.main_window import MainWindow
        from desktop.preferences.appearance import Appearance, apply_appearance, save_appearance
        from desktop.session import Session
        from desktop.task_runner import TaskRunner

        runner = TaskRunner()
        session = Session(runner)
        settings = QSettings(str(shown.profile / "pictures.ini"), QSettings.Format.IniFormat)
        save_appearance(settings, Appearance(scheme))
        apply_appearance(application, settings)
        window = MainWindow(session, settings=settings)
        window.resize(*size)
        window.show()
        stage = cls(application, window, session, runner, shown)
        ended: list[int] = []
        session.update_ended.connect(lambda: ended.append(1))
        choices = Choices(profile=shown.profile, database=shown.database)
        session.start(engine_of(choices, choices.places, choices.database))
        stage.wait(lambda: bool(ended))
        return stage

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.window.quit()
        self.runner.stop_all()
        self.wait(lambda: self.runner.is_idle)
        self.window.deleteLater()
        self.spin(QUIET)

    def show(self, place: Place) -> "QWidget":
        """Go to a page, which becomes what is drawn together with its frame."""
        self._subject = self.window
        page = self.window.show_page(place)
        self.rest()
        return page

    def draw_instead(self, widget: "QWidget") -> None:
        """Draw a window of its own."""
        self._subject = widget

    def find(self, kind: type[Widget], text: str = "", *, within: "QWidget | None" = None) -> Widget:
        """A visible control of a kind, by its text or its name if there are several."""
        return next(
            each
            for each in (within or self.window).findChildren(kind)
            if each.isVisible() and (not text or text in (getattr(each, "text", str)(), each.accessibleName()))
        )

    def picture(self) -> "QPixmap":
        self.rest()
        picture = self._subject.grab()
        if self._subject is not self.window:
            self._subject.close()
        return picture

    def rest(self) -> None:
        """Wait until nothing has gone on for a while."""
        end, quiet_since = time.monotonic() + PATIENCE, time.monotonic()
        while time.monotonic() < end and time.monotonic() - quiet_since < QUIET:
            self.spin(0.05)
            quiet_since = quiet_since if self.runner.is_idle else time.monotonic()

    def wait(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition() and time.monotonic() < end:
            self.spin(0.05)

    def spin(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.application.processEvents()
            time.sleep(0.01)


def _home(stage: Stage) -> None:
    stage.show(Place.HOME)


def _library(stage: Stage) -> None:
    """By prediction, with what speaks for the third of them."""
    from PySide6.QtCore import Qt

    from desktop.item_models.song_rows import Column
    from desktop.widgets.tables.song_table import SongTable

    stage.show(Place.LIBRARY)
    table = stage.find(SongTable)
    table.sortByColumn(Column.PREDICTED, Qt.SortOrder.DescendingOrder)
    table.selectRow(2)
    stage.spin(1.0)


def _nothing_found(stage: Stage) -> None:
    from PySide6.QtWidgets import QLineEdit

    search = stage.find(QLineEdit, within=stage.show(Place.LIBRARY))
    search.setText("polka from the moon")


def _map(stage: Stage) -> None:
    from PySide6.QtWidgets import QLineEdit

    page = stage.show(Place.MAP)
    stage.find(QLineEdit, within=page).clear()
    stage.spin(2.0)


def _playlists(stage: Stage) -> None:
    from core.recommend.recipe import Dish, Recipe

    stage.show(Place.PLAYLISTS)
    stage.window.desk.navigation.make(Recipe(dish=Dish.MIX, wanted=25))
    stage.spin(1.0)


def _training(stage: Stage) -> None:
    """With the curves of a short training."""
    from PySide6.QtWidgets import QComboBox, QPushButton

    from desktop.widgets.tables.plain_table import PlainTable

    page = stage.show(Place.TRAINING)
    stage.find(QComboBox, "What to train", within=page).setCurrentIndex(1)
    stage.find(QPushButton, "Start the training", within=page).click()
    stage.wait(lambda: not stage.session.valuable_work)
    stage.rest()
    stage.find(PlainTable, "Trainings", within=page).selectRow(0)


def _evaluation(stage: Stage) -> None:
    from PySide6.QtWidgets import QTabWidget

    stage.find(QTabWidget, within=stage.show(Place.TRAINING)).setCurrentIndex(1)


def _activity(stage: Stage) -> None:
    stage.window.desk.navigation.review("duplicates")
    stage.show(Place.ACTIVITY)


def _preferences(stage: Stage) -> None:
    from desktop.preferences.dialog import PreferencesDialog

    stage.window.open_preferences()
    stage.wait(lambda: stage.window.findChild(PreferencesDialog) is not None)
    stage.draw_instead(stage.find(PreferencesDialog))


def _first_start(stage: Stage) -> None:
    """With the time that listening takes, measured on some of its songs."""
    from desktop.first_start import Beginning, FirstStart

    stage.draw_instead(stage.window)
    fresh = Profile.below(stage.shown.profile / "fresh")
    beginning = Beginning(fresh, fresh.config_file, stage.shown.database)
    FirstStart(beginning, runner=stage.runner, window=stage.window, begin=lambda _: None, demo=lambda: None)


def _no_library(stage: Stage) -> None:
    home = Path.home()
    places = [".config/Clementine/clementine.db", "snap/clementine/current/.config/Clementine/clementine.db"]
    from core.errors import Cause
    from desktop.troubles import Trouble

    page = stage.window.not_opened
    page.explain(Trouble("", Cause.NO_DATABASE), places=[home / place for place in places])
    stage.draw_instead(stage.window)
    stage.window.show_instead(page)


SCENES = {
    "home": _home,
    "library": _library,
    "nothing-found": _nothing_found,
    "map": _map,
    "playlists": _playlists,
    "training": _training,
    "evaluation": _evaluation,
    "activity": _activity,
    "preferences": _preferences,
    "first-start": _first_start,
    "no-library": _no_library,
}
LARGE_SCENES = {"library": _library, "map": _map}


if __name__ == "__main__":
    main()
