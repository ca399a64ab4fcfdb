"""Fetching from the hub, which is played by an object of the test: nothing here reaches the network."""

import importlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from core.errors import UserError
from core.models import hub_download
from core.models.hub_download import Offer, complete, fetch, look_up, needed_files, require_room
from core.models.hub_files import HubModel, find_folder

SIZES = {"config.json": 100, "preprocessor_config.json": 50, "model.safetensors": 3_000_000, "modeling_MERT.py": 7}
NAME = "someone/tiny"


@dataclass
class Hub:
    """What the library of the hub offers; it keeps files as that does."""

    error: Exception | None = None
    sizes: dict[str, int] = field(default_factory=lambda: dict(SIZES))
    asked: list[dict[str, Any]] = field(default_factory=list)

    def HfApi(self) -> "Hub":  # noqa: N802 - the hub's name
        return self

    def model_info(self, name: str, *, files_metadata: bool, token: bool) -> object:
        self.asked.append({"name": name, "files_metadata": files_metadata, "token": token})
        if self.error is not None:
            raise self.error
        siblings = [SimpleNamespace(rfilename=file, size=size) for file, size in self.sizes.items()]
        return SimpleNamespace(sha="abc123", siblings=siblings, card_data=SimpleNamespace(license="cc-by-nc-4.0"))

    def hf_hub_download(self, name: str, file: str, *, revision: str, cache_dir: str, token: bool) -> str:
        self.asked.append({"file": file, "revision": revision, "token": token})
        if self.error is not None:
            raise self.error
        home = Path(cache_dir) / f"models--{name.replace('/', '--')}"
        blob, place = home / "blobs" / file, home / "snapshots" / revision / file
        for each in (blob, place):
            each.parent.mkdir(parents=True, exist_ok=True)
        blob.write_bytes(bytes(self.sizes[file]))
        place.symlink_to(blob)
        return str(place)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Hub:
    played = Hub()
    monkeypatch.setattr(hub_download, "_hub", lambda: played)
    monkeypatch.setattr(hub_download, "BETWEEN_LOOKS", 0.01)
    return played


def test_what_is_fetched_is_said_before(hub: Hub) -> None:
    offer = look_up(NAME)
    assert offer.sentence == f"{NAME} from huggingface.co: 3 files, 3 MB, license cc-by-nc-4.0."
    assert hub.asked == [{"name": NAME, "files_metadata": True, "token": False}]


def test_no_program_is_fetched(hub: Hub, tmp_path: Path) -> None:
    list(fetch(look_up(NAME), cache=tmp_path))
    assert [each["file"] for each in hub.asked[1:]] == ["config.json", "preprocessor_config.json", "model.safetensors"]
    assert {each["revision"] for each in hub.asked[1:]} == {"abc123"}
    assert {each["token"] for each in hub.asked} == {False}


def test_a_model_is_found_once_it_is_complete(hub: Hub, tmp_path: Path) -> None:
    offer = look_up(NAME)
    steps = list(fetch(offer, cache=tmp_path))
    assert steps[-1] == offer.size == 3_000_150
    assert steps == sorted(steps)
    older = tmp_path / "models--someone--tiny" / "refs" / "main"
    older.parent.mkdir()
    older.write_text("older")
    assert find_folder(HubModel(NAME), downloads=tmp_path) is None
    folder = complete(offer, cache=tmp_path)
    assert find_folder(HubModel(NAME), downloads=tmp_path) == folder


def test_stopping_ends_after_a_file(hub: Hub, tmp_path: Path) -> None:
    offer, answers = look_up(NAME), iter([False, True])
    list(fetch(offer, cache=tmp_path, stopped=lambda: next(answers)))
    assert [each["file"] for each in hub.asked[1:]] == ["config.json"]
    assert find_folder(HubModel(NAME), downloads=tmp_path) is None


@pytest.mark.parametrize(
    ("present", "needed"),
    [
        (["config.json", "preprocessor_config.json", "pytorch_model.bin"], 3),
        (["config.json", "processor_config.json", "model.safetensors", "pytorch_model.bin"], 3),
        (
            ["config.json", "preprocessor_config.json", "model.safetensors.index.json"]
            + [f"model-0000{part}-of-00002.safetensors" for part in (1, 2)],
            5,
        ),
        (["config.json", "preprocessor_config.json", "model.safetensors.index.json"], 0),
        (["config.json", "model.safetensors"], 0),
        (["preprocessor_config.json", "model.safetensors"], 0),
        (["config.json", "preprocessor_config.json", "tf_model.h5"], 0),
    ],
)
def test_only_what_is_read_is_needed(present: list[str], needed: int) -> None:
    assert len(needed_files(present)) == needed


def test_pickles_are_left_where_there_are_tensors() -> None:
    assert "pytorch_model.bin" not in needed_files([*SIZES, "pytorch_model.bin"])


def test_a_model_of_texts_is_not_fetched(hub: Hub) -> None:
    del hub.sizes["preprocessor_config.json"]
    with pytest.raises(UserError, match="is no audio model that can be used here"):
        look_up(NAME)


def response_error(kind: str) -> Callable[[Any], Exception]:
    def make(errors: Any) -> Exception:  # noqa: ANN401 - a module
        found = getattr(errors, kind)
        error: Exception = found.__new__(found)
        return error

    return make


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (response_error("GatedRepoError"), "“hf download someone/tiny”"),
        (response_error("RepositoryNotFoundError"), "has no model someone/tiny"),
        (lambda errors: errors.HFValidationError("odd"), "has no model someone/tiny"),
        (lambda errors: errors.OfflineModeIsEnabled("off"), "HF_HUB_OFFLINE"),
        (lambda _: OSError(28, "No space left on device"), "could not be fetched: No space left"),
        (lambda _: ConnectionError("no route"), "cannot be reached: ConnectionError: no route"),
        (lambda errors: errors.LocalEntryNotFoundError("no"), "cannot be reached"),
    ],
)
def test_what_goes_wrong_is_one_sentence(
    hub: Hub, tmp_path: Path, error: Callable[[Any], Exception], sentence: str
) -> None:
    offer = look_up(NAME)
    hub.error = error(pytest.importorskip("huggingface_hub.errors"))
    for call in (lambda: look_up(NAME), lambda: list(fetch(offer, cache=tmp_path))):
        with pytest.raises(UserError, match=sentence):
            call()


def test_a_disk_without_room_is_told_before(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="make room"):
        require_room(Offer(NAME, "abc", ["model.safetensors"], 10**18, ""), tmp_path / "cache")
    require_room(Offer(NAME, "abc", ["model.safetensors"], 10, ""), tmp_path / "cache")


def test_the_library_is_told_to_count_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in hub_download.PRIVATE:
        monkeypatch.setenv(name, "0")
    monkeypatch.setattr(importlib, "import_module", lambda name: (name, os.environ["HF_HUB_DISABLE_TELEMETRY"]))
    assert hub_download._hub() == ("huggingface_hub", "1")
    assert os.environ["DO_NOT_TRACK"] == "1"


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in hub_download.PRIVATE:
        monkeypatch.setenv(name, "0")

    def lacks(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", lacks)
    with pytest.raises(UserError, match=r"pip install 'marmalade\[pretrained\]'"):
        look_up(NAME)
