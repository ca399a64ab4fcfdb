"""What tests of the engine and of its front ends share: the whole demo, run once, and a child that is not started."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.demo.session import run_demo
from core.engine import Engine
from core.parts import learning
from tests.demo_run import SONGS, DemoRun
from tests.planted_library import SETTINGS, PlantedLibrary
from tests.recorded_trainings import Trainings
from tests.scanned_library import ScannedLibrary


@pytest.fixture(scope="session")
def demo_run(tmp_path_factory: pytest.TempPathFactory) -> DemoRun:
    """The demo on fewer songs: real sound, a real pool, the real training child."""
    folder = tmp_path_factory.mktemp("whole demo")
    config_file = folder / "settings.yaml"
    config_file.write_text(SETTINGS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))  # fixtures of the session come before the home of each test
        events = list(run_demo(folder / "demo", config_file=config_file, songs=SONGS))
    return DemoRun(folder / "demo", config_file, events)


@pytest.fixture
def library(tmp_path: Path) -> PlantedLibrary:
    return PlantedLibrary.create(tmp_path)


@pytest.fixture
def engine(library: PlantedLibrary) -> Iterator[Engine]:
    """The engine over the planted library."""
    with library.open() as opened:
        yield opened


@pytest.fixture
def trainings(monkeypatch: pytest.MonkeyPatch) -> Trainings:
    recorder = Trainings()
    monkeypatch.setattr(learning, "run_training", recorder)
    return recorder


@pytest.fixture
def music(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ScannedLibrary:
    """An empty library of real sound; the engine works in the process of the test."""
    return ScannedLibrary.create(tmp_path, monkeypatch)
