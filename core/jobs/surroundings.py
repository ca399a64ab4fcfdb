"""What goes on around the work: whether the machine runs on its battery, and whether others need its cores."""

import contextlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import psutil

from core.jobs.control import WaitReason

BUSY = 0.5
"""Share of the cores that other programs take from which on the machine is busy."""
CALM = 0.3
"""Share at which it no longer is; lower, so that the work does not come and go with every page that loads."""
BETWEEN_LOOKS = 5.0
"""Seconds over which the share is measured: a look costs 2 ms, and the kernel counts in hundredths of a second."""


@dataclass(frozen=True, slots=True)
class ProcessorTimes:
    """Seconds of processor time since the machine, or a process, was started."""

    total: float
    """Of the cores that this process may use, idle or not."""
    busy: float
    own: float
    """What this process and all that it started have used."""


class Surroundings(Protocol):
    """Looked at before each hand-out of gentle work; has to be quick."""

    def reason_to_wait(self) -> WaitReason | None:
        """Why nothing new may begin now."""
        ...


class ThisMachine:
    """The machine that this process runs on."""

    def __init__(
        self,
        *,
        on_battery: Callable[[], bool] | None = None,
        times: Callable[[], ProcessorTimes] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._on_battery = on_battery or is_on_battery
        self._times = times or processor_times
        self._clock = clock
        self._looked_at = clock()
        self._before = self._times()
        self._is_busy = False
        self._is_on_battery = self._on_battery()

    def reason_to_wait(self) -> WaitReason | None:
        """The answer may be BETWEEN_LOOKS old."""
        if self._clock() - self._looked_at >= BETWEEN_LOOKS:
            self._look()
        if self._is_on_battery:
            return WaitReason.ON_BATTERY
        return WaitReason.BUSY if self._is_busy else None

    def _look(self) -> None:
        self._looked_at = self._clock()
        self._is_on_battery = self._on_battery()
        before, self._before = self._before, self._times()
        self._is_busy = is_under_load(before, self._before, was_busy=self._is_busy)


def is_on_battery(battery: Callable[[], Any] = psutil.sensors_battery) -> bool:
    """Whether no mains feeds the machine; one without a battery, or that cannot tell, is not on battery."""
    try:
        found = battery()
    except (OSError, ValueError):  # a driver that answers with nonsense
        return False
    return found is not None and found.power_plugged is False


def is_under_load(before: ProcessorTimes, now: ProcessorTimes, *, was_busy: bool) -> bool:
    """Whether other programs took the share BUSY of the cores between two looks (CALM, if it was busy before)."""
    total = now.total - before.total
    if total <= 0:  # some containers hide the times of the machine
        return False
    # A child that ends between the looks takes its time along until its parent has asked for it.
    others = (now.busy - before.busy) - max(0.0, now.own - before.own)
    return others / total > (CALM if was_busy else BUSY)


def processor_times() -> ProcessorTimes:
    """The times as they are now, of the cores that this process may use."""
    total = busy = 0.0
    # In a container that is limited to some cores, the others are not our concern, though the kernel lists them all.
    usable = os.sched_getaffinity(0)
    for core, times in enumerate(psutil.cpu_times(percpu=True)):
        if core in usable:
            waited = times.idle + times.iowait
            used = times.user + times.nice + times.system + times.irq + times.softirq
            total, busy = total + used + waited, busy + used
    return ProcessorTimes(total=total, busy=busy, own=_own_time())


def _own_time() -> float:
    this = psutil.Process()
    return sum(_time_of(process) for process in [this, *this.children(recursive=True)])


def _time_of(process: psutil.Process) -> float:
    with contextlib.suppress(psutil.Error):  # it may end at any moment
        times = process.cpu_times()
        return float(times.user + times.system + times.children_user + times.children_system)
    return 0.0
