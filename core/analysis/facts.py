"""The values that travel to a worker process and back; none of them needs torch."""

from dataclasses import dataclass, replace
from enum import Flag, auto
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.analysis.stage_times import NO_TIMES, StageTimes
from core.audio.probe import AudioMetadata
from core.audio.reasons import SkipReason
from core.song import SongId
from core.store.speech import SpeechFacts


class Part(Flag):
    """What one decode of a song can give."""

    EMBEDDING = auto()
    FINGERPRINT = auto()
    SPEECH = auto()


NO_PART = Part(0)
ALL_PARTS = Part.EMBEDDING | Part.FINGERPRINT | Part.SPEECH


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
    weights: Path | None = None
    """Where the weights of a pretrained encoder of ours are kept; they are the same as in its package."""


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
    parts: Part = ALL_PARTS

    def without(self, part: Part) -> "AnalysisSettings":
        """The same settings, but for one part that is not listened for."""
        return replace(self, parts=self.parts & ~part)


@dataclass(frozen=True, slots=True)
class KnownSound:
    """The checksum of a sound, and the song whose facts hold for it."""

    checksum: str
    song_id: SongId


@dataclass(frozen=True, slots=True)
class SongTask:
    """One song to analyse; ``length`` None is to the end of the file, ``path`` None is no file of this machine."""

    song_id: SongId
    path: Path | None
    beginning: float = 0.0
    length: float | None = None
    checksum: str = ""
    """Of the sound that the facts in the stores are of; empty when nothing is known."""
    missing: Part = ALL_PARTS
    """What is not known even of the sound with that checksum."""
    alike: tuple[KnownSound, ...] = ()
    """Songs of the same size or length, one of which may be this one under another name."""

    @property
    def section(self) -> str:
        """The place in the file, as the checksum of the sound ends with it; empty for a whole file."""
        return "" if self.length is None and self.beginning == 0 else f"#t={self.beginning:g},{self.length or 0:g}"


@dataclass(frozen=True, slots=True)
class SongFacts:
    """What one look at a song gave; a part that was not asked for, or that is known already, is None."""

    song_id: SongId
    metadata: AudioMetadata
    """Of the file; the duration is that of the song."""
    embedding: NDArray[np.float32] | None = None
    """Shape (dim,)."""
    damage: str | None = ""
    """What was wrong with the part that could not be decoded; None when nothing was decoded."""
    checksum: str = ""
    """Of the undecoded sound."""
    items: NDArray[np.uint32] | None = None
    """The fingerprint of the excerpt, shape (n,)."""
    speech: SpeechFacts | None = None
    same_as: SongId | None = None
    """The song whose facts hold for this one too: itself when only its tags have changed."""
    times: StageTimes = NO_TIMES
    """What it took."""

    @property
    def was_heard(self) -> bool:
        """Whether anything was decoded."""
        return self.damage is not None


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
