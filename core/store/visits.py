"""What the owner saw at the last visit, kept to tell what is new since; a file that may be lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from core.song import SongId
from core.store.database import sentences
from core.whole_file import written_whole

BETWEEN = "\n"
"""Addresses of files have no line break: it is escaped."""


@dataclass(frozen=True)
class Visit:
    """The state of things at one moment."""

    at: float
    """Unix seconds."""
    heard: int
    """Songs that had been listened to."""
    ratings: Mapping[SongId, float] = field(repr=False)
    """What was predicted and stood for, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Moved:
    """How predictions differ from those of a visit."""

    changed: int
    """By half a star or more."""
    new: int


def moved(ratings: Mapping[SongId, float], before: Visit, *, least: float = 0.1) -> Moved:
    """``least`` is how far a prediction (0 to 1) has to move; those that are gone are not counted."""
    known = before.ratings
    changed = sum(
        song_id in known and abs(rating - known[song_id]) >= least - 1e-6 for song_id, rating in ratings.items()
    )
    return Moved(changed, sum(song_id not in known for song_id in ratings))


def load_visit(file: Path) -> Visit | None:
    """None when there is no file, or one that is damaged."""
    try:
        # numpy leaves a file open that it could not read.
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as found:
            names = found["names"].tobytes().decode(errors="surrogateescape").split(BETWEEN)
            ratings = found["ratings"].tolist()
            known = {SongId(name): rating for name, rating in zip(names, ratings, strict=True)} if ratings else {}
            return Visit(float(found["at"]), int(found["heard"]), known)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def save_visit(file: Path, visit: Visit) -> None:
    """Write it whole or not at all; raises UserError when the place cannot be written."""
    # As bytes: an array of text gives every name the room of the longest, four bytes a character.
    names = np.frombuffer(BETWEEN.join(visit.ratings).encode(errors="surrogateescape"), np.uint8)
    values = np.fromiter(visit.ratings.values(), dtype=np.float32, count=len(visit.ratings))
    with sentences(file), written_whole(file) as stream:
        np.savez(stream, names=names, ratings=values, at=np.float64(visit.at), heard=np.int64(visit.heard))
