"""What is new since the owner's last visit, and how well the taste is known."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from core.curation import Curation
from core.parts.stock import StockRoom
from core.parts.suggestions import Suggestions
from core.parts.workplace import Workplace
from core.recommend.confidence import Knowledge
from core.recommend.skill import Skill, skill
from core.store.visits import Moved, Visit, load_visit, moved, save_visit

FILE = "last-visit.npz"


@dataclass(frozen=True)
class Standing:
    """How things are now, beside how they were."""

    knowledge: Knowledge
    skill: Skill | None
    """None where it was never measured, or could not be."""
    is_measured: bool
    """Whether an evaluation was ever made."""
    since: float | None
    """When the owner was here last, in Unix seconds; None at the first visit, when there is nothing to compare with."""
    heard: int
    """Songs of the library that were listened to, copies and speech among them."""
    heard_since: int
    """How many more that is; less than none where songs went away."""
    moved: Moved


class News:
    """A part of the engine; ``curation`` gives what is learned from, as it is now.

    What is told is always compared with the visit before this one: the first look of a process keeps it in mind, and
    every look leaves what it saw for the next process.
    """

    def __init__(
        self, workplace: Workplace, *, stock: StockRoom, suggestions: Suggestions, curation: Callable[[], Curation]
    ) -> None:
        self._workplace = workplace
        self._room, self._suggestions, self._curation = stock, suggestions, curation
        self._companion = workplace.stores.companion
        self._file = workplace.profile.cache / FILE
        self._before: tuple[Visit | None] | None = None

    def look(self) -> Standing:
        """What is new; raises UserError when the place of the profile cannot be written."""
        if self._before is None:
            self._before = (load_visit(self._file),)
        (before,) = self._before
        known, heard = self._suggestions.knowledge(), self._heard()
        predictions = self._room.predictions(self._curation().songs)
        ratings = {song_id: each.rating for song_id, each in predictions.items()}
        save_visit(self._file, Visit(time.time(), heard, ratings))
        report = self._companion.last_run("evaluate")
        return Standing(
            knowledge=known,
            skill=skill(report),
            is_measured=report is not None,
            since=None if before is None else before.at,
            heard=heard,
            heard_since=0 if before is None else heard - before.heard,
            moved=Moved(0, 0) if before is None else moved(ratings, before),
        )

    def _heard(self) -> int:
        heard = self._workplace.stores.embeddings.filenames(self._workplace.active_version or "")
        return sum(song.song_id in heard for song in self._workplace.library().songs)
