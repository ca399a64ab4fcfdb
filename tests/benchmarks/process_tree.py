"""What a process and all that it has started hold of the memory, by what each of them is for."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import psutil

MEGABYTE = 1e6
LEARNING = "learning child"
"""It comes after the scan and is no part of the pool."""


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes of one process."""

    pss: int
    """Pages that n processes share count for 1/n in each."""
    own: int
    """Of these, what the process or its fork server has written; libraries and other files are left out: how much of
    them counts depends on who else has them loaded, and on what the kernel has taken back for now."""


@dataclass(frozen=True)
class MemorySample:
    """What each process held, named ``app``, ``worker 41``, ..."""

    held: dict[str, Held] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Bytes of PSS of app and pool."""
        return sum(held.pss for name, held in self.held.items() if name != LEARNING)


def sample_tree(app: psutil.Process) -> MemorySample:
    """What each process of the tree holds just now; those that end meanwhile hold nothing."""
    held: dict[str, Held] = {}
    for process in _tree(app):
        try:
            held[_name(process, app)] = _held(process.pid)
        except (psutil.Error, OSError):
            continue
    return MemorySample(held)


def _held(pid: int) -> Held:
    """As psutil's ``memory_full_info().pss``, which reads the same file and does not tell anonymous pages apart."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii", errors="replace").splitlines()[1:]
    sizes = {name: 1024 * int(size.split()[0]) for name, _, size in (line.partition(":") for line in lines)}
    return Held(sizes["Pss"], sizes["Pss_Anon"] + sizes["Pss_Shmem"])


def shared_with_strangers(app: psutil.Process) -> int:
    """Bytes of libraries that PSS leaves out because processes outside of app and pool have them loaded as well."""
    once, counted = defaultdict[str, int](int), 0
    for process in _tree(app):
        try:
            if _name(process, app) == LEARNING:
                continue
            for mapped in process.memory_maps():
                if mapped.path.startswith("/"):
                    # Private pages of a mapped file belong to one process, the others to all.
                    private = mapped.private_clean + mapped.private_dirty
                    once[mapped.path] = max(once[mapped.path], mapped.rss - private)
                    counted += mapped.pss - private
        except psutil.Error:
            continue
    return max(sum(once.values()) - counted, 0)


def _tree(app: psutil.Process) -> list[psutil.Process]:
    try:
        return [app, *app.children(recursive=True)]
    except psutil.Error:
        return []


def _name(process: psutil.Process, app: psutil.Process) -> str:
    command = " ".join(process.cmdline())
    if process == app:
        return "app"
    if "resource_tracker" in command:
        return "resource tracker"
    if "core.training" in command:
        return LEARNING
    # The fork server's children have its command line.
    return "fork server" if process.ppid() == app.pid else f"worker {process.pid}"
