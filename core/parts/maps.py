"""The map of the library: the one that is stored, with the songs that came since, and how it is drawn anew."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.jobs.events import Control, Event
from core.parts.workplace import Workplace
from core.recommend.map_clusters import Clusters, numbered_like
from core.recommend.map_drawing import LaidOut, LayoutJob, MapFinished, lay_out_in_child
from core.recommend.map_layout import Start
from core.recommend.map_places import nearest_rows, places_among
from core.recommend.map_sound import SoundAxes
from core.recommend.song_map import SongMap, no_map
from core.song import Song, SongId
from core.store.map_file import StoredMap, StoredSound, load_map, load_sound, map_file, save_map

NEW_SHARE = 0.1
"""Of the songs: when more have only an approximate place, the map is worth drawing anew."""
GOES_ON = 0.5
"""Of the songs that have to be laid out already for a map to go on where it was, instead of unfolding anew."""


class Maps:
    """A part of the engine. Every song that was listened to is on the map, copies and spoken ones too."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._embeddings = workplace.stores.embeddings
        self._file = map_file(self._embeddings.path)

    def saved(self) -> SongMap | None:
        """The map that was drawn last; None before the first, or if it cannot be read. 60,000 songs take 0.1 s."""
        stored = load_map(self._file)
        return None if stored is None else _song_map(stored)

    def current(self, songs: Sequence[Song] | None = None) -> SongMap:
        """The saved map without songs that are gone, those that were heard since placed among their neighbors.

        ``songs`` are all of the library, if they are at hand. Empty before the first map is drawn. Songs that have no
        embedding of the kind that the map was made from are not on it: then it is stale.
        """
        stored = load_map(self._file)
        if stored is None:
            return no_map()
        heard = self._heard(stored.version, songs)
        here = np.fromiter((name in heard for name in stored.names), np.bool_, len(stored.names))
        new = sorted(heard.difference(stored.names)) if here.any() else []
        kept = _only(_song_map(stored), here)
        return self._with_new(kept, here, new) if new else kept

    def is_stale(self, song_map: SongMap) -> bool:
        """Whether it is worth drawing anew: other embeddings are in use, or many places are approximate."""
        if song_map.version != (self._workplace.active_version or ""):
            return True
        return int(song_map.is_approximate.sum()) > NEW_SHARE * len(song_map)

    def draw(self, *, control: Control | None = None) -> Iterator[Event]:
        """Draw and store the map of all songs: LayoutMoved while it unfolds, MapFinished at its end.

        It starts from the map before and is turned back onto it. Raises UserError for fewer than five songs. Stopped
        (or killed) at any time, it leaves the map before.
        """
        version = self._workplace.require_version()
        names = sorted(self._heard(version))
        before = self._before(names, version)
        job = LayoutJob(self._embeddings.path, version, names, before.start, self._workplace.config.seed)
        for event in lay_out_in_child(job, control=control):
            if isinstance(event, LaidOut):
                yield MapFinished(song_map=self._store(job, event, before))
                return
            yield event
        yield MapFinished(complete=False)

    def _heard(self, version: str, songs: Sequence[Song] | None = None) -> set[str]:
        """The songs of the library, available ones only, that have an embedding of a version."""
        here = self._workplace.library().songs if songs is None else songs
        return self._embeddings.filenames(version) & {str(song.song_id) for song in here if not song.unavailable}

    def _with_new(self, kept: SongMap, here: NDArray[np.bool_], new: list[str]) -> SongMap:
        known = load_sound(self._file, made_at=kept.made_at)
        found, vectors = self._embeddings.matrix(kept.version).rows(new)
        if known is None or not found:
            return kept
        sound = SoundAxes(known.mean, known.directions).sound(vectors)
        neighbors = nearest_rows(sound, known.sound[here])
        return SongMap(
            kept.song_ids + tuple(map(SongId, found)),
            np.vstack([kept.positions, places_among(neighbors, kept.positions)]),
            np.append(kept.is_approximate, np.ones(len(found), np.bool_)),
            kept.version,
            kept.made_at,
            np.append(kept.clusters, kept.clusters[neighbors[:, 0]]),
        )

    def _before(self, names: list[str], version: str) -> "_Before":
        """Where the songs that are to be laid out were on the map before, and in which clusters."""
        stored, shown = load_map(self._file), self.current()
        start, clusters = Start.nowhere(len(names)), np.full(len(names), -1, np.int16)
        row_of = {str(song_id): row for row, song_id in enumerate(shown.song_ids)}
        rows = np.array([row_of.get(name, -1) for name in names], np.intp)
        known = rows >= 0
        start.places[known], clusters[known] = shown.positions[rows[known]], shown.clusters[rows[known]]
        laid_out = int((~shown.is_approximate[rows[known]]).sum())
        if stored is not None and stored.version == version and laid_out >= GOES_ON * len(names):
            start = replace(start, scale=stored.scale)
        return _Before(start, clusters)

    def _store(self, job: LayoutJob, found: LaidOut, before: "_Before") -> SongMap:
        clusters = numbered_like(found.clusters, before.clusters)
        stored = StoredMap(list(job.names), found.positions, clusters, job.version, time.time(), found.scale)
        save_map(self._file, stored, StoredSound(found.sound, found.mean, found.directions))
        return _song_map(stored)


@dataclass(frozen=True, eq=False)
class _Before:
    start: Start
    clusters: Clusters
    """(songs,): -1 for songs that were in none."""


def _song_map(stored: StoredMap) -> SongMap:
    return SongMap(
        tuple(map(SongId, stored.names)),
        stored.positions,
        np.zeros(len(stored.names), np.bool_),
        stored.version,
        stored.made_at,
        stored.clusters,
    )


def _only(whole: SongMap, kept: NDArray[np.bool_]) -> SongMap:
    if kept.all():
        return whole
    return replace(
        whole,
        song_ids=tuple(song_id for song_id, stays in zip(whole.song_ids, kept.tolist(), strict=True) if stays),
        positions=whole.positions[kept],
        is_approximate=whole.is_approximate[kept],
        clusters=whole.clusters[kept],
    )
