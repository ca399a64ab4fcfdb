"""Which songs were chosen, as one array: 60,000 of them are kept and found again in a few milliseconds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.item_models.song_texts import SongTexts


@dataclass(frozen=True, eq=False)
class ChosenSongs:
    """They stay the same songs whatever becomes of the rows in which they are shown."""

    texts: SongTexts
    """The snapshot that numbers them."""
    is_chosen: NDArray[np.bool_]
    """(songs,)"""

    def among(self, texts: SongTexts) -> NDArray[np.bool_]:
        """Which songs (songs,) of another snapshot they are; those that are gone are left out."""
        if texts is self.texts:
            return self.is_chosen
        known = self.texts.known
        names = [known[number] for number in np.flatnonzero(self.is_chosen).tolist()]
        found = np.zeros(len(texts.known), dtype=bool)
        found[[texts.ids[name] for name in names if name in texts.ids]] = True
        return found


def rows_in(spans: list[tuple[int, int]]) -> NDArray[np.intp]:
    """Each row once, from top to bottom, of spans (first, last) in any order, which may lie over each other."""
    if not spans:
        return np.empty(0, dtype=np.intp)
    ends = np.array(spans, dtype=np.intp)
    steps = np.zeros(ends.max() + 2, dtype=np.intp)
    np.add.at(steps, ends[:, 0], 1)
    np.add.at(steps, ends[:, 1] + 1, -1)
    return np.flatnonzero(np.cumsum(steps) > 0)


def spans_of(rows: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Rows that ascend as the fewest spans (first, last)."""
    if not len(rows):
        return []
    breaks = np.flatnonzero(np.diff(rows) != 1)
    firsts, lasts = rows[np.r_[0, breaks + 1]], rows[np.r_[breaks, len(rows) - 1]]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))
