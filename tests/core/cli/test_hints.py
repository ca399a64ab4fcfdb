"""Core's sentences name no command, and a shell adds the one that helps."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from core.cli.hints import HINTS, with_hint
from core.errors import Cause

CORE = Path(__file__).parents[3] / "core"
SHELL_ONLY = ("cli", "demo")
OF_A_SHELL = re.compile(r"(?<![\w-])--(?:config|profile|database|train-fn|encoder-module)\b|“marmalade ")
WHO_WRITES_CODE = {"core/training/rating/classifier_stage.py"}
"""Told to somebody who called Python functions themselves."""


def sentences() -> Iterator[tuple[str, str]]:
    """Every text in the code of core that is no docstring, with its file."""
    for path in CORE.rglob("*.py"):
        name = path.relative_to(CORE.parent).as_posix()
        if path.relative_to(CORE).parts[0] in SHELL_ONLY or name in WHO_WRITES_CODE:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
                yield name, node.value


def test_no_sentence_of_core_names_an_option_or_a_command() -> None:
    assert [(name, text) for name, text in sentences() if OF_A_SHELL.search(text)] == []


def test_a_shell_names_the_command_that_helps() -> None:
    said = with_hint("No song has been listened to yet.", Cause.NOT_HEARD)
    assert said.startswith("No song has been listened to yet. “marmalade scan” ")
    assert with_hint("The disk is full.", Cause.OTHER) == "The disk is full."


def test_every_cause_but_the_one_that_says_all_has_a_hint() -> None:
    assert set(HINTS) == set(Cause) - {Cause.OTHER}
