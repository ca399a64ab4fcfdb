"""The typed configuration: the keys of a YAML file, their defaults, and what is allowed in each."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from core.config_text import read_yaml, sentence_for
from core.errors import Cause, UserError, blamed_on


def _no_truth(value: object) -> object:
    # Python counts True as 1; who writes "seed: true" has mistaken the key.
    if isinstance(value, bool):
        raise PydanticCustomError("number", "it must be a number")
    return value


IsNumber = BeforeValidator(_no_truth)
Fraction = Annotated[float, Field(ge=0.0, le=1.0), IsNumber]
Positive = Annotated[float, Field(gt=0.0), IsNumber]
Weight = Annotated[float, Field(ge=0.0), IsNumber]
Count = Annotated[int, Field(ge=1), IsNumber]
AnyCount = Annotated[int, Field(ge=0), IsNumber]
SampleRate = Annotated[int, Field(ge=8000, le=48000), IsNumber]


class Section(BaseModel):
    """A part of the configuration: unknown keys are refused, values are not changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _read_nothing_as_empty(cls, values: object) -> object:
        """A section of which every line is commented out is nothing to YAML."""
        return {} if values is None else values


class ComputeConfig(Section):
    num_workers: Count | None = None
    """Processes of the analysis; none is 80 % of the cores that this process may use."""
    dataloader_workers: AnyCount = 4
    device: Literal["auto", "cuda", "cpu"] = "auto"
    gpu_memory_limit_gb: Positive | None = None


class SpeechConfig(Section):
    enabled: bool = True
    cache_path: Path | None = None
    speech_threshold: Fraction = 0.15
    """The plan says 0.5, which misses speech with pauses (0.18 to 0.45); against music a second opinion guards."""


class MusicConfig(Section):
    database_path: Path | None = None
    """The player's database; none looks in the places where the players keep it."""
    path_map: dict[str, str] = {}
    """Where the music is mounted here: the beginning of a path in the database, and what to read instead."""
    watched_folders: list[Path] = []
    """Folders to watch besides the player's own, such as what a link in one of them leads to."""
    playlist_folder: Path | None = None
    embedding_db_path: Path | None = None
    audio_sample_rate: SampleRate = 22050
    audio_duration: Positive = 30.0
    center_crop: bool = True
    max_audio_duration: Positive = 900.0
    deduplicate: bool = True
    fingerprint_cache: Path | None = None
    merge_duplicate_ratings: bool = True
    use_play_counts: bool = False
    """Learn from plays, skips and the player's score too, as far as they predict ratings that were held out."""
    speech_detection: SpeechConfig = SpeechConfig()


class Hyperparameters(Section):
    preset: Literal["quick", "overnight", "gpu"] | None = None
    """How an encoder is trained; none leaves the choice to the machine and the library."""
    mode: Literal["contrastive", "supervised", "multitask", "distill"] | None = None
    """What an encoder is trained to do; none is what the preset says, or multitask with ``use_multitask``."""
    sample_rate: SampleRate = 22050
    audio_duration: Positive = 30.0
    center_crop: bool = True
    max_audio_duration: Positive = 900.0
    embedding_dim: Annotated[int, Field(ge=2, le=8192), IsNumber] = 512
    encoder_class: str | None = None
    """``package.module:Class`` or the name of one of ours; none is SpectralEncoder."""
    classifier_class: str | None = None
    """The same for the classifier; none is what predicts best without one."""
    encoder_lr: Positive = 0.001
    encoder_epochs: Count = 50
    encoder_batch_size: Count = 32
    classifier_lr: Positive = 0.0001
    classifier_epochs: Count = 20
    classifier_batch_size: Count = 256
    classifier_hidden_dims: list[Count] = [256, 128]
    dropout: Annotated[float, Field(ge=0.0, lt=1.0), IsNumber] = 0.3
    joint_lr: Positive = 0.001
    joint_epochs: Count = 50
    joint_batch_size: Count = 32
    use_multitask: bool = False
    contrastive_weight: Weight = 1.0
    artist_weight: Weight = 0.3
    album_weight: Weight = 0.3
    genre_weight: Weight = 0.2
    period_weight: Weight = 0.1
    top_k_artists: Count = 5000
    top_k_albums: Count = 10000


class MLflowConfig(Section):
    enabled: bool = True
    """Keep each training in MLflow, where the extra ``tracking`` is installed."""
    tracking_uri: str | None = None
    """None is a database of SQLite below the profile."""
    experiment_name: str = "music_recommendation"
    auto_start: bool = False
    """Start MLflow's own pages on this machine, if nothing answers at ``tracking_uri``."""


class SearchParameter(Section):
    type: Literal["categorical", "uniform", "loguniform", "int"]
    choices: list[Any] | None = None
    low: Annotated[float, IsNumber] | None = None
    high: Annotated[float, IsNumber] | None = None

    @model_validator(mode="after")
    def _check_range(self) -> Self:
        if self.type == "categorical":
            if not self.choices:
                raise PydanticCustomError("choices", "a categorical parameter needs choices, a list of values")
        elif self.low is None or self.high is None or self.low > self.high:
            raise PydanticCustomError("range", "it needs low and high, and low must not be above high")
        elif self.type == "loguniform" and self.low <= 0:
            raise PydanticCustomError("range", "low must be above 0 where the search is by orders of magnitude")
        return self


class SearchSpace(Section):
    parameters: dict[str, SearchParameter] = {}

    @model_validator(mode="after")
    def _check_names(self) -> Self:
        unknown = [name for name in self.parameters if name not in Hyperparameters.model_fields]
        if unknown:
            sentence = f"tuning.search_space.parameters.{unknown[0]} cannot be tuned: hyperparameters have no such key."
            raise PydanticCustomError("parameter", "{sentence}", {"sentence": sentence})
        return self


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


class Config(Section):
    """Everything that the owner may set, with the defaults of the plan."""

    name: str = "music_recommendation"
    framework: Literal["pytorch"] = "pytorch"
    seed: Annotated[int, Field(ge=0, lt=2**32), IsNumber] = 42
    compute: ComputeConfig = ComputeConfig()
    music: MusicConfig = MusicConfig()
    training_mode: Literal["encoder", "classifier", "joint"] = "classifier"
    hyperparameters: Hyperparameters = Hyperparameters()
    mlflow: MLflowConfig = MLflowConfig()
    tuning: TuningConfig = TuningConfig()
    _folder: Path | None = PrivateAttr(default=None)

    @property
    def folder(self) -> Path | None:
        """The folder of the YAML file: the owner's modules are looked for beside it."""
        return self._folder

    def read_in(self, folder: Path) -> Self:
        """The same configuration as one that was read from a file in a folder."""
        placed = self.model_copy()
        placed._folder = folder  # noqa: SLF001 - its own
        return placed

    @model_validator(mode="after")
    def _say_the_excerpt_once(self) -> Self:
        """A key of an excerpt that stands in one of its two sections counts for both."""
        music, hyper = self.music, self.hyperparameters
        for here, there in SAME_THING.items():
            in_music, in_hyper = here in music.model_fields_set, there in hyper.model_fields_set
            value, other = getattr(music, here), getattr(hyper, there)
            if in_music and in_hyper and value != other:
                message = (
                    f"music.{here} is {value} and hyperparameters.{there} is {other}, "
                    "but both name the same thing: give one of them, or make them equal."
                )
                raise PydanticCustomError("excerpt", "{sentence}", {"sentence": message})
            if in_hyper:
                music = music.model_copy(update={here: other})
            elif in_music:
                hyper = hyper.model_copy(update={there: value})
        # The model is frozen for everybody else.
        self.__dict__.update(music=music, hyperparameters=hyper)
        return self


def load_config(path: Path) -> Config:
    """Read a YAML file; raises UserError with one sentence that names the key, the value and what is allowed."""
    with blamed_on(Cause.CONFIGURATION, path):
        return parse_config(read_yaml(path), source=str(path)).read_in(path.absolute().parent)


def parse_config(values: dict[str, Any], *, source: str = "the configuration") -> Config:
    """Check plain values against the schema; raises UserError with one sentence for the first thing that is wrong."""
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        message = f"In {source}: {sentence_for(error.errors(), schema=Config)}"
        raise UserError(message) from error
