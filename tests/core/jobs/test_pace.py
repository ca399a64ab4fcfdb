"""How many tasks may be in work, in each mode."""

import pytest

from core.jobs.control import Control, WaitReason, WorkMode
from core.jobs.pace import AHEAD, Pace


class Around:
    """Surroundings that say what they are told to."""

    reason: WaitReason | None = None
    looks = 0

    def reason_to_wait(self) -> WaitReason | None:
        self.looks += 1
        return self.reason


@pytest.mark.parametrize(
    ("mode", "workers", "expected"),
    [
        (WorkMode.FULL, 1, AHEAD),
        (WorkMode.FULL, 4, 4 * AHEAD),
        (WorkMode.GENTLE, 1, 1),
        (WorkMode.GENTLE, 2, 1),
        (WorkMode.GENTLE, 3, 1),
        (WorkMode.GENTLE, 8, 4),
        (WorkMode.PAUSED, 8, 0),
    ],
)
def test_gentle_work_takes_half_the_workers_and_paused_work_none(mode: WorkMode, workers: int, expected: int) -> None:
    assert Pace(Control(mode), workers=workers, surroundings=Around()).limit() == expected


@pytest.mark.parametrize("reason", list(WaitReason))
def test_gentle_work_waits_for_its_surroundings_and_says_so(reason: WaitReason) -> None:
    control, around = Control(WorkMode.GENTLE), Around()
    pace = Pace(control, workers=4, surroundings=around)
    around.reason = reason
    assert (pace.limit(), control.waiting_for) == (0, reason)
    around.reason = None
    assert (pace.limit(), control.waiting_for) == (2, None)


@pytest.mark.parametrize("mode", [WorkMode.FULL, WorkMode.PAUSED])
def test_other_work_does_not_ask(mode: WorkMode) -> None:
    control, around = Control(WorkMode.GENTLE), Around()
    pace = Pace(control, workers=4, surroundings=around)
    around.reason = WaitReason.BUSY
    pace.limit()
    control.mode = mode
    pace.limit()
    assert (around.looks, control.waiting_for) == (1, None)
