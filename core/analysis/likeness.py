"""The verdict on two whole songs: copies, possible copies or different ones, and what stands in the way.

A copy differs by codec, gain, tags or its edges. In doubt two songs stay apart and are listed as possible duplicates: a
false split is harmless, a false merge hides a song.
"""

from enum import StrEnum

from core.analysis.alignment import FARTHEST, Alignment

LARGEST_ERROR = 0.09
"""Share of differing bits. Half an item of shift makes up to 0.07, with clipping and 48 kbit/s on top 0.078."""
LARGEST_NOISE = 0.035
"""Of that, beyond a shift by less than an item. Copies have at most 0.01, clipped by 6 dB 0.03; revisions 0.07."""
LARGEST_LOCAL_NOISE = 0.07
"""The same in nine of ten short windows. Clipped copies have at most 0.056, readings over music 0.09 and more."""
LARGEST_LOCAL_ERROR = 0.2
"""In the worst 8 seconds. Planted copies have at most 0.10, another beginning or a voice over it 0.42 and more."""
LEAST_CONTRAST = 0.75
"""Planted copies have 0.87 and more; tones and silence fit each other everywhere and have little."""
LEAST_DISTINCT = 64
"""Items in common, 8 s of music; AcoustID asks for 80. What is shorter or more uniform is never joined by ear."""
LEAST_COVERAGE = 0.75
"""Of the longer one."""
LONGEST_DIFFERENCE = FARTHEST + 1
"""Items, 15 s: 10 s may be cut and 4 s of silence put in front."""
FRAME = 36
"""Items, 4.5 s: one that goes on for longer at both ends of the other has something around it, such as a jingle.
A song cut by 5 s at both ends looks the same and stays in doubt; one that is cut at one end does not."""
POSSIBLE_ERROR, POSSIBLE_CONTRAST = 0.2, 0.5
"""Where the list of possible duplicates ends: remixes and unrelated music lie beyond."""


class Likeness(StrEnum):
    """The verdict on two songs; the values go into JSON, so they never change."""

    IDENTICAL = "identical"
    SAME_AUDIO = "same audio"
    POSSIBLE = "possible"
    DIFFERENT = "different"


class Doubt(StrEnum):
    """What keeps a pair that sounds alike from being called copies; the values never change."""

    NONE = ""
    LENGTH = "lengths differ"
    FRAMED = "one has more around it"
    PART = "differs in places"
    ALL_ALONG = "differs all along"
    UNIFORM = "too uniform or too short to tell"
    NOT_HEARD = "not heard as a whole"


def judge(alignment: Alignment) -> tuple[Likeness, Doubt]:
    """The verdict on two whole songs that lie on each other, and what speaks against copies."""
    doubt = _doubt(alignment)
    if doubt is Doubt.NONE:
        return Likeness.SAME_AUDIO, doubt
    is_alike = alignment.error <= POSSIBLE_ERROR and alignment.contrast >= POSSIBLE_CONTRAST
    return (Likeness.POSSIBLE if is_alike and doubt is not Doubt.UNIFORM else Likeness.DIFFERENT), doubt


def score(alignment: Alignment) -> float:
    """How alike, 0 to 1: overlap over the shorter length, times 1 - 2 x error, less for few distinct items."""
    variety = min(alignment.diversity / LEAST_DISTINCT, 1.0)
    return alignment.coverage * max(1 - 2 * alignment.error, 0.0) * variety


def _doubt(alignment: Alignment) -> Doubt:
    begin, end = alignment.edges
    longer = max(alignment.lengths)
    if alignment.diversity < LEAST_DISTINCT or alignment.contrast < LEAST_CONTRAST:
        return Doubt.UNIFORM if alignment.diversity < LEAST_DISTINCT else Doubt.ALL_ALONG
    if max(abs(end), abs(begin), abs(begin + end)) > LONGEST_DIFFERENCE or alignment.overlap < LEAST_COVERAGE * longer:
        return Doubt.LENGTH
    if min(begin, end) >= FRAME or max(begin, end) <= -FRAME:
        return Doubt.FRAMED
    if alignment.worst > max(LARGEST_LOCAL_ERROR, 2 * alignment.error):
        return Doubt.PART
    is_noisy = alignment.noise > LARGEST_NOISE or alignment.local_noise > LARGEST_LOCAL_NOISE
    return Doubt.ALL_ALONG if is_noisy or alignment.error > LARGEST_ERROR else Doubt.NONE
