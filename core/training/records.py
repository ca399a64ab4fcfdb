"""What trainings left behind: a file of JSON lines for each, written as it happens, so that a kill loses nothing."""

import json
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from core.jobs.events import Event
from core.training.process import EpochDone, Probed, StepDone

logger = logging.getLogger(__name__)

SUFFIX = ".jsonl"
PROBE = "probe/score"


@dataclass(frozen=True)
class Curve:
    """One figure over a training."""

    name: str
    """Such as ``train/total_loss`` or ``probe/score``."""
    places: NDArray[np.float64]
    """(n,): steps, or epochs for what is measured after each of them."""
    values: NDArray[np.float64]
    by_epoch: bool


@dataclass(frozen=True)
class TrainingRecord:
    """One training, as far as it is known; the curves are read when somebody wants to see them."""

    file: Path
    choice: Mapping[str, Any]
    """What was asked for: ``what``, ``preset``, ``mode``, ``device``; empty values left the choice to Marmalade."""
    began: float
    """Unix seconds."""
    ended: float | None = None
    """None for one that runs, or that was killed."""
    complete: bool = False
    """Whether it came to its end; a stopped one did not."""
    used: bool = False
    """Whether what it made is in use since then."""
    failure: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)
    """What the child said at its end."""
    best: float | None = None
    """The best probe, or for a classifier nothing."""

    @property
    def name(self) -> str:
        return self.file.stem

    @property
    def seconds(self) -> float | None:
        return None if self.ended is None else self.ended - self.began

    @property
    def songs(self) -> int | None:
        return self.result.get("songs")

    @property
    def version(self) -> str:
        return str(self.result.get("embedding_version") or self.result.get("model_version") or "")


class TrainingWriter:
    """Writes one record; ``close`` it however the training ends."""

    def __init__(self, folder: Path, choice: Mapping[str, Any]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        began = time.time()
        self.file = _free_name(folder, began)
        self._lines: TextIO = self.file.open("x", encoding="utf-8")
        self._write({"began": began, "choice": dict(choice)})

    def note(self, event: Event) -> None:
        """Keep what an event says of the training; most say nothing."""
        match event:
            case StepDone(number, values):
                self._write({"step": number, "values": values})
            case EpochDone(number, values) | Probed(number, values):
                self._write({"epoch": number, "values": values})

    def end(self, *, complete: bool, used: bool = False, failure: str = "", result: Mapping[str, Any]) -> None:
        said = {"complete": complete, "used": used, "failure": failure, "result": dict(result)}
        self._write({"ended": time.time()} | said)

    def close(self) -> None:
        with suppress(OSError):  # what could not be written was told
            self._lines.close()

    def _write(self, line: Mapping[str, Any]) -> None:
        """A full disk costs the record its lines, not the training its end."""
        try:
            self._lines.write(json.dumps(line) + "\n")
            self._lines.flush()
        except OSError as error:
            logger.warning("The record %s of a training misses something: %s.", self.file.name, error)


def read_records(folder: Path) -> list[TrainingRecord]:
    """All of them, the newest first; a file that is no record is left out."""
    files = folder.glob(f"*{SUFFIX}") if folder.is_dir() else []
    found = [record for file in files if (record := _record(file)) is not None]
    return sorted(found, key=lambda each: each.began, reverse=True)


def read_curves(file: Path) -> list[Curve]:
    """The figures of one training in the order of their first values; raises OSError where the file is gone."""
    values: dict[tuple[str, bool], dict[float, float]] = {}
    for line in _lines(file):
        by_epoch = "epoch" in line
        place = line.get("epoch", line.get("step"))
        if place is None:
            continue
        for name, value in line["values"].items():
            if isinstance(value, int | float):
                # A run that went on after a kill says some steps again: what it said last counts.
                values.setdefault((name, by_epoch), {})[float(place)] = float(value)
    return [_curve(name, points, by_epoch=by_epoch) for (name, by_epoch), points in values.items()]


def _curve(name: str, points: Mapping[float, float], *, by_epoch: bool) -> Curve:
    places = np.array(sorted(points), dtype=np.float64)
    return Curve(name, places, np.array([points[place] for place in places.tolist()]), by_epoch)


def _record(file: Path) -> TrainingRecord | None:
    lines = list(_lines(file))
    if not lines or "began" not in lines[0]:
        return None
    best = [line["values"][PROBE] for line in lines if PROBE in line.get("values", {})]
    ends = [line for line in lines if "ended" in line]
    said = {name: ends[-1][name] for name in ("ended", "complete", "used", "failure", "result")} if ends else {}
    return TrainingRecord(file, lines[0].get("choice", {}), lines[0]["began"], best=max(best) if best else None, **said)


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    """A line that was broken off by a kill ends the record."""
    with file.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                found = json.loads(line)
            except ValueError:
                return
            if isinstance(found, dict):
                yield found


def _free_name(folder: Path, began: float) -> Path:
    stamp = time.strftime("%Y%m%d-%H%M%S", time.localtime(began))
    names: Sequence[str] = [stamp, *(f"{stamp}-{number}" for number in range(2, 100))]
    return next(folder / f"{name}{SUFFIX}" for name in names if not (folder / f"{name}{SUFFIX}").exists())
