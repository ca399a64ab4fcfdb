"""The versions of encoders from a shell."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import UserError
from core.jobs.events import Event, Notice
from core.models.card import NO_LICENSE
from core.parts import transfer
from core.parts.encoders import Encoders
from core.parts.transfer import ModelDownloaded, Transfer
from core.training.process import TrainingFinished
from tests.planted_library import SONGS, PlantedLibrary
from tests.shell_calls import Call, call_program, the_object
from tests.trained_encoder import plant_encoder, run_here

OLD, NEW = "planted-1-0", "mel-1-new"


@pytest.fixture
def library(tmp_path: Path) -> PlantedLibrary:
    library = PlantedLibrary.create(tmp_path)
    with library.open() as engine:
        old = engine.stores.embeddings.matrix(OLD)
        engine.stores.embeddings.store_embeddings_batch(list(zip(old.filenames, old.vectors, strict=True)), NEW)
        engine.stores.embeddings.store_metadata(NEW, encoder_class="MelEncoder", hyperparameters={})
    return library


def test_versions_are_told_as_one_object(call: Call, library: PlantedLibrary) -> None:
    answer = json.loads(call("models", "list", "--json", *library.arguments).stdout)
    assert [(each["version"], each["active"], each["songs"]) for each in answer["models"]] == [
        (OLD, True, SONGS),
        (NEW, False, SONGS),
    ]


def test_versions_are_shown_as_a_table(call: Call, library: PlantedLibrary) -> None:
    shown = call("models", "list", *library.arguments).stdout
    assert "in use" in shown
    assert "MelEncoder" in shown


def test_a_version_is_deleted(call: Call, library: PlantedLibrary) -> None:
    answer = json.loads(call("models", "delete", NEW, "--json", *library.arguments).stdout)
    assert answer == {"deleted": NEW, "songs": SONGS}
    assert NEW not in call("models", "list", *library.arguments).stdout


def test_the_one_in_use_is_not_deleted(call: Call, library: PlantedLibrary) -> None:
    result = call("models", "delete", OLD, *library.arguments)
    assert isinstance(result.exception, UserError)
    assert "in use" in str(result.exception)


def test_a_comparison_is_shown_as_a_table(call: Call, library: PlantedLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "On artists that were held out, one reached more than the other."
    found = {OLD: {"score": 0.25}, NEW: {"score": 0.5}, "better": NEW, "surely": NEW, "found": sentence, "songs": 12}

    def compare(_: Encoders, first: str, second: str, **__: object) -> Iterator[Event]:
        assert (first, second) == (OLD, NEW)
        yield TrainingFinished(result=found)

    monkeypatch.setattr(Encoders, "compare", compare)
    shown = call("models", "compare", OLD, NEW, *library.arguments).stdout
    assert sentence in shown
    assert "0.500" in shown
    answer = json.loads(call("models", "compare", OLD, NEW, "--json", *library.arguments).stdout)
    assert answer == found


@pytest.fixture
def trained(library: PlantedLibrary, monkeypatch: pytest.MonkeyPatch) -> str:
    """The version of a trained encoder; children run in this process."""
    monkeypatch.setattr(transfer, "run_training", run_here)
    with library.open() as engine:
        return plant_encoder(engine)


@pytest.fixture
def other(tmp_path: Path) -> PlantedLibrary:
    """Somebody else's."""
    return PlantedLibrary.create(tmp_path / "other")


def test_an_encoder_goes_from_one_library_to_another(
    call: Call, library: PlantedLibrary, other: PlantedLibrary, trained: str, tmp_path: Path
) -> None:
    file = tmp_path / "jazz.safetensors"
    wishes = ("--licence", "CC0-1.0", "--note", "For jazz [live].")
    sent = json.loads(call("models", "export", trained, file, *wishes, "--json", *library.arguments).stdout)
    assert (sent["file"], sent["card_file"]) == (str(file), f"{file}.md")
    assert (sent["bytes"], sent["card"]["license"]) == (file.stat().st_size, "CC0-1.0")
    taken = json.loads(call("models", "import", file, "--json", *other.arguments).stdout)
    assert (taken["version"], taken["new"], taken["songs"]) == (trained, True, 0)
    assert taken["card"] == sent["card"]
    listed = json.loads(call("models", "list", "--json", *other.arguments).stdout)["models"]
    assert [(each["version"], each["songs"], each["note"]) for each in listed if each["version"] == trained] == [
        (trained, 0, "For jazz [live].")
    ]
    assert "For jazz [live]." in call("models", "list", *other.arguments).stdout


def test_people_are_told_what_left_and_what_stays(
    call: Call, library: PlantedLibrary, other: PlantedLibrary, trained: str, tmp_path: Path
) -> None:
    file = tmp_path / "jazz.safetensors"
    shown = call("models", "export", trained, file, *library.arguments).stdout
    assert f"{file} is written" in shown
    assert "your taste stays here" in shown
    assert "--license says what others may do" in shown
    shown = call("models", "import", file, "--name", "Jazz of a friend", *other.arguments).stdout
    assert f"{trained} is taken in. {NO_LICENSE}" in shown
    assert f"“marmalade models use {trained}”" in shown
    assert "is here already" in call("models", "import", file, *other.arguments).stdout


def test_a_damaged_file_is_one_sentence(call: Call, library: PlantedLibrary, trained: str, tmp_path: Path) -> None:
    file = tmp_path / "damaged.safetensors"
    file.write_bytes(b"no weights at all " * 50)
    result = call("models", "import", file, *library.arguments)
    assert isinstance(result.exception, UserError)
    assert str(result.exception) == f"{file} is damaged, or no file of weights (.safetensors)."


def test_a_real_child_takes_an_encoder_in(
    call: Call, library: PlantedLibrary, other: PlantedLibrary, trained: str, tmp_path: Path
) -> None:
    file = tmp_path / "jazz.safetensors"
    call("models", "export", trained, file, *library.arguments)
    finished = call_program("models", "import", str(file), "--json", *other.arguments)
    assert finished.returncode == 0, finished.stderr.decode()
    assert the_object(finished.stdout)["version"] == trained


def test_a_download_tells_how_to_listen_with_it(
    call: Call, library: PlantedLibrary, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done = ModelDownloaded(reference="huggingface:a/b", folder=tmp_path, size=378_000_000, license="license mit")

    def download(_: Transfer, name: str, **__: object) -> Iterator[Event]:
        assert name == "a/b"
        yield Notice("a/b from huggingface.co: 3 files, 378 MB, license mit.")
        yield done

    monkeypatch.setattr(Transfer, "download", download)
    result = call("models", "download", "a/b", *library.arguments)
    assert "3 files, 378 MB" in result.stderr
    assert "“marmalade scan --encoder-module huggingface:a/b” listens with it." in result.stdout
    answer = json.loads(call("models", "download", "a/b", "--json", *library.arguments).stdout)
    assert answer == {
        "reference": "huggingface:a/b",
        "folder": str(tmp_path),
        "bytes": 378_000_000,
        "license": "license mit",
    }


def test_a_download_that_was_stopped_goes_on_later(
    call: Call, library: PlantedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Transfer, "download", lambda *_, **__: iter([ModelDownloaded(complete=False)]))
    result = call("models", "download", "a/b", *library.arguments)
    assert isinstance(result.exception, UserError)
    assert "the same command goes on" in str(result.exception)
