"""A limit on what a worker may still take: an allocation beyond it fails, and costs the song that asked for it."""

import resource
from dataclasses import dataclass
from pathlib import Path

DEFAULT_GROWTH = 1 << 30
"""Bytes. Measured: to decode real songs takes up to 11 MB, 24-bit FLAC and WAV with 8 channels at 192 kHz 56; the rest
is for the models, and for an encoder of the owner's."""
MUCH = 0.5
"""Share of the growth that a worker may keep after a song; more, and it is replaced."""
SIGNS = ("allocate memory", "bad_alloc", "bad allocation", "can't start new thread")
"""What libraries say when they get no memory, in errors of other classes than MemoryError."""


@dataclass(frozen=True, slots=True)
class _Limit:
    beginning: int
    growth: int
    set_to: tuple[int, int]
    lifted: tuple[int, int]


_limits = list[_Limit]()


def limit_growth(growth: int = DEFAULT_GROWTH) -> None:
    """Let this process take ``growth`` bytes more than it holds now, for good; a second call changes nothing.

    The kernel counts private writable memory (RLIMIT_DATA): heap, thread stacks, anonymous maps. Code, mapped files and
    memory shared with the fork server do not count, which is why the limit does not depend on how large torch is.
    """
    held = held_bytes()
    if _limits or held is None:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = held + growth if hard == resource.RLIM_INFINITY else min(held + growth, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
    _limits.append(_Limit(held, growth, set_to=(limit, hard), lifted=(hard, hard)))


def lift_limit() -> None:
    """Let this process take what it needs to say that memory has ended; takes next to none itself."""
    for limit in _limits:
        resource.setrlimit(resource.RLIMIT_DATA, limit.lifted)


def restore_limit() -> None:
    """Set again the limit that was lifted."""
    for limit in _limits:
        resource.setrlimit(resource.RLIMIT_DATA, limit.set_to)


def held_bytes() -> int | None:
    """What the kernel counts against the limit, or None where it does not tell."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    for line in status.splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    return None


def has_grown_much() -> bool:
    """Whether a limited process has kept so much of its growth that the next song would get too little."""
    held = held_bytes() if _limits else None
    return held is not None and held - _limits[0].beginning > MUCH * _limits[0].growth


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error, or what it came from, says that an allocation failed.

    torch says it in a RuntimeError ("DefaultCPUAllocator: can't allocate memory"), FFmpeg in its words for ENOMEM.
    """
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, MemoryError) or any(sign in str(seen) for sign in SIGNS):
            return True
        seen = seen.__cause__ or seen.__context__
    return False
