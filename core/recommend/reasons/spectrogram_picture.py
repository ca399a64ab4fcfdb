"""What a song's prediction hangs on, drawn over its spectrogram: seconds below, bands beside it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.errors import UserError
from core.recommend.map_picture import FORMATS
from core.recommend.reasons.explanation import SoundExplanation, SoundPart
from core.training.spectrogram_file import Spectrogram

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FOR, AGAINST, UNCERTAIN = "#C75B12", "#2B6CB0", "#9AA0A6"
TICKS = (0, 100, 250, 500, 1000, 2000, 4000, 8000)
"""Hz."""
STARS = 5


def draw_explanation(found: SoundExplanation, *, output: Path) -> None:
    """Draw to a PNG, SVG or PDF; raises UserError for another ending, for no place to write, for no spectrogram."""
    require_format(output)
    if found.spectrogram is None:
        raise UserError("There is no spectrogram to draw: the cache could not be written.")
    figure = explanation_figure(found, Spectrogram.load(Path(found.spectrogram)))
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(output, dpi=120)
    except OSError as error:
        raise UserError(f"The picture {output} cannot be written: {error.strerror}. Choose another place.") from error


def require_format(output: Path) -> None:
    """Raise UserError unless the ending of ``output`` names a format that can be drawn."""
    if output.suffix.lower() not in FORMATS:
        raise UserError(f"The picture {output} must end in {', '.join(FORMATS[:-1])} or {FORMATS[-1]}.")


def explanation_figure(found: SoundExplanation, spectrogram: Spectrogram) -> "Figure":
    """The spectrogram, with a bar for each second's window below it and for each band beside it.

    A bar is what the prediction loses without that part; what is only gray did not hold when it was taken away in
    another way.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(12, 7), layout="constrained")
    grid = figure.add_gridspec(2, 2, width_ratios=(5, 1), height_ratios=(3, 1))
    sound = figure.add_subplot(grid[0, 0])
    beside = figure.add_subplot(grid[0, 1], sharey=sound)
    below = figure.add_subplot(grid[1, 0], sharex=sound)
    _draw_sound(sound, spectrogram)
    _mark(sound, found, spectrogram)
    _draw_seconds(below, found.seconds)
    _draw_bands(beside, found.bands, spectrogram)
    figure.suptitle(f"What speaks for (orange) and against (blue) {found.song.name}".replace("$", r"\$"))
    return figure


def _draw_sound(axes: "Axes", spectrogram: Spectrogram) -> None:
    bands = len(spectrogram.decibels)
    extent = (spectrogram.start, spectrogram.stop, 0, bands)
    axes.imshow(spectrogram.decibels, origin="lower", aspect="auto", cmap="gray_r", extent=extent)
    ticks = [hertz for hertz in TICKS if hertz <= spectrogram.hertz[-1]]
    axes.set_yticks([_place(hertz, spectrogram) for hertz in ticks], [f"{hertz:,}" for hertz in ticks])
    axes.set(ylabel="Hz", xlim=extent[:2], ylim=extent[2:])


def _mark(axes: "Axes", found: SoundExplanation, spectrogram: Spectrogram) -> None:
    """Tint the seconds and the bands that are worth a word."""
    for part in found.seconds:
        if part.holds:
            axes.axvspan(part.low, part.high, color=_color(part), alpha=0.22, linewidth=0)
    for part in found.bands:
        if part.holds:
            low, high = (_place(hertz, spectrogram) for hertz in (part.low, part.high))
            axes.axhspan(low, high, color=_color(part), alpha=0.22, linewidth=0)


def _draw_seconds(axes: "Axes", parts: Sequence[SoundPart]) -> None:
    widths = [part.high - part.low for part in parts]
    heights = [part.change * STARS for part in parts]
    colors = [_color(part) for part in parts]
    axes.bar([part.low for part in parts], heights, width=widths, align="edge", color=colors, edgecolor="white")
    axes.axhline(0, color="#333", linewidth=0.8)
    axes.set(xlabel="seconds of the file", ylabel="stars")


def _draw_bands(axes: "Axes", parts: Sequence[SoundPart], spectrogram: Spectrogram) -> None:
    lows, highs = ([_place(hertz, spectrogram) for hertz in edges] for edges in zip(*_edges(parts), strict=True))
    heights = [high - low for low, high in zip(lows, highs, strict=True)]
    widths, colors = [part.change * STARS for part in parts], [_color(part) for part in parts]
    axes.barh(lows, widths, height=heights, align="edge", color=colors, edgecolor="white")
    axes.axvline(0, color="#333", linewidth=0.8)
    axes.tick_params(labelleft=False)
    axes.set(xlabel="stars")


def _edges(parts: Sequence[SoundPart]) -> list[tuple[float, float]]:
    return [(part.low, part.high) for part in parts]


def _place(hertz: float, spectrogram: Spectrogram) -> float:
    """Where a frequency lies among the bands of the picture."""
    return float(np.interp(hertz, spectrogram.hertz, np.arange(len(spectrogram.hertz))))


def _color(part: SoundPart) -> str:
    if not part.holds:
        return UNCERTAIN
    return FOR if part.change > 0 else AGAINST
