"""Trains an encoder on the owner's library: one loop, a probe on held-out groups after each epoch, the best kept."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from torch import nn

from core.models import checkpoint
from core.models.checkpoint import Checkpoint, CheckpointConfig
from core.models.versions import model_version
from core.store.database import sentences
from core.training.context import TrainingContext, TrainingResult
from core.training.devices import Device
from core.training.distributed import Ranks
from core.training.material import Material, Split, probed_songs, split_off_probe
from core.training.probe import probe
from core.training.resume import RunFile, run_name
from core.training.run import Pace, Run

BEST = "encoder_best.pt"
LAST = "encoder_last.pt"
COLLAPSED = (
    "The encoder has collapsed: it hears nearly the same in every song. Lower encoder_lr, or take larger batches."
)


@dataclass(frozen=True)
class EncoderConfig:
    """What a run is made with; a line per field."""

    reference: str = "MelEncoder"
    """The class, as ``registry.load`` takes it."""
    folder: Path | None = None
    """Where the owner's own modules lie."""
    embedding_dim: int = 512
    mode: str = "contrastive"
    """``contrastive``, ``supervised`` (ratings as weak labels), ``multitask`` or ``distill``."""
    learning_rate: float = 0.001
    weight_decay: float = 1e-4
    warm_up: float = 0.05
    """The share of all steps in which the learning rate rises; then it falls as half a cosine."""
    epochs: int = 50
    batch_size: int = 32
    crop_seconds: float = 10.0
    objective: dict[str, Any] = field(default_factory=dict)
    """Temperature, weights and so on, by the keys that ``objective_for`` reads."""
    top_k_artists: int = 5000
    top_k_albums: int = 10000
    processes: int = 0
    """That decode ahead; 0 decodes between the steps."""
    preset: str = ""
    seed: int = 42

    @property
    def arguments(self) -> dict[str, Any]:
        """What the encoder's constructor is offered."""
        return {"embedding_dim": self.embedding_dim, "seed": self.seed}

    @property
    def pace(self) -> Pace:
        return Pace(
            self.learning_rate,
            "encoder_lr",
            epochs=self.epochs,
            batch_size=self.batch_size,
            seed=self.seed,
            weight_decay=self.weight_decay,
            warm_up=self.warm_up,
        )


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
    begin: Callable[[Split], None] = lambda _: None
    """Gives the encoder a start that is better than chance, from the songs that are learned from."""


def fit(ctx: TrainingContext, parts: Parts, *, config: EncoderConfig, device: Device, ranks: Ranks) -> TrainingResult:
    """The loop; a run that was killed goes on where it was. Raises UserError when the loss is no number any more."""
    split = split_off_probe(parts.material.songs, seed=config.seed)
    name = run_name(config, model_version(parts.encoder), list(parts.material.songs), ranks.world)
    file = RunFile(ctx.checkpoint_dir / LAST, run=name, writes=ranks.leads)
    if not file.has_state:
        parts.begin(split)
    models = [parts.encoder, parts.objective]
    run = Run(ctx, file=file, models=models, rows=split.learned, pace=config.pace, device=device, ranks=ranks)
    run.started(mode=config.mode, preset=config.preset, songs=len(split.learned), held_out=len(split.held_out))
    if run.is_new:
        _judge(ctx, run, parts, split=split, config=config)
    else:
        _write_best(ctx, run, parts.material, split=split, config=config)  # another run may have come between
    while run.goes_on:
        for batch in run.rest_of_epoch(parts.material.views):
            run.step(batch, lambda part: parts.objective(parts.learner, part))
        if not run.stopped:
            loss = run.epoch_done()
            _judge(ctx, run, parts, split=split, config=config, loss=loss)
            run.save()
    run.finish()
    return _result(ctx, run, split, config=config)


def _judge(
    ctx: TrainingContext, run: Run, parts: Parts, *, split: Split, config: EncoderConfig, loss: float | None = None
) -> None:
    """Ask the encoder about songs that it does not learn from; it is kept when it never answered better.

    Without a ``loss`` it has not learned yet: that is epoch 0, which may stay the best.
    """
    if not run.ranks.leads:
        return
    heard = probed_songs(parts.learner, parts.material, split.held_out, device=run.device)
    figures = probe(heard, seed=config.seed)
    run.tell_probe(figures)
    if loss is not None:
        run.tell_epoch({"train/epoch_loss": loss} | figures)
    collapsed = figures["probe/collapsed"] > 0
    if collapsed and loss is not None:
        run.warn(COLLAPSED)
    run.progress.collapsed = collapsed
    score = -1.0 if collapsed else figures["probe/score"]
    if run.progress.keep_if_best(score, [parts.encoder], values=figures, loss=loss):
        _write_best(ctx, run, parts.material, split=split, config=config)


def _write_best(ctx: TrainingContext, run: Run, material: Material, *, split: Split, config: EncoderConfig) -> None:
    if not run.ranks.leads:
        return
    progress, path = run.progress, ctx.checkpoint_dir / BEST
    data = _learned_from(material, split, config=config) | {"epoch": progress.best_epoch}
    saved = CheckpointConfig(config.reference, config.arguments, metrics=progress.best_values, data=data)
    with sentences(path):
        checkpoint.copy(Checkpoint(saved, progress.best_state[0]), path)
    run.tell_checkpoint(path)


def _learned_from(material: Material, split: Split, *, config: EncoderConfig) -> dict[str, Any]:
    """What another measurement needs to keep off what was learned, and what makes the run again."""
    plain = {name: value for name, value in asdict(config).items() if name != "folder"}
    return {
        "config": plain,
        "songs": len(split.learned),
        "held_out": split.groups,
        "rated": sum(material.songs[row].is_rated for row in split.learned),
        "seed": config.seed,
    }


def _result(ctx: TrainingContext, run: Run, split: Split, *, config: EncoderConfig) -> TrainingResult:
    progress = run.progress
    # The start was never trained: its loss is that of the first step, which is taken from it.
    loss = progress.first_loss if progress.best_loss is None else progress.best_loss
    if progress.best_epoch == 0 and progress.epoch > 0:
        run.warn("No epoch of training answered the probe better than the encoder did at its start, which is kept.")
    return TrainingResult(
        primary_metric=float("nan") if loss is None else loss,
        primary_metric_name="encoder_loss",
        minimize=True,
        best_model_path=ctx.checkpoint_dir / BEST,
        details={
            "mode": config.mode,
            "preset": config.preset,
            "epochs": progress.epoch,
            "best_epoch": progress.best_epoch,
            "stopped": run.stopped,
            "collapsed": progress.best_values.get("probe/collapsed", 0.0) > 0,
            "last_collapsed": progress.collapsed,
            "songs": len(split.learned),
            "held_out": len(split.held_out),
            "probe": progress.best_values,
        },
    )
