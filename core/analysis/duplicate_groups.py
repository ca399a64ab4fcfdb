"""From pairs of copies to groups in which every song is a copy of every other, and the pairs that stay in doubt."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from core.analysis.duplicates import Comparison, Pair
from core.analysis.likeness import Likeness
from core.song import SongId

LARGEST_COMPONENT = 200
"""Songs; of more that hang together, only the pairs that were compared anyway are looked at."""


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Songs of which each is a copy of each other."""

    members: tuple[SongId, ...]
    """In alphabetical order."""
    score: float
    """Of the pair that is least alike."""
    likeness: Likeness
    """``IDENTICAL`` when all of them are, else ``SAME_AUDIO``."""


def missing_pairs(
    comparisons: Iterable[Comparison], *, files: Mapping[SongId, str], apart: Collection[Pair] = frozenset()
) -> list[Pair]:
    """The pairs that have to be compared before groups can be made: of songs that hang together by copies between them.

    ``files`` names the file of each song: its tracks are never copies of each other. ``apart`` are the pairs that the
    owner called no duplicates.
    """
    compared = {comparison.pair for comparison in comparisons}
    return [
        pair
        for component in _components(comparisons)
        if len(component) <= LARGEST_COMPONENT
        for first, second in combinations(component, 2)
        if (pair := frozenset((first, second))) not in compared and pair not in apart and files[first] != files[second]
    ]


def group_copies(comparisons: Iterable[Comparison], *, apart: Collection[Pair] = frozenset()) -> list[CopyGroup]:
    """Join copies, the most alike first, as long as every song of a group is a copy of every other.

    A~B~C does not make a group of three when A and C differ, or were never compared, or were called no duplicates.
    """
    copies = {
        comparison.pair: comparison
        for comparison in comparisons
        if comparison.are_copies and comparison.pair not in apart
    }
    groups: dict[SongId, tuple[SongId, ...]] = {song_id: (song_id,) for pair in copies for song_id in pair}
    for comparison in sorted(copies.values(), key=lambda copy: (-copy.score, copy.first, copy.second)):
        one, other = groups[comparison.first], groups[comparison.second]
        if one != other and all(frozenset(pair) in copies for pair in product(one, other)):
            joined = tuple(sorted((*one, *other)))
            for member in joined:
                groups[member] = joined
    return [_describe(members, copies) for members in sorted(set(groups.values())) if len(members) > 1]


def possible_duplicates(
    comparisons: Iterable[Comparison], groups: Iterable[CopyGroup], *, apart: Collection[Pair] = frozenset()
) -> list[Comparison]:
    """The pairs for the owner to decide on, the most alike first.

    Those in doubt, and copies that did not fit into one group. Of two groups, one pair speaks for all.
    """
    group_of = {member: group.members for group in groups for member in group.members}
    asked: dict[frozenset[tuple[SongId, ...]], Comparison] = {}
    for comparison in sorted(comparisons, key=lambda pair: (-pair.score, pair.first, pair.second)):
        sides = frozenset(group_of.get(song_id, (song_id,)) for song_id in comparison.pair)
        is_open = comparison.are_copies or comparison.likeness is Likeness.POSSIBLE
        if is_open and len(sides) > 1 and comparison.pair not in apart:
            asked.setdefault(sides, comparison)
    return list(asked.values())


def _components(comparisons: Iterable[Comparison]) -> list[list[SongId]]:
    """Songs that hang together by copies, each component in alphabetical order."""
    neighbors: dict[SongId, set[SongId]] = defaultdict(set)
    for comparison in comparisons:
        if comparison.are_copies:
            neighbors[comparison.first].add(comparison.second)
            neighbors[comparison.second].add(comparison.first)
    seen: set[SongId] = set()
    components = []
    for start in sorted(neighbors):
        if start not in seen:
            component, waiting = {start}, [start]
            while waiting:
                new = neighbors[waiting.pop()] - component
                component |= new
                waiting.extend(new)
            seen |= component
            components.append(sorted(component))
    return components


def _describe(members: tuple[SongId, ...], copies: Mapping[Pair, Comparison]) -> CopyGroup:
    pairs = [copies[frozenset(pair)] for pair in combinations(members, 2)]
    are_identical = all(pair.likeness is Likeness.IDENTICAL for pair in pairs)
    likeness = Likeness.IDENTICAL if are_identical else Likeness.SAME_AUDIO
    return CopyGroup(members, min(pair.score for pair in pairs), likeness)
