"""The values that travel to a worker process and back; none of them needs torch."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.audio.probe import AudioMetadata
from core.audio.reasons import SkipReason
from core.song import SongId


@dataclass(frozen=True, slots=True)
class EncoderChoice:
    """Which encoder to build, as plain values: equal choices give equal embeddings."""

    reference: str
    embedding_dim: int
    seed: int
    sample_rate: int = 22050
    """Hz; for a class that does not bring its own."""
    folder: Path | None = None
    """Where the owner's own module lies."""
    checkpoint: Path | None = None
    """Trained weights; none leaves the encoder as its constructor makes it."""


@dataclass(frozen=True, slots=True)
class ExcerptChoice:
    """Which part of a song is heard: seconds, and Hz."""

    sample_rate: int = 22050
    duration: float = 30.0
    center_crop: bool = True
    max_duration: float = 900.0

    @property
    def name(self) -> str:
        """A short text that differs when anything differs that changes what is heard."""
        place = "center" if self.center_crop else "start"
        return f"{place}-{self.duration:g}s-{self.sample_rate}Hz-max{self.max_duration:g}s"


@dataclass(frozen=True, slots=True)
class AnalysisSettings:
    """What every song of a run is analysed with."""

    encoder: EncoderChoice
    excerpt: ExcerptChoice = ExcerptChoice()


@dataclass(frozen=True, slots=True)
class SongTask:
    """One song to analyse; ``length`` None is to the end of the file, ``path`` None is no file of this machine."""

    song_id: SongId
    path: Path | None
    beginning: float = 0.0
    length: float | None = None


@dataclass(frozen=True, slots=True)
class SongFacts:
    """What one decode of a song gave."""

    song_id: SongId
    metadata: AudioMetadata
    embedding: NDArray[np.float32]
    """Shape (dim,)."""
    damage: str = ""


@dataclass(frozen=True, slots=True)
class SongFailure:
    """Why a song gave nothing; ``size`` and ``mtime`` (-1: no file) tell when it is worth another try."""

    song_id: SongId
    reason: SkipReason
    detail: str
    size: int = -1
    mtime: float = -1.0
    traceback: str = ""
    """Where it came from, for the log; empty for what is known to go wrong with files."""

    @classmethod
    def of(cls, task: SongTask, reason: SkipReason, detail: str, *, traceback: str = "") -> "SongFailure":
        """The failure of a task, with the file as it is now."""
        try:
            state = task.path.stat() if task.path else None
        except (OSError, ValueError):  # a name with a zero byte is a ValueError
            state = None
        size, mtime = (state.st_size, state.st_mtime) if state else (-1, -1.0)
        return cls(task.song_id, reason, detail, size, mtime, traceback)


@dataclass(frozen=True, slots=True)
class EncoderFacts:
    """What only the built encoder knows: the version that names its embeddings, and their dimension."""

    version: str
    dimension: int
    class_name: str


SongOutcome = SongFacts | SongFailure
