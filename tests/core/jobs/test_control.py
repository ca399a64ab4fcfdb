"""The mode, pausing, going on and stopping, from another thread than the one that works."""

import threading

import pytest

from core.jobs.control import Control, WorkMode


def test_work_that_runs_does_not_wait() -> None:
    control = Control()
    control.wait_while_paused()
    assert (control.paused, control.stopped) == (False, False)


def waiter(control: Control) -> tuple[threading.Thread, threading.Event]:
    passed = threading.Event()

    def wait() -> None:
        control.wait_while_paused()
        passed.set()

    thread = threading.Thread(target=wait)
    thread.start()
    return thread, passed


def test_paused_work_waits_until_it_may_go_on() -> None:
    control = Control()
    control.pause()
    thread, passed = waiter(control)
    assert control.paused
    assert not passed.wait(0.05)
    control.resume()
    assert passed.wait(5)
    thread.join()
    assert not control.paused


def test_paused_work_can_be_stopped() -> None:
    control = Control()
    control.pause()
    thread, passed = waiter(control)
    control.stop()
    assert passed.wait(5)
    thread.join()
    assert control.stopped


@pytest.mark.parametrize("mode", [WorkMode.FULL, WorkMode.GENTLE])
def test_going_on_returns_to_the_mode_before_the_pause(mode: WorkMode) -> None:
    control = Control(mode)
    control.pause()
    control.pause()
    assert control.mode is WorkMode.PAUSED
    control.resume()
    assert control.mode is mode
    control.resume()
    assert control.mode is mode, "what runs is not changed by going on"


def test_work_that_begins_paused_goes_on_at_full_speed() -> None:
    control = Control(WorkMode.PAUSED)
    assert control.paused
    control.resume()
    assert control.mode is WorkMode.FULL


def test_choosing_a_mode_ends_the_pause() -> None:
    control = Control()
    control.pause()
    thread, passed = waiter(control)
    control.mode = WorkMode.GENTLE
    assert passed.wait(5)
    thread.join()
    assert not control.paused


def test_what_is_stopped_is_not_paused() -> None:
    control = Control(WorkMode.PAUSED)
    control.stop()
    assert not control.paused
    control.wait_for_change(timeout=60)


def test_a_change_of_mode_wakes_who_waits_for_one() -> None:
    control = Control()
    thread = threading.Thread(target=control.wait_for_change, args=(60,))
    thread.start()
    control.mode = WorkMode.GENTLE
    thread.join(5)
    assert not thread.is_alive()
