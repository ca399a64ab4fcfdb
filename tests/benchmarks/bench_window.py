"""How fast the window is with 60,000 songs: process start to usable, filter, sort and chips, longest blocks, memory.

The window runs in a process of its own (``python -m tests.benchmarks.bench_window FOLDER MODE`` prints JSON), which
writes what it is at into ``FOLDER/at.txt``: whoever waits too long for it says the name of that step. Modules are
compiled once, as where Marmalade is installed, whatever the environment says of bytecode.
"""

import faulthandler
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

    from desktop.app import Application
    from desktop.main_window import MainWindow

SONGS = 60_000
STARTS = 5
BEAT = 2
"""Milliseconds between two looks at whether the UI thread is free."""
WORDS = ("love moon", "arger", "artist 99 album 3")
AFTER_A_STEP = 100
"""Milliseconds in which the window does what follows."""
STEP, UPDATE, ALL = 60, 240, 900
"""Seconds: what one step, the first update and a whole run may take at most."""
ASKED_START, ASKED_CALL, ASKED_MEMORY = 1.5, 50.0, 600.0
MOST_TOLD = 15


def run() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plant(folder)
        measure(folder, "start")  # compiles the modules
        _tell_starts([measure(folder, "start") for _ in range(STARTS)])
        _tell_walk(measure(folder, "walk"))


def _tell_starts(results: list[dict[str, Any]]) -> None:
    print(f"{SONGS:,} songs, {STARTS} starts; load {os.getloadavg()[0]:.1f}; asked for: usable within {ASKED_START} s")
    print(f"{'seconds from process start':<30}{'best':>8}{'median':>8}{'worst':>8}")
    names = ("qt imported", "window shown", "usable", "processor", "processor, UI thread", "longest block, processor")
    for name in names:
        values = [each[name] for each in results]
        print(f"{name:<30}{min(values):8.2f}{statistics.median(values):8.2f}{max(values):8.2f}")


def _tell_walk(found: dict[str, Any]) -> None:
    print(f"milliseconds of processor until it is drawn; asked for: each < {ASKED_CALL}")
    for name in ("a key of the search", "sort by a column", "a filter chip"):
        values = [1000 * each for each in found[name]]
        print(f"{name:<30}{statistics.median(values):8.1f} median{max(values):8.1f} worst")
    print("longest blocks of the UI thread in a walk through all pages, by step")
    blocks = sorted(found["blocks"].items(), key=lambda each: -each[1])
    for name, seconds in blocks[:MOST_TOLD]:
        print(f"{name:<44}{1000 * seconds:8.1f}")
    print(f"{len(blocks)} kinds of steps, {sum(1000 * each > ASKED_CALL for _, each in blocks)} above {ASKED_CALL}")
    print(f"memory (PSS), asked for: < {ASKED_MEMORY:.0f} MB{found['rest'] / 1e6:8.0f} at rest", end="")
    print(f"{found['highest'] / 1e6:8.0f} at its highest, {found['highest at']}")
    print(f"where it was deaf for longest: {found['where']}")


def plant(folder: Path) -> None:
    """A library that was listened to, with its map, and neighborhoods that an update has balanced."""
    from core.engine import Engine
    from core.paths import Profile
    from core.store.reaches import reaches_file, save_reaches
    from tests.benchmarks.bench_map_frames import plant_map

    make_library(folder)
    plant_map(folder)
    with Engine.open(profile=Profile.below(folder / "profile"), database=folder / "clementine.db") as engine:
        names = [str(song.song_id) for song in engine.library().songs]
        file = reaches_file(engine.stores.embeddings.path, engine.active_version or "")
        save_reaches(file, names, np.ones(len(names), dtype=np.float32))


def make_library(folder: Path, *, dimension: int = 8) -> None:
    """A listened library with names as long as real ones, and embeddings of that many values."""
    from tests.library_databases import SongRow
    from tests.listened_library import listen_to

    first = ("Love", "Moon", "Ärger", "Silver", "River", "Étoile", "Night", "Golden", "Paper", "Winter", "Little")
    rows = [
        SongRow(
            path=folder / f"music/Artist {i // 40}/Album {i // 12} (Remastered)/{i % 12:02d} - Title {i}.mp3",
            title=f"{first[i % 11]} {first[i // 11 % 11]} {i}",
            artist=f"Artist {i // 40}",
            album=f"Album {i // 12} (Remastered)",
            genre=("Rock", "Pop", "Jazz", "Electronic")[i // 500 % 4],
            year=1960 + i // 12 % 60,
            rating=(-1, 0.7, -1, 1.0, 0.4)[i % 5],
            track=i % 12,
        )
        for i in range(SONGS)
    ]
    for row in rows:
        row.path.parent.mkdir(parents=True, exist_ok=True)
        row.path.touch()
    predicted = {row.path: (i * 7919 % 1000) / 1000 for i, row in enumerate(rows)}
    listen_to(folder, rows, predicted=predicted, dimension=dimension)


def measure(folder: Path, mode: str) -> dict[str, Any]:
    """Open the window once in a fresh process; ends with the name of the step that it did not get over."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_window", str(folder), mode]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["MARMALADE_STARTED"] = repr(time.time())
    try:
        finished = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=ALL)
    except (subprocess.SubprocessError, OSError) as error:
        raise SystemExit(f"The window did not get over: {(folder / 'at.txt').read_text()} ({error})") from error
    return json.loads(finished.stdout.splitlines()[-1])


# ---------------------------------------------------------------------------------------------------- in the child


class Steps:
    """What the window is at; a step that does not end ends the process."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "at.txt"

    def begin(self, name: str, *, at_most: float = STEP) -> None:
        self._file.write_text(name)
        faulthandler.dump_traceback_later(at_most, exit=True)

    def wait(self, name: str, condition: Callable[[], bool], *, at_most: float = STEP, at_least: float = 0.0) -> None:
        """Let the window work until something is so."""
        from PySide6.QtCore import QEventLoop, QTimer

        self.begin(name, at_most=at_most)
        earliest = time.monotonic() + at_least
        loop = QEventLoop()
        timer = QTimer(interval=10)
        timer.timeout.connect(lambda: loop.quit() if time.monotonic() >= earliest and condition() else None)
        timer.start()
        loop.exec()
        timer.stop()


def probe(folder: Path, mode: str) -> None:
    """Run the real application, look at it from inside, print what was seen, and close it."""
    started = float(os.environ["MARMALADE_STARTED"])
    steps = Steps(folder)
    steps.begin("the start")
    from desktop.__main__ import make_ready

    make_ready()
    import desktop.app
    from desktop.app import Application

    marks: dict[str, Any] = {"qt imported": time.time() - started}
    choices = desktop.app.Choices(profile=Path(folder) / "profile", database=folder / "clementine.db")
    begin = desktop.app.Application.open

    def open_and_watch(application: Application, **arguments: Path) -> None:
        watch(application, marks=marks, started=started, steps=steps, walks=mode == "walk")
        begin(application, **arguments)
        marks["window shown"] = time.time() - started

    desktop.app.Application.open = open_and_watch
    desktop.app.run(choices)
    print(json.dumps(marks))


def watch(application: "Application", *, marks: dict[str, Any], started: float, steps: Steps, walks: bool) -> None:
    """Note the first picture with songs in it, then use the window, or close it."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QTableView

    from desktop.navigation import Place

    table = application.window.show_page(Place.LIBRARY).findChild(QTableView)
    pulse, updates = Pulse(), []
    application.session.update_ended.connect(lambda: updates.append("ended"))

    class FirstRows(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - as Qt has it
            if event.type() == QEvent.Type.Paint and table.model().rowCount() and "usable" not in marks:
                marks["usable"] = 0.0
                QTimer.singleShot(0, note_usable)
            return False

    def note_usable() -> None:
        marks["usable"], marks["processor"] = time.time() - started, time.process_time()
        marks["processor, UI thread"], marks["longest block, processor"] = time.thread_time(), pulse.longest()
        if walks:
            steps.wait("the first update", lambda: bool(updates), at_most=UPDATE, at_least=1)
            marks["rest"] = memory()
            marks.update(use_window(application.window, table, steps))
            marks.update(walk_through(application, steps=steps, pulse=pulse))
        pulse.stop()
        steps.begin("closing the window")
        application.window.quit()

    pulse.start()
    table.viewport().installEventFilter(FirstRows(table))


def memory() -> int:
    """Bytes of the app's share (PSS)."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


class Pulse:
    """A timer that beats when the UI thread is free; between two beats, it was at one thing."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last = time.thread_time()
        self._longest = 0.0

    def start(self) -> None:
        self._last = time.thread_time()
        self._timer.start(BEAT)

    def stop(self) -> None:
        self._timer.stop()

    def longest(self) -> float:
        """Seconds of processor time of the longest one since the last time that this was asked."""
        self._beat()
        longest, self._longest = self._longest, 0.0
        return longest

    def _beat(self) -> None:
        now = time.thread_time()
        self._longest, self._last = max(self._longest, now - self._last), now


def use_window(window: "MainWindow", table: "QTableView", steps: Steps) -> dict[str, list[float]]:
    """Type words, click headers and chips as an owner does; processor seconds until the new rows are drawn."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QLineEdit

    from desktop.navigation import Place
    from tests.owners_walk import chips

    def seconds(name: str, act: Callable[[], object]) -> float:
        steps.begin(name)
        begun = time.thread_time()
        act()
        table.viewport().repaint()
        QApplication.processEvents()
        return time.thread_time() - begun

    page = window.show_page(Place.LIBRARY)
    search, header, click = page.findChild(QLineEdit), table.horizontalHeader(), Qt.MouseButton.LeftButton
    typed = "a key of the search"
    keys = []
    for words in WORDS:
        keys += [seconds(typed, lambda key=key: QTest.keyClicks(search, key)) for key in words]
        search.clear()
    shown = [column for column in range(header.count()) if not header.isSectionHidden(column)]
    places = [QPoint(header.sectionViewportPosition(column) + 8, 8) for column in shown]
    by = "sort by a column"
    clicks = [
        seconds(by, lambda place=place: QTest.mouseClick(header.viewport(), click, pos=place)) for place in places
    ]
    toggled = "a filter chip"
    both = [chip for chip in chips(page) for _ in ("on", "off")]
    chosen = [seconds(toggled, lambda chip=chip: QTest.mouseClick(chip, click)) for chip in both]
    return {typed: keys, by: clicks, toggled: chosen}


def walk_through(application: "Application", *, steps: Steps, pulse: Pulse) -> dict[str, Any]:
    """Use every page, the map too: the longest block of each kind of step, and the most memory."""
    from desktop.watchdog import Block, Watchdog
    from tests import owners_walk

    session, runner, doing = application.session, application._runner, [""]
    found = [("", Block(0.0, 0.0, ""))]
    watchdog = Watchdog(on_block=lambda block: found.append((doing[0], block)))
    watchdog.start()
    blocks: dict[str, float] = {}
    most, at = memory(), "at the beginning"
    for step in owners_walk.steps(application.window):
        doing[0] = step.name
        pulse.longest()
        steps.begin(step.name)
        step.act()
        # An update that a rating began may take minutes, and the owner does not wait for it either.
        steps.wait(step.name, lambda: runner.is_idle or session.is_working, at_least=AFTER_A_STEP / 1000)
        blocks[step.name] = max(blocks.get(step.name, 0.0), pulse.longest())
        most, at = max((most, at), (memory(), step.name))
    watchdog.stop()
    name, block = max(found, key=lambda each: each[1].processor)
    return {"blocks": blocks, "highest": most, "highest at": at, "where": f"{name}: {block}"}


if __name__ == "__main__":
    probe(Path(sys.argv[1]), sys.argv[2])
