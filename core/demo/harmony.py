"""Scales, chords and progressions as MIDI note numbers, and the notes of one bar."""

SCALES: dict[str, tuple[int, ...]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "pentatonic": (0, 2, 4, 7, 9),
}

DARKNESS = {
    "lydian": -0.6,
    "major": -1.0,
    "mixolydian": -0.4,
    "pentatonic": -0.2,
    "dorian": 0.5,
    "minor": 0.9,
    "phrygian": 1.0,
}
"""How minor a scale sounds, from -1 (plain major) to 1; what a listener's taste can hold on to."""

POWER_CHORD = 2
"""A chord of two notes is a root and its fifth, whatever the scale would stack."""


def scale_note(scale: str, *, key: int, degree: int) -> int:
    """The MIDI note of a degree (0 is the key note, negative and large degrees change the octave)."""
    steps = SCALES[scale]
    octave, step = divmod(degree, len(steps))
    return key + 12 * octave + steps[step]


def chord_notes(scale: str, *, key: int, degree: int, size: int) -> tuple[int, ...]:
    """The notes of a chord on a degree: stacked thirds, or root and fifth if it has two notes."""
    if size == POWER_CHORD:
        root = scale_note(scale, key=key, degree=degree)
        return root, root + 7
    return tuple(scale_note(scale, key=key, degree=degree + 2 * third) for third in range(size))


def close_voicing(notes: tuple[int, ...], *, center: int) -> tuple[int, ...]:
    """The same chord with every note within half an octave of ``center``, so that changes move smoothly."""
    return tuple(sorted({center - 6 + (note - center + 6) % 12 for note in notes}))


def frequency(note: float) -> float:
    """Hertz of a MIDI note; 69 is the A of 440 Hz."""
    return float(440.0 * 2.0 ** ((note - 69.0) / 12.0))
