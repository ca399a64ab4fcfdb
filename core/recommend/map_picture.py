"""The map as a picture file: every song a point, colored by genre."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.recommend.map_alignment import Places

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLORS = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#7A5195", "#8C564B", "#4D9221")
"""Okabe and Ito's palette and three more, told apart under the three color-vision deficiencies."""
OTHER = "#B0B0B0"
FORMATS = (".png", ".svg", ".pdf")
LONGEST_NAME = 30


def require_picture(output: Path) -> None:
    """Raise UserError unless the ending of ``output`` names a format that can be drawn."""
    if output.suffix.lower() not in FORMATS:
        raise UserError(f"The map {output} must end in {', '.join(FORMATS[:-1])} or {FORMATS[-1]}.")


def draw_map(positions: Places, *, genres: Sequence[str], output: Path, title: str) -> None:
    """Draw positions (songs, 2) to a PNG, SVG or PDF, as the ending of ``output`` says.

    Raises UserError for another ending and for a place that cannot be written.
    """
    require_picture(output)
    figure = map_figure(positions, genres=genres, title=title)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(output, dpi=120)
    except OSError as error:
        raise UserError(f"The map {output} cannot be written: {error.strerror}. Choose another place.") from error


def map_figure(positions: Places, *, genres: Sequence[str], title: str) -> "Figure":
    """The drawing: a point a song, the most common genres in colors, the rest in gray, a legend on the right."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(12, 9), layout="constrained")
    axes = figure.add_subplot()
    common = [name for name, _ in Counter(filter(None, genres)).most_common(len(COLORS))]
    size = float(np.clip(6000 / max(len(genres), 1), 3, 40))
    for name, color, here in _parts(genres, common):
        chosen = positions[here]
        label = f"{_plain(name)} ({len(chosen)})"
        axes.scatter(chosen[:, 0], chosen[:, 1], s=size, c=color, alpha=0.75, linewidths=0, label=label)
    axes.set(xticks=[], yticks=[], title=_plain(title))
    axes.set_aspect("equal")
    axes.spines[:].set_visible(False)
    if common:
        figure.legend(loc="outside right center", frameon=False)
    figure.text(
        0.01, 0.01, "Near songs sound alike; far distances and directions mean little.", fontsize=9, color="#666"
    )
    return figure


def _parts(genres: Sequence[str], common: Sequence[str]) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    """Name, color and songs of each common genre, then of all the others."""
    names = np.array(genres, dtype=object)
    for name, color in zip(common, COLORS, strict=False):
        yield name, color, names == name
    others = ~np.isin(names.astype(str), common)
    if others.any():
        yield "any other", OTHER, others


def _plain(text: str) -> str:
    """Text as it is: a dollar sign begins a formula, and labels that begin with an underscore are left out."""
    shown = text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"
    return ("\u200b" if shown.startswith("_") else "") + shown.replace("$", r"\$")
