"""The search for the end of a sound."""

import pytest

from core.audio.end_of_sound import PRECISION, find_end


@pytest.mark.parametrize("end", [0.3, 1.0, 59.9, 60.0, 61.0, 250.0, 40_000.0])
@pytest.mark.parametrize("expected", [0.0, 1.0, 60.0, 250.0, 100_000.0])
def test_the_end_is_found_from_any_guess_in_few_steps(end: float, expected: float) -> None:
    asked: list[float] = []

    def has_sound(at: float) -> bool:
        asked.append(at)
        return at < end

    assert find_end(has_sound, expected=expected) == pytest.approx(end, abs=PRECISION)
    assert len(asked) < 45


def test_a_file_without_any_sound_ends_where_it_begins() -> None:
    assert find_end(lambda _: False, expected=100.0) == 0.0
