"""How much of an excerpt is speech to silero: some windows first, the whole of it only where one of them speaks."""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from core.analysis.known_sound import RATE, Samples, SpeechModelError, no_speech, vowels

if TYPE_CHECKING:
    from core.analysis.voice_network import VoiceNetwork

FRAME = 512
"""Samples that get one probability, 32 ms."""
SPEAKS = 0.5
"""The probability from which a frame is speech; silero's own default."""

WINDOWS = 4
WINDOW = 1.5
"""Seconds. Four windows miss no spoken file of 250, pauses of 3 s included, at a fifth of the time; six of 1 s do."""
PLAINLY_MUSIC = 0.05
"""Of the windows: with no more speech than this, the rest is not listened to. 0.1 missed a whispering voice."""


class VoiceModel:
    """silero's model: one call for a whole excerpt, on one thread."""

    def __init__(self) -> None:
        """Raise SpeechModelError unless the model has the known weights and hears what it must."""
        self._model = _load()
        heard, misheard = self.probabilities(vowels()), self.probabilities(no_speech())
        if (heard > SPEAKS).mean() < 0.7 or (misheard > SPEAKS).mean() > 0.1:
            raise SpeechModelError(
                "The speech model of silero-vad does not tell a voice from noise: install the version that "
                "packaging/constraints.txt names, or set music.speech_detection.enabled to false."
            )

    def probabilities(self, samples: Samples) -> Samples:
        """The probability of speech for each 32 ms of mono samples (n,) at 16 kHz: (ceil(n / 512),)."""
        return self._model.audio_forward(samples)


@lru_cache(maxsize=1)
def voice_model() -> VoiceModel:
    """The model of this process, loaded and checked once; raises SpeechModelError."""
    return VoiceModel()


def speech_ratio(probabilities: Samples, *, length: int) -> float:
    """The share of ``length`` samples at 16 kHz that lies in silero's own speech segments (seed §2.2).

    Segments of at least 250 ms, pauses of less than 100 ms bridged, 30 ms added on each side.
    """
    from silero_vad import get_speech_timestamps_from_probs

    segments = get_speech_timestamps_from_probs(
        probabilities, sampling_rate=RATE, threshold=SPEAKS, audio_length_samples=length
    )
    return min(1.0, sum(segment["end"] - segment["start"] for segment in segments) / length) if length else 0.0


def windows(samples: Samples) -> Samples:
    """Evenly spread windows of mono samples at 16 kHz, in one piece; all of a short excerpt."""
    size = int(WINDOW * RATE) // FRAME * FRAME
    if len(samples) <= WINDOWS * size:
        return samples
    centers = (np.arange(WINDOWS) + 0.5) * len(samples) / WINDOWS
    return np.concatenate([samples[int(center) - size // 2 :][:size] for center in centers])


def _load() -> "VoiceNetwork":
    try:
        from core.analysis.voice_network import load_network

        return load_network()
    except Exception as error:
        # ImportError, KeyError for weights that are gone, or whatever torch raises at a missing or damaged file.
        brief = f"{type(error).__name__}: {error}".partition("\n")[0]
        message = (
            f"The speech model of silero-vad cannot be loaded: {brief}. Install the version that "
            "packaging/constraints.txt names, or set music.speech_detection.enabled to false."
        )
        raise SpeechModelError(message) from error
