"""What a program asked the system to change, seen by strace: every attempt counts, also one that was refused."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OPENING = ("open", "openat", "openat2", "creat")
CHANGING = (
    *("rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "mknod", "mknodat"),
    *("link", "linkat", "symlink", "symlinkat", "truncate", "ftruncate", "fallocate"),
    *("chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown", "fchownat"),
    *("utime", "utimes", "futimesat", "utimensat"),
    *("setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr"),
)
FOR_WRITING = re.compile("O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)")
CALL = re.compile(r"^\d+ +(?P<name>\w+)\((?P<arguments>.*)")
ARGUMENT = re.compile(r'(?:[\w-]+<(?P<folder>(?:[^<>\\]|\\.)*)>)?(?:, )?(?P<path>"(?:[^"\\]|\\.)*")?')
"""A descriptor with the path that strace puts behind it, or a text, or one after the other."""


@dataclass(frozen=True)
class Change:
    """A call that changes a file or could; ``paths`` are absolute."""

    call: str
    paths: tuple[Path, ...]


def tracer(log: Path) -> list[str]:
    """The command that runs another one and writes what it asked for to ``log``."""
    calls = ",".join(("?" + name) for name in (*OPENING, *CHANGING, "connect"))
    return ["strace", "-f", "--seccomp-bpf", "-y", "-s", "8192", "-o", str(log), "-e", f"trace={calls}"]


def changes(log: Path, *, working_folder: Path) -> Iterator[Change]:
    """Every call in a log of ``tracer`` that would change something on a disk."""
    for line in log.read_text(errors="surrogateescape").splitlines():
        call = CALL.match(line)
        if call is None or not _changes(call["name"], call["arguments"]):
            continue
        yield Change(line, tuple(_paths(call["arguments"], working_folder)))


def connections(log: Path) -> list[str]:
    """Every attempt to reach another machine, or this one through the network."""
    return [line for line in log.read_text(errors="replace").splitlines() if re.search(r"connect\(.*AF_INET6?\b", line)]


def _changes(name: str, arguments: str) -> bool:
    if name in OPENING:
        return name == "creat" or bool(FOR_WRITING.search(re.sub(r'"(?:[^"\\]|\\.)*"', "", arguments)))
    return name in CHANGING


def _paths(arguments: str, working_folder: Path) -> Iterator[Path]:
    for found in ARGUMENT.finditer(arguments):
        if found["folder"] is None and found["path"] is None:
            continue
        folder = _unescaped(found["folder"]) if found["folder"] else str(working_folder)
        yield Path(os.path.normpath(Path(folder, _unescaped(found["path"][1:-1]) if found["path"] else "")))


def _unescaped(text: str) -> str:
    """Strace writes bytes that are not ASCII as octal numbers."""
    return os.fsdecode(text.encode("ascii").decode("unicode_escape").encode("latin-1"))
