"""The ordered steps from one song to its facts, from a single decode; pure but for reading the file."""

from pathlib import Path

import torch
from torch import nn

from core.analysis.facts import ExcerptChoice, SongFacts, SongTask
from core.audio.decode import decode_excerpt
from core.audio.reasons import AudioError, SkipReason
from core.models.protocols import sample_rate_of


def analyse_song(task: SongTask, *, encoder: nn.Module, excerpt: ExcerptChoice) -> SongFacts:
    """Decode the excerpt of a song and embed it; raises AudioError with the reason when nothing can be heard."""
    if task.path is None:
        raise AudioError(SkipReason.NOT_LOCAL, task.song_id)
    heard = decode_excerpt(
        Path(task.path),
        sample_rate=sample_rate_of(encoder),
        duration=excerpt.duration,
        center_crop=excerpt.center_crop,
        max_duration=excerpt.max_duration,
        beginning=task.beginning,
        length=task.length,
    )
    embedding = embed(heard.samples, encoder=encoder)
    return SongFacts(task.song_id, heard.metadata, embedding.numpy(), heard.damage)


def embed(samples: torch.Tensor, *, encoder: nn.Module) -> torch.Tensor:
    """The embedding (dim,) of mono samples (n,).

    Raises AudioError when it has values that are not numbers, ValueError when an encoder of the owner's breaks its
    promise about their number at samples of this length.
    """
    with torch.inference_mode():
        embedding: torch.Tensor = encoder(samples.unsqueeze(0)).squeeze(0).float()
    expected = int(encoder.get_embedding_dim())  # type: ignore[operator]  # nn.Module types every attribute as a tensor
    if tuple(embedding.shape) != (expected,):
        message = f"the encoder gave the shape {tuple(embedding.shape)}, not ({expected},)"
        raise ValueError(message)
    if not bool(embedding.isfinite().all()):
        raise AudioError(SkipReason.DAMAGED, "the encoder gave values that are not numbers")
    return embedding
