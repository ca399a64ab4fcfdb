"""The configuration: the plan's example loads unchanged, and every mistake gets one sentence that helps."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from core import config as config_module
from core.config import Config, load_config, parse_config
from core.errors import UserError

EXAMPLE = Path(str(files("resources") / "examples" / "music_example.yaml"))

OUR_CLASSES = {
    name for name, value in vars(config_module).items() if isinstance(value, type) and issubclass(value, BaseModel)
}


def load(folder: Path, text: str) -> Config:
    path = folder / "marmalade.yaml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def sentence(folder: Path, text: str) -> str:
    with pytest.raises(UserError) as caught:
        load(folder, text)
    return str(caught.value).replace(str(folder), "")


def test_the_plan_s_example_loads_unchanged() -> None:
    config = load_config(EXAMPLE)
    assert (config.name, config.seed, config.training_mode) == ("music_recommendation", 42, "encoder")
    assert (config.compute.num_workers, config.compute.device) == (None, "cuda")
    assert config.music.database_path == Path("/home/ikaro/Music/clementine.db")
    assert config.music.embedding_db_path == Path("embeddings.db")
    assert config.hyperparameters.encoder_class == "examples.music_recommendation:MyEncoder"
    assert config.hyperparameters.classifier_hidden_dims == [256, 128]
    assert config.mlflow.tracking_uri == "http://localhost:5000"
    parameters = config.tuning.search_space.parameters
    assert parameters["embedding_dim"].choices == [128, 256, 512, 1024]
    assert (parameters["classifier_lr"].low, parameters["classifier_lr"].high) == (1e-6, 1e-3)
    assert config.folder == EXAMPLE.parent


def test_without_a_word_the_defaults_are_the_plan_s() -> None:
    example, default = load_config(EXAMPLE), Config()
    for section, key in [("music", "audio_duration"), ("hyperparameters", "classifier_lr"), ("tuning", "n_trials")]:
        assert getattr(getattr(default, section), key) == getattr(getattr(example, section), key)
    assert default.folder is None


@pytest.mark.parametrize(
    ("parameter", "sentence"),
    [
        ("embedding_dim: {type: categorical}", "a categorical parameter needs choices"),
        ("encoder_lr: {type: uniform, low: 0.1}", "it needs low and high"),
        ("encoder_lr: {type: uniform, low: 0.2, high: 0.1}", "low must not be above high"),
        ("encoder_lr: {type: loguniform, low: 0, high: 0.1}", "low must be above 0"),
        ("speed: {type: int, low: 1, high: 2}", "speed cannot be tuned: hyperparameters have no such key"),
    ],
)
def test_a_search_that_cannot_be_is_one_sentence(tmp_path: Path, parameter: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        load(tmp_path, f"tuning:\n  search_space:\n    parameters:\n      {parameter}\n")


@pytest.mark.parametrize("text", ["", "# nothing\n", "music:\nhyperparameters:\ntuning:\n  search_space:\n", "---\n"])
def test_what_is_left_empty_is_the_default(tmp_path: Path, text: str) -> None:
    assert load(tmp_path, text).model_dump() == Config().model_dump()


@pytest.mark.parametrize(
    "text",
    [
        "music: {audio_duration: 20}",
        "hyperparameters: {audio_duration: 20.0}",
        "music: {audio_duration: 20}\nhyperparameters: {audio_duration: '20'}",
    ],
)
def test_the_excerpt_may_be_named_in_either_section(tmp_path: Path, text: str) -> None:
    config = load(tmp_path, text)
    assert (config.music.audio_duration, config.hyperparameters.audio_duration) == (20, 20)


def test_the_excerpt_cannot_be_two_things(tmp_path: Path) -> None:
    text = "music: {audio_sample_rate: 22050}\nhyperparameters: {sample_rate: 16000}"
    assert sentence(tmp_path, text) == (
        "In /marmalade.yaml: music.audio_sample_rate is 22050 and hyperparameters.sample_rate is 16000, "
        "but both name the same thing: give one of them, or make them equal."
    )


def test_numbers_may_be_written_as_yaml_takes_for_text(tmp_path: Path) -> None:
    config = load(tmp_path, "hyperparameters: {classifier_lr: 1e-4, classifier_epochs: '30'}")
    assert (config.hyperparameters.classifier_lr, config.hyperparameters.classifier_epochs) == (1e-4, 30)


MISTAKES = {
    "sede: 3": "sede is not a known key; did you mean seed?",
    "music: {audio_durations: 3}": "music.audio_durations is not a known key; did you mean audio_duration?",
    "compute: {xyz: 3}": "compute.xyz is not a known key; allowed are dataloader_workers, device, gpu_memory_limit_gb,",
    "folder: /music": "folder is not a known key; allowed are compute, framework,",
    "music: 3": "music is 3, but it must be a section with keys such as audio_duration, audio_sample_rate,",
    "music: [a]": "music is ['a'], but it must be a section with keys such as",
    "music: {speech_detection: yes}": "music.speech_detection is true, but it must be a section with keys such as",
    "seed: -1": "seed is -1, but it must be at least 0.",
    "seed: true": "seed is true, but it must be a number.",
    "seed:": "seed is empty, but it must be a whole number.",
    "seed: 1.5": "seed is 1.5, but it must be a whole number.",
    "music: {audio_duration: long}": "music.audio_duration is 'long', but it must be a number.",
    "hyperparameters: {audio_duration: long}": "hyperparameters.audio_duration is 'long', but it must be a number.",
    "music: {audio_duration: 0}": "music.audio_duration is 0, but it must be above 0.0.",
    "music: {audio_duration: .inf}": "music.audio_duration is inf, but it must be a finite number.",
    "music: {max_audio_duration: .nan}": "music.max_audio_duration is nan, but it must be a finite number.",
    "music: {audio_sample_rate: 100}": "music.audio_sample_rate is 100, but it must be at least 8000.",
    "music: {center_crop: 7}": "music.center_crop is 7, but it must be true or false.",
    "music: {database_path: 7}": "music.database_path is 7, but it must be the path of a file or folder.",
    "music: {path_map: /old}": "music.path_map is '/old', but it must be a section of keys and values.",
    "music: {path_map: {/old: 3}}": "music.path_map./old is 3, but it must be text; put it in quotation marks.",
    "music: {path_map: {3: /new}}": "the key 3 of music.path_map must be text in quotation marks.",
    "3: 4": "the key 3 must be text in quotation marks.",
    "name: 3": "name is 3, but it must be text; put it in quotation marks.",
    "framework: jax": "framework is 'jax', but it must be 'pytorch'.",
    "compute: {device: gpu}": "compute.device is 'gpu', but it must be 'auto', 'cuda' or 'cpu'.",
    "training_mode: all": "training_mode is 'all', but it must be 'encoder', 'classifier' or 'joint'.",
    "hyperparameters: {dropout: 1}": "hyperparameters.dropout is 1, but it must be below 1.0.",
    "hyperparameters: {classifier_hidden_dims: 3}": (
        "hyperparameters.classifier_hidden_dims is 3, but it must be a list, such as [256, 128]."
    ),
    "hyperparameters: {classifier_hidden_dims: [9, x]}": (
        "entry 2 of hyperparameters.classifier_hidden_dims is 'x', but it must be a whole number."
    ),
    "tuning: {search_space: {parameters: {dropout: 3}}}": (
        "tuning.search_space.parameters.dropout is 3, but it must be a section with keys such as choices, high, low."
    ),
    "tuning: {search_space: {parameters: {dropout: {typ: int}}}}": (
        "tuning.search_space.parameters.dropout.typ is not a known key; did you mean type?"
    ),
    "tuning: {search_space: {parameters: {dropout: {low: 1}}}}": (
        "tuning.search_space.parameters.dropout.type is missing."
    ),
    f"name: [{'x' * 500}]": f"name is ['{'x' * 58}…, but it must be text",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_gets_one_sentence_with_key_value_and_what_is_allowed(tmp_path: Path, text: str) -> None:
    told = sentence(tmp_path, text)
    assert told.startswith(f"In /marmalade.yaml: {MISTAKES[text]}")
    assert len(told.splitlines()) == 1
    assert not set(re.findall(r"\w+", told)) & OUR_CLASSES


UNREADABLE = {
    "- a\n- b": "must consist of keys and values, but it is a list.",
    "seed": "must consist of keys and values, but it is a single value.",
    "a: b: c": "is not valid YAML near line 1: mapping values are not allowed here.",
    "seed: 1\nmusic: {}\nseed: 2": "is not valid YAML near line 3: seed is given twice.",
    "music:\n  audio_duration: 3\n  audio_duration: 4": "is not valid YAML near line 3: audio_duration is given twice.",
    "seed: !!python/object/apply:os.abort []": "is not valid YAML near line 1: could not determine a constructor",
}


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_configuration_gets_a_sentence(tmp_path: Path, text: str) -> None:
    assert sentence(tmp_path, text).startswith(f"The configuration /marmalade.yaml {UNREADABLE[text]}")


def test_an_alias_may_stand_for_what_was_given_before(tmp_path: Path) -> None:
    config = load(tmp_path, "music: &excerpt {audio_duration: 20}\nhyperparameters: {<<: *excerpt, dropout: 0.1}")
    assert (config.hyperparameters.audio_duration, config.hyperparameters.dropout) == (20, 0.1)


def test_a_file_that_is_missing_or_no_text_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"marmalade\.yaml cannot be read: No such file or directory\."):
        load_config(tmp_path / "marmalade.yaml")
    with pytest.raises(UserError, match="cannot be read: Is a directory"):
        load_config(tmp_path)
    (tmp_path / "marmalade.yaml").write_bytes(b"name: \xff\xfe")
    with pytest.raises(UserError, match=r"marmalade\.yaml is not text in UTF-8\."):
        load_config(tmp_path / "marmalade.yaml")


def test_a_configuration_does_not_change() -> None:
    with pytest.raises(ValidationError):
        Config().seed = 3  # type: ignore[misc]
    assert parse_config({"seed": 3}).seed == 3
