"""Backups by the shell: what is in the file, what was restored, and what is refused."""

from pathlib import Path

import pytest

from core.errors import UserError
from tests.planted_findings import PlantedFindings, path_of
from tests.shell_calls import Call, the_object


@pytest.fixture
def file(call: Call, findings: PlantedFindings, tmp_path: Path) -> Path:
    """A backup of three ratings, one of them given here, and of one verdict."""
    call("rate", path_of("short.mp3"), "4", *findings.arguments)
    call("verdict", "spoken", path_of("maybe.mp3"), *findings.arguments)
    assert call("backup", tmp_path / "my.backup", *findings.arguments).exit_code == 0
    return tmp_path / "my.backup"


@pytest.fixture
def elsewhere(tmp_path: Path) -> PlantedFindings:
    return PlantedFindings.create(tmp_path / "elsewhere")


def test_what_is_in_a_backup_is_told(call: Call, findings: PlantedFindings, file: Path) -> None:
    answer = the_object(call("backup", file, "--json", *findings.arguments).stdout_bytes)
    assert (answer["output"], answer["configuration"]) == (str(file), False)
    counts = {"own_ratings": 1, "player_ratings": 2, "not_duplicates": 0, "kept_copies": 0, "speech": 1, "choices": 0}
    assert answer["counts"] == counts | {"playlists": 0}
    told = call("backup", file, *findings.arguments).stdout
    assert "ratings given here" in told
    assert "another machine trains its own" in told


def test_what_was_restored_is_told(call: Call, elsewhere: PlantedFindings, file: Path) -> None:
    answer = the_object(call("restore", file, "--json", *elsewhere.arguments).stdout_bytes)
    assert answer["counts"]["own_ratings"] == answer["new"]["own_ratings"] == 1
    assert (answer["without_song"], answer["configuration"], answer["configuration_in_use"]) == ([], None, False)
    ratings = the_object(call("ratings", "--json", *elsewhere.arguments).stdout_bytes)["ratings"]
    assert {row["path"]: row["source"] for row in ratings}[path_of("short.mp3")] == "marmalade"
    again = the_object(call("restore", file, "--json", *elsewhere.arguments).stdout_bytes)
    assert set(again["new"].values()) == {0}


def test_songs_that_are_not_here_are_named(call: Call, elsewhere: PlantedFindings, file: Path) -> None:
    answer = call("restore", file, "--map", "/planted/music=/moved", *elsewhere.arguments)
    assert "4 songs are not found here" in answer.stdout
    assert "/moved/short.mp3" in answer.stdout


@pytest.mark.parametrize("text", ["/only", "relative=/music", "/music=relative", "="])
def test_what_is_no_map_is_refused(call: Call, elsewhere: PlantedFindings, file: Path, text: str) -> None:
    assert call("restore", file, "--map", text, *elsewhere.arguments).exit_code == 2


def test_another_file_is_neither_restored_nor_overwritten(
    call: Call, findings: PlantedFindings, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")
    for command in ("backup", "restore"):
        assert isinstance(call(command, letter, *findings.arguments).exception, UserError)
    assert letter.read_text() == "Dear all"
