"""Groups of songs that sound alike, for the colors of a map, and what to call them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.recommend.map_sound import Sound
from core.recommend.map_terms import Terms

Clusters = NDArray[np.int16]
"""(songs,): from 0; -1 for songs of none."""

MOST_CLUSTERS = 12
SONGS_OF_ONE = 8
"""On average, before there is one more."""
LEAST_SHARE = 0.01
"""Of all songs; a smaller cluster is none."""
RESTARTS = 4


def found_clusters(sound: Sound, *, seed: int = 42) -> Clusters:
    """Groups by sound, the largest first (k-means of scikit-learn, so in a child process only)."""
    from sklearn.cluster import KMeans

    wanted = max(1, min(MOST_CLUSTERS, len(sound) // SONGS_OF_ONE, len(np.unique(sound, axis=0))))
    found = KMeans(wanted, n_init=RESTARTS, random_state=seed).fit_predict(sound)
    sizes = np.bincount(found, minlength=wanted)
    order = np.argsort(-sizes, kind="stable")
    number = np.empty(wanted, np.int16)
    number[order] = np.where(sizes[order] >= LEAST_SHARE * len(sound), np.arange(wanted), -1)
    clusters: Clusters = number[found]
    return clusters


def numbered_like(clusters: Clusters, before: Clusters) -> Clusters:
    """The same groups, each with the number of the group of ``before`` that most of its songs were in.

    So colors stay when a map is drawn anew. ``before`` is -1 for songs that are new.
    """
    count = int(max(clusters.max(initial=-1), before.max(initial=-1))) + 1
    number, taken = np.full(count + 1, -1, np.int16), set[int]()
    both = (clusters >= 0) & (before >= 0)
    pairs = np.bincount(clusters[both].astype(int) * count + before[both], minlength=count * count)
    for pair in np.argsort(-pairs, kind="stable").tolist():
        new, old = divmod(pair, count)
        if pairs[pair] and number[new] < 0 and old not in taken:
            number[new] = old
            taken.add(old)
    free = iter(each for each in range(count) if each not in taken)
    for new in np.unique(clusters[clusters >= 0]).tolist():
        if number[new] < 0:
            number[new] = next(free)
    return number[clusters]


def names(clusters: Clusters, *, genres: Sequence[str], artists: Sequence[str]) -> list[str]:
    """What to call each cluster, from 0 to the last: its distinctive genre, else artist, else what is common in it.

    No name is given twice: of two clusters of one genre the second is told apart by its artist. Empty where nothing
    is common: who shows them has a word for that.
    """
    count = int(clusters.max(initial=-1)) + 1
    found = [""] * count
    kinds = (Terms.of_genres(genres), Terms.of(artists))
    for terms in kinds:
        for each in terms.distinctive(clusters.astype(np.int64), groups=count):
            if not found[each.group] and each.text not in found:
                found[each.group] = each.text
    for number in range(count):
        if not found[number]:
            inside = clusters == number
            free = (name for name in _common_names(*(terms.common(inside) for terms in kinds)) if name not in found)
            found[number] = next(free, "")
    return found


def _common_names(genres: Sequence[str], artists: Sequence[str]) -> Iterator[str]:
    """Names in no language, the best first, of the commonest genres and artists of a cluster."""
    yield from genres[:1]
    yield from (f"{genre}, {artist}" for genre in genres[:1] for artist in artists)
    yield from (f"{first}, {second}" for first, second in pairwise(artists))
    yield from (f"{first}, {second}" for first, second in pairwise(genres))
    yield from artists
    yield from genres
