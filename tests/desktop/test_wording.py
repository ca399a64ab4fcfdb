"""Numbers as they are said to the owner."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from core.jobs.events import Progress
from desktop import wording


@pytest.mark.parametrize(("count", "said"), [(0, "0 songs"), (1, "1 song"), (60113, "60,113 songs")])
def test_songs(count: int, said: str) -> None:
    assert wording.songs(count) == said


@pytest.mark.parametrize(("rating", "said"), [(1.0, "5"), (0.9, "4.5"), (0.734, "3.7"), (0.2, "1")])
def test_stars(rating: float, said: str) -> None:
    assert wording.stars(rating) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(8.4, "8 s"), (89, "89 s"), (91, "2 min"), (3310, "55 min"), (3600, "1 h 0 min"), (8100, "2 h 15 min")],
)
def test_time_left(seconds: float, said: str) -> None:
    assert wording.time_left(seconds) == said


def test_progress_says_only_what_is_known() -> None:
    assert wording.analysis(Progress(0, 1200)) == "0 of 1,200 analysed"
    assert wording.analysis(Progress(70, 225, before=221)) == "291 of 446 analysed", "of the whole library"


def test_numbers_follow_the_language() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    assert wording.analysis(Progress(4210, 60113, 16.8)) == "4.210 of 60.113 analysed, 16,8 /s"


@pytest.mark.parametrize(("seconds", "said"), [(185, "3:05"), (3723, "1:02:03"), (59.6, "1:00"), (-1, "")])
def test_durations(seconds: float, said: str) -> None:
    assert wording.duration(seconds) == said


def test_days_are_relative_within_a_week() -> None:
    now = datetime(2026, 3, 14, 9, 30).astimezone()
    days = [0, 1, 3, 6, 30]
    moments = [(now - timedelta(days=count)).timestamp() for count in days]
    assert [wording.day(each, now=now) for each in moments][:4] == ["today", "yesterday", "3 days ago", "6 days ago"]
    assert "26" in wording.day(moments[-1], now=now)


def test_sizes() -> None:
    assert wording.size(4_200_000) == "4.2 MB"
