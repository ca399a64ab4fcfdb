"""How often the invented owner played each song: more often what is liked, sometimes skipped, some songs never."""

from dataclasses import dataclass

import numpy as np

from core.demo.recipe import generator
from core.demo.taste import PlantedTaste

LAST_EVENING = 1_767_200_000
"""Unix seconds: the evening of 31 December 2025. The demo is the same whenever it is made."""

YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Listening:
    """The player's automatic statistics of one song."""

    playcount: int
    skipcount: int
    score: int
    """0 to 100; 0 as long as the song was never played."""
    last_played: int
    """Unix seconds; -1 for never."""


def listening_history(taste: PlantedTaste, *, seed: int) -> list[Listening]:
    """One value a song, in the order of the taste."""
    numbers = generator(seed, "listening")
    return [
        _listening(float(truth), rated=bool(rating > 0), numbers=numbers)
        for truth, rating in zip(taste.truth, taste.ratings, strict=True)
    ]


def _listening(truth: float, *, rated: bool, numbers: np.random.Generator) -> Listening:
    """Who rated a song has heard it; the score leans to 100 with full plays and to 0 with skips."""
    plays = int(numbers.poisson(12.0 * truth**3)) + rated if rated or numbers.random() < 0.4 else 0
    skips = int(numbers.poisson(3.0 * (1.0 - truth))) if plays else 0
    last = LAST_EVENING - int(numbers.uniform(0, YEAR))
    if not plays:
        return Listening(0, 0, 0, -1)
    return Listening(plays, skips, round(100 * (plays + 1) / (plays + skips + 2)), last)
