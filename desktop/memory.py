"""Memory that is used no more is given back to the system: the C library and Python keep it otherwise.

With 60,000 songs and the map that is a third of what the window has.
"""

import contextlib
import ctypes
import linecache

ARENA_MAX, MMAP_THRESHOLD, TRIM_THRESHOLD = -8, -3, -1
"""As malloc.h of glibc has them."""
ARENAS = 2
LARGE = 4 * 2**20
"""Bytes: what is larger is given back as soon as it is free. By itself glibc raises that to 32 MB."""


def give_back_early() -> None:
    """Call before the first thread is started; another C library than glibc stays as it is."""
    with contextlib.suppress(OSError, AttributeError):
        allocation = ctypes.CDLL(None)
        for option, value in ((ARENA_MAX, ARENAS), (MMAP_THRESHOLD, LARGE), (TRIM_THRESHOLD, LARGE)):
            allocation.mallopt(option, value)


def forget_sources() -> None:
    """Qt for Python reads the source of every module that is imported, and Python keeps it for tracebacks."""
    linecache.clearcache()
