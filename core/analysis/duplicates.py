"""Which songs are copies of each other: candidates by metadata and excerpt, confirmed on whole fingerprints."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.analysis.alignment import Alignment, Items, align
from core.analysis.fingerprint_index import LONGEST_DIFFERENCE, NEIGHBORS, find_candidates
from core.analysis.likeness import Doubt, Likeness, judge, score
from core.song import SongId
from core.store.fingerprints import ComparisonRecord

Pair = frozenset[SongId]
Signature = tuple[int, float, int, int, int]


@dataclass(frozen=True, slots=True)
class SongPrint:
    """What is known of a song without hearing all of it."""

    song_id: SongId
    file: str
    """The URL of its file: cue tracks of one file share it and are never copies of each other."""
    signature: Signature
    """As ``AudioMetadata.signature`` gives it."""
    duration: float
    """Seconds; of a cue track, its section."""
    items: Items
    """The fingerprint of the centre excerpt, empty for a song that was not heard."""
    checksum: str = ""
    """Of the undecoded sound, where it is known: equal ones need no listening."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on two songs, and the figures behind it."""

    first: SongId
    second: SongId
    likeness: Likeness
    score: float
    """0 to 1: the share of the shorter song that both have, less the bits that differ, less for uniform sound."""
    doubt: Doubt = Doubt.NONE
    alignment: Alignment | None = None
    """None where checksums decided."""

    @property
    def pair(self) -> Pair:
        return frozenset((self.first, self.second))

    @property
    def are_copies(self) -> bool:
        return self.likeness in (Likeness.IDENTICAL, Likeness.SAME_AUDIO)


def record_of(comparison: Comparison) -> ComparisonRecord:
    """What the store keeps of a comparison: all but the alignment."""
    likeness, doubt = comparison.likeness.value, comparison.doubt.value
    return ComparisonRecord(comparison.first, comparison.second, likeness, comparison.score, doubt)


def comparison_of(record: ComparisonRecord) -> Comparison:
    """A comparison as it was made in an earlier run."""
    return Comparison(record.first, record.second, Likeness(record.likeness), record.score, Doubt(record.doubt))


def near_in_length(durations: Mapping[SongId, float], new: Collection[SongId]) -> set[SongId]:
    """The songs whose seconds are so near those of a new one that they may be copies of it, new ones included.

    All that ``candidate_pairs`` needs to know of when it looks ``among`` the new ones.
    """
    lengths = np.sort(np.array([durations[song_id] for song_id in new if song_id in durations], dtype=np.float64))
    every, reach = np.fromiter(durations.values(), dtype=np.float64, count=len(durations)), LONGEST_DIFFERENCE + 0.001
    is_near = np.searchsorted(lengths, every + reach) > np.searchsorted(lengths, every - reach)
    return {song_id for song_id, near in zip(durations, is_near.tolist(), strict=True) if near}


def candidate_pairs(
    prints: Sequence[SongPrint], *, apart: Collection[Pair] = frozenset(), among: Collection[SongId] | None = None
) -> list[Pair]:
    """The pairs worth a comparison, in a fixed order.

    Those of equal metadata or checksum, and those whose excerpts agree; without tracks of one file and without those
    that the owner called no duplicates (``apart``). With ``among``, say the songs that are new, only the pairs with one
    of them: what a search without it finds of those, in a fraction of the time.
    """
    new = None if among is None else set(among)
    by_metadata = _neighbors([(song.signature, song) for song in prints], new)
    by_checksum = _neighbors([(song.checksum, song) for song in prints if song.checksum], new)
    heard = [song for song in prints if len(song.items)]
    places = None if new is None else [place for place, song in enumerate(heard) if song.song_id in new]
    rows = find_candidates([song.items for song in heard], [song.duration for song in heard], among=places)
    by_ear = [(heard[first], heard[second]) for first, second, _ in rows.tolist()]
    pairs = {
        frozenset((first.song_id, second.song_id)): None
        for first, second in (*by_metadata, *by_checksum, *by_ear)
        if first.file != second.file
    }
    return [pair for pair in pairs if pair not in apart and (new is None or not new.isdisjoint(pair))]


def songs_to_hear(
    pairs: Iterable[Pair], prints: Mapping[SongId, SongPrint], *, heard: Collection[SongId]
) -> list[SongId]:
    """The songs whose whole fingerprint is still needed for these pairs; of equal checksums one is enough."""
    needed = {song_id: None for pair in pairs if not _same_checksum(pair, prints) for song_id in sorted(pair)}
    sounds = {prints[song_id].checksum for song_id in heard if song_id in prints} - {""}
    chosen = []
    for song_id in needed:
        checksum = prints[song_id].checksum
        if song_id not in heard and checksum not in sounds:
            chosen.append(song_id)
            sounds |= {checksum} - {""}
    return chosen


def compare_pairs(
    pairs: Iterable[Pair], prints: Mapping[SongId, SongPrint], *, whole: Mapping[SongId, Items]
) -> list[Comparison]:
    """The verdict on each pair; ``whole`` has the fingerprints of the whole songs that could be heard."""
    by_checksum = {prints[song_id].checksum: items for song_id, items in whole.items() if song_id in prints}
    compared = []
    for pair in pairs:
        first, second = (prints[song_id] for song_id in sorted(pair))
        items = [
            whole.get(song.song_id, by_checksum.get(song.checksum) if song.checksum else None)
            for song in (first, second)
        ]
        compared.append(compare(first, second, whole=(items[0], items[1])))
    return compared


def compare(first: SongPrint, second: SongPrint, *, whole: tuple[Items | None, Items | None]) -> Comparison:
    """The verdict on two songs by their checksums, else by the fingerprints of all of them."""
    is_same_file = first.signature == second.signature
    if first.checksum and first.checksum == second.checksum:
        likeness = Likeness.IDENTICAL if is_same_file else Likeness.SAME_AUDIO
        return Comparison(first.song_id, second.song_id, likeness, 1.0)
    if whole[0] is None or whole[1] is None:
        return Comparison(first.song_id, second.song_id, Likeness.POSSIBLE, 0.0, Doubt.NOT_HEARD)
    alignment = align(whole[0], whole[1])
    if alignment is None:
        likeness = Likeness.POSSIBLE if is_same_file else Likeness.DIFFERENT
        return Comparison(first.song_id, second.song_id, likeness, 0.0, Doubt.UNIFORM)
    likeness, doubt = judge(alignment)
    if likeness is Likeness.SAME_AUDIO and is_same_file and alignment.error == 0:
        likeness = Likeness.IDENTICAL
    if likeness is Likeness.DIFFERENT and doubt is Doubt.UNIFORM and is_same_file and alignment.error == 0:
        likeness = Likeness.POSSIBLE
    return Comparison(first.song_id, second.song_id, likeness, score(alignment), doubt, alignment)


def _same_checksum(pair: Pair, prints: Mapping[SongId, SongPrint]) -> bool:
    checksums = {prints[song_id].checksum for song_id in pair}
    return len(checksums) == 1 and "" not in checksums


def _neighbors(
    keyed: Sequence[tuple[Hashable, SongPrint]], new: Collection[SongId] | None
) -> list[tuple[SongPrint, SongPrint]]:
    """Each song with the next few of its group: a thousand silent files would make half a million pairs.

    Only the groups that have a new song, if some are named.
    """
    wanted = None if new is None else {key for key, song in keyed if song.song_id in new}
    groups: dict[Hashable, list[SongPrint]] = defaultdict(list)
    for key, song in keyed:
        if wanted is None or key in wanted:
            groups[key].append(song)
    return [
        (song, other)
        for group in groups.values()
        for place, song in enumerate(group)
        for other in group[place + 1 : place + 1 + NEIGHBORS]
    ]
