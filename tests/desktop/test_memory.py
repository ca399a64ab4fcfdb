"""What is free goes back to the system; seen in a process of its own, for the choice holds until the end."""

import linecache
import subprocess
import sys

from desktop.memory import forget_sources

PROBE = """
import numpy, psutil
from desktop.memory import give_back_early
give_back_early()
for size in (20_000_000, 8_000_000):  # having freed the first, glibc would keep the second one for later
    numpy.ones(size, dtype=numpy.uint8)
kept = [numpy.ones(8_000_000, dtype=numpy.uint8) for _ in range(20)]
last = kept[-1]
full = psutil.Process().memory_info().rss
del kept
print(full - psutil.Process().memory_info().rss)
"""


def test_freed_arrays_go_back_though_the_last_one_is_kept() -> None:
    finished = subprocess.run([sys.executable, "-c", PROBE], stdout=subprocess.PIPE, text=True, check=True)
    assert int(finished.stdout) > 140_000_000


def test_sources_are_forgotten() -> None:
    linecache.getlines(__file__)
    forget_sources()
    assert not linecache.cache


def test_sources_are_not_read_when_modules_are_imported() -> None:
    probe = """
import linecache
from desktop.memory import take_modules_as_they_are
take_modules_as_they_are()
import PySide6.QtCore
linecache.clearcache()
import core.curation, xml.dom.minidom
print(len([name for name in linecache.cache if "curation" in name or "minidom" in name]))
"""
    finished = subprocess.run([sys.executable, "-c", probe], stdout=subprocess.PIPE, text=True, check=True)
    assert finished.stdout.strip() == "0"


def test_what_is_garbage_when_songs_come_again_does_not_stay() -> None:
    probe = """
import gc, weakref
from desktop.memory import look_no_more_at_what_is_there

class Knot:
    def __init__(self):
        self.itself = self

gc.disable()
look_no_more_at_what_is_there()
assert gc.isenabled()
seen = weakref.ref(Knot())
assert seen() is not None
look_no_more_at_what_is_there()
print(seen() is None, gc.get_freeze_count() > 1000)
"""
    finished = subprocess.run([sys.executable, "-c", probe], stdout=subprocess.PIPE, text=True, check=True)
    assert finished.stdout.strip() == "True True"
