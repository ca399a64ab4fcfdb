"""Which encoder suits this machine and this library, and how it is trained: chosen with a reason, unless wished."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import UserError

QUICK = "quick"
OVERNIGHT = "overnight"
GPU = "gpu"
OWN = "own"

BACKBONE_SECONDS = 0.4
"""Of one core, in which the pretrained taggers hear a song (measured on 30 s); MelEncoder takes 0.025."""
LONGEST_WAIT = 3600.0
"""Seconds that a library may be listened to by the taggers before an encoder of its own is worth a night."""

SETTINGS: Mapping[str, Mapping[str, Any]] = {
    QUICK: {
        "encoder_class": "AdaptedEncoder",
        "mode": "contrastive",
        "encoder_lr": 3e-4,
        "encoder_epochs": 30,
        "encoder_batch_size": 256,
        "temperature": 0.2,
        "excerpts_per_song": 3,
    },
    OVERNIGHT: {
        "encoder_class": "MelEncoder",
        "mode": "distill",
        "encoder_lr": 2e-3,
        "encoder_epochs": 100,
        "encoder_batch_size": 32,
        "crop_seconds": 10.0,
        "most_songs": 6000,
    },
    GPU: {
        "encoder_class": "MelEncoder",
        "mode": "multitask",
        "encoder_epochs": 50,
        "crop_seconds": 10.0,
    },
}
"""By the keys of the configuration, and some that only a training function reads."""


@dataclass(frozen=True)
class ChosenPreset:
    name: str
    settings: Mapping[str, Any]
    reason: str
    """One sentence for the owner."""


def choose_preset(
    *,
    songs: int,
    cores: int,
    has_gpu: bool,
    has_musicnn: bool,
    seconds_per_song: float = BACKBONE_SECONDS,
    wish: str | None = None,
) -> ChosenPreset:
    """The preset for this hardware and library; ``wish`` is taken as it is. Raises UserError for an unknown one."""
    if wish:
        if wish not in SETTINGS:
            raise UserError(
                f'There is no preset "{wish}": choose {", ".join(SETTINGS)}, or leave the choice to Marmalade.'
            )
        return _chosen(wish, "It was asked for.")
    wait = songs * seconds_per_song / max(1, cores)
    if has_gpu:
        return _chosen(GPU, "There is a GPU, which trains an encoder from the sound itself.")
    if not has_musicnn:
        return _chosen(
            QUICK,
            "There is no GPU, and the pretrained taggers (musicnn) are not installed, so what is measured of the sound "
            "is adapted to this library.",
        )
    if wait <= LONGEST_WAIT:
        return _chosen(
            QUICK, f"Hearing {songs:,} songs with the pretrained taggers takes {_duration(wait)} without a GPU."
        )
    return _chosen(
        OVERNIGHT,
        f"Hearing {songs:,} songs with the pretrained taggers would take {_duration(wait)} on this machine, so a "
        "smaller encoder learns what they say of a part of them.",
    )


def own_encoder(reference: str) -> ChosenPreset:
    """For an encoder that is named in the configuration: it is trained with the configuration's figures."""
    return ChosenPreset(OWN, {}, f'The encoder "{reference}" is set in the configuration, and trained as that says.')


def merged(hyperparameters: Mapping[str, Any], preset: ChosenPreset, *, explicit: Collection[str]) -> dict[str, Any]:
    """The keys of the configuration with those of the preset, of which the owner's own, ``explicit``, are kept."""
    chosen = {name: value for name, value in preset.settings.items() if name not in explicit}
    return {**hyperparameters, **chosen}


def _chosen(name: str, reason: str) -> ChosenPreset:
    return ChosenPreset(name, SETTINGS[name], reason)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"about {max(1, round(seconds))} seconds"
    if seconds < 5400:
        return f"about {round(seconds / 60)} minutes"
    return f"about {round(seconds / 3600)} hours"
