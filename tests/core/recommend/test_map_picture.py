"""The map as a picture: files that open, a legend that is not cut off, names as they are."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.image import imread
from matplotlib.legend import Legend

from core.errors import UserError
from core.recommend.map_picture import draw_map, map_figure, require_picture

MANY = [f"Genre number {number}" for number in range(14)]


def positions(count: int) -> np.ndarray:
    return np.random.default_rng(1).normal(size=(count, 2))


def legend_of(genres: Sequence[str]) -> Legend:
    """The legend of a drawn map, with the sizes that it has in the picture."""
    figure = map_figure(positions(len(genres)), genres=genres, title="songs")
    FigureCanvasAgg(figure).draw()
    (legend,) = figure.legends
    return legend


def labels(genres: Sequence[str]) -> list[str]:
    return [text.get_text() for text in legend_of(genres).get_texts()]


@pytest.mark.parametrize(
    ("name", "beginning"), [("map.png", b"\x89PNG"), ("map.PDF", b"%PDF"), ("below/map.svg", b"<?xml")]
)
def test_the_ending_names_the_format(tmp_path: Path, name: str, beginning: bytes) -> None:
    draw_map(positions(20), genres=["Rock", "Jazz"] * 10, output=tmp_path / name, title="20 songs")
    assert (tmp_path / name).read_bytes().startswith(beginning)


def test_every_genre_has_its_color(tmp_path: Path) -> None:
    draw_map(positions(40), genres=["Rock", "Jazz"] * 20, output=tmp_path / "map.png", title="")
    picture = imread(tmp_path / "map.png")
    assert picture.shape[:2] == (1080, 1440)
    colorful = picture[..., :3].reshape(-1, 3)
    colorful = colorful[np.ptp(colorful, axis=1) > 0.3]
    is_orange, is_blue = colorful[:, 0] > colorful[:, 2], colorful[:, 2] > colorful[:, 0]
    assert is_orange.sum() > 100
    assert is_blue.sum() > 100


@pytest.mark.parametrize("genres", [["Rock"] * 5, MANY * 3, ["Symphonic Progressive Power Metal of the North"] * 5])
def test_the_legend_lies_inside_the_picture(genres: list[str]) -> None:
    legend = legend_of(genres)
    figure = legend.get_figure()
    assert figure is not None
    box, page = legend.get_window_extent(), figure.bbox
    assert page.x0 <= box.x0 < box.x1 <= page.x1
    assert page.y0 <= box.y0 < box.y1 <= page.y1
    (axes,) = figure.axes
    assert axes.get_window_extent().x1 <= box.x0


def test_the_ten_most_common_genres_are_named_and_the_others_together() -> None:
    named = labels([*MANY, *MANY[:10], "", ""])
    assert named == [*(f"{name} (2)" for name in MANY[:10]), "any other (6)"]


def test_a_genre_that_is_called_other_is_a_genre() -> None:
    assert labels(["Other", "Other", "other", "any other", ""]) == [
        "Other (2)",
        "other (1)",
        "any other (1)",
        "any other (1)",
    ]


def test_names_are_no_formulas_and_none_is_dropped() -> None:
    assert [label.strip("\u200b") for label in labels(["$oul$ {", "_hidden", "R&B"])] == [
        r"\$oul\$ { (1)",
        "_hidden (1)",
        "R&B (1)",
    ]


def test_a_library_without_genres_needs_no_legend() -> None:
    assert map_figure(positions(6), genres=[""] * 6, title="6 songs").legends == []


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"must end in \.png, \.svg or \.pdf"):
        require_picture(tmp_path / "map.xyz")
    with pytest.raises(UserError):
        draw_map(positions(5), genres=[""] * 5, output=tmp_path / "map", title="")


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match=r"map\.png cannot be written"):
        draw_map(positions(5), genres=[""] * 5, output=tmp_path / "file" / "map.png", title="")
