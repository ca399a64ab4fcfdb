"""Embeddings of all songs by a trained encoder: the pool decodes ahead, this process encodes batches and stores."""

import logging
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import islice
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from core.analysis.facts import EncoderFacts, ExcerptChoice
from core.analysis.scan import embedding_version
from core.audio.reasons import AudioError
from core.errors import UserError
from core.jobs.process_pool import WorkerDied, WorkerPool, get_default_workers
from core.models.checks import check_encoder
from core.models.protocols import sample_rate_of
from core.models.versions import model_version
from core.store.embeddings import EmbeddingStore
from core.training.context import TrainingContext
from core.training.data.excerpts import Place, decoded_excerpt
from core.training.ears import Ears
from core.training.protocol import TrainingSong

logger = logging.getLogger(__name__)

BATCHES_AHEAD = 2
"""That are being decoded while one is encoded."""
MOST_FAILED = 0.5
"""Of the songs: with more, something is wrong that is not the songs' fault."""

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Extracted:
    """What came of it: the version of the embeddings, and how many songs have one, were known before, or failed."""

    version: str
    embedded: int
    known: int
    failed: int
    complete: bool


def version_of_embeddings(encoder: nn.Module, excerpt: ExcerptChoice) -> str:
    """The name under which the embeddings of an encoder are kept, as a scan gives it."""
    dimension = int(cast("int", encoder.get_embedding_dim()))  # type: ignore[operator]  # nn.Module types every attribute as a tensor
    return embedding_version(EncoderFacts(model_version(encoder), dimension, type(encoder).__name__), excerpt)


def extract_all_embeddings(
    encoder: nn.Module,
    songs: Sequence[TrainingSong],
    embedding_store: EmbeddingStore,
    ctx: TrainingContext,
    batch_size: int = 64,
) -> Extracted:
    """Embed every song that has no embedding of this encoder yet; what was done before a kill is not done again.

    What a fixed backbone has heard for a training is not decoded again, which took 0.5 s of processor time a song.
    A file that cannot be heard is logged and left to the next scan, which tells its reason. Raises UserError for an
    encoder that breaks its promise, and when most files fail.
    """
    excerpt = _excerpt(ctx)
    encoder = encoder.to(ctx.device).eval()
    dimension = check_encoder(encoder, sample_rate_of(encoder))
    version = version_of_embeddings(encoder, excerpt)
    known = embedding_store.filenames(version)
    needed = [song for song in songs if song.song_id not in known]
    details = {"embedding_dim": dimension, "excerpt": excerpt.name}
    embedding_store.store_metadata(version, encoder_class=type(encoder).__name__, hyperparameters=details)
    ears = Ears.of(encoder, device=ctx.device, excerpt=excerpt, cache_dir=ctx.job.cache_dir if ctx.job else None)
    done, failed = 0, 0
    ctx.reporter.say("progress", done=0, total=len(needed))
    for asked, found in _embedded(ears, needed, batch_size=batch_size, excerpt=excerpt):
        embedding_store.store_embeddings_batch(found, version)
        done, failed = done + len(found), failed + asked - len(found)
        ctx.reporter.say("progress", done=done + failed, total=len(needed))
        if ctx.reporter.stopped():
            break
    heard = len(songs) - len(needed) + done  # asked again, only those that failed before are left to try
    if failed > MOST_FAILED * (heard + failed):
        raise UserError(f"{failed} of {heard + failed} songs could not be heard: is the music folder there?")
    return Extracted(version, done, len(songs) - len(needed), failed, complete=done + failed == len(needed))


def _embedded(
    ears: Ears, songs: Sequence[TrainingSong], *, batch_size: int, excerpt: ExcerptChoice
) -> Iterator[tuple[int, list[tuple[str, Samples]]]]:
    """Batches: how many songs were asked for, and the embeddings of those that could be heard."""
    heard_before = [song for song in songs if ears.has_heard(song)]
    for begin in range(0, len(heard_before), batch_size):
        batch = heard_before[begin : begin + batch_size]
        yield len(batch), _finite(batch, ears.from_memory(batch))
    known = {song.song_id for song in heard_before}
    unheard = [song for song in songs if song.song_id not in known]
    if not unheard:
        return
    with WorkerPool(get_default_workers(), preload=(__name__,)) as pool:
        rate = sample_rate_of(ears.encoder)
        for decoded in _decoded(pool, unheard, batch_size=batch_size, rate=rate, excerpt=excerpt):
            yield len(decoded), _encoded(ears, [(song, samples) for song, samples in decoded if samples is not None])


def _decoded(
    pool: WorkerPool, songs: Sequence[TrainingSong], *, batch_size: int, rate: int, excerpt: ExcerptChoice
) -> Iterator[list[tuple[TrainingSong, Samples | None]]]:
    """Batches of songs with their samples (n,), None for a file that cannot be heard; some are decoded ahead."""
    waiting = deque[tuple[TrainingSong, Future[Samples | str]]]()
    coming = iter(songs)
    while True:
        for song in islice(coming, (BATCHES_AHEAD + 1) * batch_size - len(waiting)):
            waiting.append((song, pool.submit(decode_for_encoder, song, rate=rate, excerpt=excerpt)))
        if not waiting:
            return
        batch = [waiting.popleft() for _ in range(min(batch_size, len(waiting)))]
        yield [(song, _samples(song, future)) for song, future in batch]


def decode_for_encoder(song: TrainingSong, *, rate: int, excerpt: ExcerptChoice) -> Samples | str:
    """The samples (n,) that a scan would give the encoder, or why there are none; runs in a process of the pool."""
    torch.set_num_threads(1)
    try:
        return cast("Samples", decoded_excerpt(Place.of(song), excerpt, rate=rate).samples.numpy())
    except AudioError as error:
        return str(error)


def _samples(song: TrainingSong, future: "Future[Samples | str]") -> Samples | None:
    try:
        found = future.result()
    except (WorkerDied, TimeoutError, MemoryError) as error:
        found = str(error)
    if isinstance(found, str):
        logger.warning("%s could not be heard: %s", song.path, found)
        return None
    return found


def _encoded(ears: Ears, sound: Sequence[tuple[TrainingSong, Samples]]) -> list[tuple[str, Samples]]:
    """Embeddings of excerpts; those of one length go through the encoder together, since padding is not music."""
    by_length: dict[int, list[tuple[TrainingSong, Samples]]] = {}
    for song, samples in sound:
        by_length.setdefault(samples.size, []).append((song, samples))
    found: list[tuple[str, Samples]] = []
    for alike in by_length.values():
        songs = [song for song, _ in alike]
        found += _finite(songs, ears.hear(songs, torch.from_numpy(np.stack([samples for _, samples in alike]))))
    return found


def _finite(songs: Sequence[TrainingSong], vectors: Samples) -> list[tuple[str, Samples]]:
    rows = zip(songs, vectors, strict=True)
    return [(song.song_id, vector) for song, vector in rows if np.isfinite(vector).all()]


def _excerpt(ctx: TrainingContext) -> ExcerptChoice:
    return ctx.job.excerpt if ctx.job is not None else ExcerptChoice()
