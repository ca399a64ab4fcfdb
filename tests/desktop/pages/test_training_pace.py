"""What is left follows the pace of the last half minute."""

import pytest

from desktop.pages.training_pace import RECENT, RecentPace


def test_what_is_left_follows_the_last_half_minute() -> None:
    pace = RecentPace()
    for second in range(66):  # a song a second, then one in twenty
        pace.note(second, now=float(second))
    for song in range(66, 71):
        pace.note(song, now=65 + (song - 65) * 20.0)
    left = pace.seconds_left(80, now=165.0)
    assert left == pytest.approx(10 * 20.0, rel=0.05), "of the whole run it would be 24 s"


def test_it_is_not_told_too_early_and_grows_while_nothing_comes() -> None:
    pace = RecentPace()
    assert pace.seconds_left(10, now=0.0) is None
    pace.note(0, now=0.0)
    pace.note(1, now=1.0)
    assert pace.seconds_left(10, now=1.0) is None
    assert pace.seconds_left(10, now=4.0) == pytest.approx(36.0)
    assert pace.seconds_left(10, now=4.0 + RECENT) > 36.0  # type: ignore[operator]
    pace.begin()
    assert pace.seconds_left(10, now=90.0) is None
