"""From a song's sound to the notes of its sections: bass, chords, melody, drums, and the order of the sections."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.demo.harmony import chord_notes, close_voicing, scale_note
from core.demo.recipe import SongSound
from core.demo.styles import Pattern

TAIL_SECONDS = 2.0
"""What rings on after the last bar: releases and the room."""

PARTS = ("bass", "chords", "lead", "drums")


@dataclass(frozen=True, slots=True)
class Note:
    """One sound of one part. Times are seconds from the start of the section."""

    part: str
    start: float
    seconds: float
    pitch: int
    """MIDI note; 0 for drums."""
    loudness: float
    drum: str = ""


@dataclass(frozen=True)
class Section:
    """Bars that are played once or several times in a song."""

    notes: tuple[Note, ...]
    seconds: float


@dataclass(frozen=True)
class Turn:
    """One entry of the arrangement: which section, and which of its parts are heard."""

    section: str
    parts: frozenset[str]


@dataclass(frozen=True)
class Composition:
    """The whole song."""

    sections: dict[str, Section]
    turns: tuple[Turn, ...]


def compose(sound: SongSound) -> Composition:
    """The song that a sound describes; the same every time."""
    numbers = np.random.default_rng(sound.seed)
    bars = _bars_per_section(sound)
    sections = {
        name: _section(sound, progression=progression, bars=bars, numbers=numbers, lift=lift)
        for name, progression, lift in zip("AB", sound.progressions, (0, 2), strict=True)
    }
    count = _sections_to_play(sound, length=sections["A"].seconds)
    return Composition(sections=sections, turns=_arrangement(count, numbers=numbers))


def _sections_to_play(sound: SongSound, *, length: float) -> int:
    """Those that come nearest to the wanted length, and between 28.5 and 87 s: with the tail a song has 30 to 90 s."""
    return max(3, math.ceil(28.5 / length), min(round(sound.seconds / length), int(87.0 / length)))


def length_seconds(sound: SongSound) -> float:
    """How long the song is, known without playing it."""
    composition = compose(sound)
    return sum(composition.sections[turn.section].seconds for turn in composition.turns) + TAIL_SECONDS


def _seconds_per_bar(sound: SongSound) -> float:
    return 60.0 / sound.tempo * sound.character.beats


def _bars_per_section(sound: SongSound) -> int:
    """Four bars, or eight where bars are short, so that a section lasts 7 to 17 seconds."""
    return 4 if _seconds_per_bar(sound) > 1.7 else 8


def _arrangement(count: int, *, numbers: np.random.Generator) -> tuple[Turn, ...]:
    """Intro, verses and choruses in turn with a break, and an ending without the melody."""
    everything = frozenset(PARTS)
    middle = [Turn("A" if place % 2 == 0 else "B", everything) for place in range(count - 2)]
    if len(middle) > 2:
        place = int(numbers.integers(1, len(middle) - 1))
        middle[place] = Turn(middle[place].section, everything - {"drums", "bass"})
    intro = frozenset({"chords", "bass"}) if numbers.random() < 0.5 else frozenset({"chords", "drums"})
    return (Turn("A", intro), *middle, Turn("A", everything - {"lead"}))


def _section(
    sound: SongSound, *, progression: tuple[int, ...], bars: int, numbers: np.random.Generator, lift: int
) -> Section:
    """``lift`` raises the melody by scale steps: a chorus sings higher than a verse."""
    length = _seconds_per_bar(sound)
    motif = _motif(sound, numbers=numbers)
    notes: list[Note] = []
    for bar in range(bars):
        degree = progression[bar % len(progression)]
        notes += _bass(sound, degree=degree, start=bar * length, numbers=numbers)
        notes += _chords(sound, degree=degree, start=bar * length)
        notes += _lead(sound, motif=motif, degree=degree, lift=lift, start=bar * length, numbers=numbers)
        notes += _drums(sound, start=bar * length, fill=bar == bars - 1)
    return Section(notes=tuple(notes), seconds=bars * length)


def _strokes(sound: SongSound, pattern: Pattern) -> Iterator[tuple[float, float, float]]:
    """Start, seconds until the next stroke, and loudness of each stroke of a bar, with the style's swing."""
    step = _seconds_per_bar(sound) / len(pattern)
    places = [place for place, sign in enumerate(pattern) if sign != "."]
    for place, following in zip(places, [*places[1:], len(pattern)], strict=True):
        late = sound.character.swing * 2.0 * step if place % 4 == 2 else 0.0
        yield place * step + late, (following - place) * step - late, 1.0 if pattern[place] == "x" else 0.5


def _bass(sound: SongSound, *, degree: int, start: float, numbers: np.random.Generator) -> Iterator[Note]:
    character = sound.character
    root = scale_note(character.scale, key=sound.key - 24, degree=degree)
    for place, (offset, seconds, loudness) in enumerate(_strokes(sound, character.bass_pattern)):
        walked = degree + int(numbers.choice([2, 4, 5, -1])) if character.walking and place else degree
        pitch = scale_note(character.scale, key=sound.key - 24, degree=walked) if walked != degree else root
        yield Note("bass", start + offset, min(seconds, 2.5) * 0.9, pitch, loudness)


def _chords(sound: SongSound, *, degree: int, start: float) -> Iterator[Note]:
    character = sound.character
    notes = chord_notes(character.scale, key=sound.key, degree=degree, size=character.chord_size)
    if character.chord_size > 2:
        notes = close_voicing(notes, center=sound.key + 3)
    else:
        notes = tuple(note - 12 for note in notes)
    for place, (offset, seconds, loudness) in enumerate(_strokes(sound, character.chord_pattern)):
        played = (notes[place % len(notes)],) if character.arpeggio else notes
        for note in played:
            yield Note("chords", start + offset, min(seconds, 4.0) * 0.95, note, loudness / len(played) ** 0.5)


def _motif(sound: SongSound, *, numbers: np.random.Generator) -> tuple[tuple[int, int, int], ...]:
    """The melody's rhythm and contour for one bar: (eighth, length in eighths, steps from the chord)."""
    eighths = 2 * sound.character.beats
    starts = [place for place in range(eighths) if numbers.random() < sound.lead_density] or [0]
    contour = np.cumsum(numbers.choice([-2, -1, -1, 0, 1, 1, 2], size=len(starts)))
    ends = [*starts[1:], eighths]
    return tuple((place, end - place, int(step)) for place, end, step in zip(starts, ends, contour, strict=True))


def _lead(
    sound: SongSound,
    *,
    motif: tuple[tuple[int, int, int], ...],
    degree: int,
    lift: int,
    start: float,
    numbers: np.random.Generator,
) -> Iterator[Note]:
    """The motif moved with the chord; now and then a note goes elsewhere, or the bar rests."""
    if numbers.random() < 0.12:
        return
    eighth = _seconds_per_bar(sound) / (2 * sound.character.beats)
    for place, length, step in motif:
        varied = step + int(numbers.choice([0, 0, 0, 1, -1]))
        pitch = scale_note(sound.character.scale, key=sound.key + 12, degree=degree % 5 + lift + varied)
        late = sound.character.swing * eighth if place % 2 else 0.0
        yield Note("lead", start + place * eighth + late, min(length * eighth, 2.0) * 0.9, pitch, 0.8)


def _drums(sound: SongSound, *, start: float, fill: bool) -> Iterator[Note]:
    for name, pattern in sound.character.drums.items():
        played = _filled(pattern) if fill and name in {"snare", "hand", "noise"} else pattern
        for offset, _, loudness in _strokes(sound, played):
            yield Note("drums", start + offset, 0.0, 0, loudness, drum=name)


def _filled(pattern: Pattern) -> Pattern:
    """The last quarter of the bar played through: the drummer announces the next section."""
    return pattern[:-4] + "oxox"
