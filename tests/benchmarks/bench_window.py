"""How fast the window is with 60,000 songs: process start to usable, filter and sort latency, longest UI block.

The window runs in a process of its own (``python -m tests.benchmarks.bench_window FOLDER STARTED`` prints JSON).
"""

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

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

    from desktop.app import Application
    from desktop.main_window import MainWindow

SONGS = 60_000
STARTS = 5
BEAT = 2
"""Milliseconds between two looks at whether the UI thread is free."""
BLOCKS = (
    "longest block at start",
    "its processor time",
    "longest block after it",
    "of the processor",
    "filter, longest key",
    "sort, longest click",
)
AFTER_A_STEP, AT_LAST = 100, 3000
"""Milliseconds."""
WORDS = ("love moon", "arger", "artist 99 album 3")


def run() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        make_library(Path(folder))
        results = [measure(Path(folder)) for _ in range(STARTS)]
    best = min(results, key=lambda each: each["usable"])
    print(f"{SONGS:,} songs, {STARTS} starts; seconds from process start")
    for name in ("qt imported", "window shown", "usable"):
        values = [each[name] for each in results]
        print(f"{name:<28}{best[name]:7.2f} s   median {statistics.median(values):.2f} s")
    print(f"{'processor time until usable':<28}{best['cpu']:7.2f} s")
    for name in (
        "longest block at start",
        "longest block after it",
        "filter, longest key",
        "sort, longest click",
        "longest block of a walk",
        "that of the processor",
    ):
        values = [each[name] for each in results]
        print(f"{name:<28}{1000 * min(values):7.1f} ms  median {1000 * statistics.median(values):.1f} ms")
    print(f"{'memory (PSS)':<28}{best['memory'] / 1e6:7.0f} MB")
    print(f"where it was deaf for longest: {best['where']}")


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


def measure(folder: Path) -> dict[str, Any]:
    """Open the window once in a fresh process."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_window", str(folder)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    started = time.time()
    finished = subprocess.run([*command, repr(started)], env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(finished.stdout.splitlines()[-1])


def probe(folder: Path, started: float) -> None:
    """Run the real application, look at it from inside, print what was seen, and close it."""
    import desktop.app
    from desktop.app import Application

    marks: dict[str, Any] = {"qt imported": time.time() - started}
    choices = desktop.app.Choices(profile=Path(folder) / "profile", database=folder / "clementine.db")
    begin = desktop.app.Application.open

    def open_and_watch(application: Application, **arguments: Path) -> None:
        watch(application, marks=marks, started=started)
        begin(application, **arguments)
        marks["window shown"] = time.time() - started

    desktop.app.Application.open = open_and_watch
    desktop.app.run(choices)
    print(json.dumps(marks))


def watch(application: "Application", *, marks: dict[str, Any], started: float) -> None:
    """Note the first picture with songs in it, then use the window."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QTableView

    from desktop.navigation import Place

    table = application.window.show_page(Place.LIBRARY).findChild(QTableView)
    pulse = Pulse()

    class FirstRows(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - as Qt has it
            if event.type() == QEvent.Type.Paint and table.model().rowCount() and "usable" not in marks:
                QTimer.singleShot(0, note_usable)
            return False

    def note_usable() -> None:
        if "usable" not in marks:
            marks["usable"], marks["cpu"] = time.time() - started, time.process_time()
            marks["longest block at start"], marks["its processor time"] = pulse.longest()
            application.session.update_ended.connect(use)

    def use() -> None:
        import psutil

        marks["longest block after it"], marks["of the processor"] = pulse.longest()
        pulse.stop()
        marks.update(use_window(application.window, table))
        marks["longest block of a walk"], marks["that of the processor"], marks["where"] = walk_through(application)
        marks["memory"] = psutil.Process().memory_full_info().pss
        application.window.close()

    pulse.start()
    table.viewport().installEventFilter(FirstRows(table))


class Pulse:
    """A timer that beats when the UI thread is free; a beat that comes late tells how long it was not."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last = time.perf_counter()
        self._last_work = time.thread_time()
        self._longest = self._longest_work = 0.0

    def start(self) -> None:
        self._last, self._last_work = time.perf_counter(), time.thread_time()
        self._timer.start(BEAT)

    def stop(self) -> None:
        self._timer.stop()

    def longest(self) -> tuple[float, float]:
        """Seconds by the clock and of the processor, since the last time that this was asked."""
        longest, self._longest, self._longest_work = (self._longest, self._longest_work), 0.0, 0.0
        return longest

    def _beat(self) -> None:
        now, work = time.perf_counter(), time.thread_time()
        self._longest = max(self._longest, now - self._last - BEAT / 1000)
        self._longest_work = max(self._longest_work, work - self._last_work)
        self._last, self._last_work = now, work


def use_window(window: "MainWindow", table: "QTableView") -> dict[str, float]:
    """Type words and click headers as an owner does; processor seconds until the new rows are drawn."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QLineEdit

    def seconds(act: Callable[[], object]) -> float:
        begun = time.thread_time()
        act()
        table.viewport().repaint()
        QApplication.processEvents()
        return time.thread_time() - begun

    from desktop.navigation import Place

    search, header = window.show_page(Place.LIBRARY).findChild(QLineEdit), table.horizontalHeader()
    keys = [seconds(lambda key=key: QTest.keyClicks(search, key)) for words in WORDS for key in words]
    search.clear()
    shown = [column for column in range(header.count()) if not header.isSectionHidden(column)]
    places = [QPoint(header.sectionViewportPosition(column) + 8, 8) for column in shown]
    click = Qt.MouseButton.LeftButton
    clicks = [seconds(lambda place=place: QTest.mouseClick(header.viewport(), click, pos=place)) for place in places]
    return {"filter, longest key": max(keys), "sort, longest click": max(clicks)}


def walk_through(application: "Application") -> tuple[float, float, str]:
    """Use every page, the map too; the longest block by the clock and of the processor, and what was done then."""
    from PySide6.QtCore import QEventLoop, QTimer

    from desktop.watchdog import Block, Watchdog
    from tests.owners_walk import steps

    def rest(milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    found, doing = [("", Block(0.0, 0.0, ""))], [""]
    watchdog = Watchdog(on_block=lambda block: found.append((doing[0], block)))
    watchdog.start()
    for step in steps(application.window):
        doing[0] = step.name
        step.act()
        rest(AFTER_A_STEP)
    rest(AT_LAST)
    watchdog.stop()
    name, block = max(found, key=lambda each: each[1].processor)
    return max(each.wall for _, each in found), block.processor, f"{name}: {block}"


if __name__ == "__main__":
    probe(Path(sys.argv[1]), float(sys.argv[2]))
