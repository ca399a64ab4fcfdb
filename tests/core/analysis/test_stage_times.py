"""Where the time of a song goes: each stage is measured by itself, sums add up by stage."""

import time

import pytest

from core.analysis.stage_times import NO_TIMES, StageClock, StageTimes


def test_a_stage_is_measured_in_processor_time_even_when_it_fails() -> None:
    clock = StageClock()

    def decode() -> None:
        with clock.measuring("decode"):
            started = time.process_time()
            while time.process_time() < started + 0.02:
                pass
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        decode()
    assert clock.times.decode >= 0.02
    assert clock.times == StageTimes(decode=clock.times.decode)


def test_times_add_up_by_stage() -> None:
    one = StageTimes(checksum=1, decode=2, fingerprint=3, speech=4, embedding=5)
    assert one + one == StageTimes(2, 4, 6, 8, 10)
    assert sum([one, one], start=NO_TIMES).by_name() == {
        "checksum": 2,
        "decode": 4,
        "fingerprint": 6,
        "speech": 8,
        "embedding": 10,
    }
