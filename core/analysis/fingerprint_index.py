"""Which songs of a library may be copies of each other: an inverted index over the items of their excerpts.

Sorted arrays instead of a table of lists: 60,000 fingerprints are 14 million items, and a sort of them takes seconds.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

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
_SHARES = 8
_CHUNK, _BUCKET = 1000, 32_768
"""Songs that are put into buckets at a time, entries in a bucket: both stay in the processor's cache, so that an item
costs the same in a library of any size."""
_KEY_TABLE = np.uint32(2**24 - 1)

Truths = NDArray[np.bool_]


def find_candidates(
    prints: Sequence[Items],
    durations: Sequence[float],
    *,
    longest_difference: float = LONGEST_DIFFERENCE,
    among: Collection[int] | None = None,
) -> Pairs:
    """The pairs (m, 3) of songs whose excerpts agree and whose durations in seconds lie close; the lower place first.

    Songs with an excerpt of silence or of one tone are paired with those of the same kind and duration. With ``among``
    only the pairs with at least one of these places: the same ones, in the time that a look at the others takes.
    """
    lengths = np.asarray(durations, dtype=np.float64)
    order, is_new = np.argsort(lengths, kind="stable"), np.ones(len(prints), dtype=bool)
    if among is not None:
        is_new[:] = False
        is_new[list(among)] = True
        order = order[_is_near(lengths[order], is_new[order], max(longest_difference, SPARSE_DIFFERENCE))]
    lengths, is_new, ordered = lengths[order], is_new[order], [prints[place] for place in order.tolist()]
    is_sparse = _is_sparse(ordered)
    indexed = [items[: 0 if sparse else LONGEST] for items, sparse in zip(ordered, is_sparse.tolist(), strict=True)]
    met, counts = _frequent(_hits(indexed, lengths, is_new, longest_difference))
    doubtful = np.concatenate((met[counts < CERTAIN_HITS], _neighbors(np.flatnonzero(is_sparse), lengths, is_new)))
    is_alike = [_agree(ordered[first], ordered[second], offset) for first, second, offset in doubtful.tolist()]
    pairs = np.concatenate((met[counts >= CERTAIN_HITS], doubtful[np.array(is_alike, dtype=bool)]))
    return _by_place(pairs, order)


def _is_near(lengths: NDArray[np.float64], is_new: Truths, difference: float) -> Truths:
    """Which songs, in the order of their lengths, lie near a new one.

    A song meets those next to it in length, so those between it and a new one are all that is needed.
    """
    edges = np.concatenate(([-np.inf], lengths[is_new], [np.inf]))
    above = np.searchsorted(edges, lengths)
    is_near: Truths = np.minimum(edges[above] - lengths, lengths - edges[above - 1]) <= difference
    return is_near


def _is_sparse(prints: Sequence[Items]) -> Truths:
    """Which fingerprints have fewer than ``LEAST_DISTINCT`` items.

    Each item sets one of 64 bits of its song; only where few are set the items have to be counted.
    """
    is_sparse = np.ones(len(prints), dtype=bool)
    for first, items, counts in _chunks(prints):
        filled = np.flatnonzero(counts)
        if len(filled):
            bits = np.uint64(1) << ((items * np.uint32(0x9E3779B1)) >> np.uint32(26)).astype(np.uint64)
            starts = np.cumsum(counts)[filled] - counts[filled]
            is_sparse[first + filled] = np.bitwise_count(np.bitwise_or.reduceat(bits, starts)) < LEAST_DISTINCT
    for place in np.flatnonzero(is_sparse).tolist():
        is_sparse[place] = len(np.unique(prints[place])) < LEAST_DISTINCT
    return is_sparse


def _chunks(prints: Sequence[Items]) -> Iterator[tuple[int, Items, NDArray[np.int64]]]:
    """The place of the first of some songs, all their items, and how many each of them has."""
    for first in range(0, len(prints), _CHUNK):
        chunk = prints[first : first + _CHUNK]
        yield first, np.concatenate(chunk), np.array([len(items) for items in chunk], dtype=np.int64)


def _hits(
    ordered: Sequence[Items], lengths: NDArray[np.float64], is_new: Truths, longest_difference: float
) -> Iterator[NDArray[np.uint64]]:
    """A code of both songs and their offset for each meeting of equal items of songs that are near in length.

    In shares: all meetings of a song with longer ones are in the same.
    """
    shares: list[list[NDArray[np.uint64]]] = [[np.empty(0, dtype=np.uint64)] for _ in range(_SHARES)]
    for first, second in _meetings(ordered, is_new):
        one, other = first >> _PLACE_BITS & _SONGS, second >> _PLACE_BITS & _SONGS
        is_wanted = (lengths[other] - lengths[one] <= longest_difference) & (is_new[one] | is_new[other])
        offsets = (first & _PLACES) + _ZERO_OFFSET - (second & _PLACES)
        codes, share = (one << _SONG_BITS | other) << _OFFSET_BITS | offsets, one % np.uint64(_SHARES)
        for number in range(_SHARES):
            shares[number].append(codes[is_wanted & (share == number)])
    while shares:
        yield np.concatenate(shares.pop())


def _meetings(ordered: Sequence[Items], is_new: Truths) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.uint64]]]:
    """The entries of equal items of two songs, the shorter song first."""
    for entries in _buckets(ordered, is_new):
        # A song that repeats an item would stand in the way of its neighbors.
        of_song = entries >> _PLACE_BITS
        distinct = entries[np.concatenate(([True], of_song[1:] != of_song[:-1]))[: len(entries)]]
        keys = distinct >> _SONG_BITS + _PLACE_BITS
        for distance in range(1, NEIGHBORS + 1):
            at = np.flatnonzero(keys[distance:] == keys[:-distance])
            yield distinct[at], distinct[at + distance]


def _buckets(ordered: Sequence[Items], is_new: Truths) -> Iterator[NDArray[np.uint64]]:
    """The entries of all songs, sorted, in buckets of which each has all entries of its items."""
    count = sum(map(len, ordered)) // _BUCKET + 1
    chunks = []
    for entries in _entries(ordered, is_new):
        buckets = (entries >> _SONG_BITS + _PLACE_BITS) % np.uint64(count)
        by_bucket = np.argsort(buckets.astype(np.uint16), kind="stable")
        chunks.append((entries[by_bucket], np.cumsum(np.bincount(buckets.astype(np.int64), minlength=count))))
    for bucket in range(count):
        parts = [entries[ends[bucket - 1] if bucket else 0 : ends[bucket]] for entries, ends in chunks]
        together = np.concatenate([*parts, np.empty(0, dtype=np.uint64)])
        together.sort()
        yield together


def _entries(ordered: Sequence[Items], is_new: Truths) -> Iterator[NDArray[np.uint64]]:
    """For each item its upper 28 bits, 24 bits that name its song, 12 for its place in it, some songs at a time.

    All in one number, because to look up the song of each item would be to jump through memory. Without the items that
    no new song has, and some more that share the lower bits of one that is had.
    """
    is_wanted = np.zeros(int(_KEY_TABLE) + 1, dtype=bool)
    for place in [] if is_new.all() else np.flatnonzero(is_new).tolist():
        is_wanted[_keys(ordered[place]) & _KEY_TABLE] = True
    for first, items, counts in _chunks(ordered):
        keys = _keys(items)
        at = np.arange(len(items)) if is_new.all() else np.flatnonzero(is_wanted[keys & _KEY_TABLE])
        songs = np.repeat(np.arange(len(counts)), counts)[at]
        places = at - (np.cumsum(counts) - counts)[songs]
        origins = (songs + first).astype(np.uint64) << _PLACE_BITS | places.astype(np.uint64)
        yield keys[at].astype(np.uint64) << _SONG_BITS + _PLACE_BITS | origins


def _keys(items: Items) -> Items:
    return items >> np.uint32(_IGNORED_BITS)


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


def _neighbors(sparse: NDArray[np.intp], lengths: NDArray[np.float64], is_new: Truths) -> Pairs:
    """Pairs of the songs that the index knows nothing of, by their durations alone."""
    pairs = [np.empty((0, 3), dtype=np.int64)]
    for distance in range(1, NEIGHBORS + 1):
        first, second = sparse[:-distance], sparse[distance:]
        is_near = (lengths[second] - lengths[first] <= SPARSE_DIFFERENCE) & (is_new[first] | is_new[second])
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
