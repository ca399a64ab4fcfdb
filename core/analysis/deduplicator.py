"""The plan's own way to find duplicates, ``AudioDeduplicator``, as a thin layer over what a scan does.

It looks at files by itself and keeps what it finds in a ``fingerprints.db``; the engine does the same within its scan,
where every song is decoded anyway.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from core.analysis import canonical_copy, listening
from core.analysis.copies_by_name import group_by_name
from core.analysis.duplicate_groups import group_copies, missing_pairs
from core.analysis.duplicates import Pair, Signature, SongPrint, candidate_pairs, compare_pairs, songs_to_hear
from core.analysis.facts import SongTask
from core.analysis.fingerprint import Items, decode_items, is_available
from core.analysis.listeners import listen
from core.analysis.plan import task_of
from core.audio.probe import AudioMetadata
from core.jobs.process_pool import WorkerPool, get_default_workers
from core.song import Song, SongId
from core.store.fingerprints import FingerprintRecord, FingerprintStore

Result = TypeVar("Result")
Songs = Mapping[SongId, Song]

LOOKED_AT_TOGETHER = 100
"""Files that a worker looks at in one task, and that are stored in one transaction."""
HEARD_TOGETHER = 8
"""Songs that a worker hears in one task: all of a song may take seconds, and a task has a time limit."""


@dataclass(frozen=True, slots=True)
class AudioFingerprint:
    """The fingerprint of a whole file."""

    filename: str
    fingerprint: str
    """As Chromaprint encodes it."""
    duration: float
    """Seconds."""
    file_size: int
    mtime: float


def should_fingerprint(metadata_group: Sequence[AudioMetadata]) -> bool:
    """Whether files of equal metadata can be copies of each other: whether there are two of them."""
    return len(metadata_group) >= 2


class AudioDeduplicator:
    """Finds copies among songs; files that cannot be read are copies of nothing."""

    def __init__(
        self,
        cache_path: Path | str = "./fingerprints.db",
        *,
        executor: Executor | None = None,
        num_workers: int | None = None,
    ) -> None:
        """Keep what is found in ``cache_path``; ``executor`` listens in the place of a pool of ``num_workers``."""
        self._store = FingerprintStore(cache_path)
        self._executor, self._workers = executor, num_workers or get_default_workers()

    def close(self) -> None:
        self._store.close()

    def extract_metadata(self, filepath: Path | str) -> AudioMetadata | None:
        """What a file is, or None if it cannot be opened as sound."""
        return listening.look(SongTask(SongId(""), Path(filepath)))

    def compute_fingerprint(self, filepath: Path | str) -> AudioFingerprint | None:
        """The fingerprint of a whole file, or None if it cannot be decoded."""
        task = SongTask(SongId(""), Path(filepath))
        found, whole = listening.look(task), listening.hear_whole(task)
        if found is None or whole is None:
            return None
        return AudioFingerprint(str(filepath), whole.encoded, whole.duration, found.file_size, found.mtime)

    def group_by_metadata(self, songs: Sequence[Song]) -> dict[Signature, list[Song]]:
        """The songs of equal size, duration, sample rate, bit rate and channels, in groups of two and more."""
        by_id = {song.song_id: song for song in songs}
        groups: dict[Signature, list[AudioMetadata]] = defaultdict(list)
        for found in self._look(by_id).values():
            groups[found.signature()].append(found)
        return {
            signature: [by_id[SongId(found.filename)] for found in group]
            for signature, group in groups.items()
            if should_fingerprint(group)
        }

    def find_duplicates(self, songs: Sequence[Song], *, use_metadata_filter: bool = False) -> dict[str, list[Song]]:
        """The groups of copies, by the encoded fingerprint of their first song.

        With ``use_metadata_filter`` only files of equal metadata are listened to, which finds identical files and no
        transcoded ones. Without libchromaprint, the groups of ``group_by_name`` under their first song's URL.
        """
        if not is_available():
            return {group[0].filename: group for group in group_by_name(songs)}
        if use_metadata_filter:
            songs = [song for group in self.group_by_metadata(songs).values() for song in group]
        by_id = {song.song_id: song for song in songs}
        prints = self._prints(by_id, self._look(by_id))
        pairs = candidate_pairs(list(prints.values()))
        comparisons = compare_pairs(pairs, prints, whole=self._whole(pairs, by_id, prints))
        more = missing_pairs(comparisons, files={song_id: song.filename for song_id, song in by_id.items()})
        comparisons += compare_pairs(more, prints, whole=self._whole(more, by_id, prints))
        groups, encoded = group_copies(comparisons), self._store.whole()
        return {encoded[group.members[0]]: [by_id[member] for member in group.members] for group in groups}

    def deduplicate(self, songs: Sequence[Song], *, merge_ratings: bool = True) -> list[Song]:
        """The songs with one copy of each, in their order; with ``merge_ratings`` it carries the rating of all."""
        kept: dict[SongId, Song] = {}
        for group in self.find_duplicates(songs).values():
            canonical = canonical_copy.choose_canonical(group)
            if merge_ratings:
                canonical = replace(canonical, rating=canonical_copy.merge_ratings(group).rating)
            kept |= {song.song_id: canonical for song in group}
        chosen = [kept.get(song.song_id, song) for song in songs]
        return [one for song, one in zip(songs, chosen, strict=True) if one.song_id == song.song_id]

    def _look(self, songs: Songs) -> dict[SongId, AudioMetadata]:
        """What the files of songs are, from the cache where they have not changed."""
        cached = self._store.metadata()
        found = {song_id: cached[song_id] for song_id in songs if _is_current(songs[song_id], cached.get(song_id))}
        missing = [song for song_id, song in songs.items() if song_id not in found]
        for looked_at in self._listen(listening.look, missing, together=LOOKED_AT_TOGETHER):
            new = {song.song_id: _of_song(each, song) for song, each in looked_at}
            self._store.save([FingerprintRecord(song_id, each) for song_id, each in new.items()])
            found |= new
        return {song_id: found[song_id] for song_id in songs if song_id in found}

    def _prints(self, songs: Songs, found: Mapping[SongId, AudioMetadata]) -> dict[SongId, SongPrint]:
        items = {song_id: each for song_id, each in self._store.excerpts().items() if song_id in found}
        missing = [songs[song_id] for song_id in found if song_id not in items]
        for heard in self._listen(listening.hear_excerpt, missing, together=HEARD_TOGETHER):
            self._store.save([FingerprintRecord(song.song_id, found[song.song_id], each) for song, each in heard])
            items |= {song.song_id: each for song, each in heard}
        return {
            song_id: SongPrint(
                song_id, songs[song_id].filename, found[song_id].signature(), found[song_id].duration, each
            )
            for song_id, each in items.items()
        }

    def _whole(self, pairs: Iterable[Pair], songs: Songs, prints: Mapping[SongId, SongPrint]) -> dict[SongId, Items]:
        """The fingerprints of whole songs: those that are known and those that these pairs need."""
        known = self._store.whole()
        needed, found = songs_to_hear(pairs, prints, heard=known), self._store.metadata()
        whole = {song_id: decode_items(encoded) for song_id, encoded in known.items() if song_id in prints}
        missing = [songs[song_id] for song_id in needed]
        for heard in self._listen(listening.hear_whole, missing, together=HEARD_TOGETHER):
            self._store.save_whole([(found[song.song_id], each.encoded) for song, each in heard])
            whole |= {song.song_id: each.items for song, each in heard}
        return whole

    def _listen(
        self, function: Callable[[SongTask], Result | None], songs: Sequence[Song], *, together: int
    ) -> Iterator[list[tuple[Song, Result]]]:
        """What came of each song of which anything came, batch by batch."""
        if not songs:
            return
        by_id = {song.song_id: song for song in songs}
        with self._listeners() as executor:
            for found in listen(function, [task_of(song) for song in songs], executor=executor, together=together):
                yield [(by_id[task.song_id], result) for task, result in found]

    def _listeners(self) -> AbstractContextManager[Executor]:
        if self._executor is not None:
            return nullcontext(self._executor)
        return WorkerPool(self._workers, preload=("core.audio.blocks", "core.audio.decode"))


def _of_song(found: AudioMetadata, song: Song) -> AudioMetadata:
    """The file's facts under the key of the song, with the song's own duration where it is a section."""
    is_section = song.is_cue_track and song.duration > 0
    return replace(found, filename=song.song_id, duration=song.duration if is_section else found.duration)


def _is_current(song: Song, known: AudioMetadata | None) -> bool:
    if known is None:
        return False
    try:
        now = song.filepath.stat()
    except (OSError, ValueError):
        return False
    return (now.st_size, now.st_mtime) == (known.file_size, known.mtime)
