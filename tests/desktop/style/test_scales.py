"""Categories can be told apart by every kind of eyes, and a ramp goes one way, in both schemes."""

from itertools import combinations

import numpy as np
import pytest

from desktop.style import scales
from desktop.style.palette import DARK, LIGHT, Colors
from tests.desktop.style.test_palette import contrast

SCHEMES = pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
EYES = {
    "usual": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
"""Machado, Oliveira and Fernandes 2009, severity 1, on amounts of light."""


def seen(color: str, eyes: str) -> np.ndarray:
    return scales.oklab(np.clip(np.array(EYES[eyes]) @ scales.linear(color), 0, 1))


def distance(first: str, second: str, eyes: str) -> float:
    return float(np.linalg.norm(seen(first, eyes) - seen(second, eyes)))


@SCHEMES
@pytest.mark.parametrize("eyes", EYES)
def test_categories_can_be_told_apart(colors: Colors, eyes: str) -> None:
    together = [*scales.categories(colors), scales.other(colors)]
    nearest = min((distance(one, two, eyes), one, two) for one, two in combinations(together, 2))
    assert nearest[0] >= 0.085, nearest


def test_colors_that_cannot_be_told_apart_are_seen() -> None:
    assert distance("#d7191c", "#6a8d00", "usual") > 0.2
    assert distance("#b35a00", "#7a7000", "protanopia") < 0.085


@SCHEMES
def test_categories_stand_out_from_the_ground(colors: Colors) -> None:
    assert min(contrast(each, colors.base) for each in (*scales.categories(colors), scales.other(colors))) >= 3.0


@SCHEMES
@pytest.mark.parametrize("eyes", EYES)
def test_a_ramp_goes_one_way_in_even_steps(colors: Colors, eyes: str) -> None:
    steps = [scales.name(int(step)) for step in scales.ramp_table(colors)[: scales.RAMP_STEPS : 23]]
    lightness = np.array([seen(step, eyes)[0] for step in steps])
    change = np.diff(lightness) * (1 if colors is DARK else -1)
    assert change.min() > 0
    assert change.max() < 3.5 * change.min()
    assert min(contrast(step, colors.base) for step in steps) >= 3.0


@SCHEMES
def test_a_table_holds_every_code(colors: Colors) -> None:
    table = scales.category_table(colors)
    assert scales.name(int(table[0])) == scales.categories(colors)[0]
    assert scales.name(int(table[scales.OTHER])) == scales.other(colors)
    assert scales.name(int(table[scales.UNKNOWN])) == scales.unknown(colors)
    assert scales.ramp_table(colors)[scales.UNKNOWN] == table[scales.UNKNOWN]
