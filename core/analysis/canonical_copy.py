"""Of the copies of one song: which one is kept, which stars it has, on which albums it is."""

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.file_url import is_local, path_text
from core.song import UNRATED, Song, SongId


@dataclass(frozen=True, slots=True)
class MergedRating:
    """The rating of a song with several copies: 0.1 to 1.0, or -1 when no copy has one."""

    rating: float
    is_conflict: bool
    """Whether copies carry different ratings, so that the owner should look."""
    source: SongId | None
    """The copy that the rating comes from."""


def choose_canonical(copies: Sequence[Song], *, chosen: Collection[SongId] = frozenset()) -> Song:
    """The copy that is kept: one the owner chose, else rated before unrated, newest, shortest path.

    A copy that can be played comes before one that is gone for now, and one that a playlist can name before one that it
    cannot: its stars are not lost, see ``merge_ratings``.
    """
    return min(
        copies,
        key=lambda song: (
            song.unavailable,
            song.song_id not in chosen,
            not _can_be_named(song),
            not song.is_rated,
            -song.mtime,
            len(_place(song)),
            _place(song),
            song.beginning,
        ),
    )


def merge_ratings(copies: Sequence[Song], *, changed_at: Mapping[SongId, float] | None = None) -> MergedRating:
    """The rating that counts for all copies.

    ``changed_at`` says in Unix seconds when the companion store saw the rating of a song change last. The latest such
    change wins; ratings that were there before us count by when their file was modified.
    """
    rated = [song for song in copies if song.is_rated]
    if not rated:
        return MergedRating(UNRATED, is_conflict=False, source=None)
    seen = changed_at or {}
    latest = max(rated, key=lambda song: (seen.get(song.song_id, -1.0), song.mtime, song.song_id))
    return MergedRating(latest.rating, len({round(song.rating, 3) for song in rated}) > 1, latest.song_id)


def albums_of(copies: Sequence[Song]) -> list[tuple[str, str]]:
    """The albums that the copies are on, as (album artist or artist, album), each once."""
    return list(dict.fromkeys((song.group, song.album) for song in copies if song.album))


def _can_be_named(song: Song) -> bool:
    """Whether a playlist can name it: the one that stands for its copies must not be left out of every playlist.

    ``core.playlist.xspf.unplayable_reason`` has the reasons, and lies above this folder; a test holds them together.
    """
    if not is_local(song.filename) or (song.is_cue_track and song.beginning > 0):
        return False
    return "\\" not in path_text(song.filename)


def _place(song: Song) -> bytes:
    return os.fsencode(song.mapped_path or song.filename)
