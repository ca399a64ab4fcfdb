"""Where a model of the hub lies on this machine; no library of the hub is needed to find it."""

import json
from pathlib import Path

import pytest

from core.errors import UserError
from core.models.hub_files import (
    HubModel,
    downloads_beside,
    find_folder,
    hub_model,
    is_hub_reference,
    model_files,
    require_folder,
    weights_in,
)


def make(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("config.json", *names):
        (folder / name).write_text("{}")
    return folder


def in_cache(cache: Path, commit: str, *, main: bool = True) -> Path:
    home = cache / "models--someone--tiny"
    if main:
        (home / "refs").mkdir(parents=True)
        (home / "refs" / "main").write_text(commit)
    return make(home / "snapshots" / commit, "model.safetensors")


def test_what_a_reference_means() -> None:
    assert is_hub_reference("huggingface:someone/tiny")
    assert not is_hub_reference("my_huggingface:Tiny")
    assert hub_model("huggingface:someone/tiny") == HubModel("someone/tiny")
    assert hub_model("huggingface:someone/tiny#layers") == HubModel("someone/tiny", takes_all_layers=True)


@pytest.mark.parametrize("reference", ["huggingface:", "huggingface:#layers"])
def test_a_reference_without_a_name_is_refused(reference: str) -> None:
    with pytest.raises(UserError, match="names no model"):
        hub_model(reference)


@pytest.mark.parametrize(
    ("name", "is_public"),
    [
        ("gpt2", True),
        ("m-a-p/MERT-v1-95M", True),
        ("a/b/c", False),
        ("/home/anna/model", False),
        ("~/model", False),
        ("./model", False),
        ("../model", False),
        ("a/..", False),
        ("a..b/c", False),
        ("a/b c", False),
        ("a\\b", False),
    ],
)
def test_a_path_is_no_name_of_the_hub(name: str, is_public: bool) -> None:
    assert HubModel(name).is_public is is_public


def test_a_folder_is_found_beside_the_configuration_and_anywhere(tmp_path: Path) -> None:
    folder = make(tmp_path / "models" / "tiny", "model.safetensors")
    assert find_folder(HubModel("models/tiny"), relative_to=tmp_path) == folder
    assert find_folder(HubModel(str(folder))) == folder
    assert find_folder(HubModel("models/tiny")) is None


def test_home_is_where_the_owner_lives(own_home: Path) -> None:
    folder = make(own_home / "tiny", "model.safetensors")
    assert find_folder(HubModel("~/tiny")) == folder


@pytest.mark.parametrize(
    ("variable", "place"),
    [
        ("HF_HUB_CACHE", "."),
        ("HUGGINGFACE_HUB_CACHE", "."),
        ("HF_HOME", "hub"),
        ("XDG_CACHE_HOME", "huggingface/hub"),
    ],
)
def test_the_cache_of_the_hub_is_where_its_variables_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, place: str
) -> None:
    monkeypatch.setenv(variable, str(tmp_path))
    folder = in_cache(tmp_path / place, "abc")
    assert find_folder(HubModel("someone/tiny")) == folder


def test_our_own_cache_is_asked_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    theirs, ours = in_cache(tmp_path / "hub", "abc"), in_cache(tmp_path / "ours", "def")
    assert find_folder(HubModel("someone/tiny")) == theirs
    assert find_folder(HubModel("someone/tiny"), downloads=tmp_path / "ours") == ours


def test_the_version_of_the_main_branch_counts(tmp_path: Path) -> None:
    in_cache(tmp_path, "abc", main=False)
    assert find_folder(HubModel("someone/tiny"), downloads=tmp_path) is not None
    newer = in_cache(tmp_path, "def")
    assert find_folder(HubModel("someone/tiny"), downloads=tmp_path) == newer


def test_half_a_model_is_none(tmp_path: Path) -> None:
    folder = make(tmp_path / "tiny")
    assert find_folder(HubModel(str(folder))) is None
    index = {"weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    (folder / "model-00001-of-00002.safetensors").touch()
    assert find_folder(HubModel(str(folder))) is None
    (folder / "model-00002-of-00002.safetensors").touch()
    assert find_folder(HubModel(str(folder))) == folder
    assert [file.name for file in weights_in(folder)] == [
        "model.safetensors.index.json",
        "model-00001-of-00002.safetensors",
        "model-00002-of-00002.safetensors",
    ]


def test_an_index_leads_to_nothing_outside(tmp_path: Path) -> None:
    folder = make(tmp_path / "tiny")
    (tmp_path / "outside.safetensors").touch()
    index = {"weight_map": {"a": "../outside.safetensors", "b": "/etc/passwd"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    assert weights_in(folder) == []


def test_tensors_come_before_pickles(tmp_path: Path) -> None:
    folder = make(tmp_path, "pytorch_model.bin", "model.safetensors", "preprocessor_config.json", "README.md")
    assert [file.name for file in model_files(folder)] == [
        "config.json",
        "preprocessor_config.json",
        "model.safetensors",
    ]


def test_what_is_not_here_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="download someone/tiny once"):
        require_folder(HubModel("someone/tiny"))
    with pytest.raises(UserError, match=r"There is no model in .*: a folder with config\.json"):
        require_folder(HubModel(str(tmp_path)))


def test_downloads_lie_beside_the_weights_of_the_taggers(tmp_path: Path) -> None:
    assert downloads_beside(tmp_path / "cache" / "musicnn.safetensors") == tmp_path / "cache" / "huggingface"
    assert downloads_beside(None) is None
