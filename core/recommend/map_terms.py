"""Words that songs have, such as genres, and which of them set a group of songs apart from the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from core.recommend.mixes.mix_names import NOBODY, SAYS_NOTHING
from core.training.rating.names import GENRE_SEPARATORS

FEWEST = 4
"""Songs of a group that have the word."""
SEVERAL, MOST_COMMON = 2, 3
"""Songs that make a word common where none is distinctive, and such words of one group."""
SHARE = 0.25
"""Of the songs of a group that have to have the word, for it to promise it."""
LIFT = 1.3
"""So many times as common as elsewhere has a word to be: what all songs are says nothing of some."""
MEANS_NOTHING = SAYS_NOTHING | NOBODY | {"various artists", "various", ""}


class Found(NamedTuple):
    """A word of a group; ``weight`` is larger the more of its songs have it, and the rarer it is elsewhere."""

    group: int
    term: int
    text: str
    weight: float


@dataclass(frozen=True, eq=False)
class Terms:
    """One word a song."""

    texts: tuple[str, ...]
    codes: NDArray[np.int64]
    """(songs,): which of the texts; -1 for none."""

    @classmethod
    def of_genres(cls, tagged: Sequence[str]) -> Self:
        """Of the tags of songs: the first of several genres; "" and those that say nothing are none."""
        return cls.of([GENRE_SEPARATORS.split(tag)[0] for tag in tagged])

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """Of texts as they are, in the spelling that comes first; "" and those that say nothing are none."""
        spelled: dict[str, int] = {}
        shown: list[str] = []
        code_of: dict[str, int] = {}
        for text in dict.fromkeys(texts):
            word = text.strip()
            key = word.casefold()
            if key in MEANS_NOTHING:
                code_of[text] = -1
                continue
            if key not in spelled:
                spelled[key] = len(shown)
                shown.append(word)
            code_of[text] = spelled[key]
        return cls(tuple(shown), np.fromiter(map(code_of.__getitem__, texts), np.int64, len(texts)))

    def common(self, inside: NDArray[np.bool_], *, most: int = MOST_COMMON) -> list[str]:
        """The words that several of some songs have, the commonest first; ``inside`` (songs,) says which."""
        counts = np.bincount(self.codes[inside & (self.codes >= 0)], minlength=len(self.texts))
        order = np.argsort(-counts, kind="stable")[:most]
        return [self.texts[term] for term in order.tolist() if counts[term] >= SEVERAL]

    def distinctive(self, group: NDArray[np.int64], *, groups: int) -> list[Found]:
        """The words that set groups apart, the weightiest first; ``group`` (songs,) is -1 for songs of none."""
        counted = (self.codes >= 0) & (group >= 0)
        if not counted.any():
            return []
        joined = group[counted] * len(self.texts) + self.codes[counted]
        if groups * len(self.texts) < 2**31:  # half the bytes are sorted in half the time
            joined = joined.astype(np.int32)
        pairs, counts = np.unique(joined, return_counts=True)
        of, term = np.divmod(pairs, len(self.texts))
        sizes = np.bincount(group[group >= 0], minlength=groups)
        usual = np.bincount(self.codes[counted], minlength=len(self.texts)) / len(self.codes)
        share = counts / sizes[of]
        lift = share / usual[term]
        weight = counts * np.log(np.maximum(lift, 1))
        good = np.flatnonzero((counts >= FEWEST) & (share >= SHARE) & (lift >= LIFT))
        good = good[np.argsort(-weight[good], kind="stable")]
        return [Found(int(of[row]), int(term[row]), self.texts[term[row]], float(weight[row])) for row in good]
