"""The program as a process: Ctrl+C at any moment, a reader that leaves, what becomes of errors."""

import os
import signal
import subprocess
import sys

import pytest

from tests.planted_findings import PlantedFindings


@pytest.mark.parametrize("module", ["dataclasses", "typer", "rich.console", "numpy", "core.engine", "core.cli.program"])
def test_ctrl_c_while_it_loads_ends_it_without_a_word(findings: PlantedFindings, module: str) -> None:
    # -X importtime tells each module when it has been loaded: so the moment is known, whatever the machine's speed.
    program = [sys.executable, "-P", "-X", "importtime", "-m", "core.cli", "duplicates", "--json", *findings.arguments]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        assert any(line.rpartition("|")[2].strip() == module for line in running.stderr)
        running.send_signal(signal.SIGINT)
        output, errors = running.communicate(timeout=60)
    assert running.returncode == 130
    assert output == ""
    assert all(line.startswith("import time:") for line in errors.splitlines()), errors


def test_ctrl_c_that_the_shell_wants_ignored_is_ignored(findings: PlantedFindings) -> None:
    program = ["sh", "-c", 'trap "" INT; exec "$@"', "sh", sys.executable, "-P", "-X", "importtime", "-m", "core.cli"]
    arguments = ["duplicates", "--csv", *findings.arguments]
    with subprocess.Popen([*program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stderr is not None
        assert any(b"typer" in line for line in running.stderr)
        running.send_signal(signal.SIGINT)
        output, _ = running.communicate(timeout=60)
    assert running.returncode == 0
    assert output.startswith(b"group,role,path")


def test_a_reader_that_leaves_early_is_no_error(findings: PlantedFindings) -> None:
    program = [sys.executable, "-P", "-m", "core.cli", "skipped", "--csv", *findings.arguments]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        errors = running.stderr.read()
    assert running.returncode == 1
    assert errors == b""


def test_a_terminal_without_stars_gets_what_it_has(findings: PlantedFindings) -> None:
    program = [sys.executable, "-P", "-m", "core.cli", "duplicates", *findings.arguments]
    old = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}
    finished = subprocess.run(program, capture_output=True, env=old, check=True)
    assert b"  keep  ????   /planted/music/a.mp3\n" in finished.stdout
