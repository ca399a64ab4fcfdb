"""Laying out a map in a child process: openTSNE never enters the app, and a child can be ended at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.jobs.events import Event, Finished
from core.recommend.song_map import SongMap
from core.song import SongId


@dataclass(frozen=True, eq=False)
class LayoutMoved(Event):
    """The map so far, some forty times while it is drawn; ``done`` of ``total`` is the share of the work."""

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
