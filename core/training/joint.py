"""Trains an encoder and a classifier in one: from sound to stars and back through both, on rated songs."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.errors import UserError
from core.models import checkpoint, registry
from core.models.checkpoint import Checkpoint, CheckpointConfig
from core.models.checks import check_classifier
from core.models.versions import model_version
from core.store.database import sentences
from core.training.context import TrainingContext, TrainingResult
from core.training.data.batch import Batch
from core.training.data.views import Interrupted
from core.training.embed import version_of_embeddings
from core.training.loop.devices import Device, choose_device
from core.training.loop.distributed import Ranks, joined, quiet_unless_leading
from core.training.loop.encoder_config import EncoderConfig, arguments_of, joint_encoder_config, reference_of
from core.training.loop.encoder_parts import Parts, parts_for, songs_of
from core.training.loop.material import Split
from core.training.loop.resume import RunFile, run_name
from core.training.loop.run import Pace, Run
from core.training.protocol import TrainingSong, require_ratings
from core.training.split import artist_groups, held_out_groups

BEST = "best_model.pt"
LAST = "joint_last.pt"
HELD_OUT = 0.2


@dataclass(frozen=True)
class JointConfig:
    """A line per field; the plan's defaults."""

    encoder: EncoderConfig
    classifier: str = registry.DEFAULT_CLASSIFIER
    """The class, as ``registry.load`` takes it."""
    hidden_dims: list[int] = field(default_factory=lambda: [256, 128])
    dropout: float = 0.3
    learning_rate: float = 0.001
    epochs: int = 50
    batch_size: int = 32

    @property
    def arguments(self) -> dict[str, Any]:
        """What the classifier's constructor is offered."""
        dims = list(self.hidden_dims)
        return {
            "embedding_dim": self.encoder.embedding_dim,
            "hidden_dims": dims,
            "dropout": self.dropout,
            "seed": self.encoder.seed,
        }

    @property
    def pace(self) -> Pace:
        return Pace(self.learning_rate, "joint_lr", self.epochs, self.batch_size, self.encoder.seed)


@dataclass(frozen=True)
class JointParts:
    """An encoder with its songs, and what reads stars from it."""

    parts: Parts
    classifier: nn.Module

    @property
    def models(self) -> list[nn.Module]:
        return [self.parts.encoder, self.classifier]

    def loss_of(self, batch: Batch) -> tuple[Tensor, dict[str, float]]:
        """The squared error of the stars that are heard in both views."""
        heard = self.classifier(self.parts.learner(torch.cat([batch.first, batch.second]))).squeeze(1)
        loss = nn.functional.mse_loss(heard.float(), batch.rating.repeat(2))
        return loss, {"train/total_loss": loss.item()}

    def ratings_of(self, rows: Sequence[int], *, device: Device) -> NDArray[np.float64]:
        """Stars (songs,), 0 to 1, as the mean over two excerpts."""
        for model in (self.parts.learner, self.classifier):
            model.eval()
        found: list[Tensor] = []
        with torch.inference_mode():
            for first, second in self.parts.material.excerpts(rows):
                with device.autocast():
                    both = [self.classifier(self.parts.learner(part)).float() for part in (first, second)]
                found.append(((both[0] + both[1]) / 2).squeeze(1).cpu())
        return torch.cat(found).double().numpy()

    def begin(self, split: Split) -> None:
        """Start the classifier at the mean rating, on embeddings that it sees standardized, where it can take that."""
        self.parts.begin(split)
        ratings = self._truth(split.learned)
        if hasattr(self.classifier, "fit_input"):
            self.parts.learner.eval()
            with torch.inference_mode():
                said = torch.cat(
                    [self.parts.learner(first) for first, _ in self.parts.material.excerpts(split.learned)]
                )
            heard = torch.from_numpy(self.parts.material.heard(split.learned))
            cast("Any", self.classifier).fit_input(said[heard.to(said.device)].float())
        if hasattr(self.classifier, "start_at"):
            cast("Any", self.classifier).start_at(float(ratings.mean()))

    def held_out_error(self, split: Split, *, device: Device) -> float:
        """The squared error on the songs that are held out, of those that can be heard."""
        errors = (self.ratings_of(split.held_out, device=device) - self._truth(split.held_out)) ** 2
        heard = self.parts.material.heard(split.held_out)
        if not heard.size:
            raise UserError("Not one of the songs that are held out could be heard: is the music folder there?")
        return float(errors[heard].mean())

    def _truth(self, rows: Sequence[int]) -> NDArray[np.float64]:
        return np.array([self.parts.material.songs[row].rating for row in rows])


def train_joint(ctx: TrainingContext) -> TrainingResult:
    """Train both on the rated songs; ``best_model.pt`` then holds both, and ``checkpoint.load(part=...)`` either.

    Raises UserError for what the owner can mend. Stopped or killed, it goes on as ``train_encoder`` does.
    """
    device = choose_device(ctx.device, warn=lambda sentence: ctx.reporter.say("warning", sentence=sentence))
    with joined(device.name) as ranks:
        ctx = quiet_unless_leading(replace(ctx, songs=[song for song in songs_of(ctx) if song.is_rated]), ranks)
        require_ratings(len(ctx.songs))
        config = joint_config_of(ctx)
        try:
            joint = joint_parts(ctx, config, device=device, ranks=ranks)
            return fit_joint(ctx, joint, config=config, device=device, ranks=ranks)
        except Interrupted:
            best, details = ctx.checkpoint_dir / BEST, {"epochs": 0, "stopped": True}
            return TrainingResult(1.0, "val_mse", minimize=True, best_model_path=best, details=details)


def joint_config_of(ctx: TrainingContext) -> JointConfig:
    hyper = ctx.hyperparameters
    usual = JointConfig(EncoderConfig())
    named = hyper.get("classifier_class")
    return JointConfig(
        encoder=joint_encoder_config(ctx),
        classifier=reference_of(named) if named else usual.classifier,
        hidden_dims=list(hyper.get("classifier_hidden_dims", usual.hidden_dims)),
        dropout=hyper.get("dropout", usual.dropout),
        learning_rate=hyper.get("joint_lr", usual.learning_rate),
        epochs=hyper.get("joint_epochs", usual.epochs),
        batch_size=hyper.get("joint_batch_size", usual.batch_size),
    )


def joint_parts(ctx: TrainingContext, config: JointConfig, *, device: Device, ranks: Ranks) -> JointParts:
    """Both models at their start, checked, and the songs."""
    parts = parts_for(ctx, config.encoder, device=device, ranks=ranks)
    torch.manual_seed(config.encoder.seed)
    named = ctx.hyperparameters.get("classifier_class")
    if isinstance(named, type):
        dims = list(config.hidden_dims)
        classifier = cast("nn.Module", named(embedding_dim=config.encoder.embedding_dim, hidden_dims=dims))
    else:
        classifier = registry.build(config.classifier, relative_to=config.encoder.folder, **config.arguments)
    check_classifier(classifier, config.encoder.embedding_dim)
    return JointParts(parts, classifier.to(device.name))


def fit_joint(
    ctx: TrainingContext, joint: JointParts, *, config: JointConfig, device: Device, ranks: Ranks
) -> TrainingResult:
    """The loop; a run that was killed goes on where it was. Raises UserError when the loss is no number any more."""
    split = _split(joint.parts.material.songs, seed=config.encoder.seed)
    versions = [model_version(model) for model in joint.models]
    name = run_name(config, versions, list(joint.parts.material.songs), ranks.world)
    file = RunFile(ctx.checkpoint_dir / LAST, run=name, writes=ranks.leads)
    if not file.has_state:
        joint.begin(split)
    run = Run(ctx, file=file, models=joint.models, rows=split.learned, pace=config.pace, device=device, ranks=ranks)
    run.started(mode="joint", preset=config.encoder.preset, songs=len(split.learned), held_out=len(split.held_out))
    if run.is_new:
        _judge(ctx, run, joint, split=split, config=config)
    while run.goes_on:
        for batch in run.rest_of_epoch(joint.parts.material.views):
            run.step(batch, joint.loss_of)
        if not run.stopped:
            loss = run.epoch_done()
            _judge(ctx, run, joint, split=split, config=config, loss=loss)
            run.save()
    run.finish()
    _keep_best(ctx, run, joint, split=split, config=config)
    ranks.share(joint.models)
    return TrainingResult(
        primary_metric=-run.progress.best_score,
        primary_metric_name="val_mse",
        minimize=True,
        best_model_path=ctx.checkpoint_dir / BEST,
        details={
            "mode": "joint",
            "preset": config.encoder.preset,
            "epochs": run.progress.epoch,
            "best_epoch": run.progress.best_epoch,
            "stopped": run.stopped,
            "songs": len(split.learned),
            "held_out": len(split.held_out),
        },
    )


def _split(songs: Sequence[TrainingSong], *, seed: int) -> Split:
    require_ratings(len(songs))
    held = held_out_groups(artist_groups(songs), share=HELD_OUT, seed=seed)
    rows = np.arange(len(songs))
    learned, held_out = rows[~held].tolist(), rows[held].tolist()
    return Split(learned, held_out, sorted({songs[row].group for row in held_out}))


def _judge(
    ctx: TrainingContext, run: Run, joint: JointParts, *, split: Split, config: JointConfig, loss: float | None = None
) -> None:
    """Ask for the stars of songs that are not learned from; without a ``loss``, at the start, which may stay best."""
    if not run.ranks.leads:
        return
    error = joint.held_out_error(split, device=run.device)
    figures = {"val/mse": error}
    if loss is not None:
        run.tell_epoch({"train/mse": loss} | figures)
    if run.progress.keep_if_best(-error, joint.models, values=figures, loss=loss):
        _write(ctx, run, joint, split=split, config=config)
        run.tell_checkpoint(ctx.checkpoint_dir / BEST)


def _keep_best(ctx: TrainingContext, run: Run, joint: JointParts, *, split: Split, config: JointConfig) -> None:
    """Put the models back to their best, and write them under the version that the encoder's embeddings will have."""
    if not run.ranks.leads:
        return
    checkpoint.sweep(ctx.checkpoint_dir / BEST)
    for model, state in zip(joint.models, run.progress.best_state, strict=True):
        model.load_state_dict(state)
    encoder = joint.parts.encoder
    version = version_of_embeddings(encoder, ctx.job.excerpt) if ctx.job else model_version(encoder)
    _write(ctx, run, joint, split=split, config=config, version=version)
    ctx.tracker.log_model(encoder, "encoder", framework="pytorch")
    ctx.tracker.log_model(joint.classifier, "classifier", framework="pytorch")


def _write(
    ctx: TrainingContext, run: Run, joint: JointParts, *, split: Split, config: JointConfig, version: str = ""
) -> None:
    progress, path = run.progress, ctx.checkpoint_dir / BEST
    plain = {name: value for name, value in asdict(config.encoder).items() if name != "folder"}
    data = {
        "config": plain | {"mode": "joint"},
        "songs": len(split.learned),
        "rated": len(split.learned),
        "held_out": split.groups,
        "seed": config.encoder.seed,
        "epoch": progress.best_epoch,
    }
    heard, rated = progress.best_state
    metrics = {"val_mse": -progress.best_score}
    encoder = CheckpointConfig(
        config.encoder.reference, arguments_of(joint.parts.encoder, config.encoder), metrics, data
    )
    classifier = CheckpointConfig(config.classifier, config.arguments, metrics, data, input_version=version)
    with sentences(path):
        checkpoint.save_joint(path, encoder=Checkpoint(encoder, heard), classifier=Checkpoint(classifier, rated))
