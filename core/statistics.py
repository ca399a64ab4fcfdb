"""The numbers of a library: how many songs, rated, analysed, waiting, skipped; every row counted in one class."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from core.analysis.speech_class import SpeechClass
from core.curation import Curation
from core.library.songs_table import Library
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
    library: Library,
    *,
    curation: Curation,
    states: Mapping[SongId, FileState],
    embedded: set[str],
    excerpt: str,
    embeddings: dict[str, int],
    active_version: str | None,
) -> MusicStats:
    """Count each row of the player's library; ``embedded`` are the songs with a vector of the active version.

    A file that the player lists twice is a duplicate of itself.
    """
    rows = [*library.songs, *library.repeated]
    classes = Counter(
        class_of(
            song,
            states.get(song.song_id),
            curation=curation,
            embedded=embedded,
            excerpt=excerpt,
            version=active_version or "",
        )
        for song in library.songs
    )
    classes.update("unavailable" if song.unavailable else "duplicate" for song in library.repeated)
    rated = sum(song.is_rated for song in rows)
    damaged = sum(
        1 for song in library.songs if (state := states.get(song.song_id)) and state.reason is None and state.detail
    )
    return MusicStats(
        songs=len(rows),
        rated=rated,
        unrated=len(rows) - rated,
        classes={name: classes[name] for name in CLASSES},
        doubtful=sum(1 for song in curation.songs if curation.speech.get(song.song_id) is SpeechClass.DOUBTFUL),
        damaged_in_part=damaged,
        embeddings=embeddings,
        active_version=active_version,
    )


def class_of(
    song: Song, state: FileState | None, *, curation: Curation, embedded: set[str], excerpt: str, version: str
) -> str:
    """The one class that a song is counted in; ``version`` is that of the embeddings."""
    if song.unavailable:
        return "unavailable"
    if state is None or not state.holds_for(excerpt, version):
        return "waiting"
    if state.reason is not None:
        return "skipped"
    if song.song_id in curation.copy_of:
        return "duplicate"
    if curation.is_spoken(song.song_id):
        return "spoken"
    return "analysed" if song.song_id in embedded else "waiting"
