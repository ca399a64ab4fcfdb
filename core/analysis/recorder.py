"""Keeps what a scan finds: outcomes go into the stores in batches, in an order that a kill cannot break."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.analysis.facts import SongFacts, SongFailure, SongOutcome
from core.audio.reasons import SkipReason
from core.song import SongId
from core.store.companion import FileState
from core.store.fingerprints import FingerprintRecord
from core.store.speech import SpeechEntry
from core.store.stores import Stores

BATCH = 200
"""Songs stored in one transaction."""
LONGEST_WAIT = 1.0
"""Seconds until a song that was analysed is stored and can be seen."""
WORKER_FAILURES = {SkipReason.CRASHED, SkipReason.TIMED_OUT, SkipReason.TOO_MUCH_MEMORY}
"""Reasons that may be the encoder's fault: another one, or the same one repaired, may hear the song."""
PASSING = {SkipReason.MISSING, SkipReason.NO_PERMISSION}
"""Reasons that say nothing about what is in the file."""


@dataclass(frozen=True)
class RecordedRun:
    """What the outcomes of a run are stored under."""

    version: str
    """Of the embeddings."""
    excerpt: str
    states: Mapping[SongId, FileState]
    """What the files were before."""


class OutcomeRecorder:
    """Collects outcomes and stores them in batches.

    Facts come first and the state of the files last, so that no file is called known whose facts are not there.
    """

    def __init__(self, stores: Stores, *, run: RecordedRun) -> None:
        self._stores, self._run = stores, run
        self._batch: list[SongOutcome] = []
        self._stored_at = time.monotonic()

    def add(self, outcome: SongOutcome) -> None:
        self._batch.append(outcome)
        if len(self._batch) >= BATCH or time.monotonic() - self._stored_at >= LONGEST_WAIT:
            self.store()

    def store(self) -> None:
        """Write what was collected."""
        batch, self._batch = self._batch, []
        self._stored_at = time.monotonic()
        if not batch:
            return
        facts = [outcome for outcome in batch if isinstance(outcome, SongFacts)]
        self._forget([outcome.song_id for outcome in batch if self._is_of_another_file(outcome)])
        self._store_embeddings(facts)
        self._store_fingerprints(facts)
        self._store_speech(facts)
        passing = {reason.value for reason in PASSING}
        self._stores.companion.save_file_states([self._state(outcome) for outcome in batch], passing=passing)

    def _forget(self, song_ids: Sequence[SongId]) -> None:
        """Drop what was made from files that have since been replaced by broken ones."""
        if song_ids:
            self._stores.embeddings.remove(song_ids, self._run.version)
            self._stores.embeddings.forget_others(song_ids, self._run.version)
            self._stores.companion.forget_predictions(song_ids)
            self._stores.fingerprints.remove(song_ids)
            self._stores.speech.forget(song_ids)

    def _store_embeddings(self, facts: Sequence[SongFacts]) -> None:
        store = self._stores.embeddings
        replaced = [each.song_id for each in facts if each.same_as is None and each.song_id in self._run.states]
        if replaced:
            store.forget_others(replaced, self._run.version)
            self._stores.companion.forget_predictions(replaced)
        store.copy({str(song_id): source for song_id, source in _moved(facts).items()})
        vectors = [(each.song_id, each.embedding) for each in facts if each.embedding is not None]
        if vectors:
            store.store_embeddings_batch(vectors, self._run.version)

    def _store_fingerprints(self, facts: Sequence[SongFacts]) -> None:
        store = self._stores.fingerprints
        retagged = [each.metadata for each in facts if each.same_as == each.song_id]
        store.retag({SongId(found.filename): (found.file_size, found.mtime) for found in retagged})
        store.remove([each.song_id for each in facts if self._sounds_different(each)])
        store.save([FingerprintRecord(each.song_id, each.metadata, each.items) for each in facts])
        store.copy(_moved(facts))

    def _store_speech(self, facts: Sequence[SongFacts]) -> None:
        store = self._stores.speech
        store.forget([each.song_id for each in facts if each.same_as is None and each.speech is None])
        sources = {each.song_id: each.same_as for each in facts if each.same_as is not None}
        store.copy(sources, mtimes={each.song_id: each.metadata.mtime for each in facts})
        measured = [(each, each.speech) for each in facts if each.speech is not None]
        store.save([SpeechEntry(each.song_id, each.metadata.mtime, speech) for each, speech in measured])

    def _sounds_different(self, found: SongFacts) -> bool:
        """Whether a song is not the sound of before: of a track of an edited cue sheet the file does not tell."""
        before = self._run.states.get(found.song_id)
        return before is not None and before.checksum not in ("", found.checksum)

    def _is_of_another_file(self, outcome: SongOutcome) -> bool:
        """Whether a song gave nothing, and its file is not the one that the stored facts are of."""
        if not isinstance(outcome, SongFailure) or outcome.reason in PASSING:
            return False
        before = self._run.states.get(outcome.song_id)
        # A worker may die over what was still missing of a song.
        return before is None or (before.size, before.mtime) != (outcome.size, outcome.mtime)

    def _state(self, outcome: SongOutcome) -> FileState:
        excerpt = self._run.excerpt
        if isinstance(outcome, SongFailure):
            held = f"{excerpt} {self._run.version}" if outcome.reason in WORKER_FAILURES else excerpt
            return FileState(outcome.song_id, outcome.size, outcome.mtime, held, outcome.reason.value, outcome.detail)
        found, damage = outcome.metadata, outcome.damage
        if damage is None:
            before = self._run.states.get(outcome.same_as or outcome.song_id)
            damage = before.detail if before else ""
        return FileState(
            outcome.song_id, found.file_size, found.mtime, excerpt, None, damage, checksum=outcome.checksum
        )


def _moved(facts: Sequence[SongFacts]) -> dict[SongId, SongId]:
    """The songs that sound like one of another name, with that name."""
    return {each.song_id: each.same_as for each in facts if each.same_as and each.same_as != each.song_id}
