"""What of a stock may be asked about, as the choice of questions needs it: here, or in a child that has no stock."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.recommend.stock import Mask, Values
from core.training.rating.hearing import Hearing

if TYPE_CHECKING:
    from core.training.rating.asking import Question


@dataclass(frozen=True, eq=False)
class Inquiry:
    """Songs by row, and how they are asked about; see ``core.training.rating.asking.questions``."""

    names: list[str]
    artists: list[str]
    """Keys, as the predictor counts artists."""
    ratings: Values
    """0 to 1; NaN for songs without one."""
    askable: Mask
    random_share: float
    seed: int

    def questions(self, hearing: Hearing) -> "Generator[tuple[int, Question], None, None]":
        """Rows with the questions, which count in rows of the hearing, until nothing is left to ask about."""
        from core.training.rating.asking import Pool, questions  # it needs scipy

        place_of = {name: place for place, name in enumerate(hearing.filenames)}
        heard = np.array([row for row, name in enumerate(self.names) if name in place_of], dtype=np.intp)
        places = np.array([place_of[self.names[row]] for row in heard], dtype=np.intp)
        artists = [""] * len(hearing.filenames)
        for place, row in zip(places.tolist(), heard.tolist(), strict=True):
            artists[place] = self.artists[row]
        rated = ~np.isnan(self.ratings[heard])
        every = questions(
            Pool(hearing.vectors, artists, aspects=hearing.aspects, rows=places),
            rated=places[rated],
            ratings=self.ratings[heard[rated]],
            askable=places[self.askable[heard]],
            random_share=self.random_share,
            seed=self.seed,
        )
        row_at = dict(zip(places.tolist(), heard.tolist(), strict=True))
        for question in every:
            yield row_at[question.row], question


Ask = Callable[[Inquiry], "Generator[tuple[int, Question], None, None]"]
"""Yields rows of the songs with the questions about them, as they are asked for."""


def asking_here(hearing: Hearing) -> Ask:
    """Choose them in this process: of 5,000 songs or more it takes 300 MB for some seconds."""

    def ask(inquiry: Inquiry) -> "Generator[tuple[int, Question], None, None]":
        from core.training.rating.one_thread import one_thread  # it needs scipy

        with one_thread():
            yield from inquiry.questions(hearing)

    return ask
