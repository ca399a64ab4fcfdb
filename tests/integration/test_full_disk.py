"""A disk that fills up stops a command with one sentence; with space again it goes on where it was."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.command_line import CommandLine, Outcome
from tests.integration.conftest import MadeLibrary
from tests.integration.player import end

pytestmark = pytest.mark.timeout(600)

MOUNT = 'mount -t tmpfs -o size=20m none "$0" && echo mounted && exec sleep infinity'
"""Only for this process and those that enter its namespace; it goes with them."""


class SmallDisk:
    """A disk of 20 MB that only commands run by `inside` see."""

    def __init__(self, folder: Path, owner: int) -> None:
        self.folder = folder
        self.inside = ["nsenter", f"--target={owner}", "--mount"]

    def fill(self, *, but: int = 0) -> None:
        """Leave so many KiB."""
        self._run("dd", "if=/dev/zero", f"of={self.folder}/filling", "bs=1024", check=False)
        self._run("truncate", f"--size=-{but * 1024}", f"{self.folder}/filling")

    def clear(self) -> None:
        self._run("rm", f"{self.folder}/filling")

    def read(self, name: str) -> bytes:
        return self._run("cat", f"{self.folder}/{name}")

    def names(self) -> set[str]:
        return set(self._run("ls", "-A", str(self.folder)).decode().split())

    def _run(self, *command: str, check: bool = True) -> bytes:
        return subprocess.run([*self.inside, *command], check=check, capture_output=True).stdout


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    folder = tmp_path / "small disk"
    folder.mkdir()
    command = ["unshare", "--mount", "sh", "-c", MOUNT, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.stdout is not None
            if process.stdout.readline() != b"mounted\n":
                pytest.skip("no file system may be mounted here: that takes root's rights")
            yield SmallDisk(folder, process.pid)
        finally:
            end(process)


def assert_full(outcome: Outcome, *places: Path) -> None:
    """The last line on stderr names one of the places, and why; songs that were skipped may stand before it."""
    assert outcome.code == 1, outcome
    assert outcome.stdout == ""
    *notes, sentence = outcome.stderr.splitlines()
    assert all(note.startswith("skipped (") for note in notes), outcome.stderr
    assert any(sentence.startswith((str(place), f"The playlist {place}")) for place in places), sentence
    assert any(words in sentence for words in ("disk is full", "No space left on device")), sentence


@pytest.mark.parametrize("kibibytes", [8, 160])
def test_a_scan_goes_on_where_the_disk_was_full(
    small_disk: SmallDisk, made_library: MadeLibrary, tmp_path: Path, kibibytes: int
) -> None:
    marmalade = CommandLine(
        profile=small_disk.folder / "profile", database=made_library.database.path, wrapper=small_disk.inside
    )
    small_disk.fill(but=kibibytes)
    assert_full(marmalade.run("scan", "--json"), marmalade.profile)
    small_disk.clear()
    marmalade.done("scan")
    assert marmalade.done("music-stats")["classes"]["analysed"] == len(made_library.songs)


def test_nothing_that_was_learned_is_lost(small_disk: SmallDisk, listened: CommandLine, tmp_path: Path) -> None:
    subprocess.run([*small_disk.inside, "cp", "-r", listened.profile, small_disk.folder], check=True)
    marmalade = CommandLine(
        profile=small_disk.folder / "profile", database=listened.database, wrapper=small_disk.inside
    )
    before = marmalade.done("recommend", "--min-rating", 0)["songs"]
    small_disk.fill()
    for command in (("recommend", "--min-rating", 0), ("train-classifier",), ("scan",)):
        assert_full(marmalade.run(*command, "--json"), marmalade.profile)
    small_disk.clear()
    assert marmalade.done("recommend", "--min-rating", 0)["songs"] == before


def test_a_playlist_is_whole_or_the_one_before(small_disk: SmallDisk, listened: CommandLine, tmp_path: Path) -> None:
    marmalade = listened.copied_to(tmp_path / "profile").wrapped(small_disk.inside)
    playlist = small_disk.folder / "mine.xspf"
    marmalade.done("recommend", "--min-rating", 0, "--output", playlist)
    before = small_disk.read("mine.xspf")
    small_disk.fill()
    outcome = marmalade.run("recommend", "--json", "--min-rating", 0, "--top-n", 2, "--output", playlist)
    assert_full(outcome, playlist)
    assert small_disk.read("mine.xspf") == before
    assert small_disk.names() == {"mine.xspf", "filling"}


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["table", "json"])
def test_an_output_that_finds_no_space_is_no_crash(listened: CommandLine, options: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        command = listened.command("music-stats", *options)
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "The output cannot be written: the disk is full. Free some space, start again.\n"


def test_a_limit_on_file_sizes_is_no_crash(made_library: MadeLibrary, tmp_path: Path) -> None:
    """What quotas and ulimit do, and what needs no root to be tried."""
    marmalade = CommandLine(profile=tmp_path / "profile", database=made_library.database.path)
    outcome = marmalade.wrapped(["prlimit", "--fsize=65536"]).run("scan", "--json")
    assert outcome.code == 1
    assert outcome.stdout == ""
    assert outcome.stderr.splitlines()[-1].startswith(str(marmalade.profile))
    assert "cannot be written" in outcome.stderr.splitlines()[-1]
    marmalade.done("scan")
    assert marmalade.done("music-stats")["classes"]["analysed"] == len(made_library.songs)
