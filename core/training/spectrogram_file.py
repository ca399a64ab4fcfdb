"""A spectrogram in a file: written where the sound is heard, read where it is drawn, without torch."""

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.whole_file import written_whole

FOLDER = "explanations"
"""Of the cache."""


@dataclass(frozen=True)
class Spectrogram:
    """Loudness over frequency and time."""

    decibels: NDArray[np.float32]
    """(bands, frames): 0 is the loudest."""
    hertz: NDArray[np.float64]
    """(bands + 1,): the edges of the bands, equally far apart in mel."""
    start: float
    """Seconds from the beginning of the file."""
    stop: float

    def save(self, path: Path) -> None:
        """Write it whole or not at all."""
        span = np.array([self.start, self.stop])
        with written_whole(path) as file:
            np.savez(file, decibels=self.decibels.astype(np.float16), hertz=self.hertz, span=span)

    @staticmethod
    def load(path: Path) -> "Spectrogram":
        """Read what ``save`` wrote; raises UserError for a file that is gone or damaged."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                start, stop = stored["span"].tolist()
                return Spectrogram(stored["decibels"].astype(np.float32), stored["hertz"], start, stop)
        except (OSError, BadZipFile, ValueError, KeyError, EOFError) as error:
            raise UserError(f"The spectrogram {path} cannot be read: explain the song again.") from error
