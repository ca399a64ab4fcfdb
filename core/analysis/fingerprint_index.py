"""Which songs of a library may be copies of each other: an inverted index over the items of their excerpts.

Sorted arrays instead of a table of lists: 60,000 fingerprints are 14 million items, and a sort of them takes seconds.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from core.analysis.alignment import LEAST_OVERLAP, Items, overlapping

Pairs = NDArray[np.int64]
"""Rows (first song, second song, offset): songs by their place in what was given, the offset as in ``Alignment``."""

LONGEST_DIFFERENCE = 30.0
"""Seconds: with more, the centre excerpts of two copies have less than half in common."""
NEIGHBORS = 4
"""Each item meets as many equal ones of the songs next in length: one that is everywhere costs no more than a rare one,
so that the work grows with the library and not with its square."""
LEAST_HITS = 3
"""Equal items at one offset that make a pair worth a look: all of 183 planted pairs had more, of 86,000 others none."""
LARGEST_ERROR = 0.35
"""Share of differing bits in the excerpts beyond which it is not."""
CERTAIN_HITS = 16
"""Equal items at one offset that are proof enough, so that a library full of copies takes no longer."""
LEAST_DISTINCT = 16
"""Items; an excerpt with fewer is silence or a tone and fits everything of its kind."""
SPARSE_DIFFERENCE = 1.0
"""Seconds between the durations of songs whose excerpts say so little."""

_IGNORED_BITS = 4
_SONG_BITS, _OFFSET_BITS = 24, 12
_ZERO_OFFSET = 1 << _OFFSET_BITS - 1


def find_candidates(
    prints: Sequence[Items], durations: Sequence[float], *, longest_difference: float = LONGEST_DIFFERENCE
) -> Pairs:
    """The pairs (m, 3) of songs whose excerpts agree and whose durations in seconds lie close; the lower place first.

    Songs with an excerpt of silence or of one tone are paired with those of the same kind and duration.
    """
    order = np.argsort(np.asarray(durations, dtype=np.float64), kind="stable")
    lengths = np.asarray(durations, dtype=np.float64)[order]
    is_sparse = np.array([len(np.unique(items)) < LEAST_DISTINCT for items in prints], dtype=bool)[order]
    ordered = [prints[place] for place in order]
    indexed = [items[:0] if sparse else items for items, sparse in zip(ordered, is_sparse, strict=True)]
    met, counts = _frequent(_hits(indexed, lengths, longest_difference))
    doubtful = np.concatenate((met[counts < CERTAIN_HITS], _neighbors(np.flatnonzero(is_sparse), lengths)))
    is_alike = [_agree(ordered[first], ordered[second], offset) for first, second, offset in doubtful.tolist()]
    pairs = np.concatenate((met[counts >= CERTAIN_HITS], doubtful[np.array(is_alike, dtype=bool)]))
    return _by_place(pairs, order)


def _hits(ordered: Sequence[Items], lengths: NDArray[np.float64], longest_difference: float) -> NDArray[np.uint64]:
    """A code of both songs and their offset for each meeting of equal items of songs that are near in length."""
    counts = [len(items) for items in ordered]
    songs = np.repeat(np.arange(len(ordered), dtype=np.uint32), counts)
    within = _places_within(counts)
    codes = [np.empty(0, dtype=np.uint64)]
    for first, second in _meetings(_sorted_entries(ordered), songs):
        is_near = lengths[songs[second]] - lengths[songs[first]] <= longest_difference
        one, other = first[is_near], second[is_near]
        both = songs[one].astype(np.uint64) << np.uint64(_SONG_BITS) | songs[other]
        offsets = within[one] - within[other] + _ZERO_OFFSET
        codes.append(both << np.uint64(_OFFSET_BITS) | offsets.astype(np.uint64))
    return np.concatenate(codes)


def _sorted_entries(ordered: Sequence[Items]) -> NDArray[np.uint64]:
    """The upper bits of each item and, below them, its place among all items; sorted."""
    entries = np.concatenate([*ordered, np.empty(0, dtype=np.uint32)]).astype(np.uint64)
    entries >>= np.uint64(_IGNORED_BITS)
    entries <<= np.uint64(32)
    entries |= np.arange(len(entries), dtype=np.uint64)
    entries.sort()
    return entries


def _places_within(counts: Sequence[int]) -> NDArray[np.int32]:
    """Where each item lies in its own fingerprint."""
    places = np.ones(sum(counts), dtype=np.int32)
    held = np.array([count for count in counts if count], dtype=np.int64)
    starts = np.cumsum(held) - held
    places[starts] = 1 - np.concatenate(([1], held[:-1]))[: len(starts)]
    return np.cumsum(places, dtype=np.int32)


def _meetings(
    entries: NDArray[np.uint64], songs: NDArray[np.uint32]
) -> Iterator[tuple[NDArray[np.uint32], NDArray[np.uint32]]]:
    """The places of equal items of two songs, the shorter song first."""
    keys, places = (entries >> np.uint64(32)).astype(np.uint32), entries.astype(np.uint32)
    # A song that repeats an item would stand in the way of its neighbors.
    is_repeated = np.concatenate(([False], (keys[1:] == keys[:-1]) & (songs[places[1:]] == songs[places[:-1]])))
    keys, places = keys[~is_repeated[: len(keys)]], places[~is_repeated[: len(keys)]]
    for distance in range(1, NEIGHBORS + 1):
        at = np.flatnonzero(keys[distance:] == keys[:-distance])
        yield places[at], places[at + distance]


def _frequent(codes: NDArray[np.uint64]) -> tuple[Pairs, NDArray[np.int64]]:
    """The pairs of songs that meet often enough at one offset or at two side by side, each with its best offset.

    And how often each of them meets there.
    """
    codes, counts = np.unique(codes, return_counts=True)
    is_beside = codes[1:] - codes[:-1] == 1
    counts[:-1] += np.where(is_beside, counts[1:], 0)
    codes, counts = codes[counts >= LEAST_HITS], counts[counts >= LEAST_HITS]
    both = codes >> np.uint64(_OFFSET_BITS)
    best = np.lexsort((-counts, both))
    best = best[np.unique(both[best], return_index=True)[1]]
    offsets = (codes[best] & np.uint64((1 << _OFFSET_BITS) - 1)).astype(np.int64) - _ZERO_OFFSET
    first, second = both[best] >> np.uint64(_SONG_BITS), both[best] & np.uint64((1 << _SONG_BITS) - 1)
    return np.column_stack((first.astype(np.int64), second.astype(np.int64), offsets)), counts[best]


def _neighbors(sparse: NDArray[np.intp], lengths: NDArray[np.float64]) -> Pairs:
    """Pairs of the songs that the index knows nothing of, by their durations alone."""
    pairs = [np.empty((0, 3), dtype=np.int64)]
    for distance in range(1, NEIGHBORS + 1):
        first, second = sparse[:-distance], sparse[distance:]
        is_near = lengths[second] - lengths[first] <= SPARSE_DIFFERENCE
        pairs.append(np.column_stack((first[is_near], second[is_near], np.zeros(is_near.sum(), dtype=np.int64))))
    return np.concatenate(pairs)


def _agree(first: Items, second: Items, offset: int) -> bool:
    for near in (offset, offset + 1):
        one, other = overlapping(first, second, near)
        if len(one) >= LEAST_OVERLAP and int(np.bitwise_count(one ^ other).sum()) <= LARGEST_ERROR * 32 * len(one):
            return True
    return False


def _by_place(pairs: Pairs, order: NDArray[np.intp]) -> Pairs:
    """From the order of durations to the order in which the songs were given."""
    first, second, offset = order[pairs[:, 0]], order[pairs[:, 1]], pairs[:, 2]
    offset = np.where(first > second, -offset, offset)
    placed = np.column_stack((np.minimum(first, second), np.maximum(first, second), offset)).astype(np.int64)
    return placed[np.lexsort((placed[:, 1], placed[:, 0]))]
