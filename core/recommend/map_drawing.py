"""Laying out a map in a child process: openTSNE never enters the app, and a child can be ended at once."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.jobs.events import Control, Event, Finished
from core.jobs.short_lived import KilledError, answers
from core.recommend.map_alignment import Places
from core.recommend.map_clusters import Clusters
from core.recommend.map_layout import LEAST_SONGS, Start
from core.recommend.map_process import NAMES, START
from core.recommend.map_sound import Sound
from core.recommend.song_map import SongMap
from core.song import SongId

MODULE = "core.recommend.map_process"
WORTH_THREADS = 5000
"""Songs."""


@dataclass(frozen=True, eq=False)
class LayoutMoved(Event):
    """The map so far, some thirty times while it is drawn; ``done`` of ``total`` is the share of the work."""

    positions: NDArray[np.float32]
    """(songs, 2), as in a SongMap."""
    done: int
    total: int
    song_ids: tuple[SongId, ...] = ()
    """The songs of the rows, which all the frames have in common: in the first frame only."""


@dataclass(frozen=True, eq=False)
class MapFinished(Finished):
    """The map is drawn and stored; None when it was stopped before."""

    song_map: SongMap | None = None


@dataclass(frozen=True)
class LayoutJob:
    """Which songs are laid out: by their names in a store of embeddings, which the child reads itself."""

    store: Path
    version: str
    names: Sequence[str]
    start: Start
    seed: int = 42


@dataclass(frozen=True, eq=False)
class LaidOut(Event):
    """What the child found; the fields are those of a stored map and its sound."""

    positions: Places
    scale: float
    clusters: Clusters
    sound: Sound
    mean: NDArray[np.float32]
    directions: NDArray[np.float32]


def lay_out_in_child(job: LayoutJob, *, control: Control | None = None) -> Iterator[LayoutMoved | LaidOut]:
    """LayoutMoved until LaidOut, or until it was stopped; leaving the generator ends the child at once too.

    Raises UserError for fewer than five songs, and when the child was killed by somebody else.
    """
    if len(job.names) < LEAST_SONGS:
        raise UserError(f"A map needs at least {LEAST_SONGS} songs, and {len(job.names)} were listened to.")
    reins, song_ids = control or Control(), tuple(map(SongId, job.names))
    with TemporaryDirectory(prefix="marmalade-map-") as place:
        folder = Path(place)
        for message in _messages(job, folder, reins):
            if "frame" in message:
                positions = np.load(folder / message["frame"])
                (folder / message["frame"]).unlink()
                yield LayoutMoved(positions, message["done"], message["total"], song_ids)
                song_ids = ()
            else:
                with np.load(folder / message["result"]) as found:
                    yield LaidOut(**{**found, "scale": float(found["scale"])})


def _messages(job: LayoutJob, folder: Path, control: Control) -> Iterator[dict[str, Any]]:
    (folder / NAMES).write_text(json.dumps(list(job.names)), encoding="utf-8")
    np.save(folder / START, job.start.places)
    # Threads that wait for each other over a small map take longer than one, the more so on a busy machine.
    threads = len(os.sched_getaffinity(0)) if len(job.names) >= WORTH_THREADS else 1
    told = {
        "folder": str(folder),
        "store": str(job.store),
        "version": job.version,
        "scale": job.start.scale,
        "seed": job.seed,
        "threads": threads,
    }
    try:
        yield from answers(MODULE, job=told, threads=threads, control=control)
    except KilledError as error:
        raise UserError(
            f"The drawing of the map was killed (signal {error.signal}), perhaps because memory ran out: "
            "close what else takes it and draw again. The map from before is still there."
        ) from error
