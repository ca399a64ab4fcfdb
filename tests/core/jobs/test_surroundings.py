"""When the machine is busy or on battery, told by planted times, and by real ones once."""

import subprocess
import sys
from collections.abc import Callable
from types import SimpleNamespace

import psutil
import pytest

from core.jobs.control import WaitReason
from core.jobs.surroundings import (
    BETWEEN_LOOKS,
    ProcessorTimes,
    ThisMachine,
    is_on_battery,
    is_under_load,
    processor_times,
)

CORES = 4


class Planted:
    """A machine of four cores: each passing adds what it is told."""

    def __init__(self) -> None:
        self.now = self.total = self.busy = self.own = 0.0
        self.unplugged = False

    def machine(self) -> ThisMachine:
        return ThisMachine(on_battery=lambda: self.unplugged, times=self.times, clock=lambda: self.now)

    def times(self) -> ProcessorTimes:
        return ProcessorTimes(total=self.total, busy=self.busy, own=self.own)

    def run_for(self, seconds: float, *, others: float = 0.0, own: float = 0.0) -> None:
        """Let time pass in which so many cores are busy."""
        self.now += seconds
        self.total += CORES * seconds
        self.busy += (others + own) * seconds
        self.own += own * seconds


@pytest.fixture
def planted() -> Planted:
    return Planted()


def test_a_quiet_machine_is_no_reason(planted: Planted) -> None:
    machine = planted.machine()
    assert machine.reason_to_wait() is None
    planted.run_for(BETWEEN_LOOKS, others=0.3)
    assert machine.reason_to_wait() is None


def test_our_own_work_is_no_reason(planted: Planted) -> None:
    machine = planted.machine()
    planted.run_for(BETWEEN_LOOKS, own=3.9)
    assert machine.reason_to_wait() is None


def test_the_work_of_others_is_one_until_they_are_calm(planted: Planted) -> None:
    machine = planted.machine()
    found = []
    for others in (2.5, 1.5, 1.0, 1.5, 2.5):
        planted.run_for(BETWEEN_LOOKS, others=others, own=1)
        found.append(machine.reason_to_wait())
    busy = WaitReason.BUSY
    assert found == [busy, busy, None, None, busy]


def test_it_does_not_look_more_often_than_it_can_measure(planted: Planted) -> None:
    machine = planted.machine()
    planted.run_for(BETWEEN_LOOKS / 2, others=4)
    assert machine.reason_to_wait() is None
    planted.run_for(BETWEEN_LOOKS / 2, others=4)
    assert machine.reason_to_wait() is WaitReason.BUSY


def test_the_battery_is_a_reason_at_once_and_as_soon_as_it_is_seen(planted: Planted) -> None:
    planted.unplugged = True
    machine = planted.machine()
    assert machine.reason_to_wait() is WaitReason.ON_BATTERY
    planted.unplugged = False
    planted.run_for(BETWEEN_LOOKS)
    assert machine.reason_to_wait() is None


def test_a_machine_that_hides_its_times_is_not_busy() -> None:
    nothing = ProcessorTimes(total=0, busy=0, own=1)
    assert not is_under_load(nothing, ProcessorTimes(total=0, busy=0, own=9), was_busy=False)


def test_a_process_of_ours_that_ends_takes_nothing_from_others() -> None:
    before, now = ProcessorTimes(total=0, busy=0, own=100), ProcessorTimes(total=40, busy=30, own=50)
    assert is_under_load(before, now, was_busy=False)


@pytest.mark.parametrize(
    ("battery", "expected"),
    [
        (lambda: None, False),
        (lambda: SimpleNamespace(power_plugged=True), False),
        (lambda: SimpleNamespace(power_plugged=None), False),
        (lambda: SimpleNamespace(power_plugged=False), True),
        (lambda: int("nonsense"), False),
    ],
)
def test_a_machine_is_on_battery_if_it_says_so(battery: Callable[[], object], expected: bool) -> None:
    assert is_on_battery(battery) is expected


def burn(seconds: float) -> list[str]:
    text = f"import time\nwhile time.process_time() < {seconds}: pass"
    return [sys.executable, "-c", text]


def test_the_times_of_our_children_are_our_own() -> None:
    before = processor_times()
    subprocess.run(burn(0.5), check=True)
    now = processor_times()
    assert now.own - before.own >= 0.45
    assert now.total > before.total > 0
    assert now.busy - before.busy >= 0.4


def test_the_times_of_others_are_not_our_own() -> None:
    # A process whose parent has ended belongs to nobody here.
    started = subprocess.run(
        [sys.executable, "-c", f"import subprocess\nprint(subprocess.Popen({burn(0.5)!r}).pid)"],
        capture_output=True,
        text=True,
        check=True,
    )
    before = processor_times()
    try:
        psutil.Process(int(started.stdout)).wait(30)
    except psutil.NoSuchProcess:
        pytest.skip("it was too quick to be seen")
    assert processor_times().own - before.own < 0.3
