"""What tests of the command line share: ways to call it, and libraries that were listened to or learned from."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from core.cli.program import application
from tests.audio_files import tone, write_wav
from tests.library_databases import PlayerDatabase, SongRow
from tests.planted_findings import PlantedFindings
from tests.planted_library import PlantedLibrary
from tests.shell_calls import STRANGE_DAMAGED_NAME, STRANGE_NAME, Call, Told, call_program, the_object


@pytest.fixture
def call() -> Iterator[Call]:
    """The command line in this process; a UserError is the result's exception."""
    log = logging.getLogger("core")
    before = list(log.handlers)
    runner = CliRunner(env={"COLUMNS": "200"})  # wide enough that tables fold no word
    yield lambda *arguments: runner.invoke(application, [str(argument) for argument in arguments])
    for handler in [handler for handler in log.handlers if handler not in before]:
        log.removeHandler(handler)
        handler.close()


@pytest.fixture(scope="session")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Three songs, one strangely named, two damaged files, a stream: listened to by ``marmalade scan --json``."""
    folder = tmp_path_factory.mktemp("scanned")
    music = folder / "music"
    music.mkdir()
    names = ["a.wav", "b.wav", STRANGE_NAME]
    sounds = [write_wav(music / name, tone(220 * (1 + number))) for number, name in enumerate(names)]
    damaged = [music / "damaged [1].mp3", music / STRANGE_DAMAGED_NAME]
    for path in damaged:
        path.write_bytes(b"no sound at all " * 100)
    rows = [SongRow(path=path, title=f"Song {path.stem[0]} [live]") for path in (*sounds, *damaged)]
    PlayerDatabase.create(
        folder / "clementine.db",
        directories=[music],
        songs=[*rows, SongRow(location="http://radio.example/stream", title="Radio")],
    )
    arguments = ["--profile", str(folder / "profile"), "--database", str(folder / "clementine.db")]
    finished = call_program(*arguments, "scan", "--json", "--workers", "1")
    assert finished.returncode == 0, finished.stderr.decode()
    return Told(arguments, folder, the_object(finished.stdout), finished.stderr.decode())


@pytest.fixture
def findings(tmp_path: Path) -> PlantedFindings:
    return PlantedFindings.create(tmp_path)


@pytest.fixture(scope="session")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A planted library whose ratings were learned by ``marmalade train-classifier --json``."""
    folder = tmp_path_factory.mktemp("learned")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        library = PlantedLibrary.create(folder)
    finished = call_program("--json", "train-classifier", *library.arguments)
    assert finished.returncode == 0, finished.stderr.decode()
    return Told(library.arguments, folder, the_object(finished.stdout), finished.stderr.decode())
