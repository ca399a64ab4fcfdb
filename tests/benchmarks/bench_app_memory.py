"""What the process of the window holds with 60,000 songs of 512 values, while the owner has everything done at once.

The real application runs offscreen in a process of its own (``python -m tests.benchmarks.bench_app_memory FOLDER``). It
opens the map, which is drawn for the first time, while the songs are compared with each other; then one list of each
kind is made, and every page is visited. It is looked at from outside every 0.1 s, the processes that it starts not
counted.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from tests.benchmarks.bench_window import SONGS, make_library

if TYPE_CHECKING:
    from core.engine import Engine
    from core.jobs.events import Event
    from core.recommend.recipe import Recipe
    from desktop.app import Application

DIMENSION = 512
BETWEEN_LOOKS = 0.1
LARGEST = 600
"""MB."""
AT_LAST = 10_000
"""Milliseconds."""
OPENING = "opening"


def run() -> None:
    """Print the peaks of each stage."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_library(folder, dimension=DIMENSION)
        tell(measure(folder))


def tell(peaks: dict[str, tuple[float, float]]) -> None:
    """Print what ``measure`` found."""
    print(f"{SONGS:,} songs of {DIMENSION} values; MB of the process of the window, the most of each stage")
    print(f"{'':44}{'RSS':>7}{'PSS':>7}")
    for stage, (resident, proportional) in peaks.items():
        print(f"{stage:44}{resident:7.0f}{proportional:7.0f}")
    print(
        f"{'the most':44}{max(each[0] for each in peaks.values()):7.0f}{max(each[1] for each in peaks.values()):7.0f}"
    )
    print(f"asked for: < {LARGEST}")


def measure(folder: Path) -> dict[str, tuple[float, float]]:
    """The most megabytes of RSS and of PSS by stage."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_app_memory", str(folder)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    peaks: dict[str, tuple[float, float]] = {}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as app:
        stages = _Stages(app)
        stages.start()
        while app.poll() is None:
            stage, before = stages.now, peaks.get(stages.now, (0.0, 0.0))
            seen = _held(app.pid)
            peaks[stage] = (max(before[0], seen[0]), max(before[1], seen[1]))
            time.sleep(BETWEEN_LOOKS)
    if app.returncode:
        message = f"the window ended with {app.returncode}"
        raise RuntimeError(message)
    return peaks


def _held(process: int) -> tuple[float, float]:
    """Megabytes of RSS and of PSS, as ``psutil.memory_full_info`` counts them; none of a process that has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii", errors="replace").splitlines()[1:]
    except OSError:
        return (0.0, 0.0)
    sizes = {name: int(size.split()[0]) * 1024 / 1e6 for name, _, size in (line.partition(":") for line in lines)}
    return (sizes.get("Rss", 0.0), sizes.get("Pss", 0.0))


class _Stages(Thread):
    """Reads what the window prints: what it does from now on."""

    def __init__(self, app: "subprocess.Popen[str]") -> None:
        super().__init__(daemon=True)
        self._app = app
        self.now = OPENING

    def run(self) -> None:
        for line in self._app.stdout or ():
            self.now = line.strip()


# ---------------------------------------------------------------------------------------------------- in the child


def open_window(folder: Path) -> None:
    """Run the real application, print what it does, and close it at the end."""
    import desktop.app

    class Application(desktop.app.Application):
        def open(self, **arguments: Path) -> None:
            self.owner = Owner(self)
            super().open(**arguments)

    desktop.app.Application = Application
    desktop.app.run(desktop.app.Choices(profile=folder / "profile", database=folder / "clementine.db"))


class Owner:
    """Has the map drawn while the update goes on, then lists made, then looks at every page."""

    def __init__(self, application: "Application") -> None:
        self._window, self._session = application.window, application.session
        self._waits_for = {"the update", "the map"}
        self._session.opened.connect(self._draw)
        self._session.happened.connect(self._name)
        self._session.update_ended.connect(lambda: self._end("the update"))

    def _name(self, events: "list[Event]") -> None:
        from core.jobs.events import Stage

        for event in events:
            if isinstance(event, Stage):
                print(f"{event.name}, the map is drawn", flush=True)

    def _draw(self) -> None:
        from desktop.navigation import Place
        from desktop.pages.map_drawing import MapDrawing

        page = self._window.show_page(Place.MAP)
        page.findChild(MapDrawing).ended.connect(lambda: self._end("the map"))

    def _end(self, what: str) -> None:
        if self._waits_for == {what}:
            self._session.ask(_recipes, then=lambda recipes: self._cook(iter(recipes)))
        self._waits_for.discard(what)

    def _cook(self, recipes: "Iterator[Recipe]") -> None:
        recipe = next(recipes, None)
        if recipe is None:
            self._visit()
            return
        print(f"a list: {recipe.dish}", flush=True)
        self._session.ask(lambda engine: engine.recipes.cook(recipe), then=lambda _: self._cook(recipes))

    def _visit(self) -> None:
        from PySide6.QtCore import QTimer

        from desktop.navigation import Place

        print("every page", flush=True)
        for place in Place:
            self._window.show_page(place)
        QTimer.singleShot(AT_LAST, self._window.close)


def _recipes(engine: "Engine") -> "list[Recipe]":
    """One of each kind that needs nothing but songs."""
    from core.recommend.recipe import Dish, Recipe

    first, last = (engine.library().songs[number].song_id for number in (5, -5))
    ends = {Dish.SIMILAR: {"like": (first,)}, Dish.PATH: {"start": first, "end": last}}
    return [Recipe(dish, **ends.get(dish, {})) for dish in Dish if dish is not Dish.CHOSEN]


if __name__ == "__main__":
    open_window(Path(sys.argv[1]))
