"""The colors of what is drawn: ten for categories and a ramp for values, for light and dark, for every kind of eyes.

The ten were found by simulated annealing: the smallest distance of any two of them (in OKLab, Ottosson 2020), and of
each to the gray of the others, is 0.085 or more for usual eyes and under all three color-vision deficiencies (Machado
and others 2009), and each has a contrast of 3:1 to the ground. A test computes it.
"""

import numpy as np
from numpy.typing import NDArray

from desktop.style.palette import DARK, Colors

LIGHT_CATEGORIES = (
    "#0a75ff", "#d57e08", "#083e01", "#c02bc1", "#056d83", "#7a0d43", "#717304", "#003a92", "#c179c7", "#834539",
)  # fmt: skip
DARK_CATEGORIES = (
    "#9bc3ff", "#ffd79f", "#75b16d", "#bd3ebe", "#92f4ff", "#fe9abe", "#c2c408", "#1872fe", "#c57ecb", "#e42b03",
)  # fmt: skip
MOST_CATEGORIES = len(LIGHT_CATEGORIES)
LIGHT_OTHER, DARK_OTHER = "#8f8a83", "#8a857e"
LIGHT_UNKNOWN, DARK_UNKNOWN = "#d3cec7", "#4a4743"
"""Hardly seen: where nothing is known, nothing should be told."""
LIGHT_RAMP = ("#7d92a8", "#a5541a", "#4f1200")
DARK_RAMP = ("#5f7a96", "#e09c60", "#ffe0a8")
"""From little to much by lightness alone, from a cool gray to marmalade."""

RAMP_STEPS = 254
OTHER, UNKNOWN = 254, 255
"""Codes of colors; lower ones are categories or steps of the ramp."""


def categories(colors: Colors) -> tuple[str, ...]:
    return DARK_CATEGORIES if colors is DARK else LIGHT_CATEGORIES


def other(colors: Colors) -> str:
    """The gray of all categories that have no color of their own."""
    return DARK_OTHER if colors is DARK else LIGHT_OTHER


def unknown(colors: Colors) -> str:
    return DARK_UNKNOWN if colors is DARK else LIGHT_UNKNOWN


def category_table(colors: Colors) -> NDArray[np.uint32]:
    """The color ``0xRRGGBB`` of each code, where codes are categories."""
    table = np.full(256, number(other(colors)), dtype=np.uint32)
    table[:MOST_CATEGORIES] = [number(color) for color in categories(colors)]
    table[UNKNOWN] = number(unknown(colors))
    return table


def ramp_table(colors: Colors) -> NDArray[np.uint32]:
    """The color ``0xRRGGBB`` of each code, where codes are steps from little to much."""
    stops = DARK_RAMP if colors is DARK else LIGHT_RAMP
    lab = np.array([_oklab(stop) for stop in stops])
    share, places = np.linspace(0, 1, RAMP_STEPS), np.linspace(0, 1, len(stops))
    steps = np.stack([np.interp(share, places, lab[:, channel]) for channel in range(3)], axis=1)
    table = category_table(colors)
    table[:RAMP_STEPS] = _numbers(steps)
    return table


def number(color: str) -> int:
    """``#rrggbb`` as 0xRRGGBB."""
    return int(color[1:], 16)


def name(color: int) -> str:
    """0xRRGGBB as ``#rrggbb``."""
    return f"#{color:06x}"


TO_CONES = np.array([
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
])  # fmt: skip
TO_LAB = np.array([
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
])  # fmt: skip


def linear(color: str) -> NDArray[np.float64]:
    """Red, green and blue as amounts of light, 0 to 1."""
    parts = np.array([int(color[begin : begin + 2], 16) for begin in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def oklab(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """Amounts of light (..., 3) as lightness and two opponent colors: distances are what eyes tell apart."""
    return np.cbrt(light @ TO_CONES.T) @ TO_LAB.T


def _oklab(color: str) -> NDArray[np.float64]:
    return oklab(linear(color))


def _numbers(lab: NDArray[np.float64]) -> NDArray[np.uint32]:
    light = np.clip((lab @ np.linalg.inv(TO_LAB).T) ** 3 @ np.linalg.inv(TO_CONES).T, 0, 1)
    parts = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    red, green, blue = np.round(parts * 255).astype(np.uint32).T
    return (red << 16) | (green << 8) | blue
