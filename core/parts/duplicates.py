"""Duplicates: find the copies of songs, and remember what the owner says to them."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import CancelledError, Future, wait
from dataclasses import dataclass
from itertools import combinations

from core.analysis import copies_by_name, listening
from core.analysis.duplicate_groups import CopyGroup, group_copies, missing_pairs, possible_duplicates
from core.analysis.duplicates import (
    Comparison,
    Pair,
    SongPrint,
    candidate_pairs,
    compare_pairs,
    comparison_of,
    near_in_length,
    record_of,
    songs_to_hear,
)
from core.analysis.fingerprint import NO_LIBRARY, Items, WholeFingerprint, decode_items, is_available
from core.analysis.likeness import Doubt, Likeness
from core.analysis.plan import task_of
from core.curation import Copies
from core.jobs.events import Control, Event, Notice, Progress, Stage
from core.library.songs_table import Library
from core.parts.workforce import Workforce
from core.parts.workplace import Workplace
from core.song import Song, SongId
from core.store.stores import Stores

HEARD_AT_ONCE = 100
"""Whole fingerprints stored in one transaction."""


@dataclass(frozen=True)
class PossibleDuplicate:
    """Two songs of which the owner may say what they are."""

    first: Song
    second: Song
    score: float
    doubt: str


class Duplicates:
    """A part of the engine."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._stores = workplace.stores

    @property
    def is_enabled(self) -> bool:
        return self._workplace.config.music.deduplicate

    # ------------------------------------------------------------------------------------------------- what is known

    def groups(self, songs: Sequence[Song]) -> list[CopyGroup]:
        """The copies that were found, without those that the owner called different songs."""
        if not self.is_enabled:
            return []
        if not is_available():
            return _groups_by_name(songs, apart=self._apart())
        present = {song.song_id for song in songs}
        return group_copies(self._comparisons(present), apart=self._apart())

    def possible(self, songs: Sequence[Song]) -> list[PossibleDuplicate]:
        """The pairs in doubt, for the owner to decide on, the most alike first."""
        if not self.is_enabled or not is_available():
            return []
        by_id = {song.song_id: song for song in songs if not song.unavailable}
        comparisons, apart = self._comparisons(set(by_id)), self._apart()
        pairs = possible_duplicates(comparisons, group_copies(comparisons, apart=apart), apart=apart)
        return [
            PossibleDuplicate(by_id[pair.first], by_id[pair.second], pair.score, pair.doubt.value) for pair in pairs
        ]

    def _comparisons(self, present: set[SongId]) -> list[Comparison]:
        records = self._stores.fingerprints.comparisons()
        return [comparison_of(record) for record in records if record.first in present and record.second in present]

    def _apart(self) -> set[Pair]:
        return self._stores.companion.verdicts.not_duplicates()

    # ------------------------------------------------------------------------------------------------- the owner's word

    def say_different(self, songs: Sequence[SongId]) -> None:
        """None of these songs is a copy of another of them, for ever."""
        self._stores.companion.verdicts.say_not_duplicates(map(frozenset, combinations(dict.fromkeys(songs), 2)))

    def take_back_different(self, songs: Sequence[SongId]) -> None:
        """Let what was heard decide about these songs again."""
        self._stores.companion.verdicts.take_back_not_duplicates(map(frozenset, combinations(dict.fromkeys(songs), 2)))

    def say_keep(self, song_id: SongId, *, copies: Copies | None) -> None:
        """This is the one to keep of its copies."""
        others = [song.song_id for song in (copies.keep, *copies.others, *copies.gone)] if copies else []
        self._stores.companion.verdicts.say_keep(song_id, instead_of=[other for other in others if other != song_id])

    def take_back_keep(self, song_id: SongId) -> None:
        self._stores.companion.verdicts.take_back_keep(song_id)

    # ------------------------------------------------------------------------------------------------- the search

    def search(self, library: Library, *, workforce: Workforce, control: Control) -> Iterator[Event]:
        """Find the copies among the songs that were listened to; nothing happens where nothing is new.

        Stopping leaves what was heard in the store: the next search goes on from there.
        """
        if not self.is_enabled:
            return
        if not is_available():
            yield Notice(NO_LIBRARY)
            return
        library_ids = {song.song_id for song in library.songs}
        new = self._stores.fingerprints.unsearched() & library_ids
        new &= self._stores.fingerprints.known() if new else set()
        if not new and not self._worth_another_try(library):
            return
        yield Stage("Looking for duplicates")
        yield from _Search(self._stores, library, new=new).run(workforce=workforce, control=control)

    def _worth_another_try(self, library: Library) -> bool:
        """Whether a file that could not be heard when it was needed may be back."""
        available = {song.song_id for song in library.songs if not song.unavailable}
        return any(
            record.doubt == Doubt.NOT_HEARD and record.first in available and record.second in available
            for record in self._stores.fingerprints.comparisons()
        )


class _Search:
    """One search through a library for copies of the songs in ``new``.

    The owner's word is not asked here: pairs that they called different are compared too, so it can be taken back.
    """

    def __init__(self, stores: Stores, library: Library, *, new: AbstractSet[SongId]) -> None:
        self._stores, self._new = stores, new
        self._songs = {song.song_id: song for song in library.songs}
        known = [comparison_of(record) for record in stores.fingerprints.comparisons()]
        self._prints = self._prints_to_compare(known)
        self._compared = {
            each.pair: each for each in known if each.first in self._prints and each.second in self._prints
        }

    def run(self, *, workforce: Workforce, control: Control) -> Iterator[Event]:
        """Compare what may be copies, then what groups need besides, and note what was searched."""
        yield from self._compare(self._candidates(), workforce, control)
        if control.stopped:
            return
        files = {song_id: song.filename for song_id, song in self._songs.items()}
        yield from self._compare(missing_pairs(self._compared.values(), files=files), workforce, control)
        if not control.stopped:
            self._stores.fingerprints.save_comparisons([], searched=self._new)

    def _prints_to_compare(self, known: Iterable[Comparison]) -> dict[SongId, SongPrint]:
        """What is known of the new songs, of those that may be copies of them, and of those that were compared."""
        store = self._stores.fingerprints
        near = near_in_length(store.durations(), self._new)
        chosen = (near | {song_id for each in known for song_id in (each.first, each.second)}) & self._songs.keys()
        metadata, excerpts = store.metadata(chosen), store.excerpts(chosen)
        checksums = self._stores.companion.checksums(chosen)
        return {
            song_id: SongPrint(
                song_id,
                self._songs[song_id].filename,
                metadata[song_id].signature(),
                metadata[song_id].duration,
                excerpts[song_id],
                checksum=checksums.get(song_id, ""),
            )
            for song_id in sorted(chosen & excerpts.keys() & metadata.keys())
        }

    def _candidates(self) -> list[Pair]:
        """The pairs that may be copies and were not compared yet, or could not be."""
        among = None if self._new >= self._prints.keys() else self._new
        pairs = candidate_pairs(list(self._prints.values()), among=among)
        again = [pair for pair, each in self._compared.items() if self._is_worth_another_try(each)]
        return [pair for pair in pairs if pair not in self._compared] + again

    def _is_worth_another_try(self, comparison: Comparison) -> bool:
        pair = (comparison.first, comparison.second)
        return comparison.doubt is Doubt.NOT_HEARD and not any(self._songs[song].unavailable for song in pair)

    def _compare(self, pairs: Sequence[Pair], workforce: Workforce, control: Control) -> Iterator[Event]:
        """Hear what has to be heard, compare, and store what came of it."""
        if not pairs:
            return
        store = self._stores.fingerprints
        needed = songs_to_hear(pairs, self._prints, heard=store.whole())
        yield from self._hear([song for song in needed if not self._songs[song].unavailable], workforce, control)
        if control.stopped:
            return
        ids = {song_id for pair in pairs for song_id in pair}
        sounds = {self._prints[song_id].checksum for song_id in ids} - {""}
        whole: dict[SongId, Items] = {
            song_id: decode_items(text)
            for song_id, text in store.whole().items()
            if song_id in ids or (song_id in self._prints and self._prints[song_id].checksum in sounds)
        }
        compared = compare_pairs(pairs, self._prints, whole=whole)
        store.save_comparisons([record_of(each) for each in compared])
        self._compared |= {each.pair: each for each in compared}

    def _hear(self, songs: Sequence[SongId], workforce: Workforce, control: Control) -> Iterator[Event]:
        """Fingerprint whole songs in the pool and store them in batches."""
        if not songs:
            return
        pool, metadata = workforce.pool(), self._stores.fingerprints.metadata()
        for begin in range(0, len(songs), HEARD_AT_ONCE):
            control.wait_while_paused()
            if control.stopped:
                return
            batch = songs[begin : begin + HEARD_AT_ONCE]
            futures = {pool.submit(listening.hear_whole, task_of(self._songs[each])): each for each in batch}
            heard: list[tuple[SongId, WholeFingerprint]] = []
            for done, future in enumerate(_as_they_come(futures, control), start=begin + 1):
                found = _result(future)
                heard += [(futures[future], found)] if found is not None else []
                yield Progress(done, len(songs))
            self._stores.fingerprints.save_whole([(metadata[each], found.encoded) for each, found in heard])


def _as_they_come(
    futures: "dict[Future[WholeFingerprint | None], SongId]", control: Control
) -> "Iterator[Future[WholeFingerprint | None]]":
    """Each future when it is done; after a stop, those that have not begun are taken back."""
    pending = set(futures)
    while pending:
        if control.stopped:
            for future in pending:
                if not future.running():
                    future.cancel()
        done, pending = wait(pending, timeout=0.5, return_when="FIRST_COMPLETED")
        yield from done


def _result(future: "Future[WholeFingerprint | None]") -> WholeFingerprint | None:
    """What was heard; a worker that died or hung costs its song, which is then not heard."""
    from concurrent.futures.process import BrokenProcessPool

    from core.jobs.process_pool import WorkerDied

    try:
        return future.result()
    except (WorkerDied, BrokenProcessPool, TimeoutError, MemoryError, CancelledError):
        return None


def _groups_by_name(songs: Sequence[Song], *, apart: AbstractSet[Pair]) -> list[CopyGroup]:
    """What is left without libchromaprint."""
    groups = copies_by_name.group_by_name(song for song in songs if not song.unavailable)
    alike = [
        Comparison(one.song_id, other.song_id, Likeness.SAME_AUDIO, 0.0)
        for group in groups
        for one, other in combinations(sorted(group, key=lambda song: song.song_id), 2)
    ]
    return group_copies(alike, apart=apart)
