"""How far the neighborhood of each song reaches, kept beside the embeddings: to balance them anew takes minutes."""

import hashlib
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from core.store.database import sentences
from core.whole_file import written_whole

BETWEEN = "\n"
"""Addresses of files have no line break: it is escaped."""


def reaches_file(store: Path, model_version: str) -> Path:
    """Where those of a version of the embeddings lie; the store can lie anywhere, so the file lies beside it."""
    name = hashlib.sha256(model_version.encode()).hexdigest()[:16]
    return store.with_name(f"{store.stem}-{name}.reaches.npz")


def load_reaches(file: Path) -> dict[str, float]:
    """The reach of each song by its name; empty when there is no file, or one that is damaged."""
    try:
        # numpy leaves a file open that it could not read.
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as found:
            names = found["names"].tobytes().decode(errors="surrogateescape").split(BETWEEN)
            return dict(zip(names, found["reaches"].tolist(), strict=True))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}


def save_reaches(file: Path, names: list[str], reaches: NDArray[np.float32]) -> None:
    """Write them whole or not at all; raises UserError when the place cannot be written."""
    # As bytes: an array of text gives every name the room of the longest, four bytes a character.
    text = BETWEEN.join(names).encode(errors="surrogateescape")
    with sentences(file), written_whole(file) as stream:
        np.savez(stream, names=np.frombuffer(text, np.uint8), reaches=reaches)
