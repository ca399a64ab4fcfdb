"""From a job to what a training loop needs: the encoder, its views of the owner's songs, and the objective."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from core.analysis.facts import ExcerptChoice
from core.audio.augment import AudioAugmentor
from core.errors import UserError
from core.jobs.process_pool import usable_cores
from core.models import registry
from core.models.checks import check_encoder
from core.models.protocols import sample_rate_of
from core.training.context import TrainingContext
from core.training.data.views import FeatureBank, FeaturePlan, FeatureViews, WaveformViews, compute_features
from core.training.data.waveform_views import WaveformPlan
from core.training.labels import Labels, labels_of
from core.training.loop.devices import Device
from core.training.loop.distributed import Ranks
from core.training.loop.encoder_config import EncoderConfig
from core.training.loop.material import Material, Split
from core.training.loop.objectives import Mode, objective_for
from core.training.protocol import TrainingSong

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Parts:
    """What is trained, and on what."""

    encoder: nn.Module
    """What the checkpoint holds."""
    learner: nn.Module
    """What the objective calls: the encoder, or its head where the features of a fixed backbone are the input."""
    objective: nn.Module
    """Called as ``objective(learner, batch)``; returns the loss and figures such as ``train/total_loss``."""
    material: Material

    def begin(self, split: Split) -> None:
        """Give an encoder that can take it a start that is better than chance, from the songs that are learned from."""
        if self.learner is self.encoder:
            return
        bank = cast("FeatureViews", self.material.views).bank
        songs, excerpts = np.nonzero(np.arange(bank.values.shape[1]) < bank.counts[:, None])
        learned = np.isin(songs, split.learned)
        songs, excerpts = songs[learned], excerpts[learned]
        fit_head: Any = self.encoder.fit_head
        features = torch.from_numpy(bank.values[songs, excerpts])
        fit_head(features, torch.from_numpy(songs), [self.material.songs[song].group for song in songs.tolist()])


def parts_for(
    ctx: TrainingContext, config: EncoderConfig, *, device: Device, ranks: Ranks, teacher: Vectors | None = None
) -> Parts:
    """Everything for a run; raises UserError for an encoder that breaks its promise, and where no song can be heard.

    An encoder with ``features``, ``head`` and ``fit_head`` learns from features, which are computed once; ``teacher``
    (songs, dimension) is what any other encoder shall say in the mode ``distill``.
    """
    encoder = built_encoder(ctx, config).to(device.name)
    if has_fixed_backbone(encoder):
        if config.mode == "distill":
            raise UserError(f'The encoder "{config.reference}" has a backbone of its own, and is not distilled.')
        songs, bank = heard_songs(ctx, encoder, config=config, device=device, ranks=ranks)
        labels = _labels(songs, config)
        learner: nn.Module = encoder.head  # type: ignore[assignment]  # nn.Module types every attribute as a tensor
        views: FeatureViews | WaveformViews = FeatureViews(bank, songs, labels, seed=config.seed, device=device.name)
    else:
        songs, learner = songs_of(ctx), encoder
        labels = _labels(songs, config)
        views = _sound_views(ctx, songs, labels, encoder=encoder, config=config, device=device, teacher=teacher)
    torch.manual_seed(config.seed)  # for the heads of the objective
    objective = objective_for(
        cast("Mode", config.mode),
        embedding_dim=config.embedding_dim,
        hyperparameters=config.objective,
        num_artists=labels.num_artists,
        num_albums=labels.num_albums,
        teacher_dim=None if teacher is None else teacher.shape[1],
    )
    return Parts(encoder, learner, objective.to(device.name), Material(songs, views, views.excerpts, labels.genre))


def built_encoder(ctx: TrainingContext, config: EncoderConfig) -> nn.Module:
    """The encoder at its start, checked; its class may be given as it is, or by a reference."""
    torch.manual_seed(config.seed)
    named = ctx.hyperparameters.get("encoder_class")
    if isinstance(named, type):
        encoder = cast("nn.Module", named(embedding_dim=config.embedding_dim))  # as the plan calls it
    else:
        kept = ctx.job.pretrained_weights if ctx.job else None
        encoder = registry.build(config.reference, relative_to=config.folder, weights=kept, **config.arguments)
    check_encoder(encoder, sample_rate_of(encoder), seconds=config.crop_seconds)
    return encoder


def has_fixed_backbone(encoder: nn.Module) -> bool:
    """Whether only a head of the encoder is trained, on features that never change."""
    return all(hasattr(encoder, name) for name in ("features", "head", "fit_head"))


def songs_of(ctx: TrainingContext) -> Sequence[TrainingSong]:
    """The songs of a context, which stand in its job or, in a program of one's own, beside it."""
    return ctx.songs or (ctx.job.songs if ctx.job else ())


def heard_songs(
    ctx: TrainingContext, encoder: nn.Module, *, config: EncoderConfig, device: Device, ranks: Ranks
) -> tuple[Sequence[TrainingSong], FeatureBank]:
    """The songs that the backbone could hear, and what it made of them; it is kept for the next run."""
    plan = FeaturePlan(
        version=backbone_version(encoder),
        excerpt=_excerpt_for(ctx, encoder),
        excerpts_per_song=config.excerpts_per_song,
        excerpt_seconds=config.excerpt_seconds,
    )
    songs = songs_of(ctx)
    ctx.reporter.say("stage", name="Listening for the training")
    with ranks.one_after_the_other():  # what the first one computes, the others find in the cache
        bank = compute_features(
            songs,
            cast("Any", encoder),
            plan=plan,
            cache_dir=_cache_dir(ctx),
            device=device.name,
            workers=workers_of(ctx),
            on_progress=lambda done, total: ctx.reporter.say("progress", done=done, total=total),
            stopped=ctx.reporter.stopped,
        )
    if bank.unheard:
        heard = bank.heard
        songs = [songs[row] for row in heard]
        bank = FeatureBank(bank.values[heard], bank.counts[heard], bank.unheard)
    return songs, bank


def _sound_views(
    ctx: TrainingContext,
    songs: Sequence[TrainingSong],
    labels: Labels,
    *,
    encoder: nn.Module,
    config: EncoderConfig,
    device: Device,
    teacher: Vectors | None,
) -> WaveformViews:
    plan = WaveformPlan(_excerpt_for(ctx, encoder), config.crop_seconds, config.seed, _cache_dir(ctx), workers_of(ctx))
    augment = AudioAugmentor() if config.mode != "distill" else None  # a teacher was not asked about altered sound
    return WaveformViews(songs, labels, plan=plan, augment=augment, device=device.name, teacher=teacher)


def _labels(songs: Sequence[TrainingSong], config: EncoderConfig) -> Labels:
    return labels_of(songs, top_k_artists=config.top_k_artists, top_k_albums=config.top_k_albums)


def _excerpt_for(ctx: TrainingContext, encoder: nn.Module) -> ExcerptChoice:
    """What a scan hears of a song, at the encoder's rate."""
    return replace(ctx.job.excerpt if ctx.job else _excerpt_of(ctx), sample_rate=sample_rate_of(encoder))


def _excerpt_of(ctx: TrainingContext) -> ExcerptChoice:
    """As the plan's keys say, in a program of one's own."""
    hyper, usual = ctx.hyperparameters, ExcerptChoice()
    return ExcerptChoice(
        duration=hyper.get("audio_duration", usual.duration),
        center_crop=hyper.get("center_crop", usual.center_crop),
        max_duration=hyper.get("max_audio_duration", usual.max_duration),
    )


def _cache_dir(ctx: TrainingContext) -> Path | None:
    return ctx.job.cache_dir if ctx.job else None


def workers_of(ctx: TrainingContext) -> int:
    """Threads that decode ahead; more than there are cores would only stand in each other's way."""
    wanted = ctx.job.options.get("compute", {}).get("dataloader_workers", 4) if ctx.job else 4
    return max(1, min(int(wanted), usable_cores()))


def backbone_version(encoder: nn.Module) -> str:
    """Equal for encoders that differ at most in their head."""
    digest = hashlib.sha256(f"{type(encoder).__module__}:{type(encoder).__qualname__}".encode())
    digest.update(repr(getattr(encoder, "version", 1)).encode())
    for name, tensor in sorted(encoder.state_dict().items()):
        if not name.startswith("head."):
            digest.update(f"{name} {tuple(tensor.shape)} {tensor.dtype}".encode())
            digest.update(tensor.detach().cpu().contiguous().flatten().numpy().tobytes())
    return digest.hexdigest()[:16]


def said_of_songs(parts: Parts, songs: Sequence[TrainingSong], *, device: Device) -> Vectors:
    """What the learner says of each song, as the mean over its excerpts, standardized; zeros for one unheard."""
    bank = cast("FeatureViews", parts.material.views).bank
    parts.learner.eval()
    with torch.inference_mode():
        spoken = [parts.learner(torch.from_numpy(part).to(device.name)).float().cpu().numpy() for part in bank.values]
    means = np.stack([said[:count].mean(axis=0) for said, count in zip(spoken, bank.counts, strict=True)])
    deviation = means.std(axis=0)
    standardized = (means - means.mean(axis=0)) / np.where(deviation > 0, deviation, 1)
    row_of = {song.song_id: row for row, song in enumerate(parts.material.songs)}
    nothing = np.zeros(means.shape[1], np.float32)
    return np.stack([standardized[row_of[song.song_id]] if song.song_id in row_of else nothing for song in songs])
