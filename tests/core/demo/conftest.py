"""A small demo library, made once for all tests that only look at it."""

from pathlib import Path

import pytest

from core.demo.library import DemoEvent, DemoLibraryMade, make_demo_library

SONGS = 8
"""The fewest that bring all six formats."""


@pytest.fixture(scope="session")
def demo_events(tmp_path_factory: pytest.TempPathFactory) -> list[DemoEvent]:
    return list(make_demo_library(tmp_path_factory.mktemp("demo") / "library", songs=SONGS))


@pytest.fixture(scope="session")
def demo_library(demo_events: list[DemoEvent]) -> DemoLibraryMade:
    made = demo_events[-1]
    assert isinstance(made, DemoLibraryMade)
    return made


@pytest.fixture(scope="session")
def demo_folder(demo_library: DemoLibraryMade) -> Path:
    return demo_library.database.parent
