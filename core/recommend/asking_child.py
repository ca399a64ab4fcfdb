"""Choosing what to ask about in a child process: of many songs it takes more memory than the window may have."""

import json
from collections.abc import Generator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from core.errors import UserError
from core.jobs.short_lived import KilledError, answers
from core.recommend.asking_process import ARRAYS, NAMES
from core.recommend.inquiry import Ask, Inquiry

if TYPE_CHECKING:
    from core.training.rating.asking import Question

MODULE = "core.recommend.asking_process"


def asking_in_child(store: Path, *, version: str, measured: str) -> Ask:
    """As ``asking_here`` of what ``hearing_in`` finds in a store; who takes no more questions ends the child.

    Raises UserError when somebody else ended it.
    """

    def ask(inquiry: Inquiry) -> "Generator[tuple[int, Question], None, None]":
        from core.training.rating.asking import Question

        with TemporaryDirectory(prefix="marmalade-questions-") as place:
            _lay_down(inquiry, Path(place))
            job = {
                "folder": place,
                "store": str(store),
                "version": version,
                "measured": measured,
                "random_share": inquiry.random_share,
                "seed": inquiry.seed,
            }
            try:
                for answer in answers(MODULE, job=job):
                    yield answer["row"], Question(**answer["question"])
            except KilledError as error:
                raise UserError(
                    f"The choice of songs to rate was ended from outside (signal {error.signal}), perhaps because "
                    "memory ran out: close what else takes it and ask again."
                ) from error

    return ask


def _lay_down(inquiry: Inquiry, folder: Path) -> None:
    """What is large goes into files of the folder."""
    names = {"names": inquiry.names, "artists": inquiry.artists}
    (folder / NAMES).write_text(json.dumps(names), encoding="utf-8")
    np.savez(folder / ARRAYS, ratings=inquiry.ratings, askable=inquiry.askable)
