"""Modules are named after what they hold, and the tests mirror the tree."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path.relative_to(ROOT)
    for folder in ("core", "desktop", "resources", "tests")
    for path in (ROOT / folder).rglob("*.py")
)
MIRRORED = [
    path
    for path in FILES
    if path.parts[:2] in {("tests", "core"), ("tests", "desktop")} and path.name.startswith("test_")
]

EMPTY_WORDS = {"utils", "util", "helpers", "helper", "manager", "misc", "common", "base", "tools", "stuff"}

WITHOUT_TWIN: dict[str, str] = {}
"""Tests that belong to no single module, each with the reason."""


def empty_words(path: Path) -> set[str]:
    """The words of a path that say nothing about what lies there."""
    return EMPTY_WORDS & {word for part in path.with_suffix("").parts for word in part.split("_")}


def twin(path: Path) -> Path:
    """The module that a test file is about; a package counts for its folder."""
    return Path(*path.parts[1:-1], path.name.removeprefix("test_"))


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_name_says_what_is_inside(path: Path) -> None:
    assert empty_words(path) == set()


@pytest.mark.parametrize("path", MIRRORED, ids=str)
def test_each_test_has_its_module(path: Path) -> None:
    has_twin = (ROOT / twin(path)).exists() or (ROOT / twin(path).with_suffix("") / "__init__.py").exists()
    assert has_twin != (str(path) in WITHOUT_TWIN), (
        f"{twin(path)} is missing; name the reason in WITHOUT_TWIN or move the test"
    )


def test_no_reason_outlives_its_test() -> None:
    assert [name for name in WITHOUT_TWIN if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", ["core/utils.py", "core/audio/audio_helpers.py", "desktop/common/__init__.py"])
def test_an_empty_word_is_found(path: str) -> None:
    assert empty_words(Path(path))


def test_the_twin_of_a_test() -> None:
    assert twin(Path("tests/core/store/test_embeddings.py")) == Path("core/store/embeddings.py")
