"""The search for copies: what may be one, what has to be heard for it, and what came of it."""

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import CancelledError, Future, wait
from itertools import count

from core.analysis import listening
from core.analysis.duplicate_groups import missing_pairs
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
from core.analysis.fingerprint import Items, WholeFingerprint, decode_items
from core.analysis.likeness import Doubt
from core.analysis.plan import task_of
from core.audio.probe import AudioMetadata
from core.file_url import is_local
from core.jobs.events import Control, Event, Progress
from core.jobs.process_pool import WorkerDied
from core.library.songs_table import Library
from core.parts.workforce import Workforce
from core.song import SongId
from core.store.stores import Stores

PER_WORKER = 2
"""Songs handed to the pool for each worker, so that none waits for the next; a pause lets these be finished."""
LONGEST_WAIT = 1.0
"""Seconds until a whole fingerprint is stored: what a kill can cost."""
BETWEEN_LOOKS = 0.5
"""Seconds after which it is seen that the search was stopped."""


class DuplicateSearch:
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
        yield from self._compare(self.candidates(), workforce, control)
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

    def candidates(self) -> list[Pair]:
        """The pairs that may be copies and were not compared yet, or could not be."""
        among = None if self._new >= self._prints.keys() else self._new
        pairs = candidate_pairs(list(self._prints.values()), among=among)
        return [pair for pair in pairs if pair not in self._compared] + self.pairs_to_try_again()

    def pairs_to_try_again(self) -> list[Pair]:
        """The pairs that were not compared because a file was away, which is back now."""
        not_heard = [each for each in self._compared.values() if each.doubt is Doubt.NOT_HEARD]
        tried = self._stores.fingerprints.whole() if not_heard else {}
        missing = {each.pair: [song for song in each.pair if song not in tried] for each in not_heard}
        return [pair for pair, songs in missing.items() if songs and all(self._is_there(song) for song in songs)]

    def _is_there(self, song_id: SongId) -> bool:
        song = self._songs[song_id]
        # Path.is_file raises where a name is too long or a folder must not be entered.
        return not song.unavailable and is_local(song.filename) and os.path.isfile(song.location)  # noqa: PTH113

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
            if text and (song_id in ids or self._has_one_of(sounds, song_id))
        }
        compared = compare_pairs(pairs, self._prints, whole=whole)
        store.save_comparisons([record_of(each) for each in compared])
        self._compared |= {each.pair: each for each in compared}

    def _has_one_of(self, sounds: AbstractSet[str], song_id: SongId) -> bool:
        return song_id in self._prints and self._prints[song_id].checksum in sounds

    def _hear(self, songs: Sequence[SongId], workforce: Workforce, control: Control) -> Iterator[Event]:
        """Fingerprint whole songs in the pool and store them, so that a kill costs a second of them."""
        if not songs:
            return
        metadata, heard = self._stores.fingerprints.metadata(songs), dict[SongId, str]()
        stored_at, numbers = time.monotonic(), count(1)
        try:
            for finished in self._finished(songs, workforce, control):
                for song_id, future in finished.items():
                    found = _result(future)
                    heard |= {song_id: found.encoded} if found else self._given_up(song_id)
                if time.monotonic() - stored_at >= LONGEST_WAIT:
                    self._store(heard, metadata)
                    heard, stored_at = {}, time.monotonic()
                for _ in finished:
                    yield Progress(next(numbers), len(songs))
        finally:
            self._store(heard, metadata)

    def _store(self, heard: Mapping[SongId, str], metadata: Mapping[SongId, AudioMetadata]) -> None:
        if heard:
            self._stores.fingerprints.save_whole([(metadata[each], encoded) for each, encoded in heard.items()])

    def _finished(
        self, songs: Sequence[SongId], workforce: Workforce, control: Control
    ) -> "Iterator[dict[SongId, Future[WholeFingerprint | None]]]":
        """What was heard since the last look, perhaps nothing; after a stop only what is in work is finished."""
        pool, waiting = workforce.pool(), deque(songs)
        pending: dict[Future[WholeFingerprint | None], SongId] = {}
        while pending or (waiting and not control.stopped):
            if not pending:
                control.wait_until(lambda: not control.paused, timeout=BETWEEN_LOOKS)
            while waiting and not (control.stopped or control.paused) and len(pending) < PER_WORKER * workforce.workers:
                song_id = waiting.popleft()
                pending[pool.submit(listening.hear_whole, task_of(self._songs[song_id]))] = song_id
            if control.stopped:
                _take_back(pending)
            done, _ = wait(pending, timeout=BETWEEN_LOOKS, return_when="FIRST_COMPLETED")
            yield {pending.pop(future): future for future in done}

    def _given_up(self, song_id: SongId) -> dict[SongId, str]:
        """An empty fingerprint for a file that is there and cannot be heard as a whole: once is enough."""
        return {song_id: ""} if self._is_there(song_id) else {}


def _take_back(pending: "dict[Future[WholeFingerprint | None], SongId]") -> None:
    # A process pool would kill the worker of a future that runs.
    for future in [future for future in pending if not future.running() and future.cancel()]:
        del pending[future]


def _result(future: "Future[WholeFingerprint | None]") -> WholeFingerprint | None:
    """What was heard; a worker that died or hung costs its song, which is then not heard."""
    try:
        return future.result()
    except (WorkerDied, TimeoutError, MemoryError, CancelledError):
        return None
