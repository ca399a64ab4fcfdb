"""Which songs of a library have to be listened to, and in which order."""

import os
from collections.abc import Iterable, Mapping

from core.analysis.facts import SongTask
from core.audio.reasons import SkipReason
from core.file_url import is_local
from core.song import Song, SongId
from core.store.companion import FileState

TRIED_AGAIN = {SkipReason.NO_PERMISSION}
"""Reasons that can pass without the file's size or time changing."""


def plan_tasks(
    songs: Iterable[Song], *, states: Mapping[SongId, FileState], embedded: set[str], excerpt: str
) -> list[SongTask]:
    """A task for each available song that is new or changed, or whose facts hold for another excerpt or encoder.

    Rated songs come first, so that the first playlist comes long before the end; then the newest, then the rest.
    """
    needed = [
        song
        for song in songs
        if not song.unavailable and _is_needed(song, states.get(song.song_id), embedded=embedded, excerpt=excerpt)
    ]
    needed.sort(key=lambda song: (not song.is_rated, -song.mtime, -song.rowid))
    return [task_of(song) for song in needed]


def task_of(song: Song) -> SongTask:
    """What a worker has to know of a song."""
    path = song.filepath if is_local(song.filename) else None
    length = song.duration if song.is_cue_track and song.duration > 0 else None
    return SongTask(song.song_id, path, song.beginning, length)


def _is_needed(song: Song, state: FileState | None, *, embedded: set[str], excerpt: str) -> bool:
    if state is None or state.excerpt != excerpt:
        return True
    if state.reason in TRIED_AGAIN:
        return True
    if state.reason is None and song.song_id not in embedded:
        return True
    return _has_changed(song, state)


def _has_changed(song: Song, state: FileState) -> bool:
    if not is_local(song.filename):
        return False
    try:
        now = os.stat(song.filepath)  # noqa: PTH116 - Path.stat costs twice as much, 60,000 times
    except (OSError, ValueError):
        # A file that was heard and is gone for now (an unmounted drive) keeps its facts; a zero byte names no file.
        return False
    return (now.st_size, now.st_mtime) != (state.size, state.mtime)
