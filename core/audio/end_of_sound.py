"""Where a sound file really ends, found by listening, for files whose headers do not say or do not tell the truth."""

from collections.abc import Callable

PRECISION = 0.1
"""Seconds."""
FIRST_GUESS = 60.0
LONGEST = 200 * 3600.0


def find_end(has_sound: Callable[[float], bool], *, expected: float) -> float:
    """The time in seconds after which nothing decodes.

    Some 15 spans of a quarter of a second are read: steps that double from ``expected`` until nothing is there, then
    halves.
    Headers that say 1 s and headers that say 10 hours cost the same.
    """
    # A guess is mostly off by a second or two, so the first step is small.
    low, high, step = 0.0, expected or FIRST_GUESS, 2.0
    while high < LONGEST and has_sound(high):
        low, high, step = high, high + step, 2 * step
    while high - low > PRECISION:
        middle = (low + high) / 2
        if has_sound(middle):
            low = middle
        else:
            high = middle
    return high if low > 0 else low
