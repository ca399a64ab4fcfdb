"""How far the neighborhood of each song reaches, kept beside the embeddings: to balance them anew takes minutes."""

import hashlib
import os
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from core.store.database import sentences


def reaches_file(store: Path, model_version: str) -> Path:
    """Where those of a version of the embeddings lie; the store can lie anywhere, so the file lies beside it."""
    name = hashlib.sha256(model_version.encode()).hexdigest()[:16]
    return store.with_name(f"{store.stem}-{name}.reaches.npz")


def load_reaches(file: Path) -> dict[str, float]:
    """The reach of each song by its name; empty when there is no file, or one that is damaged."""
    try:
        # numpy leaves a file open that it could not read.
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as found:
            return dict(zip(found["names"].tolist(), found["reaches"].tolist(), strict=True))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}


def save_reaches(file: Path, names: list[str], reaches: NDArray[np.float32]) -> None:
    """Write them to a temporary file and rename it; raises UserError when the place cannot be written."""
    temporary = file.with_name(f".{file.name}.{os.getpid()}.npz")
    try:
        with sentences(file):
            np.savez(temporary, names=np.array(names, dtype=str), reaches=reaches)
            temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)
