"""The stars as they are drawn: pixels that tell what was said from what was guessed."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from core.song import SongId
from core.store.companion import Prediction
from desktop.style.palette import LIGHT
from desktop.widgets.stars import STEP, WIDTH, draw_own, draw_prediction, star_place

CELL = QRect(0, 0, 160, 28)
ACCENT = QColor(LIGHT.accent)
PALE = QColor(LIGHT.border)
WHITE = QColor("#ffffff")


@pytest.fixture(params=[1.0, 2.0], ids=["100 %", "200 %"])
def picture(request: pytest.FixtureRequest, qtbot: QtBot) -> QImage:
    """An empty cell at both scales."""
    image = QImage(CELL.size() * request.param, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(request.param)
    image.fill(WHITE)
    return image


def own(image: QImage, rating: float) -> QImage:
    painter = QPainter(image)
    draw_own(painter, star_place(CELL), rating)
    painter.end()
    return image


def predicted(image: QImage, prediction: Prediction | None) -> QImage:
    painter = QPainter(image)
    draw_prediction(painter, star_place(CELL), prediction)
    painter.end()
    return image


def prediction(rating: float, *, low: float = 0.0, high: float = 0.0) -> Prediction:
    return Prediction(SongId("file:///a.mp3"), rating, low, high)


def color_at(image: QImage, x: float, y: float) -> QColor:
    """The color at a place in device-independent pixels, from the corner of the first star."""
    place, ratio = star_place(CELL), image.devicePixelRatio()
    return QColor(image.pixel(int((place.left() + x) * ratio), int((place.top() + y) * ratio)))


def center(image: QImage, star: int, *, aside: float = 0.0) -> QColor:
    """The color in the middle of a star, counted from 0."""
    return color_at(image, star * STEP + 7 + aside, 7)


def test_own_stars_are_solid_up_to_the_rating(picture: QImage) -> None:
    own(picture, 0.6)
    assert [center(picture, star) for star in range(5)] == [ACCENT, ACCENT, ACCENT, PALE, PALE]


def test_half_a_star_is_its_left_half(picture: QImage) -> None:
    own(picture, 0.7)
    assert center(picture, 3, aside=-2) == ACCENT
    assert center(picture, 3, aside=2) == PALE


def test_unrated_has_no_star(picture: QImage) -> None:
    own(picture, 0.0)
    assert ACCENT not in [center(picture, star) for star in range(5)]


def test_predicted_stars_are_paler_than_own_and_end_at_the_prediction(picture: QImage) -> None:
    predicted(picture, prediction(0.5))
    filled, half, *empty = (center(picture, star, aside=-2 if star == 2 else 0) for star in range(1, 5))
    assert filled == half
    assert filled not in (ACCENT, WHITE)
    assert empty == [WHITE, WHITE]
    assert center(picture, 2, aside=2) == WHITE


def test_every_predicted_star_is_outlined(picture: QImage) -> None:
    predicted(picture, prediction(0.1))
    for star in range(5):
        down_the_middle = [color_at(picture, star * STEP + 7, y / 2) for y in range(10)]
        assert min(color.lightness() for color in down_the_middle) < WHITE.lightness() - 60


def test_the_interval_lies_behind_the_stars(picture: QImage) -> None:
    predicted(picture, prediction(0.4, low=0.3, high=0.9))
    above = -1.5
    inside, before, after = (color_at(picture, share * WIDTH, above) for share in (0.6, 0.2, 0.97))
    assert (before, after) == (WHITE, WHITE)
    assert inside not in (WHITE, ACCENT)
    assert inside.red() > inside.blue()


def test_no_prediction_is_a_dash_and_no_star(picture: QImage) -> None:
    predicted(picture, None)
    assert ACCENT not in [center(picture, star) for star in range(5)]
    dash = [color_at(picture, x, y) for x in range(8) for y in range(14)]
    assert any(color != WHITE for color in dash)
