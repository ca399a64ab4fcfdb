"""Which songs of a library have to be listened to, for which parts of their facts, and in which order."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import islice

from core.analysis.facts import NO_PART, KnownSound, Part, SongTask
from core.audio.reasons import SkipReason
from core.file_url import is_local
from core.song import Song, SongId
from core.store.companion import FileState

TRIED_AGAIN = {SkipReason.NO_PERMISSION}
"""Reasons that can pass without the file's size or time changing."""
MOST_ALIKE = 200
"""Songs of which one may be the new one under another name; a library of 60,000 has 70 in a second of length."""
SECOND = 1.0


@dataclass(frozen=True)
class KnownFacts:
    """What the stores hold, for one excerpt and one version of everything that listens."""

    states: Mapping[SongId, FileState] = field(default_factory=dict)
    having: Mapping[Part, AbstractSet[str]] = field(default_factory=dict)
    """The songs that have each of the parts that are wanted."""
    durations: Mapping[SongId, float] = field(default_factory=dict)
    """Seconds, of the songs that are gone: their files may have been moved."""
    version: str = ""
    """Of the embeddings."""

    def complete(self) -> set[SongId]:
        """The songs of which no wanted part is missing."""
        complete: set[SongId] = set(self.states)
        for song_ids in self.having.values():
            complete &= song_ids
        return complete

    def missing(self, song_id: SongId) -> Part:
        """The wanted parts that a song does not have."""
        missing = NO_PART
        for part, song_ids in self.having.items():
            if song_id not in song_ids:
                missing |= part
        return missing


def plan_tasks(songs: Iterable[Song], *, known: KnownFacts, excerpt: str) -> list[SongTask]:
    """A task for each available song that is new or changed, or of which a part is missing or of another excerpt.

    Rated songs come first, so that the first playlist comes long before the end; then the newest, then the rest.
    """
    available = [song for song in songs if not song.unavailable]
    complete = known.complete()
    needed = [song for song in available if _is_needed(song, known, complete=complete, excerpt=excerpt)]
    needed.sort(key=lambda song: (not song.is_rated, -song.mtime, -song.rowid))
    # What is heard itself in this run may be another sound by the time that its facts would be taken over.
    still = complete - {song.song_id for song in needed}
    alike = _Alike(known, complete=still, excerpt=excerpt) if needed and still else None
    return [_task(song, known, excerpt=excerpt, alike=alike) for song in needed]


def task_of(song: Song) -> SongTask:
    """What a worker has to know of a song of which nothing is known."""
    path = song.filepath if is_local(song.filename) else None
    length = song.duration if song.is_cue_track and song.duration > 0 else None
    return SongTask(song.song_id, path, song.beginning, length)


class _Alike:
    """Finds songs with known facts that may sound like a new one: of its size, or gone and of its length."""

    def __init__(self, known: KnownFacts, *, complete: AbstractSet[SongId], excerpt: str) -> None:
        self._by_size: dict[int, list[KnownSound]] = defaultdict(list)
        self._gone_by_second: dict[int, list[KnownSound]] = defaultdict(list)
        for song_id in complete:
            state = known.states[song_id]
            if state.reason is None and state.checksum and state.excerpt == excerpt:
                sound = KnownSound(state.checksum, song_id)
                self._by_size[state.size].append(sound)
                if song_id in known.durations:
                    self._gone_by_second[int(known.durations[song_id] / SECOND)].append(sound)

    def to(self, song: Song) -> tuple[KnownSound, ...]:
        found = {sound.song_id: sound for sound in self._by_size.get(_size(song), ())}
        if song.duration > 0:
            middle = int(song.duration / SECOND)
            # A player and FFmpeg may round to other sides of a second.
            near = (sound for second in (middle, middle - 1, middle + 1) for sound in self._gone_by_second[second])
            found |= {sound.song_id: sound for sound in near}
        return tuple(islice((sound for key, sound in found.items() if key != song.song_id), MOST_ALIKE))


def _task(song: Song, known: KnownFacts, *, excerpt: str, alike: _Alike | None) -> SongTask:
    state, task = known.states.get(song.song_id), task_of(song)
    if state is not None and state.reason is None and state.excerpt == excerpt:
        return replace(task, checksum=state.checksum, missing=known.missing(song.song_id))
    return replace(task, alike=alike.to(song) if alike else ())


def _is_needed(song: Song, known: KnownFacts, *, complete: AbstractSet[SongId], excerpt: str) -> bool:
    state = known.states.get(song.song_id)
    if state is None:
        return True
    if state.reason in TRIED_AGAIN:
        return _is_readable(song)  # else each change in the library would start a pool for it
    if state.reason is not None and not state.holds_for(excerpt, known.version):
        return True
    if state.reason is None and (
        state.excerpt != excerpt or song.song_id not in complete or _is_another_section(song, state)
    ):
        return _size(song) >= 0  # what a song on an unmounted drive lacks is made up for when the drive is back
    return _has_changed(song, state)


def _is_another_section(song: Song, state: FileState) -> bool:
    """Whether the cue sheet was edited since the track was heard: nothing about the file itself tells."""
    if not (song.is_cue_track and state.checksum):
        return False
    _, sign, place = state.checksum.partition("#")
    return sign + place != task_of(song).section


def _is_readable(song: Song) -> bool:
    try:
        return os.access(song.location, os.R_OK)
    except ValueError:  # a zero byte names no file
        return False


def _has_changed(song: Song, state: FileState) -> bool:
    if not is_local(song.filename):
        return False
    try:
        now = os.stat(song.location)  # noqa: PTH116 - Path.stat costs twice as much, 60,000 times
    except (OSError, ValueError):
        # A file that was heard and is gone for now (an unmounted drive) keeps its facts; a zero byte names no file.
        return False
    return (now.st_size, now.st_mtime) != (state.size, state.mtime)


def _size(song: Song) -> int:
    """The size of the file in bytes; the player's own figure may be old."""
    try:
        return os.stat(song.location).st_size if is_local(song.filename) else -1  # noqa: PTH116
    except (OSError, ValueError):
        return -1
