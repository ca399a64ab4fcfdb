"""Sleep is noticed by the clocks, once."""

import pytest
from pytestqt.qtbot import QtBot

from desktop import wake
from desktop.wake import WakeWatch


def test_it_says_once_that_the_computer_woke(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    slept = 100.0
    monkeypatch.setattr(wake, "slept_in_all", lambda: slept)
    watch, woken = WakeWatch(), []
    watch.woke.connect(lambda: woken.append(1))
    watch.look()
    assert woken == []
    slept += 3600
    watch.look()
    watch.look()
    assert woken == [1]


def test_a_computer_that_is_awake_does_not_sleep() -> None:
    before = wake.slept_in_all()
    assert wake.slept_in_all() - before < wake.ASLEEP
