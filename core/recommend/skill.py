"""What an evaluation says of the predictor, as a number that a person can check."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Skill:
    """How well songs of four stars or more are told from the others, by artists that were never heard before.

    Of every pair of held-out songs of which the owner gave one four stars or more and the other fewer, ``right`` (0 to
    1) is the share in which the first was predicted higher: the area under the ROC curve. Guessing gives 0.5.
    """

    right: float
    songs: int
    """That were held out and asked for."""

    @property
    def is_guessing(self) -> bool:
        return round(100 * self.right) <= 50


def skill(report: Mapping[str, Any] | None) -> Skill | None:
    """Of the report of an evaluation; None where it could not be measured, as when all ratings are of one kind."""
    answer = (report or {}).get("unseen_artist") or {}
    right = (answer.get("model") or {}).get("auc4")
    return None if right is None else Skill(float(right), int(answer.get("songs", 0)))
