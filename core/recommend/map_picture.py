"""The map as a picture file: every song a point, colored by genre."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from core.recommend.map_layout import Layout

COLORS = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#7A5195", "#8C564B", "#4D9221")
"""Okabe and Ito's palette and three more, told apart under the three color-vision deficiencies."""
OTHER = "#B0B0B0"


def draw_map(positions: Layout, *, genres: Sequence[str], output: Path, title: str) -> None:
    """Draw positions (songs, 2) to a PNG, SVG or PDF, as the ending of ``output`` says."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(12, 9), layout="constrained")
    axes = figure.add_subplot()
    common = [name for name, _ in Counter(filter(None, genres)).most_common(len(COLORS))]
    names = np.array([genre if genre in common else "other" for genre in genres], dtype=object)
    size = float(np.clip(6000 / max(len(names), 1), 3, 40))
    for name, color in [*zip(common, COLORS, strict=False), ("other", OTHER)]:
        here = positions[names == name]
        if len(here):
            axes.scatter(
                here[:, 0], here[:, 1], s=size, c=color, alpha=0.75, linewidths=0, label=f"{name} ({len(here)})"
            )
    axes.set(xticks=[], yticks=[], title=title)
    axes.set_aspect("equal")
    axes.spines[:].set_visible(False)
    if common:
        figure.legend(loc="outside right center", frameon=False)
    figure.text(
        0.01, 0.01, "Near songs sound alike; far distances and directions mean little.", fontsize=9, color="#666"
    )
    output.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(output, dpi=120)
