"""Trains an encoder on the owner's library: one loop, a probe on held-out groups after each epoch, the best kept."""

import math
from dataclasses import asdict, replace
from typing import Any

from core.models import checkpoint
from core.models.checkpoint import Checkpoint, CheckpointConfig
from core.models.versions import model_version
from core.store.database import sentences
from core.training.context import TrainingContext, TrainingResult
from core.training.data.batch import Views
from core.training.data.views import Interrupted, WaveformViews
from core.training.judgment.probe import probe
from core.training.loop.devices import Device, choose_device
from core.training.loop.distributed import Ranks, joined, quiet_unless_leading
from core.training.loop.encoder_config import TEACHING, EncoderConfig, arguments_of, config_of, teacher_config
from core.training.loop.encoder_parts import Parts, Vectors, parts_for, said_of_songs, songs_of
from core.training.loop.material import Material, Split, probed_songs, some_of, split_off_probe
from core.training.loop.resume import RunFile, run_name
from core.training.loop.run import Run

BEST = "encoder_best.pt"
LAST = "encoder_last.pt"
COLLAPSED = (
    "The encoder has collapsed: it hears nearly the same in every song. Lower encoder_lr, or take larger batches."
)


def train_encoder(ctx: TrainingContext) -> TrainingResult:
    """Train an encoder as the plan's keys say; ``encoder_class`` and all that is not set are chosen by a preset.

    Stopped or killed, it goes on where it was when it is called again with the same songs and keys. Raises UserError
    for what the owner can mend.
    """
    device = choose_device(ctx.device, warn=lambda sentence: ctx.reporter.say("warning", sentence=sentence))
    with joined(device.name) as ranks:
        ctx = quiet_unless_leading(ctx, ranks)
        config = config_of(ctx)
        ctx = replace(ctx, songs=some_of(songs_of(ctx), most=config.most_songs, seed=config.seed))
        try:
            teacher = teach(ctx, config, device=device, ranks=ranks) if config.mode == "distill" else None
            parts = parts_for(ctx, config, device=device, ranks=ranks, teacher=teacher)
            return fit(ctx, parts, config=config, device=device, ranks=ranks)
        except Interrupted:
            return _nothing(ctx, config)


def teach(ctx: TrainingContext, config: EncoderConfig, *, device: Device, ranks: Ranks) -> Vectors:
    """What an encoder that is adapted to the library, in seconds once its features are there, says of each song.

    (songs, dimension), standardized, zeros for a song that could not be heard. A run that is taken up trains the
    teacher again, to the same weights. Raises Interrupted when the owner asks to stop.
    """
    ctx = replace(ctx, checkpoint_dir=ctx.checkpoint_dir / "teacher", hyperparameters={})
    ctx.reporter.say("stage", name=TEACHING)
    teacher = teacher_config(config)
    parts = parts_for(ctx, teacher, device=device, ranks=ranks)
    best = fit(ctx, parts, config=teacher, device=device, ranks=ranks)
    if best.details["stopped"]:
        raise Interrupted
    said = said_of_songs(parts, songs_of(ctx), device=device)
    ctx.reporter.say("stage", name="Training the student")
    return said


def fit(ctx: TrainingContext, parts: Parts, *, config: EncoderConfig, device: Device, ranks: Ranks) -> TrainingResult:
    """The loop; a run that was killed goes on where it was. The encoder ends with its best weights, in all processes.

    Raises UserError when the loss is no number any more, Interrupted when the owner asks to stop before the first step.
    """
    split = split_off_probe(parts.material.songs, seed=config.seed)
    name = run_name(config, model_version(parts.encoder), list(parts.material.songs), ranks.world)
    file = RunFile(ctx.checkpoint_dir / LAST, run=name, writes=ranks.leads)
    if not file.has_state:
        parts.begin(split)
    models = [parts.encoder, parts.objective]
    run = Run(ctx, file=file, models=models, rows=split.learned, pace=config.pace, device=device, ranks=ranks)
    run.started(mode=config.mode, preset=config.preset, songs=len(split.learned), held_out=len(split.held_out))
    if run.is_new:
        run.begin(lambda: _judge(ctx, run, parts, split=split, config=config))
    else:
        _write_best(ctx, run, parts, split=split, config=config)  # another run may have come between
    while run.goes_on:
        for batch in run.rest_of_epoch(parts.material.views):
            run.step(batch, lambda part: parts.objective(parts.learner, part))
        if not run.stopped:
            loss = run.epoch_done()
            _judge(ctx, run, parts, split=split, config=config, loss=loss)
            run.save()
    run.finish()
    if ranks.leads:
        checkpoint.sweep(ctx.checkpoint_dir / BEST)
        parts.encoder.load_state_dict(run.progress.best_state[0])
        ctx.tracker.log_model(parts.encoder, "encoder", framework="pytorch")
    ranks.share([parts.encoder])
    _warn_of_sound(run, parts.material.views)
    return _result(ctx, run, split, config=config)


def _warn_of_sound(run: Run, views: Views) -> None:
    """Say what was left out while sound was loaded; what a fixed backbone could not hear was told before."""
    if not isinstance(views, WaveformViews):
        return
    if views.unheard:
        run.warn(f"{len(views.unheard)} songs could not be heard, and others took their places: see the log.")
    if views.cache_notice:
        run.warn(views.cache_notice)


def _judge(
    ctx: TrainingContext, run: Run, parts: Parts, *, split: Split, config: EncoderConfig, loss: float | None = None
) -> None:
    """Ask the encoder about songs that it does not learn from; it is kept when it never answered better.

    Without a ``loss`` it has not learned yet: that is epoch 0, which may stay the best.
    """
    if not run.ranks.leads:
        return
    # The first time, songs have to be decoded; later the cache has them, and an answer does not take long.
    stopped = ctx.reporter.stopped if loss is None else None
    heard = probed_songs(parts.learner, parts.material, split.held_out, device=run.device, stopped=stopped)
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
        _write_best(ctx, run, parts, split=split, config=config)


def _write_best(ctx: TrainingContext, run: Run, parts: Parts, *, split: Split, config: EncoderConfig) -> None:
    if not run.ranks.leads:
        return
    progress, path = run.progress, ctx.checkpoint_dir / BEST
    data = _learned_from(parts.material, split, config=config) | {"epoch": progress.best_epoch}
    saved = CheckpointConfig(
        config.reference, arguments_of(parts.encoder, config), metrics=progress.best_values, data=data
    )
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


def _nothing(ctx: TrainingContext, config: EncoderConfig) -> TrainingResult:
    """Of a run that was stopped before it began to learn."""
    details = {"mode": config.mode, "preset": config.preset, "epochs": 0, "stopped": True}
    return TrainingResult(
        math.inf, "encoder_loss", minimize=True, best_model_path=ctx.checkpoint_dir / BEST, details=details
    )


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
