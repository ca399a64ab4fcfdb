"""The stops of the house style: no function and no file grows past them, and every module says what it is for."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path.relative_to(ROOT)
    for folder in ("core", "desktop", "resources", "tests")
    for path in (ROOT / folder).rglob("*.py")
)

LONGEST_FUNCTION = 50
LONGEST_TRAINING_LOOP = 80
LONGEST_FILE = 400


def long_functions(source: str, *, path: Path) -> list[str]:
    """Each function that passes its stop, with its length in lines."""
    return [
        f"{path}:{node.lineno} {node.name} has {length} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > longest(node.name, path=path)
    ]


def longest(name: str, *, path: Path) -> int:
    """A training loop is read best in one piece; everything else is cut smaller."""
    is_training_loop = path.parts[:2] == ("core", "training") and name.startswith("train")
    return LONGEST_TRAINING_LOOP if is_training_loop else LONGEST_FUNCTION


def has_sentence(source: str) -> bool:
    """Whether the module opens with a sentence."""
    first_paragraph = (ast.get_docstring(ast.parse(source)) or "").partition("\n\n")[0]
    return first_paragraph.rstrip().endswith((".", "?", "!"))


@pytest.mark.parametrize("path", FILES, ids=str)
def test_module_keeps_within_the_stops(path: Path) -> None:
    source = (ROOT / path).read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST_FILE
    assert long_functions(source, path=path) == []
    assert has_sentence(source), "the module says nothing about what it is for"


def test_there_is_something_to_read() -> None:
    assert len(FILES) > 10


def function_of(lines: int, *, name: str = "grow") -> str:
    return f"def {name}():\n" + "    pass\n" * (lines - 1)


@pytest.mark.parametrize(
    ("name", "path", "longest_allowed"),
    [
        ("grow", "core/audio/decode.py", LONGEST_FUNCTION),
        ("train", "core/audio/decode.py", LONGEST_FUNCTION),
        ("load", "core/training/encoder.py", LONGEST_FUNCTION),
        ("train_encoder", "core/training/encoder.py", LONGEST_TRAINING_LOOP),
    ],
)
def test_a_function_past_its_stop_is_found(name: str, path: str, longest_allowed: int) -> None:
    assert long_functions(function_of(longest_allowed, name=name), path=Path(path)) == []
    assert len(long_functions(function_of(longest_allowed + 1, name=name), path=Path(path))) == 1


def test_a_method_past_its_stop_is_found() -> None:
    method = "".join(f"    {line}\n" for line in function_of(LONGEST_FUNCTION + 1).splitlines())
    assert len(long_functions("class Grown:\n" + method, path=Path("core/song.py"))) == 1


@pytest.mark.parametrize("source", ["", "import os\n", '"""no sentence"""\n'])
def test_a_module_without_a_sentence_is_found(source: str) -> None:
    assert not has_sentence(source)
