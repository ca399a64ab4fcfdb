"""A session as an owner would have it keeps the window deaf for no more than 50 ms of processor time at once."""

import gc
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from core.store.map_file import StoredMap, StoredSound, map_file, save_map
from desktop.pages.catalog import load_all
from desktop.watchdog import LONGEST, Block, Watchdog
from tests.desktop.conftest import SURE, OpenedWindow, OpenWindow, light_and_english, open_window  # noqa: F401
from tests.library_databases import SongRow
from tests.listened_library import ListenedLibrary, listen_to
from tests.owners_walk import steps

SONGS = 600
YARDSTICK, QUIET = 100_000, 0.006
"""A loop, and the seconds that it takes."""


@pytest.fixture
def planted(tmp_path: Path) -> ListenedLibrary:
    """Songs whose files are there, with stars, predictions and places on the map."""
    folder = tmp_path / "music"
    folder.mkdir()
    rows = [
        SongRow(
            path=folder / f"{number:04d}.mp3",
            title=f"Love Moon {number}",
            artist=f"Artist {number // 9}",
            album=f"Album {number // 12}",
            genre=("Rock", "Pop", "Jazz")[number // 50 % 3],
            year=1960 + number // 12,
            rating=(-1, 0.7, -1, 1.0, 0.4)[number % 5],
        )
        for number in range(SONGS)
    ]
    for row in rows:
        row.path.touch()
    guessed = {row.path: number * 7 % 100 / 100 for number, row in enumerate(rows)}
    listened = listen_to(tmp_path, rows, predicted=guessed, interval=SURE)
    with listened.open() as engine:
        names = [str(each.song_id) for each in engine.library().songs]
        places = np.random.default_rng(1).uniform(-1, 1, size=(SONGS, 2)).astype(np.float32)
        clusters = np.zeros(SONGS, dtype=np.int16)
        stored = StoredMap(names, places, clusters, engine.active_version or "", 0.0, 1.0)
        sound = StoredSound(places, np.zeros(8, dtype=np.float32), np.eye(8, 2, dtype=np.float32))
        save_map(map_file(engine.stores.embeddings.path), stored, sound)
    return listened


def test_a_session_never_keeps_the_window_deaf(
    open_window: OpenWindow,  # noqa: F811 - the fixture
    planted: ListenedLibrary,
    qapp: QApplication,
) -> None:
    load_all()  # as the window does by itself when it is quiet
    opened = open_window(planted, place=None)
    opened.window.desk.listening.prepare()  # so it does
    found: list[Block] = []
    too_long: list[str] = []
    watchdog = Watchdog(on_block=found.append)
    with looked_through():
        watchdog.start()
        for step in steps(opened.window):
            step.act()
            opened.wait_until(lambda: opened.runner.is_idle)
            if step.name.startswith("first visit"):
                assert qapp.activeWindow() is opened.window  # what is made without its place flashes up as a window
            opened.qtbot.wait(15)  # the watchdog knocks every ten milliseconds
            too_long += [f"{step.name}: {block}" for block in longer_than_allowed(found, opened)]
            found.clear()
    watchdog.stop()
    assert not too_long, "\n".join(too_long)


@contextmanager
def looked_through() -> Iterator[None]:
    """Spare the garbage collector what is there, as the application does once its songs are read."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def longer_than_allowed(blocks: list[Block], opened: OpenedWindow) -> list[Block]:
    """Those that took more processor time than a call may; more on a machine that is slower at this moment."""
    suspects = [block for block in blocks if block.processor > LONGEST]
    if not suspects:
        return []
    with ThreadPoolExecutor(1) as beside:  # measured in the UI thread, it would be a block itself
        measured = beside.submit(slowness)
        opened.wait_until(measured.done)
    return [block for block in suspects if block.processor > LONGEST * measured.result()]


def slowness() -> float:
    """How much longer the same work takes at its worst than on a core of 2023 that has nothing else to do.

    Cores are shared: to be asked right after what was slow.
    """
    times = []
    for _ in range(20):
        begin = time.thread_time()
        sum(number * number % 7 for number in range(YARDSTICK))
        times.append(time.thread_time() - begin)
    return max(1.0, max(times) / QUIET)
