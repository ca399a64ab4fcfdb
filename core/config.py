"""The typed configuration: the keys of a YAML file, their defaults, and sentences for what is wrong with one."""

import difflib
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from core.errors import UserError

Fraction = Annotated[float, Field(ge=0.0, le=1.0)]
Positive = Annotated[float, Field(gt=0.0)]
Count = Annotated[int, Field(ge=1)]


class Section(BaseModel):
    """A part of the configuration: unknown keys are refused, values are not changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ComputeConfig(Section):
    num_workers: Count | None = None
    """Processes of the analysis; none is 80 % of the cores that this process may use."""
    dataloader_workers: Annotated[int, Field(ge=0)] = 4
    device: Literal["auto", "cuda", "cpu"] = "auto"
    gpu_memory_limit_gb: Positive | None = None


class SpeechConfig(Section):
    enabled: bool = True
    cache_path: Path | None = None
    speech_threshold: Fraction = 0.5


class MusicConfig(Section):
    database_path: Path | None = None
    """The player's database; none looks in the places where the players keep it."""
    path_map: dict[str, str] = {}
    """Where the music is mounted here: the beginning of a path in the database, and what to read instead."""
    playlist_folder: Path | None = None
    embedding_db_path: Path | None = None
    audio_sample_rate: Annotated[int, Field(ge=8000, le=48000)] = 22050
    audio_duration: Positive = 30.0
    center_crop: bool = True
    max_audio_duration: Positive = 900.0
    deduplicate: bool = True
    fingerprint_cache: Path | None = None
    merge_duplicate_ratings: bool = True
    speech_detection: SpeechConfig = SpeechConfig()


class Hyperparameters(Section):
    sample_rate: Annotated[int, Field(ge=8000, le=48000)] = 22050
    audio_duration: Positive = 30.0
    center_crop: bool = True
    max_audio_duration: Positive = 900.0
    embedding_dim: Annotated[int, Field(ge=2, le=8192)] = 512
    encoder_class: str | None = None
    """``package.module:Class`` or the name of one of ours; none is SpectralEncoder."""
    classifier_class: str = "SimpleRatingClassifier"
    encoder_lr: Positive = 0.001
    encoder_epochs: Count = 50
    encoder_batch_size: Count = 32
    classifier_lr: Positive = 0.0001
    classifier_epochs: Count = 20
    classifier_batch_size: Count = 256
    classifier_hidden_dims: list[Count] = [256, 128]
    dropout: Annotated[float, Field(ge=0.0, lt=1.0)] = 0.3
    joint_lr: Positive = 0.001
    joint_epochs: Count = 50
    joint_batch_size: Count = 32
    use_multitask: bool = False
    contrastive_weight: Annotated[float, Field(ge=0.0)] = 1.0
    artist_weight: Annotated[float, Field(ge=0.0)] = 0.3
    album_weight: Annotated[float, Field(ge=0.0)] = 0.3
    genre_weight: Annotated[float, Field(ge=0.0)] = 0.2
    period_weight: Annotated[float, Field(ge=0.0)] = 0.1
    top_k_artists: Count = 5000
    top_k_albums: Count = 10000


class MLflowConfig(Section):
    tracking_uri: str | None = None
    experiment_name: str = "music_recommendation"
    auto_start: bool = False


class SearchParameter(Section):
    type: Literal["categorical", "uniform", "loguniform", "int"]
    choices: list[Any] | None = None
    low: float | None = None
    high: float | None = None


class SearchSpace(Section):
    parameters: dict[str, SearchParameter] = {}


class TuningConfig(Section):
    tuner_type: Literal["optuna"] = "optuna"
    n_trials: Count = 50
    search_space: SearchSpace = SearchSpace()


SAME_THING = {
    "audio_sample_rate": "sample_rate",
    "audio_duration": "audio_duration",
    "center_crop": "center_crop",
    "max_audio_duration": "max_audio_duration",
}
"""Keys of ``music`` and the keys of ``hyperparameters`` that name the same excerpt."""

WITHOUT_EFFECT = {
    "compute": {"dataloader_workers", "gpu_memory_limit_gb"},
    "music": {"deduplicate", "fingerprint_cache", "merge_duplicate_ratings", "speech_detection"},
    "hyperparameters": {
        *("encoder_lr", "encoder_epochs", "encoder_batch_size", "joint_lr", "joint_epochs", "joint_batch_size"),
        *("use_multitask", "contrastive_weight", "artist_weight", "album_weight", "genre_weight", "period_weight"),
        *("top_k_artists", "top_k_albums"),
    },
    "mlflow": {"tracking_uri", "experiment_name", "auto_start"},
    "tuning": {"tuner_type", "n_trials", "search_space"},
}
"""Keys that are checked but do nothing before the feature that reads them exists; naming one gives a notice."""


class Config(Section):
    """Everything that the owner may set, with the defaults of the plan."""

    name: str = "music_recommendation"
    framework: Literal["pytorch"] = "pytorch"
    seed: Annotated[int, Field(ge=0)] = 42
    compute: ComputeConfig = ComputeConfig()
    music: MusicConfig = MusicConfig()
    training_mode: Literal["encoder", "classifier", "joint"] = "classifier"
    hyperparameters: Hyperparameters = Hyperparameters()
    mlflow: MLflowConfig = MLflowConfig()
    tuning: TuningConfig = TuningConfig()
    folder: Annotated[Path | None, Field(exclude=True)] = None
    """The folder of the YAML file: relative modules are looked for beside it."""

    @model_validator(mode="before")
    @classmethod
    def _say_the_excerpt_once(cls, values: dict[str, Any]) -> dict[str, Any]:
        sections = values.get("music", {}), values.get("hyperparameters", {})
        if not all(isinstance(section, dict) for section in sections):
            return values
        music, hyper = (dict(section) for section in sections)
        for here, there in SAME_THING.items():
            if here in music and there in hyper and music[here] != hyper[there]:
                message = (
                    f"music.{here} is {music[here]} and hyperparameters.{there} is {hyper[there]}, "
                    "but both name the same thing: give one of them, or make them equal"
                )
                raise ValueError(message)
            if here in music or there in hyper:
                music[here] = hyper[there] = music.get(here, hyper.get(there))
        return {**values, "music": music, "hyperparameters": hyper}

    def notices(self) -> list[str]:
        """One sentence when keys were named that nothing reads yet."""
        idle = [
            f"{section}.{key}"
            for section, keys in WITHOUT_EFFECT.items()
            for key in sorted(keys & getattr(self, section).model_fields_set)
        ]
        return [f"These settings have no effect in this version: {', '.join(idle)}."] if idle else []


def load_config(path: Path) -> Config:
    """Read a YAML file; raises UserError with one sentence that names the key, the value and what is allowed."""
    try:
        text = path.read_text(encoding="utf-8")
        values = yaml.safe_load(text) or {}
    except OSError as error:
        message = f"The configuration {path} cannot be read: {error.strerror}."
        raise UserError(message) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        place = getattr(error, "problem_mark", None)
        where = f" near line {place.line + 1}" if place else ""
        message = f"The configuration {path} is not valid YAML{where}."
        raise UserError(message) from error
    if not isinstance(values, dict):
        message = f"The configuration {path} must consist of keys and values, not of a {type(values).__name__}."
        raise UserError(message)
    return parse_config({**values, "folder": path.absolute().parent}, source=str(path))


def parse_config(values: dict[str, Any], *, source: str = "the configuration") -> Config:
    """Check plain values against the schema; raises UserError with one sentence for the first thing that is wrong."""
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        message = f"In {source}: {_sentence(error.errors()[0])}"
        raise UserError(message) from error


def _sentence(problem: ErrorDetails) -> str:
    key = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return _unknown_key(key, problem["loc"])
    if not key:
        return str(problem["msg"]).removeprefix("Value error, ") + "."
    allowed = problem["msg"][0].lower() + problem["msg"][1:]
    return f"{key} is {problem['input']!r}, but {allowed.replace('input ', 'the value ')}."


def _unknown_key(key: str, location: tuple[int | str, ...]) -> str:
    section: Any = Config
    for part in location[:-1]:
        fields = getattr(section, "model_fields", {})
        section = fields[str(part)].annotation if part in fields else SearchParameter
    known = sorted(set(section.model_fields) - {"folder"})
    near = difflib.get_close_matches(str(location[-1]), known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"allowed are {', '.join(known)}."
    return f"{key} is not a known key; {hint}"
