"""How the songs of the map look: by their colors, the legend's filter, what is selected and what is searched."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from desktop.plots import coloring
from desktop.plots.color_book import ColorBook
from desktop.plots.coloring import ColorBy, Coloring, SizeBy
from desktop.plots.map_songs import MapSongs, carried_over
from desktop.plots.points_layer import Layer
from desktop.style import scales
from desktop.style.palette import Colors

Mask = NDArray[np.bool_]


def _everything() -> Mask:
    return np.ones(256, dtype=bool)


@dataclass
class MapLook:
    """What can change one by one; the page tells the view afterwards."""

    songs: MapSongs
    color_by: ColorBy = ColorBy.GENRE
    size_by: SizeBy = SizeBy.UNIFORM
    cluster_names: list[str] = field(default_factory=list)
    book: ColorBook = field(default_factory=ColorBook)
    shown_codes: Mask = field(default_factory=_everything)
    found: Mask | None = None
    """What is searched; None when nothing is."""

    def __post_init__(self) -> None:
        self.selected = np.zeros(len(self.songs), dtype=bool)
        self.recolor()

    def recolor(self) -> None:
        """Look at the songs anew."""
        self.coloring: Coloring = coloring.color(
            self.songs, self.color_by, cluster_names=self.cluster_names, book=self.book
        )
        self.sizes = coloring.sizes(self.songs, self.size_by)

    def take_songs(self, songs: MapSongs) -> None:
        """Other points, or the same with other facts; what was selected stays so."""
        if songs.song_ids is not self.songs.song_ids:
            self.selected = carried_over(self.selected, self.songs, songs)
            self.found = None
        self.songs = songs
        self.recolor()

    def table(self, colors: Colors) -> NDArray[np.uint32]:
        """The color of each code."""
        return scales.ramp_table(colors) if self.coloring.is_ramp else scales.category_table(colors)

    def layers(self) -> NDArray[np.uint8]:
        """(points,): hidden by the legend, strong if selected or found, faded if only others are."""
        meant = self.meant()
        others = Layer.PLAIN if meant is None else Layer.FADED
        layers = np.full(len(self.songs), others, dtype=np.uint8)
        if meant is not None:
            layers[meant] = Layer.STRONG
        layers[~self.shown_codes[self.coloring.codes]] = Layer.HIDDEN
        return layers

    def meant(self) -> Mask | None:
        """What is selected or found; None if nothing is."""
        if self.found is not None:
            return self.selected | self.found
        return self.selected if self.selected.any() else None
