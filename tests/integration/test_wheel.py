"""The built wheel holds all that Marmalade needs, and runs where no source is at hand."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.integration.command_line import CommandLine
from tests.integration.conftest import MadeLibrary

pytestmark = pytest.mark.timeout(600)

ROOT = Path(__file__).parents[2]
PARTS = ("core", "desktop", "resources")
BUILT_FROM = (*PARTS, "pyproject.toml", "README.md", "LICENSE")

RESOURCES_IN_PYTHON = """
import core, json, resources
from importlib.resources import files

def below(folder, name=""):
    for each in folder.iterdir():
        yield from below(each, f"{name}{each.name}/") if each.is_dir() else [(name + each.name, len(each.read_bytes()))]

print(json.dumps({"core": core.__file__, "resources": dict(below(files(resources)))}))
"""

ENGINE_IN_PYTHON = """
import json, sys
from pathlib import Path
from core.engine import Engine
from core.paths import Profile

with Engine.open(profile=Profile.below(Path(sys.argv[1])), database=Path(sys.argv[2])) as engine:
    *_, scanned = engine.scan(workers=1)
    *_, learned = engine.update_predictions()
    print(json.dumps({"analysed": scanned.analysed, "predicted": learned.result["predicted"]}))
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the wheel is built from, for a build leaves files beside it."""
    folder = tmp_path_factory.mktemp("source")
    for name in BUILT_FROM:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)], folder)
    (found,) = folder.glob("marmalade-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel, and sees the other packages of this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    python = folder / "bin/python"
    run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)], folder
    )
    (packages,) = folder.glob("lib/python*/site-packages")
    # Only a folder is added: its own .pth files, by which the source is found in development, are not read.
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin"


def run(command: list[str], folder: Path) -> str:
    """The output of a command that must succeed in another folder than the source's."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files_below(folder: Path) -> dict[str, int]:
    """Every file by its name below a folder, with its size."""
    return {str(path.relative_to(folder)): path.stat().st_size for path in folder.rglob("*") if path.is_file()}


def test_the_wheel_holds_all_source_and_nothing_else(source: Path, wheel: Path) -> None:
    expected = {f"{part}/{name}": size for part in PARTS for name, size in files_below(source / part).items()}
    assert len(expected) > 50
    held = {each.filename: each.file_size for each in zipfile.ZipFile(wheel).infolist()}
    assert {name: size for name, size in held.items() if ".dist-info/" not in name} == expected


def test_resources_are_read_from_where_it_is_installed(source: Path, installed: Path, tmp_path: Path) -> None:
    found = json.loads(run([str(installed / "python"), "-P", "-c", RESOURCES_IN_PYTHON], tmp_path))
    assert Path(found["core"]).is_relative_to(installed.parent), "the source is what was imported"
    read = {name: size for name, size in found["resources"].items() if "__pycache__" not in name}
    assert read == files_below(source / "resources")
    assert any(name.endswith(".sql") for name in read)


def test_its_command_says_what_it_can_do(installed: Path, tmp_path: Path) -> None:
    assert "music-stats" in run([str(installed / "marmalade"), "--help"], tmp_path)


def test_its_command_counts_a_library(installed: Path, made_library: MadeLibrary, tmp_path: Path) -> None:
    marmalade = CommandLine(
        profile=tmp_path / "profile", database=made_library.database.path, program=[str(installed / "marmalade")]
    )
    assert marmalade.done("music-stats")["songs"] == len(made_library.songs) + len(made_library.bad)


def test_its_engine_listens_and_learns_elsewhere(installed: Path, made_library: MadeLibrary, tmp_path: Path) -> None:
    """Worker processes and the training child have to find the installed package too."""
    arguments = [str(tmp_path / "profile"), str(made_library.database.path)]
    said = run([str(installed / "python"), "-P", "-c", ENGINE_IN_PYTHON, *arguments], tmp_path)
    assert json.loads(said) == {"analysed": len(made_library.songs), "predicted": len(made_library.songs)}
