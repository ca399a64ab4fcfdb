"""Promise 1, held in the source: what reads the player's library and the music has no means of writing to them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READ_ONLY = sorted(path for folder in ("library", "audio") for path in (ROOT / "core" / folder).rglob("*.py"))

FILE_METHODS = {
    "chmod", "hardlink_to", "lchmod", "mkdir", "rename", "rmdir", "symlink_to", "touch", "truncate", "unlink", "write",
    "write_bytes", "write_text", "writelines",
}  # fmt: skip
OS_FUNCTIONS = {
    "chmod", "chown", "copy_file_range", "fchmod", "fchown", "ftruncate", "lchown", "link", "makedirs", "mkdir",
    "mkfifo", "mknod", "pwrite", "pwritev", "remove", "removedirs", "removexattr", "rename", "renames", "replace",
    "rmdir", "sendfile", "setxattr", "symlink", "truncate", "unlink", "utime", "write", "writev",
}  # fmt: skip
OS_FLAGS = {"O_APPEND", "O_CREAT", "O_RDWR", "O_TRUNC", "O_WRONLY"}
WRITING_MODULES = {"subprocess"}
OS_BY_NAME = {f"os.{name}" for name in OS_FUNCTIONS | {"open"}}

WRITING_SQL = re.compile(
    r"\b(?:ALTER|CREATE|DROP)\s+(?:INDEX|TABLE|TEMP|TEMPORARY|TRIGGER|UNIQUE|VIEW|VIRTUAL)\b"
    r"|(?:^|;)\s*(?:ANALYZE|REINDEX|VACUUM)\s*(?:;|$|INTO\b)|(?:^|;)\s*(?:ATTACH|DETACH)\s+\S"
    r"|\b(?:INSERT|REPLACE)\s+(?:OR\s+\w+\s+)?INTO\b|\bDELETE\s+FROM\b|\bUPDATE\s+(?:OR\s+\w+\s+)?\S+\s+SET\b"
    r"|\bPRAGMA\s+(?!query_only\b)[\w.]+\s*="
    r"|\bPRAGMA\s+(?:incremental_vacuum|optimize|wal_checkpoint)\b"
    r"|\bPRAGMA\s+(?:application_id|journal_mode|schema_version|user_version)\s*\(",
    re.IGNORECASE,
)

ALLOWED: dict[tuple[str, str], str] = {
    (
        "core/library/read_only.py",
        "shutil.copyfile",
    ): "a database after a crash is read from a copy in a temporary folder",
}
"""(module, offence) that is right all the same, with the reason."""


def offences(source: str) -> list[str]:
    """Everything in the source that could write a file or a database, in words."""
    tree = ast.parse(source)
    documentation = docstrings(tree)
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            found += writing_call(node)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found += [f"import {name}" for name in imported(node) if name.split(".")[0] in WRITING_MODULES]
            found += hidden_names(node)
        elif isinstance(node, ast.Attribute) and node.attr in OS_FLAGS:
            found.append(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documentation:
            found += [f"SQL: {match.group().strip()}" for match in [WRITING_SQL.search(node.value)] if match]
    return found


def docstrings(tree: ast.Module) -> set[ast.expr]:
    """The strings that stand alone as a statement."""
    return {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names]


def hidden_names(node: ast.Import | ast.ImportFrom) -> list[str]:
    """Functions of os and shutil that would be called without the module's name."""
    if isinstance(node, ast.ImportFrom):
        names = [f"{node.module}.{alias.name}" for alias in node.names]
        return [name for name in names if name.startswith("shutil.") or name in OS_BY_NAME]
    return [
        f"{alias.name} as {alias.asname}" for alias in node.names if alias.asname and alias.name in {"os", "shutil"}
    ]


def writing_call(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    owner = getattr(call.func.value, "id", "") if isinstance(call.func, ast.Attribute) else ""
    if name == "open" and owner != "os" and not opens_for_reading(call):
        yield f"{owner}.open for writing"
    elif owner == "shutil" or (owner == "os" and name in OS_FUNCTIONS):
        yield f"{owner}.{name}"
    elif owner == "sqlite3" and name == "connect" and not connects_by_uri(call):
        yield "sqlite3.connect without a URI"
    elif isinstance(call.func, ast.Attribute) and (name in FILE_METHODS or is_path_replace(call, name)):
        yield f".{name}()"


def opens_for_reading(call: ast.Call) -> bool:
    """Whether every argument that may be a mode is a constant that only reads."""
    may_be_modes = call.args[1:2] if isinstance(call.func, ast.Name) else call.args[:2]
    named = [keyword.value for keyword in call.keywords if keyword.arg == "mode"]
    modes = [*may_be_modes, *named]
    constants = [mode.value for mode in modes if isinstance(mode, ast.Constant) and isinstance(mode.value, str)]
    only_reads = not any(re.fullmatch(r"[rwaxbtU+]{1,4}", mode) and set(mode) & set("wax+") for mode in constants)
    unknown = named + (may_be_modes if isinstance(call.func, ast.Name) else [])
    return only_reads and all(isinstance(mode, ast.Constant) for mode in unknown)


def connects_by_uri(call: ast.Call) -> bool:
    """Only a URI can say ``mode=ro``; a database in memory is nobody's."""
    in_memory = bool(call.args) and isinstance(call.args[0], ast.Constant) and call.args[0].value == ":memory:"
    return in_memory or any(keyword.arg == "uri" for keyword in call.keywords)


def is_path_replace(call: ast.Call, name: str) -> bool:
    """``Path.replace`` takes one argument, ``str.replace`` two or more, ``dataclasses.replace`` keywords."""
    return name == "replace" and len(call.args) == 1 and not call.keywords


@pytest.mark.parametrize("path", READ_ONLY, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_in_the_source_can_write(path: Path) -> None:
    module = str(path.relative_to(ROOT))
    assert [offence for offence in offences(path.read_text(encoding="utf-8")) if (module, offence) not in ALLOWED] == []


def test_no_reason_outlives_its_offence() -> None:
    present = {
        (str(path.relative_to(ROOT)), found)
        for path in READ_ONLY
        for found in offences(path.read_text(encoding="utf-8"))
    }
    assert set(ALLOWED) <= present


@pytest.mark.parametrize(
    "source",
    [
        'open(path, "w")',
        'open(path, mode="ab")',
        "open(path, mode)",
        'open(path, "r+b")',
        'path.open("wb")',
        'path.open(mode="x")',
        "path.open(mode=chosen)",
        'io.open(path, "w")',
        'gzip.open(path, "wt")',
        "os.open(path, os.O_RDWR)",
        "os.open(path, os.O_WRONLY | os.O_CREAT)",
        "path.write_text(text)",
        "path.write_bytes(data)",
        "stream.write(data)",
        "path.rename(other)",
        "path.replace(other)",
        "path.unlink()",
        "path.rmdir()",
        "path.mkdir(parents=True)",
        "path.touch()",
        "path.chmod(0o600)",
        "path.symlink_to(other)",
        "os.rename(a, b)",
        "os.replace(a, b)",
        "os.remove(a)",
        "os.unlink(a)",
        "os.utime(a)",
        "os.truncate(a, 0)",
        "os.open(path, os.O_CREAT)",
        "shutil.copyfile(a, b)",
        "shutil.rmtree(path)",
        "from shutil import move",
        "import shutil as s",
        "from os import rename",
        "def f():\n    import subprocess",
        "sqlite3.connect(path)",
        'db.execute("INSERT INTO songs VALUES (1)")',
        'db.execute("update songs set rating = 1")',
        'db.execute(f"DELETE FROM {table}")',
        'db.execute("CREATE TABLE t (x)")',
        'db.execute("DROP TABLE songs")',
        'db.execute("ALTER TABLE songs ADD x")',
        'db.execute("VACUUM")',
        "db.execute(\"ATTACH 'x' AS y\")",
        'db.execute("REPLACE INTO songs VALUES (1)")',
        'db.execute("SELECT 1; DELETE FROM songs")',
        'db.execute("WITH x AS (SELECT 1) INSERT OR IGNORE INTO songs SELECT * FROM x")',
        'db.execute("PRAGMA journal_mode = WAL")',
        'db.execute("PRAGMA journal_mode(WAL)")',
        'db.execute("PRAGMA user_version=3")',
        'db.execute("PRAGMA wal_checkpoint")',
    ],
)
def test_a_write_is_found(source: str) -> None:
    assert offences(source)


@pytest.mark.parametrize(
    "source",
    [
        "open(path)",
        'open(path, "rb")',
        'path.open("rb")',
        "path.open()",
        "os.open(path, os.O_RDONLY)",
        'name.replace("a", "b")',
        "dataclasses.replace(song, rating=1.0)",
        "songs.remove(song)",
        'sqlite3.connect(f"file:{quoted}?mode=ro", uri=True)',
        'sqlite3.connect(":memory:")',
        'db.execute("SELECT rowid, rating FROM songs WHERE unavailable = 0")',
        'db.execute("PRAGMA table_info(songs)")',
        'db.execute("PRAGMA data_version")',
        'db.execute("PRAGMA query_only = ON")',
        '"""Update the songs that were replaced; create nothing."""',
        'message = "the database was replaced, create a new one"',
        'text.decode("utf-8", "replace")',
    ],
)
def test_reading_is_no_offence(source: str) -> None:
    assert offences(source) == []
