"""Runs Marmalade's commands as its owner does: a process of their own, with a home of their own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

LIMIT = 300.0
"""Seconds for one command, on a machine that is busy with other things."""


@dataclass(frozen=True)
class Outcome:
    """What a command left: its exit code and what it wrote."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object on stdout; nothing else may stand there."""
        found = json.loads(self.stdout)
        assert isinstance(found, dict)
        return found


@dataclass(frozen=True)
class CommandLine:
    """Marmalade with a throw-away profile, for one database; ``wrapper`` is a program that runs it."""

    profile: Path
    database: Path | None = None
    playlists: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    wrapper: Sequence[str] = ()
    program: Sequence[str] = (sys.executable, "-P", "-m", "core.cli")

    def configure(self, **sections: Mapping[str, object]) -> Path:
        """Write the profile's configuration."""
        file = self.profile / "config/marmalade.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.safe_dump({name: dict(values) for name, values in sections.items()}))
        return file

    def copied_to(self, profile: Path) -> "CommandLine":
        """The same with a copy of the profile."""
        shutil.copytree(self.profile, profile)
        return replace(self, profile=profile)

    def wrapped(self, wrapper: Sequence[str]) -> "CommandLine":
        """The same, run by another program."""
        return replace(self, wrapper=wrapper)

    def command(self, *arguments: object) -> list[str]:
        """The whole command with the options that lead it to profile and database."""
        named = ["--profile", str(self.profile)]
        named += ["--database", str(self.database)] if self.database else []
        return [*self.wrapper, *self.program, *map(str, arguments), *named]

    def start(self, *arguments: object) -> "subprocess.Popen[str]":
        """Begin a command in a process group of its own, as a shell does."""
        return subprocess.Popen(
            self.command(*arguments),
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
            cwd=self.profile.parent,
            process_group=0,
        )

    def run(self, *arguments: object) -> Outcome:
        """Run a command to its end; it must not show a traceback, nor a warning of Python."""
        return outcome_of(self.start(*arguments))

    def done(self, *arguments: object) -> dict[str, Any]:
        """The JSON object of a command that must succeed."""
        outcome = self.run(*arguments, "--json")
        assert outcome.code == 0, outcome
        return outcome.json


def outcome_of(process: "subprocess.Popen[str]") -> Outcome:
    """Wait for a command that was started."""
    with process:
        try:
            stdout, stderr = process.communicate(timeout=LIMIT)
        finally:
            process.kill()
    for sign in ("Traceback (most recent call last)", "Warning: "):
        assert sign not in stderr, stderr
    return Outcome(process.returncode, stdout, stderr)


def bound_by_permissions() -> list[str]:
    """What a command is wrapped in so that permissions hold: root passes them over, unless it gave up that right."""
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
