"""What is taken away is gone, and nothing else is."""

from itertools import pairwise

import pytest
import torch
from torch import Tensor

from core.training.occlusion import Span, bands, cut, evened, silenced, taken_out, turned_down, windows

RATE = 8000
TIMES = torch.arange(4 * RATE) / RATE
LOW, HIGH = (0.3 * torch.sin(2 * torch.pi * hertz * TIMES) for hertz in (200, 2000))


def loudness(samples: Tensor) -> float:
    return float(samples.square().mean().sqrt())


@pytest.mark.parametrize(("seconds", "count"), [(30.0, 12), (4.0, 2), (0.5, 2), (27.88, 11)])
def test_windows_cover_the_excerpt(seconds: float, count: int) -> None:
    found = windows(seconds)
    assert len(found) == count
    assert (found[0].low, found[-1].high) == (0, pytest.approx(seconds))
    assert all(before.high == after.low for before, after in pairwise(found))


def test_bands_cover_what_can_be_heard_and_are_narrow_below() -> None:
    found = bands(11025)
    assert len(found) == 8
    assert (found[0].low, found[-1].high) == (0, 11025)
    widths = [band.high - band.low for band in found]
    assert widths == sorted(widths)
    assert widths[0] < 320


def test_seconds_that_are_cut_leave_the_others_as_they_are() -> None:
    samples = torch.cat([LOW, HIGH])
    found = cut(samples, Span(4, 8), rate=RATE)
    assert torch.equal(found, LOW)
    middle = cut(samples, Span(3, 5), rate=RATE)
    assert len(middle) == pytest.approx(6 * RATE, abs=0.03 * RATE)
    assert torch.equal(middle[: 2 * RATE], samples[: 2 * RATE])
    assert torch.equal(middle[-2 * RATE :], samples[-2 * RATE :])


def test_seconds_that_are_evened_sound_like_the_others() -> None:
    noise = torch.randn(8 * RATE, generator=torch.Generator().manual_seed(1))
    dull = taken_out(noise, Span(1000, 4000), rate=RATE)
    samples = torch.cat([dull[: 4 * RATE], noise[4 * RATE :]])
    found = evened(samples, Span(4, 8), rate=RATE)
    assert len(found) == len(samples)
    high = [loudness(taken_out(each[5 * RATE : 7 * RATE], Span(0, 1000), rate=RATE)) for each in (samples, found)]
    assert high[1] < 0.1 * high[0]
    assert loudness(found[5 * RATE : 7 * RATE]) == pytest.approx(loudness(dull), rel=0.3)
    assert torch.allclose(found[: 3 * RATE], samples[: 3 * RATE], atol=1e-4)
    assert torch.equal(evened(samples, Span(0, 8), rate=RATE), samples), "there are no others"


def test_seconds_fall_silent_without_a_click() -> None:
    found = silenced(LOW, Span(1, 2), rate=RATE)
    assert loudness(found[round(1.02 * RATE) : round(1.98 * RATE)]) == 0
    assert torch.equal(found[:RATE], LOW[:RATE])
    assert torch.equal(found[2 * RATE :], LOW[2 * RATE :])
    assert found.diff().abs().max() <= 1.01 * LOW.diff().abs().max()
    assert loudness(silenced(LOW, Span(3, 9), rate=RATE)[round(3.02 * RATE) : -200]) == 0


@pytest.mark.parametrize(("way", "left"), [(turned_down, 0.1), (taken_out, 0.001)])
def test_a_band_is_taken_from_the_others(way: object, left: float) -> None:
    assert callable(way)
    found = way(LOW + HIGH, Span(1000, 4000), rate=RATE)
    assert loudness(found - LOW - left * HIGH) < 0.002
    assert loudness(way(LOW + HIGH, Span(0, 1000), rate=RATE) - HIGH - left * LOW) < 0.002
