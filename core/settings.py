"""From the configuration to what the rooms of the engine are told: which encoder, which excerpt, which classifier."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import core
from core.analysis.facts import AnalysisSettings, EncoderChoice, ExcerptChoice
from core.config import Config
from core.models.hub_files import downloads_beside, find_folder, hub_model, is_hub_reference, model_files
from core.models.registry import DEFAULT_CLASSIFIER, DEFAULT_ENCODER, SHIPPED, own_file
from core.paths import Profile
from core.store.stores import Stores


def analysis_settings(config: Config, *, encoder: str | None = None) -> AnalysisSettings:
    """What songs are analysed with; ``encoder`` takes the place of the configured class."""
    music, hyper = config.music, config.hyperparameters
    return AnalysisSettings(
        encoder=EncoderChoice(
            reference=encoder or hyper.encoder_class or DEFAULT_ENCODER,
            embedding_dim=hyper.embedding_dim,
            seed=config.seed,
            sample_rate=music.audio_sample_rate,
            folder=config.folder,
        ),
        excerpt=ExcerptChoice(
            sample_rate=music.audio_sample_rate,
            duration=music.audio_duration,
            center_crop=music.center_crop,
            max_duration=music.max_audio_duration,
        ),
    )


def hyperparameters(config: Config) -> dict[str, Any]:
    """The keys of the plan that a training function reads, as plain values."""
    return config.hyperparameters.model_dump()


def encoder_key(choice: EncoderChoice) -> str:
    """Equal for an encoder that has not changed since its version was told: building it to ask again takes seconds."""
    files = [choice.checkpoint] if choice.checkpoint else _sources(choice.reference, choice.folder)
    files += _hub_files(choice) if is_hub_reference(choice.reference) else []
    return _key(repr(replace(choice, weights=None)), files)  # a kept copy of weights changes no encoder


def classifier_key(config: Config) -> str:
    """Equal for a classifier whose source has not changed; its settings are those of the configuration."""
    reference = config.hyperparameters.classifier_class or DEFAULT_CLASSIFIER
    return _key(reference, _sources(reference, config.folder))


def _key(subject: str, files: Sequence[Path]) -> str:
    parts = [version("marmalade"), subject]
    parts += [f"{file} {file.stat().st_mtime_ns}" for file in files if file.is_file()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def own_place(named: Path | None, *, folder: Path, default: Path) -> Path:
    """Where a store lies: a relative path of the configuration is below the profile."""
    return default if named is None else folder / named.expanduser()


def embeddings_path(config: Config, profile: Profile) -> Path:
    return own_place(config.music.embedding_db_path, folder=profile.cache, default=profile.embeddings_database)


def open_stores(config: Config, profile: Profile) -> Stores:
    """The stores of a profile, where the configuration says that they lie; raises UserError."""
    music, folder = config.music, profile.cache
    return Stores.open(
        companion=profile.companion_database,
        embeddings=embeddings_path(config, profile),
        fingerprints=own_place(music.fingerprint_cache, folder=folder, default=profile.fingerprints_database),
        speech=own_place(music.speech_detection.cache_path, folder=folder, default=profile.speech_database),
    )


def playlist_folder(config: Config, profile: Profile) -> Path:
    return own_place(config.music.playlist_folder, folder=profile.data, default=profile.playlists)


def _hub_files(choice: EncoderChoice) -> list[Path]:
    """The files of a model of the hub; none where it is not on this machine, which building it will tell."""
    downloads = downloads_beside(choice.weights)
    folder = find_folder(hub_model(choice.reference), relative_to=choice.folder, downloads=downloads)
    return model_files(folder) if folder else []


def _sources(reference: str, folder: Path | None) -> list[Path]:
    """The files that a model is made of."""
    is_ours = reference in SHIPPED or is_hub_reference(reference)
    own = None if is_ours else own_file(reference.partition(":")[0], folder)
    return [own] if own else sorted((Path(core.__file__).parent / "models").glob("*.py"))
