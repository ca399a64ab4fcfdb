"""The newest map in one file beside the embeddings, which can be drawn again."""

import json
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from core.store.database import sentences
from core.whole_file import written_whole

FORM = 1
"""Of the file; another one is not read."""


@dataclass(frozen=True, eq=False)
class StoredMap:
    """What a map needs to be shown at once."""

    names: list[str]
    positions: NDArray[np.float32]
    """(songs, 2)."""
    clusters: NDArray[np.int16]
    """(songs,)."""
    version: str
    """Of the embeddings."""
    made_at: float
    scale: float
    """What 1 is in the measure of the layout."""


@dataclass(frozen=True, eq=False)
class StoredSound:
    """What places new songs on a map: the sound of its songs in few numbers, and how those are made of embeddings."""

    sound: NDArray[np.float32]
    """(songs, few)."""
    mean: NDArray[np.float32]
    """(dim,)."""
    directions: NDArray[np.float32]
    """(dim, few)."""


def map_file(store: Path) -> Path:
    """Where it lies; the store of the embeddings can lie anywhere."""
    return store.with_name(f"{store.stem}.map.npz")


def load_map(file: Path) -> StoredMap | None:
    """None when there is no file, or one that is damaged."""
    try:
        # numpy leaves a file open that it could not read.
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as found:
            about = json.loads(bytes(found["about"]))
            names = json.loads(bytes(found["names"]))
            positions, clusters = found["positions"], found["clusters"]
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
    if about.get("form") != FORM or not len(names) == len(positions) == len(clusters):
        return None
    return StoredMap(names, positions, clusters, about["version"], about["made_at"], about["scale"])


def load_sound(file: Path, *, made_at: float) -> StoredSound | None:
    """Of the map that was made then; None if another has taken its place."""
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as found:
            if json.loads(bytes(found["about"])).get("made_at") != made_at:
                return None
            return StoredSound(found["sound"], found["mean"], found["directions"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def save_map(file: Path, stored: StoredMap, sound: StoredSound) -> None:
    """Write it whole or not at all; raises UserError when the place cannot be written."""
    about = {"form": FORM, "version": stored.version, "made_at": stored.made_at, "scale": stored.scale}
    with sentences(file), written_whole(file) as stream:
        np.savez(
            stream,
            about=np.frombuffer(json.dumps(about).encode(), np.uint8),
            names=np.frombuffer(json.dumps(stored.names).encode(), np.uint8),
            positions=stored.positions,
            clusters=stored.clusters,
            sound=sound.sound,
            mean=sound.mean,
            directions=sound.directions,
        )
