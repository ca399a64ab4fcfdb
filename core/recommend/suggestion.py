"""An entry of a list that Marmalade made, whichever list it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from core.recommend.remark import Remarks
from core.song import Song
from core.store.companion import Prediction


class Listed(Protocol):
    """What a playlist file says of a song."""

    @property
    def song(self) -> Song: ...

    @property
    def predicted_rating(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A song that was chosen; ``score`` is what the list is ordered or chosen by, more is better."""

    song: Song
    score: float = 0.0
    prediction: Prediction | None = None
    """None: “not yet”."""
    why: str = ""
    is_exploration: bool = False
    """Chosen to find out, not because it is surely liked."""

    @property
    def predicted_rating(self) -> float | None:
        """0 to 1; None for “not yet”."""
        return None if self.prediction is None else self.prediction.rating


@dataclass(frozen=True)
class SongList:
    """A list of songs with what the owner should know about it."""

    title: str
    suggestions: tuple[Suggestion, ...]
    remarks: Remarks = ()
    figures: Mapping[str, float] = field(default_factory=dict)
    """What was measured of the list as a whole, such as its largest step or its diversity."""

    @property
    def notice(self) -> str:
        """The remarks one after the other, as they are read; empty for none."""
        return " ".join(each.text for each in self.remarks)
