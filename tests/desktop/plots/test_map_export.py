"""The map as a file that other programs read."""

from pathlib import Path

import numpy as np

from desktop.plots.map_export import MapPicture, save_svg
from desktop.plots.view_layer import Camera


def test_letters_lie_on_their_halo_in_every_program(tmp_path: Path) -> None:
    """Not every one knows of another order than that of the lines."""
    nothing = np.zeros(0, dtype=np.float32)
    picture = MapPicture(
        Camera((1.0, 1.0), (0.0, 0.0), 400, 300, 1.0),
        places=np.zeros((0, 2), dtype=np.float32),
        radii=nothing,
        colors=nothing.astype(np.uint32),
        opacities=nothing,
        is_ring=nothing.astype(bool),
        labels=[("Trip <Hop>", 200.0, 100.0, True)],
        legend=[],
        caption="",
        font="Sans",
        ground="#ffffff",
        text="#555555",
    )
    save_svg(picture, tmp_path / "map.svg")
    lines = (tmp_path / "map.svg").read_text(encoding="utf-8").splitlines()
    halo, letters = (line for line in lines if "Trip &lt;Hop&gt;" in line)
    assert 'fill="none" stroke="#ffffff"' in halo
    assert 'fill="#555555"' in letters
    assert "stroke" not in letters
    assert "paint-order" not in halo
