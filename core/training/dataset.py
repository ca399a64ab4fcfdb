"""Songs as torch datasets, with the plan's names: sound, labelled sound, and embeddings with ratings.

All work in a ``DataLoader`` with any number of workers: what does not decode is known in the process that trains.
Imported by what trains: importing this module imports torch.
"""

import logging
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, TypedDict, TypeVar

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset

from core.analysis.facts import ExcerptChoice
from core.audio.reasons import SkipReason
from core.song import Song
from core.store.embeddings import EmbeddingStore
from core.training.data.excerpts import Excerpts, fixed_length
from core.training.labels import MISSING, AnySong, genre_label, get_album_labels, year_to_period

logger = logging.getLogger(__name__)

AnySongType = TypeVar("AnySongType", bound=AnySong)


class MusicDataset(Dataset[tuple[Tensor, AnySongType]], Generic[AnySongType]):
    """(Sound, song) for training encoders; sound is (``duration`` * ``sample_rate``,) float32, decoded when asked for.

    Left out, and counted in ``left_out``: songs whose speech result (by song id or filename) is at or over the
    threshold, those of ``skipped``, and the copies that ``copy_of`` names (copy -> the song that is kept). A song that
    does not decode is warned of once, named in ``unheard`` and replaced by the next that does: the song that comes
    with the sound is always the one that is heard.
    """

    def __init__(
        self,
        songs: Sequence[AnySongType],
        speech_results: Mapping[str, float] | None = None,
        speech_threshold: float = 0.5,
        sample_rate: int = 22050,
        duration: float = 30.0,
        cache_dir: Path | str | None = None,
        *,
        skipped: Collection[str] = (),
        copy_of: Mapping[str, str] | None = None,
    ) -> None:
        self.left_out = Counter[str]()
        self.songs = list[AnySongType]()
        for song in songs:
            reason = _reason(song, speech_results or {}, speech_threshold, skipped=skipped, copy_of=copy_of or {})
            if reason:
                self.left_out[reason] += 1
            else:
                self.songs.append(song)
        plan = ExcerptChoice(sample_rate=sample_rate, duration=duration)
        self._excerpts = Excerpts(self.songs, plan, cache_dir=cache_dir)

    def __len__(self) -> int:
        return len(self.songs)

    def __getitem__(self, idx: int) -> tuple[Tensor, AnySongType]:
        row, samples = self._excerpts.load_or_next(range(len(self))[idx])
        return fixed_length(samples, self._excerpts.length), self.songs[row]

    @property
    def unheard(self) -> dict[str, SkipReason]:
        """The songs that did not decode so far, and why."""
        return self._excerpts.unheard


class EmbeddingDataset(Dataset[tuple[Tensor, float]]):
    """(Embedding (dimension,), rating 0 to 1) for training classifiers, read from the store once.

    Songs without a vector and songs without stars are left out, and counted in ``left_out``. ``model_version`` None
    takes the vectors that were written last.
    """

    def __init__(
        self, songs: Sequence[AnySong], embedding_store: EmbeddingStore, *, model_version: str | None = None
    ) -> None:
        version = model_version or embedding_store.newest_version() or ""
        rated = [song for song in songs if song.is_rated]
        found = embedding_store.get_embeddings_batch([song.song_id for song in rated], version)
        self.songs = [song for song in rated if song.song_id in found]
        self.left_out = Counter({"unrated": len(songs) - len(rated), "not embedded": len(rated) - len(self.songs)})
        vectors = [found[song.song_id] for song in self.songs]
        self._embeddings = torch.from_numpy(np.stack(vectors).astype(np.float32) if vectors else np.zeros((0, 0)))
        if self.left_out["not embedded"]:
            logger.warning("%d rated songs have no embedding and are left out", self.left_out["not embedded"])

    def __len__(self) -> int:
        return len(self.songs)

    def __getitem__(self, idx: int) -> tuple[Tensor, float]:
        return self._embeddings[idx], self.songs[idx].rating


class LabelledSound(TypedDict):
    """One song of ``MultiTaskMusicDataset``; labels are -1 or [] where they are missing."""

    audio: Tensor
    artist: int
    albums: list[int]
    genre: int
    period: int
    filename: str


class MultiTaskMusicDataset(Dataset[LabelledSound]):
    """Sound with the labels of all tasks; a song that does not decode is treated as in ``MusicDataset``."""

    def __init__(
        self,
        songs: Sequence[AnySong],
        artist_to_idx: Mapping[str, int],
        album_to_idx: Mapping[str, int],
        filename_to_albums: Mapping[str, Collection[str]],
        sample_rate: int = 22050,
        audio_duration: float = 30.0,
        *,
        cache_dir: Path | str | None = None,
    ) -> None:
        self.songs = list(songs)
        self.artist_to_idx = artist_to_idx
        self.album_to_idx = album_to_idx
        self.filename_to_albums = filename_to_albums
        plan = ExcerptChoice(sample_rate=sample_rate, duration=audio_duration)
        self._excerpts = Excerpts(self.songs, plan, cache_dir=cache_dir)

    def __len__(self) -> int:
        return len(self.songs)

    def __getitem__(self, idx: int) -> LabelledSound:
        row, samples = self._excerpts.load_or_next(range(len(self))[idx])
        song = self.songs[row]
        return {
            "audio": fixed_length(samples, self._excerpts.length),
            "artist": self.artist_to_idx.get(song.artist, MISSING),
            "albums": get_album_labels(song, self.album_to_idx, self.filename_to_albums),
            "genre": genre_label(song),
            "period": year_to_period(song.year),
            "filename": song.filename if isinstance(song, Song) else song.song_id,
        }

    @property
    def unheard(self) -> dict[str, SkipReason]:
        """The songs that did not decode so far, and why."""
        return self._excerpts.unheard


def collate_multitask_batch(batch: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Batch the items of ``MultiTaskMusicDataset``: tensors, but lists of ``albums`` and ``filename``."""
    return {
        "audio": torch.stack([item["audio"] for item in batch]),
        "artist": torch.tensor([item["artist"] for item in batch], dtype=torch.long),
        "albums": [item["albums"] for item in batch],
        "genre": torch.tensor([item["genre"] for item in batch], dtype=torch.long),
        "period": torch.tensor([item["period"] for item in batch], dtype=torch.long),
        "filename": [item["filename"] for item in batch],
    }


def _reason(
    song: AnySong,
    speech_results: Mapping[str, float],
    threshold: float,
    *,
    skipped: Collection[str],
    copy_of: Mapping[str, str],
) -> str:
    """Why a song is left out; empty for one that is not."""
    speech = speech_results.get(song.song_id)
    if speech is None and isinstance(song, Song):
        speech = speech_results.get(song.filename)
    if speech is not None and speech >= threshold:
        return "spoken"
    if song.song_id in skipped:
        return "skipped"
    return "copy" if song.song_id in copy_of else ""
