"""The versions of encoders from a shell."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import UserError
from core.jobs.events import Event
from core.parts.encoders import Encoders
from core.training.process import TrainingFinished
from tests.planted_library import SONGS, PlantedLibrary
from tests.shell_calls import Call

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
    found = {OLD: {"score": 0.25}, NEW: {"score": 0.5}, "better": NEW, "songs": 12, "rated": 9, "margins": {}}

    def compare(_: Encoders, first: str, second: str, **__: object) -> Iterator[Event]:
        assert (first, second) == (OLD, NEW)
        yield TrainingFinished(result=found)

    monkeypatch.setattr(Encoders, "compare", compare)
    shown = call("models", "compare", OLD, NEW, *library.arguments).stdout
    assert f"{NEW} is better." in shown
    assert "0.500" in shown
    answer = json.loads(call("models", "compare", OLD, NEW, "--json", *library.arguments).stdout)
    assert answer == found
