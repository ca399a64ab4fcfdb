"""The styles of the invented artists: what makes folk sound unlike techno, as numbers that the synthesis plays."""

from dataclasses import dataclass, field

Pattern = str
"""One bar in sixteenths (four quarters) or twelfths (three): ``x`` a stroke, ``o`` a soft one, ``.`` a rest."""


@dataclass(frozen=True, kw_only=True)
class Style:
    """What the songs of a style share; artists, albums and songs deviate from it."""

    tempo: tuple[float, float]
    """Beats per minute, from slow to fast."""
    scale: str
    progressions: tuple[tuple[int, ...], ...]
    """Scale degrees (0 is the key chord), one chord a bar."""
    brightness: float
    """Hertz where the mix is rolled off."""
    bass: str
    chords: str
    lead: str
    """Names of voices in ``voices.py``."""
    bass_pattern: Pattern
    chord_pattern: Pattern
    drums: dict[str, Pattern] = field(default_factory=dict)
    """Drum name to pattern; empty means no drums."""
    drum_level: float = 1.0
    """1 for a whole kit; a shaker alone is much quieter."""
    beats: int = 4
    chord_size: int = 3
    lead_density: float = 0.4
    """Share of the eighths on which the melody starts a note."""
    swing: float = 0.0
    """How late the off-beat eighth comes, as a share of an eighth."""
    arpeggio: bool = False
    """Chords are broken into single notes."""
    walking: bool = False
    """The bass walks through chord and scale notes instead of repeating the root."""
    drive: float = 0.0
    """Distortion of chords and bass, 0 to 1."""
    reverb: float = 0.15
    """Share of the room in the mix."""


STYLES: dict[str, Style] = {
    "folk": Style(
        tempo=(84, 108), scale="major", progressions=((0, 4, 5, 3), (0, 3, 0, 4), (0, 5, 3, 4)), brightness=5200,
        bass="upright", chords="steel", lead="flute",
        bass_pattern="x.......x.......", chord_pattern="x..ox.o.x..ox.o.",
        drums={"shaker": "o...o...o...o..."}, drum_level=0.25,
        arpeggio=True, lead_density=0.35, reverb=0.14,
    ),
    "synth_pop": Style(
        tempo=(110, 126), scale="minor", progressions=((0, 5, 2, 6), (5, 6, 0, 0), (0, 2, 5, 6)), brightness=9500,
        bass="saw_bass", chords="saw_pad", lead="square",
        bass_pattern="x.x.x.x.x.x.x.x.", chord_pattern="x...............",
        drums={"kick": "x...x...x...x...", "clap": "....x.......x...", "hat": "..x...x...x...x."},
        lead_density=0.5, reverb=0.2,
    ),
    "techno": Style(
        tempo=(126, 136), scale="phrygian", progressions=((0, 0, 0, 1), (0, 0, 6, 0)), brightness=7500,
        bass="sub", chords="stab", lead="acid",
        bass_pattern="..x...x...x...x.", chord_pattern="...x..x....x....",
        drums={"kick": "x...x...x...x...", "tick": "oxoooxoooxoooxoo", "clap": "....x.......x..."},
        chord_size=3, lead_density=0.55, drive=0.25, reverb=0.12,
    ),
    "drum_and_bass": Style(
        tempo=(166, 176), scale="minor", progressions=((0, 0, 5, 5), (0, 6, 5, 6)), brightness=9000,
        bass="reese", chords="saw_pad", lead="bell",
        bass_pattern="x.....x...x.....", chord_pattern="x...............",
        drums={"kick": "x.........x.....", "snare": "....x..o.o..x..o", "hat": "x.x.x.x.x.x.x.x."},
        chord_size=4, lead_density=0.25, drive=0.2, reverb=0.18,
    ),
    "jazz": Style(
        tempo=(104, 148), scale="dorian", progressions=((0, 3, 6, 2), (1, 4, 0, 5), (0, 0, 3, 3)), brightness=5000,
        bass="upright", chords="electric_piano", lead="reed",
        bass_pattern="x...x...x...x...", chord_pattern="...x......x.....",
        drums={"ride": "x...x.x.x...x.x.", "brush": "....o.......o...", "soft_kick": "o.......o......."},
        drum_level=0.6,
        chord_size=4, lead_density=0.6, swing=0.33, walking=True, reverb=0.12,
    ),
    "ambient": Style(
        tempo=(56, 70), scale="lydian", progressions=((0, 1, 0, 4), (0, 4, 1, 1)), brightness=1700,
        bass="sub", chords="warm_pad", lead="glass",
        bass_pattern="x...............", chord_pattern="x...............",
        chord_size=5, lead_density=0.12, reverb=0.5,
    ),
    "doom_metal": Style(
        tempo=(62, 86), scale="phrygian", progressions=((0, 0, 1, 0), (0, 6, 5, 1), (0, 5, 1, 0)), brightness=4800,
        bass="saw_bass", chords="guitar", lead="guitar",
        bass_pattern="x.....x.x...x...", chord_pattern="x.....x.x...x...",
        drums={"kick": "x.....x.x.......", "snare": "........x.......", "crash": "x..............."},
        chord_size=2, lead_density=0.15, drive=0.9, reverb=0.16,
    ),
    "chiptune": Style(
        tempo=(140, 164), scale="major", progressions=((0, 4, 5, 3), (3, 4, 0, 5), (0, 3, 4, 4)), brightness=13000,
        bass="triangle", chords="square", lead="square",
        bass_pattern="x.x.x.x.x.x.x.x.", chord_pattern="xxxxxxxxxxxxxxxx",
        drums={"soft_kick": "x.......x.......", "tick": "x.x.x.x.x.x.x.x.", "noise": "....x.......x..."},
        arpeggio=True, lead_density=0.65, reverb=0.02,
    ),
    "dub": Style(
        tempo=(68, 80), scale="minor", progressions=((0, 0, 3, 3), (0, 6, 0, 6)), brightness=3000,
        bass="sub", chords="organ", lead="melodica",
        bass_pattern="x..x..x...x.x...", chord_pattern="....x.......x...",
        drums={"kick": "........x.......", "snare": "........x.......", "hat": "x.x.x.x.x.x.x.xo"},
        lead_density=0.2, reverb=0.38,
    ),
    "bossa_nova": Style(
        tempo=(116, 132), scale="major", progressions=((0, 1, 4, 0), (0, 5, 1, 4), (3, 2, 1, 4)), brightness=4300,
        bass="upright", chords="nylon", lead="flute",
        bass_pattern="x.....x.x.....x.", chord_pattern="x..x..x...x..x..",
        drums={"shaker": "xoxoxoxoxoxoxoxo", "rim": "x..x..x...x..x.."}, drum_level=0.35,
        chord_size=4, lead_density=0.4, reverb=0.12,
    ),
    "piano": Style(
        tempo=(64, 88), scale="minor", progressions=((0, 5, 2, 6), (0, 3, 5, 4), (0, 6, 5, 3)), brightness=3200,
        bass="grand", chords="grand", lead="grand",
        bass_pattern="x...........", chord_pattern="x.x.x.x.x.x.",
        beats=3, arpeggio=True, lead_density=0.3, reverb=0.3,
    ),
    "surf": Style(
        tempo=(146, 166), scale="mixolydian", progressions=((0, 0, 3, 0), (0, 6, 3, 0), (0, 3, 4, 0)), brightness=8800,
        bass="saw_bass", chords="steel", lead="twang",
        bass_pattern="x.x.x.x.x.x.x.x.", chord_pattern="x.xxx.x.x.xxx.x.",
        drums={"kick": "x.....x.x.......", "snare": "....x.x.....x...", "hat": "x.x.x.x.x.x.x.x."},
        lead_density=0.6, drive=0.4, reverb=0.28,
    ),
    "kalimba": Style(
        tempo=(92, 112), scale="pentatonic", progressions=((0, 0, 3, 3), (0, 1, 3, 4), (0, 3, 0, 2)), brightness=6500,
        bass="upright", chords="kalimba", lead="bell",
        bass_pattern="x.....x...x.....", chord_pattern="x.xx.xx.x.xx.xx.",
        drums={"hand": "x..ox.o.x..ox.oo", "shaker": "x.o.x.o.x.o.x.o."},
        arpeggio=True, lead_density=0.35, reverb=0.16,
    ),
    "chanson": Style(
        tempo=(144, 176), scale="minor", progressions=((0, 3, 4, 0), (0, 0, 3, 4), (0, 5, 3, 4)), brightness=5600,
        bass="upright", chords="accordion", lead="accordion",
        bass_pattern="x...........", chord_pattern="....x...x...",
        drums={"brush": "....o...o..."}, drum_level=0.3,
        beats=3, lead_density=0.45, reverb=0.1,
    ),
}  # fmt: skip
"""Name to style; the table is kept dense because it is read across, style against style."""
