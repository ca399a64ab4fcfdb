"""Points are where they should be, in their colors, and overlapping ones show that they are many."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from desktop.plots.point_raster import PointRaster, mixed
from desktop.plots.stencil import FULL, disc, ring

WHITE, BLUE, RED = 0xFFFFFF, 0x0A75FF, 0xC02020


def places(*pairs: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    right, down = np.array(pairs, dtype=np.int32).T
    return right, down


def drawn(pairs: list[tuple[int, int]], colors: list[int], *, diameter: float = 5.0, opacity: float = 1.0) -> QImage:
    raster = PointRaster()
    raster.clear(40, 30, ground=WHITE)
    right, down = places(*pairs)
    inside = raster.inside(right, down)
    chosen = np.array(colors, dtype=np.uint32)[inside]
    raster.stamp(right[inside], down[inside], colors=chosen, stencil=disc(diameter), opacity=opacity)
    return raster.image().copy()


def color(image: QImage, right: int, down: int) -> str:
    return image.pixelColor(right, down).name()


def test_a_point_has_its_color_in_its_place_and_nowhere_else() -> None:
    image = drawn([(10, 12)], [BLUE])
    assert color(image, 10, 12) == "#0a75ff"
    colored = {(x, y) for x in range(40) for y in range(30) if color(image, x, y) != "#ffffff"}
    assert {x for x, _ in colored} == set(range(8, 13))
    assert {y for _, y in colored} == set(range(10, 15))
    assert QColor(color(image, 8, 10)).red() > 200 > QColor(color(image, 8, 12)).red()  # it is round


def test_a_point_that_shines_through_is_mixed_with_the_ground() -> None:
    seen = QColor(color(drawn([(10, 12)], [RED], opacity=0.5), 10, 12))
    assert seen.red() == pytest.approx((0xC0 + 0xFF) / 2, abs=2)
    assert seen.green() == pytest.approx((0x20 + 0xFF) / 2, abs=2)


def test_where_points_overlap_less_of_the_ground_shines_through() -> None:
    alone = QColor(color(drawn([(10, 12)], [RED], opacity=0.5), 11, 12))
    together = QColor(color(drawn([(10, 12), (12, 12)], [RED, RED], opacity=0.5), 11, 12))
    assert together.green() < alone.green() - 30


def test_a_pixel_belongs_to_the_point_whose_middle_is_nearest() -> None:
    for pairs, colors in (([(10, 12), (13, 12)], [RED, BLUE]), ([(13, 12), (10, 12)], [BLUE, RED])):
        image = drawn(pairs, colors)
        assert color(image, 11, 12) == "#c02020"
        assert color(image, 12, 12) == "#0a75ff"


@pytest.mark.parametrize("place", [(-2, 5), (41, 5), (5, -2), (5, 31), (-27, -27), (67, 57), (10_000, 5), (-9_999, 3)])
def test_a_point_beyond_the_edge_reaches_in_or_is_left_out(place: tuple[int, int]) -> None:
    image = drawn([place, (20, 15)], [RED, BLUE], diameter=8.0)
    assert color(image, 20, 15) == "#0a75ff"
    reaches = abs(place[0] - min(max(place[0], 0), 39)) <= 3 and abs(place[1] - min(max(place[1], 0), 29)) <= 3
    edge = {(x, y) for x in range(40) for y in (0, 29)} | {(x, y) for x in (0, 39) for y in range(30)}
    assert any(color(image, *each) != "#ffffff" for each in edge) == reaches


def test_a_ring_is_empty_inside() -> None:
    raster = PointRaster()
    raster.clear(40, 30, ground=WHITE)
    right, down = places((20, 15))
    raster.stamp(right, down, colors=np.array([BLUE], dtype=np.uint32), stencil=ring(11.0, 2.0))
    image = raster.image()
    assert color(image, 20, 15) == "#ffffff"
    assert color(image, 15, 15) != "#ffffff"


def test_in_haste_the_middle_of_a_point_looks_the_same() -> None:
    right, down = places((20, 15))
    colors = np.array([BLUE], dtype=np.uint32)
    raster = PointRaster()
    raster.clear(40, 30, ground=WHITE)
    raster.stamp(right, down, colors=colors, stencil=disc(7.0), opacity=0.5)
    slow = QColor(color(raster.image(), 20, 15))
    raster.clear(40, 30, ground=WHITE)
    raster.stamp_in_haste(right, down, colors=mixed(colors, WHITE, opacity=0.5), stencil=disc(7.0))
    hasty = QColor(color(raster.image(), 20, 15))
    assert max(abs(a - b) for a, b in zip(slow.getRgb(), hasty.getRgb(), strict=True)) <= 1


def test_a_picture_of_another_size_begins_anew() -> None:
    raster = PointRaster()
    raster.clear(40, 30, ground=WHITE)
    raster.clear(20, 10, ground=0)
    image = raster.image()
    assert (image.width(), image.height()) == (20, 10)
    assert color(image, 19, 9) == "#000000"


@pytest.mark.parametrize("diameter", [3.0, 4.25, 8.0, 16.0])
def test_a_disc_covers_its_area(diameter: float) -> None:
    area = float(disc(diameter).cover.sum()) / FULL
    assert area == pytest.approx(np.pi * diameter**2 / 4, rel=0.12)
