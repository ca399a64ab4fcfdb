"""The verdict: what a copy may differ by, and each thing that keeps two songs apart."""

from dataclasses import replace

import pytest

from core.analysis.alignment import Alignment
from core.analysis.likeness import Doubt, Likeness, judge, score

PERFECT = Alignment(
    offset=0,
    overlap=1600,
    lengths=(1600, 1600),
    error=0.0,
    noise=0.0,
    local_noise=0.0,
    worst=0.0,
    chance=0.45,
    diversity=1400,
)


@pytest.mark.parametrize(
    "copy",
    [
        PERFECT,
        pytest.param(replace(PERFECT, error=0.015, noise=0.008, worst=0.1), id="another codec"),
        pytest.param(replace(PERFECT, error=0.065, noise=0.007, worst=0.082), id="half an item later"),
        pytest.param(replace(PERFECT, error=0.048, noise=0.03, local_noise=0.056, worst=0.092), id="6 dB clipped"),
        pytest.param(replace(PERFECT, error=0.078, noise=0.027, local_noise=0.05, worst=0.124), id="all of these"),
        pytest.param(replace(PERFECT, offset=-32, lengths=(1600, 1632)), id="4 s of silence in front"),
        pytest.param(replace(PERFECT, offset=81, lengths=(1681, 1600)), id="first 10 s cut"),
        pytest.param(replace(PERFECT, lengths=(1681, 1600)), id="last 10 s cut"),
        pytest.param(replace(PERFECT, offset=81, lengths=(1681, 1681)), id="one cut in front, one at the end"),
        pytest.param(replace(PERFECT, offset=-32, lengths=(1600, 1713)), id="silence in front of one cut at the end"),
    ],
)
def test_what_a_copy_may_differ_by(copy: Alignment) -> None:
    assert judge(copy) == (Likeness.SAME_AUDIO, Doubt.NONE)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(replace(PERFECT, error=0.127, noise=0.09, worst=0.27), Doubt.ALL_ALONG, id="a revision"),
        pytest.param(replace(PERFECT, error=0.057, noise=0.03, local_noise=0.092), Doubt.ALL_ALONG, id="a podcast"),
        pytest.param(replace(PERFECT, error=0.085, noise=0.05), Doubt.ALL_ALONG, id="another mastering"),
        pytest.param(replace(PERFECT, error=0.013, noise=0.01, worst=0.42), Doubt.PART, id="a voice over the intro"),
        pytest.param(replace(PERFECT, error=0.06, noise=0.04, worst=0.5), Doubt.PART, id="a shared intro"),
        pytest.param(replace(PERFECT, lengths=(1600, 1740)), Doubt.LENGTH, id="an extended version"),
        pytest.param(replace(PERFECT, overlap=221, lengths=(1600, 221)), Doubt.LENGTH, id="a ringtone"),
        pytest.param(replace(PERFECT, offset=48, lengths=(1697, 1600)), Doubt.FRAMED, id="jingles around it"),
        pytest.param(replace(PERFECT, offset=-48, lengths=(1600, 1697)), Doubt.FRAMED, id="jingles around the other"),
        pytest.param(replace(PERFECT, overlap=200, lengths=(281, 200)), Doubt.LENGTH, id="a third of a short one cut"),
    ],
)
def test_what_is_left_to_the_owner(other: Alignment, expected: Doubt) -> None:
    assert judge(other) == (Likeness.POSSIBLE, expected)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(replace(PERFECT, error=0.47, noise=0.4, worst=0.55), Doubt.ALL_ALONG, id="another song"),
        pytest.param(replace(PERFECT, error=0.26, noise=0.2, worst=0.34), Doubt.ALL_ALONG, id="a remix"),
        pytest.param(replace(PERFECT, error=0.1, noise=0.1, chance=0.12), Doubt.ALL_ALONG, id="two drones"),
        pytest.param(replace(PERFECT, diversity=1, chance=0.0), Doubt.UNIFORM, id="silence"),
        pytest.param(replace(PERFECT, diversity=40), Doubt.UNIFORM, id="a tone that wavers"),
    ],
)
def test_what_is_different(other: Alignment, expected: Doubt) -> None:
    assert judge(other) == (Likeness.DIFFERENT, expected)


def test_the_score_falls_with_each_thing_that_differs() -> None:
    assert score(PERFECT) == 1.0
    assert score(replace(PERFECT, error=0.05)) == pytest.approx(0.9)
    assert score(replace(PERFECT, overlap=800)) == pytest.approx(0.5)
    assert score(replace(PERFECT, diversity=32)) == pytest.approx(0.5)
    assert score(replace(PERFECT, error=0.53)) == 0.0
