"""The instruments: a pitch and a length in, samples of one note out."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

SAMPLE_RATE = 32_000
"""Hertz. Music up to 16 kHz; a minute of it is encoded in three quarters of the time that 44,100 takes."""

TABLE_SIZE = 2048


@dataclass(frozen=True, kw_only=True)
class Voice:
    """A wavetable instrument: a bright attack that fades into a duller body, in an envelope.

    Times are seconds. With ``fm_index`` the tone is frequency modulation of two sines instead (Chowning 1973).
    """

    harmonics: int
    rolloff: float
    """The amplitude of harmonic h is h to the minus ``rolloff``."""
    odd: bool = False
    """Only odd harmonics: hollow, like a square wave or a clarinet."""
    attack: float = 0.005
    decay: float = 1.0
    """Time constant of the fall to ``sustain``."""
    sustain: float = 0.0
    release: float = 0.08
    brightness_decay: float = 0.25
    """Time constant with which the bright attack fades into the body."""
    body: float = 1.6
    """Added to the roll-off once the attack is over."""
    detune: float = 0.0
    """Cents between two copies of the tone."""
    vibrato: float = 0.0
    """Cents, at 5.2 Hz."""
    breath: float = 0.0
    fm_ratio: float = 0.0
    fm_index: float = 0.0
    gain: float = 1.0


VOICES: dict[str, Voice] = {
    "upright": Voice(harmonics=10, rolloff=1.2, decay=0.5, brightness_decay=0.08, gain=1.3),
    "sub": Voice(harmonics=3, rolloff=2.2, attack=0.01, decay=2.0, sustain=0.7, gain=1.5),
    "saw_bass": Voice(harmonics=24, rolloff=1.0, decay=0.4, sustain=0.5, brightness_decay=0.12, body=0.5),
    "reese": Voice(harmonics=20, rolloff=1.0, attack=0.02, decay=3.0, sustain=0.8, detune=24.0, body=0.2, gain=0.9),
    "triangle": Voice(harmonics=15, rolloff=2.0, odd=True, decay=3.0, sustain=0.9, body=0.0, release=0.01, gain=1.2),
    "steel": Voice(harmonics=28, rolloff=0.8, decay=0.7, brightness_decay=0.18, release=0.15, detune=3.0),
    "nylon": Voice(harmonics=14, rolloff=1.3, decay=0.5, brightness_decay=0.1, release=0.12),
    "twang": Voice(harmonics=30, rolloff=0.7, decay=0.6, brightness_decay=0.3, body=0.5, vibrato=12.0),
    "guitar": Voice(harmonics=24, rolloff=0.9, decay=2.5, sustain=0.6, body=0.3, detune=5.0),
    "grand": Voice(harmonics=18, rolloff=1.1, decay=0.9, brightness_decay=0.2, release=0.3, detune=1.5),
    "kalimba": Voice(harmonics=1, rolloff=1.0, decay=0.35, fm_ratio=5.4, fm_index=1.1, brightness_decay=0.05),
    "bell": Voice(harmonics=1, rolloff=1.0, decay=0.8, fm_ratio=3.5, fm_index=2.0, brightness_decay=0.4, gain=0.7),
    "glass": Voice(harmonics=1, rolloff=1.0, attack=0.2, decay=2.0, fm_ratio=2.0, fm_index=0.6, release=0.8),
    "electric_piano": Voice(harmonics=1, rolloff=1.0, decay=0.8, fm_ratio=1.0, fm_index=1.6, brightness_decay=0.15),
    "saw_pad": Voice(
        harmonics=26, rolloff=1.0, attack=0.12, decay=4.0, sustain=0.8, detune=14.0, release=0.3, body=0.4
    ),
    "warm_pad": Voice(harmonics=9, rolloff=1.6, attack=0.9, decay=5.0, sustain=0.9, detune=9.0, release=1.2, body=0.2),
    "stab": Voice(harmonics=22, rolloff=0.9, decay=0.14, brightness_decay=0.07, detune=10.0),
    "acid": Voice(harmonics=30, rolloff=0.7, decay=0.18, brightness_decay=0.06, body=1.2),
    "square": Voice(harmonics=29, rolloff=1.0, odd=True, decay=2.0, sustain=0.7, body=0.0, release=0.01, gain=0.6),
    "organ": Voice(harmonics=8, rolloff=0.9, attack=0.01, decay=3.0, sustain=0.9, body=0.1, release=0.05, gain=0.9),
    "melodica": Voice(harmonics=12, rolloff=0.9, odd=True, attack=0.04, decay=3.0, sustain=0.8, vibrato=14.0, gain=0.7),
    "accordion": Voice(harmonics=20, rolloff=0.9, attack=0.03, decay=3.0, sustain=0.9, detune=16.0, body=0.1, gain=0.7),
    "flute": Voice(harmonics=5, rolloff=1.9, attack=0.06, decay=3.0, sustain=0.8, vibrato=16.0, breath=0.05),
    "reed": Voice(harmonics=14, rolloff=1.0, attack=0.04, decay=2.0, sustain=0.7, vibrato=18.0, breath=0.03, body=0.4),
}


@lru_cache(maxsize=256)
def wavetable(harmonics: int, rolloff: float, *, odd: bool) -> Samples:
    """One cycle of a tone with its harmonics in sine phase, peak 1."""
    orders = np.arange(1, harmonics + 1, 2 if odd else 1)
    spectrum = np.zeros(TABLE_SIZE // 2 + 1, dtype=np.complex128)
    spectrum[orders] = -0.5j * TABLE_SIZE * orders.astype(np.float64) ** -rolloff
    cycle = np.fft.irfft(spectrum)
    return np.asarray(cycle / np.abs(cycle).max(), dtype=np.float32)


def note_samples(voice: Voice, *, pitch: float, seconds: float, noise: Samples) -> Samples:
    """One note of ``seconds`` plus its release, mono, peak about ``voice.gain``; ``pitch`` in Hz.

    ``noise`` is white noise at least as long as the note: breath is cut from it, so that a song is the same every time.
    """
    count = int((seconds + voice.release) * SAMPLE_RATE)
    time = np.arange(count, dtype=np.float32) / np.float32(SAMPLE_RATE)
    tone = _modulated(voice, pitch=pitch, time=time) if voice.fm_index else _from_tables(voice, pitch=pitch, time=time)
    if voice.breath:
        tone = tone + voice.breath * noise[:count]
    return np.asarray(voice.gain * tone * _envelope(voice, seconds=seconds, time=time), dtype=np.float32)


def _envelope(voice: Voice, *, seconds: float, time: Samples) -> Samples:
    level = voice.sustain + (1.0 - voice.sustain) * np.exp(-time / voice.decay)
    level *= np.minimum(time / voice.attack, 1.0)
    level *= np.clip(1.0 - (time - seconds) / voice.release, 0.0, 1.0)
    return np.asarray(level, dtype=np.float32)


def _from_tables(voice: Voice, *, pitch: float, time: Samples) -> Samples:
    audible = max(1, min(voice.harmonics, int(0.45 * SAMPLE_RATE / pitch)))
    attack = wavetable(audible, voice.rolloff, odd=voice.odd)
    body = wavetable(audible, voice.rolloff + voice.body, odd=voice.odd)
    fade = np.exp(-time / voice.brightness_decay)
    phase = _phase(voice, pitch=pitch, time=time)
    index = _index(phase)
    tone = body[index] + fade * (attack[index] - body[index])
    if voice.detune:
        tone = 0.5 * tone + 0.5 * body[_index(phase * 2.0 ** (voice.detune / 1200.0))]
    return np.asarray(tone, dtype=np.float32)


def _modulated(voice: Voice, *, pitch: float, time: Samples) -> Samples:
    phase = 2.0 * np.pi * pitch * time
    depth = voice.fm_index * (0.2 + 0.8 * np.exp(-time / voice.brightness_decay))
    return np.asarray(np.sin(phase + depth * np.sin(voice.fm_ratio * phase)), dtype=np.float32)


def _phase(voice: Voice, *, pitch: float, time: Samples) -> NDArray[np.float64]:
    """Cycles since the start; vibrato grows in during the first third of a second."""
    phase = pitch * time.astype(np.float64)
    if not voice.vibrato:
        return phase
    depth = pitch * (2.0 ** (voice.vibrato / 1200.0) - 1.0) / (2.0 * np.pi * 5.2)
    return np.asarray(phase - depth * np.cos(2.0 * np.pi * 5.2 * time) * np.minimum(time * 3.0, 1.0))


def _index(phase: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.asarray((phase * TABLE_SIZE).astype(np.int64) & (TABLE_SIZE - 1))
