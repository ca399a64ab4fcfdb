"""How fast the map is with 60,000 songs: frames while panning and zooming, the longest calls, the memory.

The window runs in a process of its own (``python -m tests.benchmarks.bench_map_frames FOLDER`` prints JSON), offscreen:
all is drawn by the processor, as on a machine without a graphics card. A frame is the camera's move and the repaint of
the whole map with all its songs, names of regions and the pulse. Times are of the processor in the UI thread: on a
machine that does nothing else they are what passes on the clock.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.benchmarks.bench_window import SONGS, make_library

if TYPE_CHECKING:
    from desktop.main_window import MainWindow
    from desktop.pages.map import MapPage
    from desktop.session import Session

FRAMES = 150
SIZES = ((1280, 800), (2560, 1440))
SCALES = (1, 2)
"""At scale 2 a window of 1280x720 has 2560x1440 pixels, and points of twice the size."""
ASKED_FRAME, ASKED_CALL, ASKED_MEMORY = 33.3, 50.0, 600.0
GROUPS = 60


def run() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_library(folder)
        plant_map(folder)
        print(f"{SONGS:,} songs, all drawn; {FRAMES} frames each; milliseconds")
        print(f"{'':34}{'median':>9}{'95 %':>9}{'largest':>9}")
        for scale in SCALES:
            found = measure(folder, scale=scale)
            for what, times in found["times"].items():
                middle, most, largest = (float(np.percentile(times, share)) for share in (50, 95, 100))
                print(f"{what:34}{middle:9.1f}{most:9.1f}{largest:9.1f}")
            memory = f"{found['memory']:9.0f} MB of PSS, of which {found['memory'] - found['before']:.0f} for the map"
            print(f"{'memory of the app, scale ' + str(scale):34}{memory}")
    print(f"asked for: frames < {ASKED_FRAME}, calls < {ASKED_CALL}, memory < {ASKED_MEMORY} MB")


def plant_map(folder: Path) -> None:
    """Groups of different sizes that touch each other, as t-SNE makes them; artists stay together."""
    from core.engine import Engine
    from core.paths import Profile
    from core.store.map_file import StoredMap, StoredSound, map_file, save_map

    random = np.random.default_rng(1)
    with Engine.open(profile=Profile.below(folder / "profile"), database=folder / "clementine.db") as engine:
        names = sorted(str(song.song_id) for song in engine.library().songs)
        groups = np.arange(len(names)) * GROUPS // len(names)
        angles = np.arange(GROUPS) * 2.4
        middles = np.stack([np.cos(angles), np.sin(angles)], axis=1) * np.sqrt(np.arange(GROUPS) / GROUPS)[:, None]
        positions = (middles[groups] + random.normal(size=(len(names), 2)) * 0.07).astype(np.float32)
        positions /= np.abs(positions).max()
        clusters = (groups % 12).astype(np.int16)
        stored = StoredMap(names, positions, clusters, engine.active_version or "", time.time(), 1.0)
        few = np.zeros((len(names), 2), dtype=np.float32)
        sound = StoredSound(few, np.zeros(8, dtype=np.float32), np.zeros((8, 2), dtype=np.float32))
        save_map(map_file(engine.stores.embeddings.path), stored, sound)


def measure(folder: Path, *, scale: int) -> dict[str, Any]:
    """Run the window in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_map_frames", str(folder)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)}
    finished = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(finished.stdout.splitlines()[-1])


# ---------------------------------------------------------------------------------------------------- in the child


def show_and_measure(folder: Path) -> None:
    """Open the window on the map, use it and print what it took."""
    import psutil
    import qasync
    from PySide6.QtCore import QSettings

    from core.engine import Engine
    from core.paths import Profile
    from desktop.app import make_application
    from desktop.main_window import MainWindow
    from desktop.session import Session
    from desktop.task_runner import TaskRunner

    application = make_application()
    session = Session(TaskRunner())
    window = MainWindow(session, settings=QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
    window.show()
    session.start(lambda: Engine.open(profile=Profile.below(folder / "profile"), database=folder / "clementine.db"))
    page, before = _wait_for_map(window, session)
    scale = int(os.environ["QT_SCALE_FACTOR"])
    times: dict[str, list[float]] = {}
    for width, height in SIZES if scale == 1 else [(1280, 720)]:
        window.resize(width, height)
        application.processEvents()
        name = f"{width}x{height}" if scale == 1 else "1280x720 at scale 2"
        times |= {f"{what}, {name}": values for what, values in _frames(page).items()}
    times |= _calls(page)
    memory = psutil.Process().memory_full_info().pss / 1e6
    window.close()
    with qasync.QEventLoop(application) as loop:
        loop.run_until_complete(session.close())
    print(json.dumps({"times": times, "memory": memory, "before": before}))


def _wait_for_map(window: "MainWindow", session: "Session") -> tuple["MapPage", float]:
    import psutil
    from PySide6.QtWidgets import QApplication

    from desktop.navigation import Place

    def wait(condition: Callable[[], bool]) -> None:
        while not condition():
            QApplication.processEvents()
            time.sleep(0.005)

    wait(lambda: session.rows is not None and not session.is_working)
    before = psutil.Process().memory_full_info().pss / 1e6
    page: MapPage = window.show_page(Place.MAP)  # type: ignore[assignment]
    wait(lambda: page._look is not None and not session.is_working)
    page._view.show_playing(0, plays=True)
    return page, before


def _frames(page: "MapPage") -> dict[str, list[float]]:
    """Pan to and fro over the whole map, then zoom in and out again."""
    view = page._view
    view.fit()
    half = FRAMES // 2

    def pan(frame: int) -> None:
        view.hurry()
        view.box.pan(0.004 if frame < half else -0.004, 0.002 if frame < half else -0.002)

    def zoom(frame: int) -> None:
        view.zoom(1.04 if frame < half else 1 / 1.04)

    return {"pan": _repainted(page, pan), "zoom": _repainted(page, zoom)}


def _repainted(page: "MapPage", step: Callable[[int], None]) -> list[float]:
    from PySide6.QtWidgets import QApplication

    times = []
    for frame in range(FRAMES):
        begin = time.thread_time()
        step(frame)
        page._view.viewport().repaint()
        times.append(1000 * (time.thread_time() - begin))
        QApplication.processEvents()
    return times


def _calls(page: "MapPage") -> dict[str, list[float]]:
    """The longest calls that a click or a key causes, without the repaint."""
    from PySide6.QtCore import QPointF

    from desktop.plots.coloring import ColorBy

    view, stage = page._view, page._stage
    angles = np.linspace(0, 2 * np.pi, 400)
    lasso = [QPointF(0.8 * np.cos(angle), 0.8 * np.sin(angle)) for angle in angles]
    names = list(ColorBy)

    def color(number: int) -> None:
        stage.choices.choose(names[number % len(names)], stage.choices.size_by)

    def search(number: int) -> None:
        stage.search.field.setText(("love", "artist 99", "é", "")[number % 4])
        page._search()

    place = view._to[1000]
    return {
        "another coloring": _timed(20, color),
        "search": _timed(8, search),
        "lasso of all": _timed(5, lambda _: view._catch(lasso, False)),
        "select nothing": _timed(5, lambda _: page._select_nothing()),
        "point at a song": _timed(50, lambda _: view._at(QPointF(float(place[0]), float(place[1])))),
        "a legend line": _timed(6, lambda _: stage.legend._lines[0].click()),
    }


def _timed(times: int, act: Callable[[int], object]) -> list[float]:
    found = []
    for number in range(times):
        begin = time.thread_time()
        act(number)
        found.append(1000 * (time.thread_time() - begin))
    return found


if __name__ == "__main__":
    show_and_measure(Path(sys.argv[1]))
