"""Drawing the map of 60,000 songs in its child, and what the window asks of it meanwhile.

Processor time of the child, and of this process for what stays in it; the songs are 400 planted kinds in 20 families.
"""

import resource
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from core.recommend.map_clusters import names
from core.recommend.map_drawing import LaidOut, LayoutJob, LayoutMoved, lay_out_in_child
from core.recommend.map_layout import Start
from core.recommend.map_places import nearest_rows, places_among
from core.recommend.map_regions import regions
from core.song import SongId
from core.store.embeddings import EmbeddingStore
from core.store.map_file import StoredMap, StoredSound, load_map, load_sound, map_file, save_map

SONGS, DIMENSION = 60_000, 512
KINDS, FAMILIES = 400, 20
NEW = 100
VERSION = "planted"


def run(music: Path | None = None) -> None:
    """Print the tables; no music is needed."""
    with TemporaryDirectory() as folder:
        store = EmbeddingStore(Path(folder) / "embeddings.db")
        song_ids, kinds = _plant(store)
        job = LayoutJob(store.path, VERSION, song_ids, Start.nowhere(SONGS))
        found = _draw("the first map", job)
        near = _share_of_kind(found.positions, kinds)
        print(f"of the ten nearest on the map, {near:.3f} are of the same kind (by chance {1 / KINDS:.4f})")
        _draw("drawn anew, the same embeddings", replace_start(job, Start(found.positions, found.scale)))
        _in_the_app(store.path, song_ids, found, kinds)
        store.close()


def replace_start(job: LayoutJob, start: Start) -> LayoutJob:
    """The same job from other places."""
    return LayoutJob(job.store, job.version, job.names, start, job.seed)


def _plant(store: EmbeddingStore) -> tuple[list[SongId], NDArray[np.intp]]:
    random = np.random.default_rng(1)
    families = random.normal(scale=1.5, size=(FAMILIES, DIMENSION)).astype(np.float32)
    centers = random.normal(scale=1.2, size=(KINDS, DIMENSION)).astype(np.float32)
    kinds = random.integers(KINDS, size=SONGS)
    song_ids = [SongId(f"file:///music/artist/album/{number:06}.mp3") for number in range(SONGS)]
    for first in range(0, SONGS, 5000):
        some = kinds[first : first + 5000]
        vectors = families[some % FAMILIES] + centers[some] + random.normal(size=(len(some), DIMENSION))
        store.store_embeddings_batch(
            list(zip(song_ids[first : first + 5000], vectors.astype(np.float32), strict=True)), VERSION
        )
    return song_ids, kinds


def _draw(what: str, job: LayoutJob) -> LaidOut:
    before, started = _children(), time.monotonic()
    frames, first, found = 0, 0.0, None
    for event in lay_out_in_child(job):
        if isinstance(event, LayoutMoved):
            first = first or time.monotonic() - started
            frames += 1
        else:
            found = event
    assert found is not None
    wall, processor = time.monotonic() - started, _children() - before
    print(f"{what}: {processor:.0f} s of processor, {wall:.0f} s, first seen after {first:.1f} s, {frames} frames")
    return found


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _share_of_kind(positions: NDArray[np.float32], kinds: NDArray[np.intp]) -> float:
    asked = np.random.default_rng(2).choice(SONGS, 1000, replace=False)
    distances = np.linalg.norm(positions[asked, None] - positions, axis=2)
    distances[np.arange(len(asked)), asked] = np.inf
    near = np.argpartition(distances, 10, axis=1)[:, :10]
    return float((kinds[near] == kinds[asked][:, None]).mean())


def _in_the_app(store: Path, song_ids: list[SongId], found: LaidOut, kinds: NDArray[np.intp]) -> None:
    file = map_file(store)
    stored = StoredMap(list(map(str, song_ids)), found.positions, found.clusters, VERSION, 1.0, found.scale)
    save_map(file, stored, StoredSound(found.sound, found.mean, found.directions))
    genres = [f"Genre {kind % FAMILIES}" for kind in kinds]
    artists = [f"Artist {kind} {number % 8}" for number, kind in enumerate(kinds)]
    print("\nin the app, processor time in ms, best of five")
    _tell("the stored map", lambda: load_map(file))
    _tell("its sound, for new songs", lambda: load_sound(file, made_at=1.0))
    _tell(
        f"{NEW} new songs placed", lambda: places_among(nearest_rows(found.sound[:NEW], found.sound), found.positions)
    )
    _tell("names of regions", lambda: regions(found.positions, genres=genres, artists=artists))
    _tell("names of clusters", lambda: names(found.clusters, genres=genres, artists=artists))


def _tell(what: str, work: Callable[[], object]) -> None:
    clocks = []
    for _ in range(5):
        started = time.process_time()
        work()
        clocks.append(1000 * (time.process_time() - started))
    print(f"{what:28}{min(clocks):8.0f}")
