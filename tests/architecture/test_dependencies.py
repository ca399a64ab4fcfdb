"""What the code imports is declared in pyproject.toml, and what was tested is pinned."""

import ast
import re
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
OWN = {"core", "desktop", "resources", "tests"}

EXTRAS = {package for extra in PROJECT["project"]["optional-dependencies"].values() for package in extra}


def normal(requirement: str) -> str:
    """The normalized name of the distribution that a requirement asks for."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s<>=!~;\[@]", requirement.strip())[0]).lower()


RUN = {normal(requirement) for requirement in [*PROJECT["project"]["dependencies"], *EXTRAS]}
DEVELOPMENT = {normal(requirement) for requirement in PROJECT["dependency-groups"]["dev"]}


def imported_packages(source: str) -> set[str]:
    """The top-level names that are imported from outside the project and the standard library."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names - OWN - sys.stdlib_module_names


def undeclared(source: str, *, declared: set[str]) -> set[str]:
    """The imported packages that no declared distribution provides."""
    return {
        name
        for name in imported_packages(source)
        if not {normal(provider) for provider in providers().get(name, [name])} & declared
    }


@cache
def providers() -> Mapping[str, list[str]]:
    """The installed distributions by the packages that they provide; reading them takes a second."""
    return packages_distributions()


@pytest.mark.parametrize(
    ("folder", "declared"),
    [("core", RUN), ("desktop", RUN), ("resources", RUN), ("tests", RUN | DEVELOPMENT)],
)
def test_every_import_is_declared(folder: str, declared: set[str]) -> None:
    missing = {
        str(path.relative_to(ROOT)): packages
        for path in (ROOT / folder).rglob("*.py")
        if (packages := undeclared(path.read_text(encoding="utf-8"), declared=declared))
    }
    assert missing == {}


def test_every_dependency_is_pinned() -> None:
    lines = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {normal(line) for line in lines if "==" in line}
    extras = {normal(requirement) for requirement in EXTRAS}
    assert (RUN - extras) | DEVELOPMENT <= pinned


def test_the_constraints_name_no_place() -> None:
    text = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if not re.fullmatch(r"#.*|[\w.-]+==[\w.!+]+", line)] == []


def test_an_undeclared_import_is_found() -> None:
    source = "def f():\n    import pytest.mark\n    from numpy import array\n    import json, core.song"
    assert undeclared(source, declared={"numpy"}) == {"pytest"}


@pytest.mark.parametrize(
    "requirement", ["PySide6_Addons>=6.8", "pyside6-addons", "PySide6.Addons [x] ; python_version"]
)
def test_names_are_compared_in_one_form(requirement: str) -> None:
    assert normal(requirement) == "pyside6-addons"
