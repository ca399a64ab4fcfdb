"""Pausing, going on and stopping, from another thread than the one that works."""

import threading

from core.jobs.events import Control


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
