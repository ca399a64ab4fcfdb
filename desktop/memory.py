"""Memory that is used no more is given back to the system: the C library and Python keep it otherwise.

With 60,000 songs and the map that is a third of what the window has.
"""

import contextlib
import ctypes
import gc
import linecache
import sys

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


def take_modules_as_they_are() -> None:
    """Keep Qt for Python from reading the source of every module that is imported from now on.

    It looks whether a module might want Qt's names spelled as Python's are (``from __feature__ import snake_case``);
    none does, and 450 files take 0.15 s of a start. Another release of it that does so elsewhere stays as it is.
    """
    import PySide6  # noqa: F401 - a worker process that knows no Qt imports this module too

    features = sys.modules.get("shibokensupport.feature")
    if hasattr(features, "_mod_uses_pyside"):
        features._mod_uses_pyside = lambda _: False  # type: ignore[union-attr]  # noqa: SLF001 - there is no other way


def forget_sources() -> None:
    """What Qt for Python has read of the modules that were imported before, Python keeps for tracebacks."""
    linecache.clearcache()


def look_no_more_at_what_is_there() -> None:
    """Collect garbage from now on, but never among what is there: that takes 70 ms with 60,000 songs.

    Where garbage was collected before, it is once more, in 15 ms: what is set aside as garbage would stay for ever.
    """
    if gc.isenabled():
        gc.collect()
    gc.freeze()
    gc.enable()
    forget_sources()
