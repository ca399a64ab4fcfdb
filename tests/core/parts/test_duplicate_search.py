"""The search for copies: what was heard for it is kept, however it ends."""

import pytest

from core.jobs.events import Progress, Stage
from core.parts import duplicate_search
from tests.planted_copies import Samples, melody
from tests.scanned_library import ScannedLibrary


def sound(seed: int) -> Samples:
    return melody(seed=seed, seconds=36.0)


def test_what_was_heard_is_stored_within_a_second(music: ScannedLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill must not cost a hundred songs."""
    names = ("a.flac", "a.mp3", "a.ogg", "b.flac", "b.mp3", "b.ogg")
    for name in names:
        music.add(name, sound(1 if name.startswith("a") else 2))
    monkeypatch.setattr(duplicate_search, "LONGEST_WAIT", 0.0, raising=False)
    with music.open() as engine:
        events = engine.scan(workers=1)
        assert any(isinstance(event, Stage) for event in events)
        stored = [len(engine.stores.fingerprints.whole()) for event in events if isinstance(event, Progress)]
    assert (len(stored), stored) == (len(names), sorted(stored))
    assert stored[0] > 0
    assert all(kept >= done for done, kept in enumerate(stored, start=1)), "nothing is told that a kill would cost"


def test_a_search_that_is_dropped_keeps_what_it_has_told(
    music: ScannedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.flac", "a.mp3", "b.flac", "b.mp3"):
        music.add(name, sound(1 if name.startswith("a") else 2))
    monkeypatch.setattr(duplicate_search, "LONGEST_WAIT", 1e9, raising=False)
    with music.open() as engine:
        events = engine.scan(workers=1)
        is_searching = False
        for event in events:
            is_searching = is_searching or isinstance(event, Stage)
            if is_searching and isinstance(event, Progress):
                break
        events.close()
        assert 0 < len(engine.stores.fingerprints.whole()) < 4
