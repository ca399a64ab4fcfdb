"""The file that opens Marmalade with the desktop: there or not, with a command that can be run."""

import shlex
import sys
from pathlib import Path

import pytest

from desktop import autostart


def test_it_is_written_and_taken_away(own_home: Path) -> None:
    assert not autostart.is_on()
    autostart.switch_on()
    assert autostart.is_on()
    assert autostart.autostart_file() == own_home / ".config/autostart/org.marmalade.Marmalade.desktop"
    autostart.switch_off()
    autostart.switch_off()
    assert not autostart.is_on()


def test_a_path_with_spaces_and_signs_is_one_word_of_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", '/home/a b/100%/"x"/python')
    autostart.switch_on()
    (line,) = [line for line in autostart.autostart_file().read_text().splitlines() if line.startswith("Exec=")]
    words = shlex.split(line.removeprefix("Exec=").replace("%%", "%"))
    assert words[0] == '/home/a b/100%/"x"/python'
    assert words[-1] == "--in-tray"
