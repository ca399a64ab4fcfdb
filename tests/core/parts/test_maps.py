"""The map of a library: drawn, stored, continued with new songs, without gone ones, turned back onto the one before."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from core.engine import Engine
from core.errors import UserError
from core.jobs.events import Control, Event
from core.parts.workplace import ACTIVE_EMBEDDINGS
from core.paths import Profile
from core.recommend.map_drawing import LayoutMoved, MapFinished
from core.recommend.song_map import SongMap
from core.song import SongId
from tests.library_databases import SongRow
from tests.listened_library import ListenedLibrary, listen_to

KINDS, OF_A_KIND = 3, 20
SONGS = KINDS * OF_A_KIND
KIND = np.arange(SONGS) % KINDS
NEW = 3


@dataclass(frozen=True)
class Drawn:
    """A library of which a map was drawn, and what was told meanwhile."""

    library: ListenedLibrary
    events: list[Event]

    @property
    def song_map(self) -> SongMap:
        return finished(self.events)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    """Songs of three kinds, every third one of a kind; the last three of the library were not heard."""
    rows = [SongRow(path=Path(f"/music/{number:03}.mp3"), title=f"Song {number}") for number in range(SONGS + NEW)]
    skipped = {row.path: "damaged" for row in rows[SONGS:]}
    library = listen_to(tmp_path_factory.mktemp("map"), rows, skipped=skipped, dimension=12)
    with library.open() as engine:
        plant(engine, range(SONGS), seed=1)
        assert engine.maps.saved() is None
        assert len(engine.maps.current()) == 0
        return Drawn(library, list(engine.maps.draw()))


@pytest.fixture
def drawn(once: Drawn, tmp_path: Path) -> Drawn:
    """A copy of it."""
    folder = once.library.database.path.parent
    shutil.copytree(folder, tmp_path / "copy")
    database = replace(once.library.database, path=tmp_path / "copy" / once.library.database.path.name)
    return replace(once, library=ListenedLibrary(Profile.below(tmp_path / "copy" / "profile"), database))


@pytest.fixture
def engine(drawn: Drawn) -> Iterator[Engine]:
    with drawn.library.open() as engine:
        yield engine


def finished(events: list[Event]) -> SongMap:
    last = events[-1]
    assert isinstance(last, MapFinished)
    assert last.complete
    assert last.song_map is not None
    return last.song_map


def frames(events: list[Event]) -> list[LayoutMoved]:
    return [each for each in events if isinstance(each, LayoutMoved)]


def plant(engine: Engine, numbers: range, *, seed: int, version: str = "") -> None:
    random = np.random.default_rng(seed)
    centers = np.random.default_rng(0).normal(scale=8, size=(KINDS, 12))
    songs = engine.library().songs
    vectors = [
        (songs[number].song_id, (centers[number % KINDS] + random.normal(size=12)).astype(np.float32))
        for number in numbers
    ]
    engine.stores.embeddings.store_embeddings_batch(vectors, version or str(engine.active_version))


def number_of(song_id: SongId) -> int:
    return int(song_id.removesuffix(".mp3")[-3:])


def nearest_kinds(song_map: SongMap) -> np.ndarray:
    away = np.linalg.norm(song_map.positions[:, None] - song_map.positions, axis=2) + 9 * np.eye(len(song_map))
    return KIND[[number_of(song_map.song_ids[row]) % KINDS for row in away.argmin(axis=1)]]


def test_a_drawn_map_is_stored_and_neighbors_are_near(drawn: Drawn, engine: Engine) -> None:
    found = drawn.song_map
    assert frames(drawn.events)[0].song_ids == found.song_ids
    kinds = np.array([number_of(each) % KINDS for each in found.song_ids])
    assert (nearest_kinds(found) == kinds).all()
    assert not found.is_approximate.any()
    assert len(set(zip(kinds.tolist(), found.clusters.tolist(), strict=True))) == found.clusters.max() + 1
    saved, current = engine.maps.saved(), engine.maps.current()
    assert saved is not None
    for each in (saved, current):
        assert each.song_ids == found.song_ids
        assert np.array_equal(each.positions, found.positions)
        assert np.array_equal(each.clusters, found.clusters)
        assert not engine.maps.is_stale(each)


def test_a_new_song_lies_beside_its_neighbors_until_the_map_is_drawn_anew(drawn: Drawn, engine: Engine) -> None:
    before = drawn.song_map
    plant(engine, range(SONGS, SONGS + NEW), seed=2)
    current = engine.maps.current()
    assert len(current) == SONGS + NEW
    assert current.is_approximate.tolist() == [False] * SONGS + [True] * NEW
    assert np.array_equal(current.positions[:SONGS], before.positions)
    assert nearest_kinds(current)[SONGS:].tolist() == [number_of(each) % KINDS for each in current.song_ids[SONGS:]]
    assert not engine.maps.is_stale(current)
    events = list(engine.maps.draw())
    again = finished(events)
    assert not again.is_approximate.any()
    assert len(again) == SONGS + NEW
    assert frames(events)[-1].total < 500, "it goes on where it was"
    assert np.linalg.norm(again.positions[:SONGS] - before.positions, axis=1).mean() < 0.15


def test_many_approximate_places_make_a_map_stale(drawn: Drawn, engine: Engine) -> None:
    found = drawn.song_map
    approximate = np.arange(len(found)) < 7
    assert engine.maps.is_stale(replace(found, is_approximate=approximate))


def test_songs_that_are_gone_are_left_out(drawn: Drawn, engine: Engine) -> None:
    found = drawn.song_map
    with closing(sqlite3.connect(drawn.library.database.path)) as database, database:
        database.execute("DELETE FROM songs WHERE title = 'Song 5'")
        database.execute("UPDATE songs SET unavailable = 1 WHERE title = 'Song 7'")
    current = engine.maps.current()
    assert set(found.song_ids) - set(current.song_ids) == {found.song_ids[5], found.song_ids[7]}
    kept = [row for row in range(SONGS) if row not in (5, 7)]
    assert np.array_equal(current.positions, found.positions[kept])


def test_another_version_is_turned_onto_the_map_before(drawn: Drawn, engine: Engine) -> None:
    before = drawn.song_map
    plant(engine, range(SONGS), seed=5, version="another")
    engine.stores.companion.save_setting(ACTIVE_EMBEDDINGS, "another")
    assert engine.maps.is_stale(engine.maps.current())
    events = list(engine.maps.draw())
    again = finished(events)
    assert again.version == "another"
    assert np.allclose(frames(events)[0].positions, before.positions, atol=0.01), "it morphs from the one before"
    kinds = np.array([number_of(each) % KINDS for each in again.song_ids])
    middles = [[each.positions[kinds == kind].mean(axis=0) for kind in range(KINDS)] for each in (before, again)]
    away = np.linalg.norm(np.array(middles[1])[:, None] - middles[0], axis=2)
    assert away.argmin(axis=1).tolist() == list(range(KINDS))


def test_stopped_the_map_before_stays(drawn: Drawn, engine: Engine) -> None:
    control = Control()
    events = engine.maps.draw(control=control)
    next(events)
    control.stop()
    assert list(events)[-1] == MapFinished(complete=False)
    saved = engine.maps.saved()
    assert saved is not None
    assert saved.made_at == drawn.song_map.made_at


def test_four_songs_are_no_map(tmp_path: Path) -> None:
    rows = [SongRow(path=Path(f"/music/{number:03}.mp3")) for number in range(4)]
    with listen_to(tmp_path, rows).open() as engine, pytest.raises(UserError, match="at least 5 songs"):
        next(engine.maps.draw())
