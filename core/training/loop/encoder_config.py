"""What a run of an encoder is made with: the plan's keys, filled by the preset that suits the machine."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import UserError
from core.jobs.process_pool import usable_cores
from core.models.musicnn_weights import musicnn_state
from core.training import presets
from core.training.context import TrainingContext
from core.training.loop.run import Pace
from core.training.presets import ChosenPreset, choose_preset, merged, own_encoder

if TYPE_CHECKING:
    from torch import nn

TEACHING = "Training the teacher"
"""The stage of which no figure is the trained encoder's own."""
MODES = ("contrastive", "supervised", "multitask", "distill")
OBJECTIVE_KEYS = (
    "contrastive_weight",
    "artist_weight",
    "album_weight",
    "genre_weight",
    "period_weight",
    "rating_weight",
    "temperature",
    "projector",
    "projection_dim",
    "distill_contrastive_weight",
)
"""That ``objectives.objective_for`` reads."""
RENAMED = {
    "encoder_lr": "learning_rate",
    "encoder_epochs": "epochs",
    "batch_size": "batch_size",  # as the plan's train functions call it; its configuration says encoder_batch_size
    "encoder_batch_size": "batch_size",
}
TAKEN = (
    "embedding_dim",
    "weight_decay",
    "warm_up",
    "crop_seconds",
    "excerpts_per_song",
    "excerpt_seconds",
    "most_songs",
    "top_k_artists",
    "top_k_albums",
)


@dataclass(frozen=True)
class EncoderConfig:
    """A line per field."""

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
    crop_seconds: float = 5.0
    """Of sound that an encoder hears at a time while it learns."""
    excerpts_per_song: int = 3
    """Of which the features are kept, for an encoder whose backbone is not trained."""
    excerpt_seconds: float = 10.0
    objective: dict[str, Any] = field(default_factory=dict)
    """Temperature, weights and so on, by the keys that ``objective_for`` reads."""
    most_songs: int | None = None
    """Songs that are learned from: a teacher that heard all of a large library would make its student needless."""
    top_k_artists: int = 5000
    top_k_albums: int = 10000
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


def arguments_of(encoder: "nn.Module", config: EncoderConfig) -> dict[str, Any]:
    """What makes the encoder again: the arguments that it was made with, and what it chose by itself."""
    chosen = getattr(encoder, "backbone", None)
    return config.arguments | ({"backbone": chosen} if isinstance(chosen, str) else {})


def config_of(ctx: TrainingContext) -> EncoderConfig:
    """The configuration of a run from what its context asks for; says which preset was chosen, and why."""
    options = ctx.job.options if ctx.job else {}
    wish = options.get("preset") or ctx.hyperparameters.get("preset")
    if wish is None and options.get("mode") == "distill":
        wish = presets.OVERNIGHT
    return _config(ctx, _preset(ctx, wish))


def joint_encoder_config(ctx: TrainingContext) -> EncoderConfig:
    """Of the encoder of a joint run, whose pace and objective are the joint run's own: it cannot be distilled."""
    has_gpu = ctx.device.startswith("cuda")
    preset = _preset(ctx, presets.GPU if has_gpu else presets.QUICK)
    if ctx.hyperparameters.get("encoder_class") is None:
        where = "There is a GPU" if has_gpu else "There is no GPU"
        preset = replace(preset, reason=f"{where}, and the encoder learns together with a classifier.")
    return _config(ctx, preset)


def _config(ctx: TrainingContext, preset: ChosenPreset) -> EncoderConfig:
    hyper, options = ctx.hyperparameters, ctx.job.options if ctx.job else {}
    ctx.reporter.say("preset", name=preset.name, reason=preset.reason)
    # In a program of one's own every key was written down by its owner.
    explicit = set(options.get("explicit", ())) if ctx.job else set(hyper)
    values = merged(hyper, preset, explicit=explicit - {"encoder_class"})
    return EncoderConfig(
        reference=reference_of(values["encoder_class"]),
        folder=ctx.job.folder if ctx.job else None,
        mode=_mode(values, options, explicit=explicit),
        objective={name: values[name] for name in OBJECTIVE_KEYS if name in values},
        preset=preset.name,
        seed=ctx.job.seed if ctx.job else int(values.get("seed", 42)),
        **_fields(values),
    )


def teacher_config(config: EncoderConfig) -> EncoderConfig:
    """Of the encoder that the mode ``distill`` learns from: the quick preset, on the same songs."""
    values = presets.SETTINGS[presets.QUICK]
    return EncoderConfig(
        reference=values["encoder_class"],
        embedding_dim=config.embedding_dim,
        mode=values["mode"],
        objective={name: values[name] for name in OBJECTIVE_KEYS if name in values},
        preset=presets.QUICK,
        seed=config.seed,
        **_fields(values),
    )


def has_musicnn(kept: Path | None = None) -> bool:
    """Whether the weights of the pretrained taggers are to be had; they are kept in a file then, if one is named."""
    try:
        musicnn_state(kept)
    except UserError:
        return False
    return True


def _fields(values: Mapping[str, Any]) -> dict[str, Any]:
    taken = {name: values[name] for name in TAKEN if name in values}
    return taken | {name: values[key] for key, name in RENAMED.items() if key in values}


def _preset(ctx: TrainingContext, wish: str | None) -> ChosenPreset:
    wanted = ctx.hyperparameters.get("encoder_class")
    chosen = choose_preset(
        songs=len(ctx.songs or (ctx.job.songs if ctx.job else ())),
        cores=usable_cores(),
        has_gpu=ctx.device.startswith("cuda"),
        has_musicnn=has_musicnn(ctx.job.pretrained_weights if ctx.job else None),
        wish=wish,
    )
    if wanted is None or reference_of(wanted) == chosen.settings["encoder_class"]:
        return chosen
    if reference_of(wanted) == presets.SETTINGS[presets.QUICK]["encoder_class"]:
        return choose_preset(songs=0, cores=1, has_gpu=False, has_musicnn=True, wish=presets.QUICK)
    return own_encoder(reference_of(wanted))


def _mode(values: dict[str, Any], options: dict[str, Any], *, explicit: set[str]) -> str:
    multitask = values.get("use_multitask") and "use_multitask" in explicit
    mode = options.get("mode") or ("multitask" if multitask else values.get("mode") or "contrastive")
    if mode not in MODES:
        raise UserError(f'There is no way of training called "{mode}": choose {", ".join(MODES)}.')
    return str(mode)


def reference_of(named: object) -> str:
    return (
        named if isinstance(named, str) else f"{getattr(named, '__module__', '')}:{getattr(named, '__qualname__', '')}"
    )
