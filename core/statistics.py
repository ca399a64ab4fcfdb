"""The numbers of a library: how many songs, rated, analysed, waiting, skipped; every row counted in one class."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.song import Song, SongId
from core.store.companion import FileState

CLASSES = ("analysed", "waiting", "skipped", "duplicate", "spoken", "unavailable")


@dataclass(frozen=True)
class MusicStats:
    """``classes`` holds a number for each of ``CLASSES``; they add up to ``songs``."""

    songs: int
    rated: int
    unrated: int
    classes: dict[str, int]
    doubtful: int
    damaged_in_part: int
    embeddings: dict[str, int]
    """For each model version, over all songs that were ever listened to."""
    active_version: str | None


def count_songs(
    songs: Iterable[Song],
    *,
    states: Mapping[SongId, FileState],
    embedded: set[str],
    excerpt: str,
    embeddings: dict[str, int],
    active_version: str | None,
) -> MusicStats:
    """Count each row of the player's library; ``embedded`` are the songs with a vector of the active version."""
    listed = list(songs)
    classes = Counter(class_of(song, states.get(song.song_id), embedded=embedded, excerpt=excerpt) for song in listed)
    rated = sum(song.is_rated for song in listed)
    damaged = sum(1 for song in listed if (state := states.get(song.song_id)) and state.reason is None and state.detail)
    return MusicStats(
        songs=len(listed),
        rated=rated,
        unrated=len(listed) - rated,
        classes={name: classes[name] for name in CLASSES},
        doubtful=0,
        damaged_in_part=damaged,
        embeddings=embeddings,
        active_version=active_version,
    )


def class_of(song: Song, state: FileState | None, *, embedded: set[str], excerpt: str) -> str:
    """The one class that a song is counted in."""
    if song.unavailable:
        return "unavailable"
    if state is None or state.excerpt != excerpt:
        return "waiting"
    if state.reason is not None:
        return "skipped"
    return "analysed" if song.song_id in embedded else "waiting"
