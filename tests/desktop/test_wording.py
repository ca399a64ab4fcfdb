"""Numbers as they are said to the owner."""

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


def test_numbers_follow_the_language() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    assert wording.analysis(Progress(4210, 60113, 16.8)) == "4.210 of 60.113 analysed, 16,8 /s"
