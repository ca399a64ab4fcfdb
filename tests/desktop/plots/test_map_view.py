"""The map is used with real mouse and keys, and its pixels say what is where."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.plots.map_box import Tool
from desktop.plots.map_view import MapView
from desktop.plots.points_layer import Layer

WHITE, BLUE, ORANGE = 0xFFFFFF, 0x0A75FF, 0xD57E08
PLACES = np.array([(-0.5, 0.5), (0.5, 0.5), (0.5, -0.5), (-0.5, -0.5), (0.0, 0.0)], dtype=np.float32)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[MapView]:
    made = MapView()
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.place(PLACES)
    dress(made)
    made.show()
    made.setFocus()
    qtbot.waitExposed(made)
    yield made
    made.hide()


def dress(view: MapView, *, layers: list[int] | None = None, rings: list[bool] | None = None) -> None:
    count = len(view.positions)
    view.dress(
        colors=np.array([BLUE, ORANGE] * count, dtype=np.uint32)[:count],
        layers=np.array(layers or [Layer.PLAIN] * count, dtype=np.uint8),
        sizes=np.full(count, 2, dtype=np.uint8),
        rings=np.array(rings or [False] * count),
        ground=WHITE,
    )


def spot(view: MapView, number: int) -> QPoint:
    return view.pixel_of(number).toPoint()


def shot(view: MapView) -> QImage:
    return view.viewport().grab().toImage()


def color(view: MapView, place: QPoint) -> QColor:
    return shot(view).pixelColor(place)


def drag(
    qtbot: QtBot, view: MapView, *places: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    qtbot.mousePress(view.viewport(), LEFT, keys, places[0])
    for place in places[1:]:
        qtbot.mouseMove(view.viewport(), place)
    qtbot.mouseRelease(view.viewport(), LEFT, keys, places[-1])


def corners(view: MapView, *, among: list[int]) -> list[QPoint]:
    """A line around songs, somewhat larger."""
    places = [spot(view, number) for number in among]
    left, right = min(each.x() for each in places) - 20, max(each.x() for each in places) + 20
    top, bottom = min(each.y() for each in places) - 20, max(each.y() for each in places) + 20
    return [QPoint(left, top), QPoint(right, top), QPoint(right, bottom), QPoint(left, bottom), QPoint(left, top + 1)]


def test_a_song_is_drawn_in_its_color_at_its_place(view: MapView) -> None:
    assert abs(color(view, spot(view, 0)).blue() - 0xFF) < 8
    assert color(view, spot(view, 0)).red() < 80
    assert color(view, spot(view, 1)).red() > 200
    assert color(view, spot(view, 1)).blue() < 100
    assert spot(view, 0).x() < spot(view, 1).x()
    assert spot(view, 0).y() < spot(view, 3).y()  # up is up
    assert color(view, spot(view, 4) + QPoint(40, 0)).name() == "#ffffff"


def test_what_is_faded_is_pale_and_what_is_hidden_is_gone(view: MapView) -> None:
    dress(view, layers=[Layer.FADED, Layer.HIDDEN, Layer.STRONG, Layer.PLAIN, Layer.PLAIN])
    assert 200 < color(view, spot(view, 0)).red() < 255
    assert color(view, spot(view, 1)).name() == "#ffffff"
    assert color(view, spot(view, 2)).name() == "#0a75ff"


def test_an_approximate_song_is_a_ring(view: MapView) -> None:
    dress(view, rings=[True, False, False, False, False])
    image, middle = shot(view), spot(view, 0)
    assert image.pixelColor(middle).name() == "#ffffff"
    assert any(image.pixelColor(middle + QPoint(right, 0)).red() < 120 for right in range(2, 8))


def test_pointing_and_clicking_mean_the_song_below(qtbot: QtBot, view: MapView) -> None:
    pointed, clicked = [], []
    view.pointed.connect(pointed.append)
    view.clicked.connect(lambda number, adds: clicked.append((number, adds)))
    qtbot.mouseMove(view.viewport(), spot(view, 1) + QPoint(2, 1))
    qtbot.mouseClick(view.viewport(), LEFT, pos=spot(view, 2) + QPoint(-2, 2))
    qtbot.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.ShiftModifier, spot(view, 3))
    qtbot.mouseClick(view.viewport(), LEFT, pos=QPoint(200, 30))
    qtbot.mouseMove(view.viewport(), QPoint(200, 30))
    assert pointed[0] == 1
    assert pointed[-1] is None
    assert clicked == [(2, False), (3, True), (None, False)]


def test_a_hidden_song_cannot_be_pointed_at(qtbot: QtBot, view: MapView) -> None:
    dress(view, layers=[Layer.PLAIN, Layer.HIDDEN, *[Layer.PLAIN] * 3])
    pointed = []
    view.pointed.connect(pointed.append)
    qtbot.mouseMove(view.viewport(), spot(view, 1))
    assert pointed == []


def test_a_double_click_is_told(qtbot: QtBot, view: MapView) -> None:
    with qtbot.waitSignal(view.double_clicked) as told:
        qtbot.mouseClick(view.viewport(), LEFT, pos=spot(view, 0))
        qtbot.mouseDClick(view.viewport(), LEFT, pos=spot(view, 0))
        qtbot.mouseRelease(view.viewport(), LEFT, pos=spot(view, 0))
    assert told.args == [0]


@pytest.mark.parametrize("tool", [Tool.LASSO, Tool.RECTANGLE])
def test_a_tool_catches_what_it_goes_around(qtbot: QtBot, view: MapView, tool: Tool) -> None:
    caught = []
    view.caught.connect(lambda mask, adds: caught.append((np.flatnonzero(mask).tolist(), adds)))
    view.take(tool)
    line = corners(view, among=[0, 1])
    drag(qtbot, view, *(line if tool is Tool.LASSO else [line[0], line[2]]))
    line = corners(view, among=[3])
    drag(
        qtbot,
        view,
        *(line if tool is Tool.LASSO else [line[0], line[2]]),
        keys=Qt.KeyboardModifier.ShiftModifier,
    )
    assert caught == [([0, 1], False), ([3], True)]


def test_the_hand_moves_the_map(qtbot: QtBot, view: MapView) -> None:
    before = spot(view, 4)
    drag(qtbot, view, QPoint(100, 200), QPoint(110, 205), QPoint(150, 230), QPoint(160, 240))
    moved = spot(view, 4) - before
    assert abs(moved.x() - 60) <= 12
    assert abs(moved.y() - 40) <= 12


def test_after_another_size_everything_in_sight_is_drawn_anew(qtbot: QtBot, view: MapView) -> None:
    def is_covered() -> bool:
        seen = view.box.sceneBoundingRect().adjusted(1, 1, -1, -1)
        return all(layer.sceneBoundingRect().contains(seen) for layer in view.layers)

    for width, height in ((700, 300), (300, 700)):
        view.resize(width, height)
        qtbot.waitUntil(is_covered)


def test_the_whole_map_stays_in_sight_in_every_size_until_somebody_goes_nearer(view: MapView) -> None:
    for width, height in ((1200, 400), (400, 900), (600, 600)):
        view.resize(width, height)
        (left, right), (bottom, top) = view.box.viewRange()
        assert max(left, bottom) <= -1
        assert min(right, top) >= 1
        assert min(right - left, top - bottom) < 2.2
    view.zoom(2)
    near = view.box.viewRange()[0]
    view.resize(600, 500)
    assert view.box.viewRange()[0][1] - near[1] < 0.5


def test_the_wheel_zooms_around_the_pointer(view: MapView) -> None:
    before, place = spot(view, 1), spot(view, 0)
    event = QWheelEvent(
        QPointF(place), view.mapToGlobal(QPointF(place)), QPoint(), QPoint(0, 240), LEFT.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)
    assert (spot(view, 0) - place).manhattanLength() <= 2
    assert spot(view, 1).x() > before.x() + 20


def test_keys_pan_zoom_walk_and_choose(qtbot: QtBot, view: MapView) -> None:
    pointed, heard, clicked = [], [], []
    view.pointed.connect(pointed.append)
    view.heard.connect(heard.append)
    view.clicked.connect(lambda number, _: clicked.append(number))
    before = spot(view, 4)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert spot(view, 4).x() < before.x() - 20
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    apart = spot(view, 1).x() - spot(view, 0).x()
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert spot(view, 1).x() - spot(view, 0).x() < apart
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(view, key, Qt.KeyboardModifier.ControlModifier)
    assert pointed == [4, 1, 2]
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert (heard, clicked) == ([2], [2])


def test_songs_go_to_their_new_places(qtbot: QtBot, view: MapView) -> None:
    old, new = spot(view, 0), PLACES * np.array((-1, 1), dtype=np.float32)
    view.place(new)
    qtbot.waitUntil(lambda: bool((view.points.positions == new).all()))
    assert color(view, spot(view, 0)).red() < 80
    assert spot(view, 0).x() > old.x() + 100


def test_the_song_that_plays_pulses_only_while_it_is_seen(qtbot: QtBot, view: MapView) -> None:
    view.show_playing(4, plays=True)
    qtbot.waitUntil(lambda: view.marks.phase > 0)
    assert any(
        color(view, spot(view, 4) + QPoint(right, 0)).red() > 150 > color(view, spot(view, 4) + QPoint(right, 0)).blue()
        for right in range(5, 12)
    )
    view.hide()
    phase = view.marks.phase
    qtbot.wait(120)
    assert view.marks.phase == phase


def test_what_is_asked_for_comes_into_sight(view: MapView) -> None:
    view.zoom(6)
    assert np.flatnonzero(view.seen()).tolist() == [4]
    view.bring_into_sight(np.array([True, True, False, False, False]))
    assert view.seen()[:2].all()
    view.fit()
    assert view.seen().all()


def test_the_whole_map_is_shown_beside_what_covers_an_edge(view: MapView) -> None:
    view.leave_free(right=view.width() // 3, top=20)
    camera = view.camera()
    for across, up in ((-1, -1), (1, 1)):
        x, y = camera.scale[0] * across + camera.shift[0], camera.scale[1] * up + camera.shift[1]
        assert 0 <= x <= view.width() - view.width() // 3
        assert 20 <= y <= view.height()
    view.zoom(2)
    near = view.camera()
    view.leave_free(right=0)
    assert view.camera() == near  # who went nearer stays there


def test_drawn_in_haste_it_is_refined_at_rest(qtbot: QtBot, view: MapView) -> None:
    view.points.seconds = 1.0
    view.hurry()
    view.points.renew()
    hasty = shot(view)
    assert view.points.moves
    qtbot.waitUntil(lambda: not view.points.moves)
    fine = shot(view)
    assert fine != hasty
    assert abs(fine.pixelColor(spot(view, 0)).red() - hasty.pixelColor(spot(view, 0)).red()) <= 2
