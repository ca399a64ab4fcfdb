"""The companion store, and the time at which something is said to it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.store import companion, own_ratings, rating_history
from core.store.companion import CompanionStore
from tests.clock import Clock


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CompanionStore]:
    with closing(CompanionStore(tmp_path / "companion.db")) as opened:
        yield opened


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in (companion, own_ratings, rating_history):
        monkeypatch.setattr(module, "time", clock)
    return clock
