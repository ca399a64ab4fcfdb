"""What an evaluation says to a person."""

from typing import Any

import pytest

from core.recommend.skill import Skill, skill


def test_the_figure_is_that_of_unseen_artists() -> None:
    report = {"unseen_artist": {"model": {"auc4": 0.78}, "songs": 210}, "known_artist": {"model": {"auc4": 0.9}}}
    assert skill(report) == Skill(0.78, 210)


@pytest.mark.parametrize("report", [None, {}, {"unseen_artist": {}}, {"unseen_artist": {"model": {"auc4": None}}}])
def test_what_was_not_measured_is_not_said(report: dict[str, Any] | None) -> None:
    assert skill(report) is None


@pytest.mark.parametrize(("right", "is_guessing"), [(0.51, False), (0.504, True), (0.3, True)])
def test_half_of_the_pairs_is_guessing(right: float, *, is_guessing: bool) -> None:
    assert Skill(right, 10).is_guessing is is_guessing
