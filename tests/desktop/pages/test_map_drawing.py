"""A map is drawn, by itself or anew, and what is said where there is none."""

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.jobs.events import Control, Event
from core.parts.maps import Maps
from core.recommend.map_drawing import LayoutMoved, MapFinished
from core.song import SongId
from core.store.map_file import map_file
from tests.desktop.conftest import OpenWindow, song
from tests.desktop.pages.planted_map import NAMES, PLACES, Map, plant
from tests.listened_library import ListenedLibrary, listen_to


def test_a_new_song_is_a_ring_and_a_map_of_few_is_offered_anew(
    open_window: OpenWindow, mapped: ListenedLibrary
) -> None:
    plant(mapped, [0, 1, 2, 3])
    shown = Map(open_window(mapped))
    shown.opened.wait_until(shown.is_shown)
    look = shown.page._look
    assert {look.songs.song(each).title for each in np.flatnonzero(look.songs.is_approximate)} == {"Epsilon", "Zeta"}
    assert shown.opened.button("Draw anew").isVisible()


def test_a_map_that_is_missing_is_drawn_by_itself_and_seen_to_unfold(
    open_window: OpenWindow, mapped: ListenedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(maps: Maps, **_: object) -> Iterator[Event]:
        ids = tuple(sorted(SongId(name) for name in maps._heard(maps._workplace.require_version())))
        yield LayoutMoved(PLACES * 0, 1, 3, ids)
        yield LayoutMoved(PLACES, 2, 3)
        plant(mapped, list(range(len(NAMES))))
        yield MapFinished(song_map=maps.current())

    with mapped.open() as engine:
        map_file(engine.stores.embeddings.path).unlink()
    monkeypatch.setattr(Maps, "draw", draw)
    shown = Map(open_window(mapped))
    frames: list[int] = []
    shown.page._drawing.unfolded.connect(lambda _positions, done, _total: frames.append(done))
    shown.opened.wait_until(lambda: shown.is_shown() and not shown.page._drawing.is_drawing)
    assert frames[-1] == 2
    shown.opened.wait_until(lambda: shown.color("Alpha").blue() > 200)
    assert not shown.page._stage.progress.isVisible()


def test_a_drawing_that_is_stopped_leaves_the_map(
    open_window: OpenWindow, mapped: ListenedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(_maps: Maps, *, control: Control) -> Iterator[Event]:
        while not control.stopped:
            time.sleep(0.01)  # the child's steps take time
            yield LayoutMoved(PLACES, 1, 3)
        yield MapFinished(complete=False)

    plant(mapped, [0, 1, 2, 3])
    monkeypatch.setattr(Maps, "draw", draw)
    shown = Map(open_window(mapped))
    shown.opened.wait_until(shown.is_shown)
    shown.opened.click(shown.opened.button("Draw anew"))
    shown.opened.wait_until(shown.page._stage.progress.isVisible)
    shown.opened.click(shown.opened.button("Cancel"))
    shown.opened.wait_until(lambda: shown.opened.says("Marmalade has heard more since this map was drawn."))
    assert not shown.page._stage.progress.isVisible()


def test_too_few_songs_are_told(open_window: OpenWindow, tmp_path: Path) -> None:
    few = listen_to(tmp_path, [song(name) for name in NAMES[:3]])
    shown = Map(open_window(few))
    shown.opened.wait_until(lambda: shown.opened.says("Too few songs for a map"))


def test_nothing_heard_is_told(open_window: OpenWindow, tmp_path: Path) -> None:
    rows = [song(name) for name in NAMES]
    silent = listen_to(tmp_path, rows, skipped={row.path: "damaged" for row in rows})
    shown = Map(open_window(silent))
    shown.opened.wait_until(lambda: shown.opened.says("No song has a place yet"))
