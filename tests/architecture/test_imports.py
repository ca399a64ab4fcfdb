"""Imports go one way, and starting the window or the command line loads no learning library."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

COSTLY = (
    "torch",
    "torchaudio",
    "torchcodec",
    "sklearn",
    "scipy",
    "openTSNE",
    "silero_vad",
    "onnxruntime",
    "matplotlib",
)
WINDOWS = ("PySide6", "qasync", "pyqtgraph")

SQL_FOLDERS = ("core/store/", "core/library/")
SQL_ELSEWHERE = {
    "core/demo/player_database.py": "the demo plays the player, whose database it makes for its own songs",
}
"""Modules outside these folders that open a database, each with the reason."""


def loaded_by(modules: tuple[str, ...], *, among: tuple[str, ...]) -> list[str]:
    """Which of the packages are loaded after a fresh Python has imported the modules."""
    code = (
        "import importlib, json, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        f"print(json.dumps([name for name in {among!r} if name in sys.modules]))"
    )
    finished = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(finished.stdout.splitlines()[-1])


def imports_sqlite(source: str) -> bool:
    """Whether the module imports sqlite3, in whatever form."""
    return any(
        (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "sqlite3" for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "sqlite3")
        for node in ast.walk(ast.parse(source))
    )


def test_the_contracts_of_pyproject_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    finished = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout


@pytest.mark.parametrize("module", ["core.engine", "core.cli.program", "desktop.app"])
def test_starting_loads_no_learning_library(module: str) -> None:
    assert loaded_by((module,), among=COSTLY) == []


@pytest.mark.parametrize("module", ["core.engine", "core.cli.program"])
def test_the_engine_loads_no_window(module: str) -> None:
    assert loaded_by((module,), among=WINDOWS) == []


def test_a_loaded_library_is_seen() -> None:
    assert loaded_by(("sklearn",), among=COSTLY) == ["sklearn", "scipy"]


def test_databases_are_opened_in_their_folders_only() -> None:
    files = [path for folder in ("core", "desktop") for path in sorted((ROOT / folder).rglob("*.py"))]
    names = {str(path.relative_to(ROOT)) for path in files if imports_sqlite(path.read_text(encoding="utf-8"))}
    elsewhere = {name for name in names if not name.startswith(SQL_FOLDERS)}
    assert elsewhere == set(SQL_ELSEWHERE)


@pytest.mark.parametrize(
    "source", ["import sqlite3", "from sqlite3 import connect", "def f():\n    import sqlite3 as s"]
)
def test_an_import_of_sqlite_is_found(source: str) -> None:
    assert imports_sqlite(source)
