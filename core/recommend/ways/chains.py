"""Chains through songs that have a fixed order: how small their largest step can be, and the cheapest below a limit.

A chain only ever goes on to songs that come later in the order, so that no song can be in it twice and the best one can
be found exactly, layer by layer: the best chain of k songs to each song follows from the best ones of k - 1.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Distances = NDArray[np.float32]
"""(songs, songs) from row to column."""


def smoothest(
    distances: Distances, *, costs: Distances, ends: tuple[int, int], wanted: int, limit: Callable[[float], float]
) -> list[int]:
    """At most ``wanted`` different songs from one end to the other, whose largest step is as small as can be found.

    ``limit`` is told how small the largest step can be, and tells how large it may be; of all that keep to that, it is
    one whose ``costs`` are small. Songs go on in their order, except where more are wanted than that order holds
    without larger steps: then others are put in between.
    """
    first, last = ends
    inner = slice(first, last + 1)
    onward = ahead(distances[inner, inner])
    least = largest_steps(onward, most=min(wanted, len(distances)))
    enough = np.float32(limit(float(least.min())))
    found: list[int] = []
    largest = np.float32(np.inf)
    # The fewer songs in order, the more must be put in, and those may need larger steps than more songs in order.
    for count in range(len(least) - 1, 1, -1):
        if largest > enough and least[count] < largest:
            allowed = max(enough, least[count])
            chain = cheapest_chain(np.where(onward <= allowed, costs[inner, inner], np.float32(np.inf)), count=count)
            attempt = [song + first for song in chain]
            attempt = lengthened(attempt, distances=distances, costs=costs, count=wanted, limit=float(allowed))
            if distances[attempt[:-1], attempt[1:]].max() < largest:
                found, largest = attempt, distances[attempt[:-1], attempt[1:]].max()
    return found


def ahead(distances: Distances) -> Distances:
    """The same distances, with no way (infinity) to a song that does not come later."""
    later = np.triu(np.ones(distances.shape, dtype=bool), 1)
    return np.where(later, distances, np.float32(np.inf))


def largest_steps(steps: Distances, *, most: int) -> Distances:
    """The least largest step of a chain of 0, 1, ... ``most`` songs from the first song to the last; infinity for none.

    ``steps`` are distances ``ahead``.
    """
    found = np.full(most + 1, np.inf, dtype=np.float32)
    reached = _at_first(len(steps))
    found[1] = reached[-1]
    for count in range(2, most + 1):
        reached = np.maximum(reached[:, None], steps).min(axis=0)
        found[count] = reached[-1]
    return found


def cheapest_chain(costs: Distances, *, count: int) -> list[int]:
    """The chain of ``count`` songs, from the first song to the last, whose costs are the least in all.

    Infinite ``costs`` forbid a step, and every one that does not lead to a later song is forbidden. There must be a
    chain. Of equal ones it is that of the earlier songs.
    """
    reached = [_at_first(len(costs))]
    for _ in range(1, count):
        reached.append((reached[-1][:, None] + costs).min(axis=0))
    chain = [len(costs) - 1]
    # Only the songs of the one chain are asked which came before them, and only now.
    for totals in reached[-2::-1]:
        chain.append(int((totals + costs[:, chain[-1]]).argmin()))
    return chain[::-1]


def lengthened(chain: list[int], *, distances: Distances, costs: Distances, count: int, limit: float) -> list[int]:
    """The chain with other songs put between its own until it has ``count``, or until there are no more songs.

    Each time the song and the place whose steps exceed ``limit`` by the least, and of those the ones that cost least.
    ``distances`` and ``costs`` go both ways here; the order counts no more.
    """
    longer = list(chain)
    for _ in range(min(count, len(distances)) - len(longer)):
        before, after = longer[:-1], longer[1:]
        largest = np.maximum(np.maximum(distances[before], distances[:, after].T), np.float32(limit))
        largest[:, longer] = np.inf
        added = costs[before] + costs[:, after].T - costs[before, after][:, None]
        place, song = divmod(int(np.where(largest <= largest.min(), added, np.inf).argmin()), len(distances))
        longer.insert(place + 1, song)
    return longer


def _at_first(songs: int) -> Distances:
    """What it takes to have come to each song with the first one: nothing for itself."""
    reached = np.full(songs, np.inf, dtype=np.float32)
    reached[0] = 0
    return reached
