"""The plan's own way to find speech, ``SpeechDetector``, as a thin layer over what a scan does (seed §2.2).

It decodes files by itself and keeps what it hears in a ``speech_cache.db``; the engine does the same within its scan,
where every song is decoded anyway.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from core.analysis.facts import SongTask
from core.analysis.listeners import listen
from core.analysis.plan import task_of
from core.analysis.speech import measure_speech, speech_method
from core.audio.reasons import AudioError
from core.jobs.process_pool import WorkerPool, get_default_workers
from core.song import Song
from core.store.speech import SpeechCache, SpeechEntry, SpeechFacts

TOGETHER = 8
"""Songs that a worker hears in one task, and that are stored in one transaction: what a kill costs."""


@dataclass(frozen=True, slots=True)
class SpeechDetectionResult:
    """How much of a song is speech."""

    filename: str
    """The key of the song: its file URL, a cue track with ``#t=START`` appended."""
    speech_probability: float
    """The share of the centre 30 s, 0 to 1."""


class SpeechDetector:
    """Finds the share of speech in songs; a file is listened to again only when its time changes."""

    def __init__(self, cache_path: Path | str = "./speech_cache.db", *, executor: Executor | None = None) -> None:
        """Keep what is found in ``cache_path``; ``executor`` listens in the place of a pool of our own."""
        self._cache, self._executor = SpeechCache(cache_path), executor

    def close(self) -> None:
        self._cache.close()

    def detect_speech_in_songs(
        self, songs: Sequence[Song], num_workers: int | None = None
    ) -> list[SpeechDetectionResult]:
        """The results in the order of the songs, without those that cannot be decoded or are over 15 minutes.

        ``num_workers`` defaults to 80 % of the usable cores. Raises SpeechModelError when a model is deaf.
        """
        entries = {song.song_id: entry for song in songs if (entry := self._known(song))}
        missing = [song for song in songs if song.song_id not in entries]
        for batch in self._listen(missing, num_workers=num_workers):
            self._cache.save(batch)
            entries |= {entry.song_id: entry for entry in batch}
        heard = [song.song_id for song in songs if song.song_id in entries]
        return [SpeechDetectionResult(song_id, entries[song_id].facts.ratio) for song_id in heard]

    def _known(self, song: Song) -> SpeechEntry | None:
        entry = self._cache.entry(song.song_id)
        return entry if entry and entry.mtime == _modified(song) else None

    def _listen(self, songs: Sequence[Song], *, num_workers: int | None) -> Iterator[list[SpeechEntry]]:
        """What is heard of songs, in batches; a worker that dies or hangs costs one song."""
        if not songs:
            return
        mtimes = {song.song_id: _modified(song) for song in songs}
        with self._listeners(num_workers or get_default_workers()) as executor:
            executor.submit(speech_method).result()
            for found in listen(_hear, [task_of(song) for song in songs], executor=executor, together=TOGETHER):
                yield [SpeechEntry(task.song_id, mtimes[task.song_id], facts) for task, facts in found]

    def _listeners(self, workers: int) -> AbstractContextManager[Executor]:
        if self._executor is not None:
            return nullcontext(self._executor)
        return WorkerPool(workers, preload=("core.audio.decode", "silero_vad", "core.analysis.speech"))


def _hear(task: SongTask) -> SpeechFacts | None:
    """What a worker does: None for a file that cannot be read."""
    import torch

    from core.audio.decode import decode_excerpt

    torch.set_num_threads(1)
    try:
        heard = decode_excerpt(task.path, beginning=task.beginning, length=task.length) if task.path else None
    except AudioError:
        return None
    return measure_speech(heard.samples.numpy()) if heard else None


def _modified(song: Song) -> float:
    """When the file was changed last (Unix seconds); -1 for one that is not there."""
    try:
        return song.filepath.stat().st_mtime
    except (OSError, ValueError):
        return -1.0
