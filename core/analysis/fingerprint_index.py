"""Which songs of a library may be copies of each other: an inverted index over the items of their excerpts.

Sorted arrays instead of a table of lists: 60,000 fingerprints are 14 million items, and a sort of them takes seconds.
"""

from collections.abc import Iterable, Iterator, Sequence

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

LONGEST = 4096
"""Items, 8 min; what an excerpt has beyond it is not looked at."""

_IGNORED_BITS, _SONG_BITS, _PLACE_BITS, _OFFSET_BITS = (np.uint64(bits) for bits in (4, 24, 12, 13))
_SONGS, _PLACES, _OFFSETS = ((np.uint64(1) << bits) - np.uint64(1) for bits in (_SONG_BITS, _PLACE_BITS, _OFFSET_BITS))
_ZERO_OFFSET = np.uint64(LONGEST)
_BUCKETS, _SHARES = 64, 8


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
    indexed = [items[: 0 if sparse else LONGEST] for items, sparse in zip(ordered, is_sparse, strict=True)]
    met, counts = _frequent(_hits(indexed, lengths, longest_difference))
    doubtful = np.concatenate((met[counts < CERTAIN_HITS], _neighbors(np.flatnonzero(is_sparse), lengths)))
    is_alike = [_agree(ordered[first], ordered[second], offset) for first, second, offset in doubtful.tolist()]
    pairs = np.concatenate((met[counts >= CERTAIN_HITS], doubtful[np.array(is_alike, dtype=bool)]))
    return _by_place(pairs, order)


def _hits(
    ordered: Sequence[Items], lengths: NDArray[np.float64], longest_difference: float
) -> Iterator[NDArray[np.uint64]]:
    """A code of both songs and their offset for each meeting of equal items of songs that are near in length.

    In shares: all meetings of a song with longer ones are in the same.
    """
    shares: list[list[NDArray[np.uint64]]] = [[np.empty(0, dtype=np.uint64)] for _ in range(_SHARES)]
    for first, second in _meetings(ordered):
        one, other = first >> _PLACE_BITS & _SONGS, second >> _PLACE_BITS & _SONGS
        is_near = lengths[other] - lengths[one] <= longest_difference
        offsets = (first & _PLACES) + _ZERO_OFFSET - (second & _PLACES)
        codes, share = (one << _SONG_BITS | other) << _OFFSET_BITS | offsets, one % np.uint64(_SHARES)
        for number in range(_SHARES):
            shares[number].append(codes[is_near & (share == number)])
    while shares:
        yield np.concatenate(shares.pop())


def _meetings(ordered: Sequence[Items]) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.uint64]]]:
    """The entries of equal items of two songs, the shorter song first."""
    for entries in _entries(ordered):
        # A song that repeats an item would stand in the way of its neighbors.
        of_song = entries >> _PLACE_BITS
        distinct = entries[np.concatenate(([True], of_song[1:] != of_song[:-1]))[: len(entries)]]
        keys = distinct >> _SONG_BITS + _PLACE_BITS
        for distance in range(1, NEIGHBORS + 1):
            at = np.flatnonzero(keys[distance:] == keys[:-distance])
            yield distinct[at], distinct[at + distance]


def _entries(ordered: Sequence[Items]) -> Iterator[NDArray[np.uint64]]:
    """For each item its upper 28 bits, 24 bits that name its song, 12 for its place in it; sorted, in buckets.

    All in one number, because to look up the song of each item would be to jump through memory; in buckets, so that
    what is worked on stays in the processor's cache, however large the library is.
    """
    counts = [len(items) for items in ordered]
    items = np.concatenate([*ordered, np.empty(0, dtype=np.uint32)]) >> np.uint32(_IGNORED_BITS)
    origins = np.repeat(np.arange(len(ordered), dtype=np.uint64) << _PLACE_BITS, counts)
    origins |= np.concatenate([np.arange(count, dtype=np.uint64) for count in (0, *counts)])
    buckets = (items % _BUCKETS).astype(np.uint8)
    by_bucket = np.argsort(buckets, kind="stable")
    for bucket in np.split(by_bucket, np.cumsum(np.bincount(buckets, minlength=_BUCKETS))[:-1]):
        entries = items[bucket].astype(np.uint64) << _SONG_BITS + _PLACE_BITS | origins[bucket]
        entries.sort()
        yield entries


def _frequent(shares: Iterable[NDArray[np.uint64]]) -> tuple[Pairs, NDArray[np.int64]]:
    """The pairs of songs that meet often enough at one offset or at two side by side, each with its best offset.

    And how often each of them meets there.
    """
    pairs, counts = [np.empty((0, 3), dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for hits in shares:
        codes, times = np.unique(hits, return_counts=True)
        is_beside = codes[1:] - codes[:-1] == 1
        times[:-1] += np.where(is_beside, times[1:], 0)
        codes, times = codes[times >= LEAST_HITS], times[times >= LEAST_HITS]
        both = codes >> _OFFSET_BITS
        best = np.lexsort((-times, both))
        best = best[np.unique(both[best], return_index=True)[1]]
        offsets = (codes[best] & _OFFSETS).astype(np.int64) - LONGEST
        first, second = both[best] >> _SONG_BITS, both[best] & _SONGS
        pairs.append(np.column_stack((first.astype(np.int64), second.astype(np.int64), offsets)))
        counts.append(times[best])
    return np.concatenate(pairs), np.concatenate(counts)


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
