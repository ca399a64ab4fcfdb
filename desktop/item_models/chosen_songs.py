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


def edges_of(rows: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows that ascend as the fewest spans: the first and the last row of each."""
    if not len(rows):
        return rows, rows
    breaks = np.flatnonzero(np.diff(rows) != 1)
    return rows[np.r_[0, breaks + 1]], rows[np.r_[breaks, len(rows) - 1]]
