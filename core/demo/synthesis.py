"""From notes to stereo samples: a section is played once, repeated as arranged, and colored by the production."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, oaconvolve, sosfilt

from core.demo.composition import PARTS, TAIL_SECONDS, Composition, Note, compose
from core.demo.drums import DRUMS
from core.demo.harmony import frequency
from core.demo.recipe import SongSound
from core.demo.voices import SAMPLE_RATE, VOICES, Samples, note_samples

LEVELS = {"bass": 0.075, "chords": 0.1, "lead": 0.1, "drums": 0.1}
"""Root mean square of each part: the ear finds them balanced, though without this the bass would hold all the power."""
PANS = {"bass": 0.0, "chords": -0.35, "lead": 0.3, "drums": 0.05}
"""From -1 (left) to 1 (right)."""


def render(sound: SongSound) -> Samples:
    """The finished song: (2, samples) float32 within -1 to 1 at ``SAMPLE_RATE``. Equal sounds give equal samples."""
    composition = compose(sound)
    stems = {name: dict(_stems(sound, composition=composition, name=name)) for name in composition.sections}
    return _produced(sound, mix=_arranged(composition, stems=stems))


def _stems(sound: SongSound, *, composition: Composition, name: str) -> Iterator[tuple[str, Samples]]:
    """Each part of a section by itself, mono, with its tail."""
    section = composition.sections[name]
    length = int((section.seconds + TAIL_SECONDS) * SAMPLE_RATE)
    noise = np.random.default_rng(sound.seed).standard_normal(6 * SAMPLE_RATE, dtype=np.float32)
    cache: dict[tuple[str, int, int, str], Samples] = {}
    for part in PARTS:
        stem = np.zeros(length, dtype=np.float32)
        for note in section.notes:
            if note.part == part:
                _add(stem, note=note, played=_played(sound, note=note, noise=noise, cache=cache))
        driven = _driven(stem, drive=sound.character.drive) if part in {"bass", "chords"} else stem
        yield part, _leveled(driven, level=LEVELS[part] * (sound.drum_level if part == "drums" else 1.0))


def _add(stem: Samples, *, note: Note, played: Samples) -> None:
    begin = int(note.start * SAMPLE_RATE)
    end = min(len(stem), begin + len(played))
    stem[begin:end] += np.float32(note.loudness) * played[: end - begin]


def _played(
    sound: SongSound, *, note: Note, noise: Samples, cache: dict[tuple[str, int, int, str], Samples]
) -> Samples:
    """The samples of a note; equal notes are made once, which is what makes a song cheap."""
    key = (note.part, note.pitch, round(note.seconds * 1000), note.drum)
    if key not in cache:
        cache[key] = DRUMS[note.drum](noise) if note.drum else _toned(sound, note=note, noise=noise)
    return cache[key]


def _toned(sound: SongSound, *, note: Note, noise: Samples) -> Samples:
    character = sound.character
    voice = VOICES[{"bass": character.bass, "chords": character.chords, "lead": character.lead}[note.part]]
    return note_samples(voice, pitch=frequency(note.pitch), seconds=note.seconds, noise=noise)


def _driven(stem: Samples, *, drive: float) -> Samples:
    """An amplifier that is turned up: soft clipping, blended by ``drive``."""
    if not drive:
        return stem
    return np.asarray((1.0 - drive) * stem + drive * 0.9 * np.tanh((1.0 + 9.0 * drive) * stem), dtype=np.float32)


def _leveled(stem: Samples, *, level: float) -> Samples:
    loudness = float(np.sqrt(np.mean(stem**2)))
    return np.asarray(stem * (level / loudness), dtype=np.float32) if loudness else stem


def _arranged(composition: Composition, *, stems: dict[str, dict[str, Samples]]) -> Samples:
    """The sections in the order of the arrangement; tails ring into what follows."""
    lengths = [int(composition.sections[turn.section].seconds * SAMPLE_RATE) for turn in composition.turns]
    mix = np.zeros((2, sum(lengths) + int(TAIL_SECONDS * SAMPLE_RATE)), dtype=np.float32)
    begin = 0
    for turn, length in zip(composition.turns, lengths, strict=True):
        for part in PARTS:
            if part in turn.parts:
                stem = stems[turn.section][part][: mix.shape[1] - begin]
                mix[:, begin : begin + len(stem)] += _panned(part) * stem
        begin += length
    return mix


def _panned(part: str) -> Samples:
    angle = (PANS[part] + 1.0) * np.pi / 4.0
    return np.array([[np.cos(angle)], [np.sin(angle)]], dtype=np.float32)


def _produced(sound: SongSound, *, mix: Samples) -> Samples:
    """Room, roll-off, shelves and loudness: what the studio adds."""
    wet = mix + np.float32(sound.reverb) * _room(mix, seed=sound.seed, seconds=0.5 + 2.0 * sound.reverb)
    shaped = _equalized(sound, mix=wet)
    peak = float(np.abs(shaped).max()) or 1.0
    return np.asarray(shaped * (10.0 ** (sound.production.gain_db / 20.0) / peak), dtype=np.float32)


def _room(mix: Samples, *, seed: int, seconds: float) -> Samples:
    """The mono sum in a room: convolved with noise that dies away, one for each ear."""
    count = int(seconds * SAMPLE_RATE)
    decay = np.exp(-4.0 * np.arange(count, dtype=np.float32) / count)
    impulse = np.random.default_rng(seed + 1).standard_normal((2, count), dtype=np.float32) * decay
    impulse /= np.sqrt((impulse**2).sum(axis=1, keepdims=True))
    return np.asarray(oaconvolve(mix.mean(axis=0, keepdims=True), impulse, axes=1)[:, : mix.shape[1]], dtype=np.float32)


def _equalized(sound: SongSound, *, mix: Samples) -> Samples:
    production = sound.production
    rolled = sosfilt(butter(2, sound.brightness, fs=SAMPLE_RATE, output="sos"), mix, axis=1)
    sections = np.vstack(
        [
            _shelf(150.0, gain_db=production.bass_db, high=False),
            _shelf(4000.0, gain_db=production.treble_db, high=True),
            _shelf(900.0, gain_db=_tilt_db(sound.brightness), high=True),
        ]
    )
    return np.asarray(sosfilt(sections, rolled, axis=1), dtype=np.float32)


def _tilt_db(brightness: float) -> float:
    """A dark mix is dark in the middle register too, not only above its roll-off: 6 dB an octave around 4,500 Hz."""
    return float(np.clip(6.0 * np.log2(brightness / 4500.0), -14.0, 12.0))


def _shelf(corner: float, *, gain_db: float, high: bool) -> NDArray[np.float64]:
    """One second-order section of a shelving filter (Bristow-Johnson, Audio EQ Cookbook, slope 1)."""
    gain = 10.0 ** (gain_db / 40.0)
    omega = 2.0 * np.pi * corner / SAMPLE_RATE
    cosine = np.cos(omega) * (-1.0 if high else 1.0)
    slope = 2.0 * np.sqrt(gain) * np.sin(omega) / 2.0 * np.sqrt(2.0)
    sign = -1.0 if high else 1.0
    numerator = [
        gain * ((gain + 1) - (gain - 1) * cosine + slope),
        sign * 2.0 * gain * ((gain - 1) - (gain + 1) * cosine),
        gain * ((gain + 1) - (gain - 1) * cosine - slope),
    ]
    denominator = [
        (gain + 1) + (gain - 1) * cosine + slope,
        sign * -2.0 * ((gain - 1) + (gain + 1) * cosine),
        (gain + 1) + (gain - 1) * cosine - slope,
    ]
    return np.asarray(np.array([numerator + denominator]) / denominator[0], dtype=np.float64)
