"""Music and player's database are only ever read: nothing changes, nothing could, and nothing even tries."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration.command_line import CommandLine, Outcome, bound_by_permissions
from tests.integration.conftest import MadeLibrary, make_library
from tests.integration.player import require
from tests.integration.system_calls import Change, changes, connections, tracer

pytestmark = pytest.mark.timeout(600)

COMMANDS: tuple[tuple[object, ...], ...] = (
    ("music-stats",),
    ("scan", "--workers", 2),
    ("skipped",),
    ("recommend", "--min-rating", 0),
    ("evaluate", "--quick"),
    ("visualize-embeddings", "--output", "map.png"),
    ("scan",),
    ("music-stats",),
)
"""Everything that reads the library, in the order of a day."""

EVERY_CHANGE = """
import os
os.mkdir('müsic "1" <x>')
open('written', 'w').close()
open('written', 'r+').close()
os.rename('written', 'renamed')
os.chmod('renamed', 0o600)
os.utime('renamed')
os.truncate('renamed', 0)
os.symlink('renamed', 'symlink')
os.link('renamed', 'link')
os.unlink('link')
os.fchmod(os.open('renamed', os.O_RDONLY), 0o644)
folder = os.open('.', os.O_RDONLY)
os.mkdir('inner', dir_fd=folder)
os.rmdir('inner', dir_fd=folder)
open('renamed').close()
"""
CALLS_OF_IT = [
    *("mkdir", "openat", "openat", "rename", "chmod", "utimensat", "truncate"),
    *("symlink", "link", "unlink", "fchmod", "mkdirat", "unlinkat"),
]

State = dict[Path, tuple[object, ...]]


@dataclass(frozen=True)
class Day:
    """All commands over a library without write permission, and what lay there before and after."""

    library: MadeLibrary
    marmalade: CommandLine
    outcomes: list[Outcome]
    before: State
    after: State
    logs: list[Path]
    """Of strace, one for each command; none where it is not installed."""

    @property
    def player(self) -> Path:
        return self.library.database.path.parent

    @property
    def playlists(self) -> Path:
        return self.library.music / "recommendations"


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    folder = tmp_path_factory.mktemp("read only")
    library = make_library(folder)
    playlists = library.music / "recommendations"
    playlists.mkdir()
    protected = [folder / "player", library.music]
    for each in protected:
        set_writable(each, writable=False, but=playlists)
    try:
        yield live_through(library, folder, playlists, protected)
    finally:
        for each in protected:
            set_writable(each, writable=True, but=playlists)


def live_through(library: MadeLibrary, folder: Path, playlists: Path, protected: list[Path]) -> Day:
    """Run all commands, each under strace where there is one."""
    has_tracer = shutil.which("strace") is not None
    logs = [folder / f"strace {number}.log" for number in range(len(COMMANDS))] if has_tracer else []
    marmalade = CommandLine(profile=folder / "profile", database=library.database.path)
    marmalade.configure(music={"playlist_folder": str(playlists)})
    before = state_of(protected, but=playlists)
    outcomes = []
    for number, command in enumerate(COMMANDS):
        wrapper = [*(tracer(logs[number]) if logs else []), *bound_by_permissions()]
        outcomes.append(marmalade.wrapped(wrapper).run(*command, "--json"))
    return Day(library, marmalade, outcomes, before, state_of(protected, but=playlists), logs)


def set_writable(folder: Path, *, writable: bool, but: Path) -> None:
    """What `chmod -R` does with the w of all users; ``but`` one folder."""
    for path in [folder, *folder.rglob("*")]:
        if path != but and but not in path.parents:
            mode = path.stat().st_mode
            path.chmod(mode | 0o200 if writable else mode & ~0o222)


def state_of(folders: list[Path], *, but: Path) -> State:
    """Everything about every file but when it was last read: the time of its last change shows also what was undone."""
    paths = [path for folder in folders for path in (folder, *folder.rglob("*"))]
    return {path: _state(path) for path in paths if path != but and but not in path.parents}


def _state(path: Path) -> tuple[object, ...]:
    found = path.lstat()
    content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else sorted(path.iterdir())
    return (found.st_mode, found.st_ino, found.st_nlink, found.st_size, found.st_mtime_ns, found.st_ctime_ns, content)


def broken_promises(day: Day) -> list[Change]:
    """Every attempt to change something below the music, other than playlists, or beside the player's database."""
    folder = day.marmalade.profile.parent
    return [
        change
        for log in day.logs
        for change in changes(log, working_folder=folder)
        if any(
            path.is_relative_to(day.player)
            or (path.is_relative_to(day.library.music) and day.playlists not in (path, *path.parents))
            for path in change.paths
        )
    ]


def test_the_library_is_bound_by_its_permissions(day: Day) -> None:
    """Otherwise the other tests would say less than they seem to."""
    for folder in (day.library.music, day.player):
        command = [*bound_by_permissions(), "touch", str(folder / "new")]
        assert subprocess.run(command, check=False, capture_output=True).returncode != 0


def test_every_command_does_its_work(day: Day) -> None:
    assert [(outcome.code, outcome.stderr) for outcome in day.outcomes if outcome.code != 0] == []
    songs, bad = len(day.library.songs), len(day.library.bad)
    assert day.outcomes[1].json["analysed"] == songs
    assert {each["path"] for each in day.outcomes[2].json["skipped"]} == {str(path) for path in day.library.bad}
    assert Path(day.outcomes[3].json["output"]).parent == day.playlists
    assert day.outcomes[-1].json["classes"]["analysed"] == songs
    assert day.outcomes[-1].json["classes"]["skipped"] == bad


def test_nothing_has_changed(day: Day) -> None:
    assert day.after == day.before


def test_nothing_was_tried(day: Day) -> None:
    require("strace")
    assert broken_promises(day) == []


def test_nothing_has_left_the_machine(day: Day) -> None:
    require("strace")
    assert [line for log in day.logs for line in connections(log)] == []


def test_the_trace_saw_what_was_written(day: Day) -> None:
    """A log that holds nothing would let the tests above pass."""
    require("strace")
    written = {
        path for log in day.logs for change in changes(log, working_folder=day.library.music) for path in change.paths
    }
    assert day.playlists / "Marmalade.xspf" in written
    assert day.marmalade.profile / "data/companion.db" in written
    assert day.marmalade.profile.parent / "map.png" in written


def test_every_kind_of_change_is_seen(tmp_path: Path) -> None:
    require("strace")
    log = tmp_path / "strace.log"
    folder = tmp_path / "folder with ümläut"
    folder.mkdir()
    subprocess.run([*tracer(log), sys.executable, "-I", "-S", "-c", EVERY_CHANGE], cwd=folder, check=True)
    seen = [
        change for change in changes(log, working_folder=folder) if any(folder in path.parents for path in change.paths)
    ]
    assert [change.call.split("(")[0].split()[-1] for change in seen] == CALLS_OF_IT
    assert seen[0].paths == (folder / 'müsic "1" <x>',)
