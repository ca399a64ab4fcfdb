"""What is left of duplicate detection without libchromaprint: files that say of themselves that they are the same."""

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence

from core.analysis.canonical_copy import choose_canonical
from core.song import Song

DURATION_STEP = 0.5
"""Seconds: what the players read of one song in two formats differs by less."""


def group_by_name(songs: Iterable[Song]) -> list[list[Song]]:
    """Songs with the same file name (whatever the extension), title, artist and duration, in groups of two and more.

    The name alone joins every "01 - Track 1" with every other: all four have to be there and equal. Tracks of a cue
    sheet share their file's name, so they are left out.
    """
    groups: dict[tuple[str, str, str, int], list[Song]] = defaultdict(list)
    for song in songs:
        if song.title and song.artist and song.duration > 0 and not song.is_cue_track:
            groups[_key(song)].append(song)
    return [group for group in groups.values() if len({song.filename for song in group}) > 1]


def simple_deduplicate(songs: Sequence[Song]) -> list[Song]:
    """The songs without all but the canonical copy of those that ``group_by_name`` finds, in their order."""
    hidden = {
        song.song_id
        for group in group_by_name(songs)
        for canonical in [choose_canonical(group)]
        for song in group
        if song.song_id != canonical.song_id
    }
    return [song for song in songs if song.song_id not in hidden]


def _key(song: Song) -> tuple[str, str, str, int]:
    name = os.path.splitext(song.filename.rpartition("/")[2])[0]  # noqa: PTH122 - a part of a URL, not a path
    return name.casefold(), song.title.casefold(), song.artist.casefold(), round(song.duration / DURATION_STEP)
