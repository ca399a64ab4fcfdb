"""Balancing a large library in a child process: comparing all songs with each other takes minutes, and memory."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from core.jobs.events import Control, Event, Progress
from core.jobs.short_lived import answers
from core.recommend.space.balance_process import LISTED, NAMES
from core.recommend.space.sound_space import Vectors

MODULE = "core.recommend.space.balance_process"


@dataclass(frozen=True)
class BalanceJob:
    """Which songs are compared: by their names in a store of embeddings, which the child reads itself."""

    store: Path
    version: str
    names: Sequence[str]
    listed: NDArray[np.bool_]
    """(songs,): which of them a list may hold."""


@dataclass(frozen=True, eq=False)
class Balanced(Event):
    """The reaches (songs,) that ``SoundSpace.balanced`` found."""

    reaches: Vectors


def balance_in_child(job: BalanceJob, *, control: Control | None = None) -> Iterator[Progress | Balanced]:
    """Progress in hundredths, then Balanced, unless it was stopped; leaving the generator ends the child at once too.

    Raises KilledError when somebody else ended the child.
    """
    reins, told = control or Control(), -1
    with TemporaryDirectory(prefix="marmalade-balance-") as place:
        folder = Path(place)
        (folder / NAMES).write_text(json.dumps(list(job.names)), encoding="utf-8")
        np.save(folder / LISTED, job.listed)
        message = {"folder": place, "store": str(job.store), "version": job.version}
        for answer in answers(MODULE, job=message, threads=len(os.sched_getaffinity(0)), control=reins):
            if "reaches" in answer:  # whole: a child that was stopped may have left a part of the file
                yield Balanced(np.load(folder / answer["reaches"]))
                continue
            hundredths = round(100 * answer["share"])
            if hundredths > told:
                told = hundredths
                yield Progress(told, 100)
