"""Changing a configuration in place: only what was asked for, comments stay, and nothing that is wrong is written."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from core.config import load_config
from core.config_file import DEFAULTS, Mistake, edited, mistake_in, save_config, save_config_text, set_aside, values_of
from core.errors import UserError

COMMENTED = """\
# mine
seed: 7  # lucky
music:
  # where the player keeps it
  database_path: /old/clementine.db
  watched_folders:
    - /one
    - /two

hyperparameters:
  encoder_lr: 0.01   # slow
"""


def test_a_value_is_changed_in_place_and_comments_stay() -> None:
    made = edited(COMMENTED, {"seed": 8, "music.database_path": "/new/c.db", "hyperparameters.encoder_lr": 0.5})
    assert made == COMMENTED.replace("seed: 7", "seed: 8").replace("/old/clementine.db", "/new/c.db").replace(
        "0.01", "0.5"
    )


def test_a_new_key_comes_into_its_section() -> None:
    made = edited(COMMENTED, {"music.deduplicate": False, "music.speech_detection.speech_threshold": 0.3})
    assert "# where the player keeps it" in made
    assert yaml.safe_load(made)["music"] == yaml.safe_load(COMMENTED)["music"] | {
        "deduplicate": False,
        "speech_detection": {"speech_threshold": 0.3},
    }


def test_a_new_section_comes_at_the_end() -> None:
    assert edited("seed: 7", {"compute.num_workers": 2}) == "seed: 7\ncompute:\n  num_workers: 2\n"
    assert edited("", {"seed": 9}) == "seed: 9\n"


def test_a_default_is_taken_out_of_the_file() -> None:
    made = edited(COMMENTED, {"seed": 42, "music.watched_folders": [], "hyperparameters.encoder_lr": 0.001})
    assert "seed" not in made
    assert "/one" not in made
    assert "# where the player keeps it" in made
    assert yaml.safe_load(made) == {"music": {"database_path": "/old/clementine.db"}, "hyperparameters": None}
    assert edited("", {"seed": 42}) == ""


def test_a_value_in_several_lines_becomes_one_line() -> None:
    made = edited(COMMENTED, {"music.watched_folders": ["/three"]})
    assert "  watched_folders: [/three]\n" in made
    assert yaml.safe_load(made)["hyperparameters"] == {"encoder_lr": 0.01}
    assert "# slow" in made


@pytest.mark.parametrize(
    "text",
    [
        "music: {deduplicate: false, audio_duration: 20}\n",
        "common: &a {deduplicate: false}\n".replace("common", "music"),
        '"music":\n    "deduplicate": no\n    center_crop: true',
        "music:\n",
        "music: null\n",
        "---\nmusic:\n  center_crop: false\n...\n",
    ],
)
def test_every_form_of_yaml_can_be_changed(text: str) -> None:
    made = yaml.safe_load(edited(text, {"music.max_audio_duration": 60.0, "music.deduplicate": False}))
    expected = (yaml.safe_load(text)["music"] or {}) | {"max_audio_duration": 60.0, "deduplicate": False}
    assert made["music"] == expected


def test_of_two_names_for_the_same_thing_the_one_in_the_file_is_changed() -> None:
    made = edited("hyperparameters:\n  audio_duration: 20\n", {"music.audio_duration": 10.0})
    assert yaml.safe_load(made) == {"hyperparameters": {"audio_duration": 10.0}}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("music.path_map", {"/old # x": "/new: y", "ä": '"'}),
        ("name", "a: b # c"),
        ("name", "yes"),
        ("hyperparameters.classifier_hidden_dims", [1, 2]),
        ("tuning.search_space", {"parameters": {"dropout": {"type": "uniform", "low": 0.1, "high": 0.2}}}),
        ("hyperparameters.preset", "quick"),
        ("hyperparameters.encoder_lr", 1e-05),
    ],
)
def test_every_value_comes_back(tmp_path: Path, key: str, value: Any) -> None:  # noqa: ANN401 - what YAML can hold
    path = tmp_path / "marmalade.yaml"
    path.write_text(COMMENTED)
    config = save_config(path, {key: value})
    assert values_of(config)[key] == value == values_of(load_config(path))[key]
    assert "# lucky" in path.read_text()


def test_only_what_differs_is_written_and_the_file_of_before_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "new/marmalade.yaml"
    save_config(path, DEFAULTS)
    assert not path.exists(), "nothing to say"
    save_config(path, DEFAULTS | {"seed": 7})
    assert path.read_text() == "seed: 7\n"
    save_config(path, {"seed": 8})
    assert path.with_name("marmalade.yaml.bak").read_text() == "seed: 7\n"
    assert sorted(each.name for each in path.parent.iterdir()) == ["marmalade.yaml", "marmalade.yaml.bak"]


@pytest.mark.parametrize("text", ["music: [unclosed\n", "- a\n- b\n", "seed: many\n", "colour: red\n"])
def test_a_file_that_cannot_be_understood_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "marmalade.yaml"
    path.write_text(text)
    with pytest.raises(UserError):
        save_config(path, {"music.deduplicate": False})
    assert path.read_text() == text


def test_a_value_that_is_not_allowed_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "marmalade.yaml"
    with pytest.raises(UserError, match="speech_threshold is 7"):
        save_config(path, {"music.speech_detection.speech_threshold": 7})
    assert not path.exists()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="cannot be"):
        save_config_text(tmp_path / "file/marmalade.yaml", "seed: 7\n")


@pytest.mark.parametrize(
    ("text", "sentence", "line"),
    [
        ("seed: 7\nmusic:\n  dedupe: true\n", "music.dedupe is not a known key; did you mean deduplicate?", 3),
        ("seed: 7\n\ncompute:\n  num_workers: 0\n", "compute.num_workers is 0, but it must be at least 1.", 4),
        ("hyperparameters:\n  classifier_hidden_dims:\n    - 1\n    - a\n", "must be a whole number", 4),
        ("seed: 7\nmusic: [\n", "is not valid YAML: ", 3),
        ("seed: 1\nseed: 2\n", "seed is given twice", 2),
        ("- a\n", "must consist of keys and values", 0),
    ],
)
def test_a_mistake_has_a_sentence_and_a_line(text: str, sentence: str, line: int) -> None:
    found = mistake_in(text)
    assert isinstance(found, Mistake)
    assert sentence in found.sentence
    assert found.line == line


def test_a_good_text_has_no_mistake() -> None:
    assert mistake_in(COMMENTED) is None
    assert mistake_in("") is None


def test_a_damaged_file_is_moved_aside_and_never_lost(tmp_path: Path) -> None:
    file = tmp_path / "marmalade.yaml"
    for text in ("music: [", "music: {"):
        file.write_text(text)
        kept = set_aside(file)
        assert kept.name.startswith("marmalade.yaml.damaged-2")
        assert kept.read_text() == text
        assert values_of(load_config(file)) == DEFAULTS
    assert len(list(tmp_path.iterdir())) == 3


def test_what_is_not_there_cannot_be_moved_aside(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"cannot be moved aside: No such file"):
        set_aside(tmp_path / "marmalade.yaml")
