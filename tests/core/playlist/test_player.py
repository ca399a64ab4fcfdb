"""The player is called by its own command line and outlives its caller."""

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from core.errors import UserError
from core.library.locate import DatabaseKind
from core.playlist.player import PlayerCommand, command_for, open_in_player
from tests.integration.waiting import wait_for

PROGRAM = """#!{python} -IS
import json, os, sys, pathlib
said = {{"arguments": sys.argv[1:], "session": os.getsid(0), "input": sys.stdin.read()}}
place = pathlib.Path({place!r})
place.with_suffix(".new").write_text(json.dumps(said))
place.with_suffix(".new").rename(place)
"""


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a program that stands for the player writes how it was called; its name is `clementine`."""
    program, place = tmp_path / "programs/clementine", tmp_path / "said.json"
    program.parent.mkdir()
    program.write_text(PROGRAM.format(python=sys.executable, place=str(place)))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    return place


@pytest.mark.parametrize(
    ("kind", "program"),
    [
        (DatabaseKind.NATIVE, "clementine"),
        (DatabaseKind.COPY, "clementine"),
        (DatabaseKind.CONFIGURED, "clementine"),
        (DatabaseKind.SNAP, "snap"),
        (DatabaseKind.FLATPAK, "flatpak"),
        (DatabaseKind.STRAWBERRY, "strawberry"),
        (DatabaseKind.STRAWBERRY_FLATPAK, "flatpak"),
    ],
)
def test_each_kind_of_database_has_its_player(kind: DatabaseKind, program: str) -> None:
    assert command_for(kind).arguments[0] == program


def test_a_playlist_becomes_a_tab_of_its_own(said: Path, tmp_path: Path) -> None:
    playlist = tmp_path / "-a playlist; $HOME.xspf"
    open_in_player(playlist, name="-Mine & yours", command=command_for(DatabaseKind.NATIVE))
    call = json.loads(wait_for(lambda: said.is_file() and said.read_text(), limit=30, what="the call"))
    assert call["arguments"] == ["--create", "-Mine & yours", str(playlist)]


def test_the_player_outlives_us(said: Path, tmp_path: Path) -> None:
    """If none ran, the command became the player: Ctrl+C in our shell must not end it, nor may it read there."""
    open_in_player(tmp_path / "mine.xspf", name="Mine", command=command_for(DatabaseKind.NATIVE))
    call = json.loads(wait_for(lambda: said.is_file() and said.read_text(), limit=30, what="the call"))
    assert call["session"] != os.getsid(0)
    assert call["input"] == ""


def test_a_player_that_is_not_installed_is_named(tmp_path: Path) -> None:
    command = PlayerCommand(("no-such-player",))
    assert not command.is_installed
    with pytest.raises(UserError, match=r"no-such-player is not installed: open .*mine\.xspf in your player yourself"):
        open_in_player(tmp_path / "mine.xspf", name="Mine", command=command)
