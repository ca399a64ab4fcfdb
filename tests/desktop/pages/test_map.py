"""The map page, used by mouse and keyboard over a real engine."""

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame

from core.jobs.events import Control, Event
from core.parts.maps import Maps
from core.recommend.map_drawing import LayoutMoved, MapFinished
from core.recommend.recipe import Dish, Recipe
from core.song import Song, SongId
from core.store.map_file import StoredMap, StoredSound, map_file, save_map
from desktop.navigation import Place
from desktop.pages.map import MapPage
from desktop.plots.map_view import MapView
from desktop.verdicts import Word
from desktop.widgets.frame.message_bar import MessageArea
from desktop.widgets.map.controls import MapTools
from desktop.widgets.map.legend import LegendLine
from desktop.widgets.own_stars import OwnStars
from tests.desktop.conftest import SURE, OpenedWindow, OpenWindow, song
from tests.library_databases import SongRow
from tests.listened_library import ListenedLibrary, listen_to

LEFT = Qt.MouseButton.LeftButton
GENRES = ("Rock", "Rock", "Rock", "Jazz", "Jazz", "")
PLACES = np.array([(-0.8, 0.8), (-0.4, 0.4), (-0.8, 0.2), (0.3, -0.6), (0.6, -0.6), (0.0, 0.0)], dtype=np.float32)
NAMES = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta")


@pytest.fixture
def mapped(tmp_path: Path) -> ListenedLibrary:
    """Six songs in known places: three of Rock at the top left, two of Jazz at the bottom right, one between them."""
    rows = [
        SongRow(
            path=tmp_path / f"{name}.mp3",
            title=name,
            artist=f"Artist {number // 2}",
            genre=genre,
            rating=(0.8, -1, 0.4, -1, -1, -1)[number],
        )
        for number, (name, genre) in enumerate(zip(NAMES, GENRES, strict=True))
    ]
    for row in rows:
        row.path.touch()
    listened = listen_to(tmp_path, rows, predicted={rows[3].path: 0.7}, interval=SURE)
    plant(listened, list(range(len(NAMES))))
    return listened


def plant(listened: ListenedLibrary, numbers: list[int]) -> None:
    """A stored map of some of the songs."""
    with listened.open() as engine:
        ids = {each.title: str(each.song_id) for each in engine.library().songs}
        vectors = engine.stores.embeddings.matrix(engine.active_version or "").rows(list(ids.values()))[1]
        stored = StoredMap(
            [ids[NAMES[number]] for number in numbers],
            PLACES[numbers],
            np.zeros(len(numbers), dtype=np.int16),
            engine.active_version or "",
            time.time(),
            1.0,
        )
        sound = StoredSound(
            vectors[: len(numbers), :2].copy(),
            np.zeros(vectors.shape[1], np.float32),
            np.eye(vectors.shape[1], 2, dtype=np.float32),
        )
        save_map(map_file(engine.stores.embeddings.path), stored, sound)


class Map:
    """The page and the ways to look at it and to use it."""

    def __init__(self, opened: OpenedWindow) -> None:
        self.opened, self.qtbot = opened, opened.qtbot
        self.page: MapPage = opened.window.show_page(Place.MAP)  # type: ignore[assignment]
        self.view: MapView = self.page.findChild(MapView)

    def is_shown(self) -> bool:
        return self.view.isVisible() and len(self.view.positions) > 0

    def number(self, title: str) -> int:
        """The place of a song on the map."""
        songs = self.page._look.songs
        return next(place for place in range(len(songs)) if songs.song(place).title == title)

    def spot(self, title: str) -> QPoint:
        return self.view.pixel_of(self.number(title)).toPoint()

    def color(self, title: str) -> QColor:
        return self.view.viewport().grab().toImage().pixelColor(self.spot(title))

    def is_pale(self, title: str) -> bool:
        seen = self.color(title)
        return min(seen.red(), seen.green(), seen.blue()) > 190

    def click(self, title: str, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.mouseClick(self.view.viewport(), LEFT, keys, self.spot(title))

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.view, key, keys)

    def drag(self, *places: QPoint) -> None:
        self.qtbot.mousePress(self.view.viewport(), LEFT, pos=places[0])
        for place in places[1:]:
            self.qtbot.mouseMove(self.view.viewport(), place)
        self.qtbot.mouseRelease(self.view.viewport(), LEFT, pos=places[-1])

    def around(self, *titles: str) -> tuple[QPoint, QPoint]:
        """The corners of a rectangle around songs."""
        spots = [self.spot(title) for title in titles]
        low = QPoint(min(each.x() for each in spots) - 15, min(each.y() for each in spots) - 15)
        return low, QPoint(max(each.x() for each in spots) + 15, max(each.y() for each in spots) + 15)

    def selected(self) -> set[str]:
        look = self.page._look
        return {look.songs.song(place).title for place in np.flatnonzero(look.selected).tolist()}

    def line(self, name: str) -> LegendLine:
        return next(each for each in self.page.findChildren(LegendLine) if each.text() == name and each.isVisible())

    def choose(self, name: str, what: str) -> None:
        box = next(each for each in self.page.findChildren(QComboBox) if each.accessibleName() == what)
        box.setFocus()
        box.setCurrentText(name)


@pytest.fixture
def shown(open_window: OpenWindow, mapped: ListenedLibrary, monkeypatch: pytest.MonkeyPatch) -> Map:
    opened = open_window(mapped)
    heard: list[Song] = []
    monkeypatch.setattr(opened.window.desk.listening, "play", heard.append)
    monkeypatch.setattr(opened.window.desk.listening, "toggle", heard.append)
    found = Map(opened)
    found.heard = heard  # type: ignore[attr-defined]
    opened.wait_until(found.is_shown)
    return found


def test_songs_have_the_colors_of_their_genres(shown: Map) -> None:
    assert shown.color("Alpha").blue() > 200 > shown.color("Alpha").red()
    assert shown.color("Delta").red() > 190 > shown.color("Delta").blue()
    assert shown.line("Rock").accessibleName() == "Rock, 3 songs"


def test_the_legend_hides_and_shows(shown: Map) -> None:
    shown.qtbot.mouseClick(shown.line("Jazz"), LEFT)
    assert shown.color("Delta").name() == "#ffffff"
    assert shown.color("Alpha").name() != "#ffffff"
    shown.qtbot.keyClick(shown.line("Jazz"), Qt.Key.Key_Space)
    assert shown.color("Delta").name() != "#ffffff"


def test_a_click_selects_and_plays_and_escape_clears(shown: Map) -> None:
    shown.click("Beta")
    assert shown.selected() == {"Beta"}
    assert [each.title for each in shown.heard] == ["Beta"]
    assert shown.is_pale("Delta")
    assert not shown.is_pale("Beta")
    assert not shown.opened.says("1 song")  # a second click would hit the panel
    shown.opened.wait_until(lambda: shown.opened.says("1 song"))
    shown.opened.wait_until(lambda: shown.page._stage._slide.state().value == 0)
    assert shown.spot("Epsilon").x() < shown.page._stage.selection.x()
    shown.click("Zeta", Qt.KeyboardModifier.ShiftModifier)
    assert shown.selected() == {"Beta", "Zeta"}
    assert len(shown.heard) == 1
    shown.press(Qt.Key.Key_Escape)
    assert shown.selected() == set()
    assert not shown.is_pale("Delta")


def test_the_card_says_which_song_is_under_the_pointer_and_space_plays_it(shown: Map) -> None:
    shown.qtbot.mouseMove(shown.view.viewport(), shown.spot("Delta"))
    card = next(each for each in shown.page.findChildren(QFrame) if "Delta by Artist 1" in each.accessibleName())
    assert card.isVisible()
    assert "predicted: 3.5 stars" in card.accessibleName()
    shown.press(Qt.Key.Key_Space)
    assert [each.title for each in shown.heard] == ["Delta"]
    shown.qtbot.mouseMove(shown.view.viewport(), QPoint(300, 300))
    assert not card.isVisible()


def test_the_card_goes_when_the_map_gives_way_to_the_panel(shown: Map) -> None:
    shown.qtbot.mouseMove(shown.view.viewport(), shown.spot("Delta"))
    assert shown.page._stage.card.isVisible()
    shown.page._stage.open_selection(is_open=True)
    assert not shown.page._stage.card.isVisible()


def test_a_message_leaves_the_tools_free(shown: Map) -> None:
    window, tools = shown.opened.window, shown.page.findChild(MapTools)
    window.desk.messages.tell("4 stars.")
    area = window.findChild(MessageArea)
    assert area.mapTo(window, area.rect().bottomLeft()).y() < tools.mapTo(window, QPoint()).y()
    window.show_page(Place.LIBRARY)
    assert area.mapTo(window, area.rect().bottomLeft()).y() > tools.mapTo(window, QPoint()).y()


def test_a_rectangle_becomes_a_playlist(shown: Map) -> None:
    recipes: list[Recipe] = []
    shown.opened.window.desk.navigation.make = recipes.append  # type: ignore[method-assign]
    shown.press(Qt.Key.Key_R)
    low, high = shown.around("Alpha", "Beta", "Gamma")
    shown.drag(low, high)
    assert shown.selected() == {"Alpha", "Beta", "Gamma"}
    assert shown.opened.says("3 songs")
    assert shown.opened.says("Rock")
    shown.opened.wait_until(lambda: shown.page._stage._slide.state().value == 0)
    shown.opened.click(shown.opened.button("Make a playlist from these"))
    assert recipes[0].dish is Dish.CHOSEN
    assert len(recipes[0].songs) == 3


def test_a_lasso_is_rated_and_called_spoken(shown: Map) -> None:
    said: list[tuple[object, int]] = []
    word = shown.opened.window.desk.word
    word.rate = lambda songs, rating: said.append((rating, len(songs)))  # type: ignore[method-assign]
    word.say = lambda what, songs: said.append((what, len(songs)))  # type: ignore[method-assign]
    shown.press(Qt.Key.Key_L)
    low, high = shown.around("Delta", "Epsilon")
    shown.drag(low, QPoint(high.x(), low.y()), high, QPoint(low.x(), high.y()), low + QPoint(0, 2))
    assert shown.selected() == {"Delta", "Epsilon"}
    stars = next(each for each in shown.page._stage.selection.findChildren(OwnStars) if each.isVisible())
    shown.qtbot.keyClick(stars, Qt.Key.Key_4)
    shown.opened.click(shown.opened.button("These are spoken"))
    assert said == [(0.8, 2), (Word.SPOKEN, 2)]


def test_ctrl_a_selects_what_is_seen_and_not_hidden(shown: Map) -> None:
    shown.qtbot.mouseClick(shown.line("Jazz"), LEFT)
    shown.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert shown.selected() == {"Alpha", "Beta", "Gamma", "Zeta"}


def test_typing_highlights_and_enter_selects(shown: Map) -> None:
    field = shown.page._stage.search.field
    shown.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert field.hasFocus()
    shown.qtbot.keyClicks(field, "jazz")
    shown.opened.wait_until(lambda: shown.opened.says("2 songs"))
    assert shown.is_pale("Alpha")
    assert not shown.is_pale("Delta")
    shown.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert shown.selected() == {"Delta", "Epsilon"}
    shown.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_a_double_click_selects_similar_songs(shown: Map) -> None:
    shown.click("Alpha")
    shown.qtbot.mouseDClick(shown.view.viewport(), LEFT, pos=shown.spot("Alpha"))
    shown.qtbot.mouseRelease(shown.view.viewport(), LEFT, pos=shown.spot("Alpha"))
    shown.opened.wait_until(lambda: shown.opened.says("They sound like “Alpha”."))
    assert "Alpha" in shown.selected()
    assert len(shown.selected()) > 1


def test_another_page_shows_songs_here(shown: Map) -> None:
    shown.view.zoom(8)
    wanted = shown.page._look.songs.song_ids[shown.number("Epsilon")]
    shown.opened.window.desk.navigation.show_on_map([wanted])
    assert shown.selected() == {"Epsilon"}
    assert shown.view.seen()[shown.number("Epsilon")]


def test_stars_recolor_the_map(shown: Map) -> None:
    shown.choose("Your stars", "Color by")
    assert not shown.is_pale("Alpha")
    assert shown.is_pale("Delta")
    shown.opened.window.desk.word.rate([shown.page._look.songs.song_ids[shown.number("Delta")]], 1.0)
    shown.opened.wait_until(lambda: not shown.is_pale("Delta"))


def test_what_the_player_plays_pulses(shown: Map) -> None:
    now = shown.opened.window.desk.now_playing
    now.url, now.is_playing = str(shown.page._look.songs.song_ids[shown.number("Gamma")]), True
    now.changed.emit()
    shown.opened.wait_until(lambda: shown.view.marks.phase > 0)
    now.is_playing = False
    now.changed.emit()
    assert shown.view.marks.phase == 0


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_map_is_saved(shown: Map, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    target = tmp_path / f"picture.{kind}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    shown.page._stage.choices.export_wanted.emit(kind)
    shown.opened.wait_until(lambda: shown.opened.says(f"The map is in {target.name}."))
    assert target.stat().st_size > 500
    if kind == "svg":
        points = [line for line in target.read_text(encoding="utf-8").splitlines() if "fill-opacity" in line]
        assert len(points) == len(NAMES)
        assert sum("#0a75ff" in line for line in points) == 3


def test_a_picture_that_is_there_is_not_written_over_without_a_question(
    shown: Map, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dialog asks about the name that was typed, not about the one with the ending that was not."""
    mine = tmp_path / "my.map.png"
    mine.write_text("mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "my.map"), ""))
    shown.page._stage.choices.export_wanted.emit("png")
    shown.opened.wait_until(lambda: shown.opened.says("The map is in my.map 2.png."))
    assert mine.read_text() == "mine"


def test_similar_songs_that_come_late_change_no_other_selection(shown: Map) -> None:
    shown.qtbot.mouseDClick(shown.view.viewport(), LEFT, pos=shown.spot("Alpha"))
    shown.qtbot.mouseRelease(shown.view.viewport(), LEFT, pos=shown.spot("Alpha"))
    wanted = shown.page._look.songs.song_ids[shown.number("Epsilon")]
    shown.opened.window.desk.navigation.show_on_map([wanted])
    shown.opened.wait_until(lambda: shown.opened.runner.is_idle)
    assert shown.selected() == {"Epsilon"}


def test_the_coloring_comes_back_and_the_whole_map_is_in_sight(
    shown: Map, open_window: OpenWindow, mapped: ListenedLibrary
) -> None:
    shown.choose("Artist", "Color by")
    shown.view.zoom(4)
    shown.opened.window.close()
    again = Map(open_window(mapped))
    again.opened.wait_until(again.is_shown)
    assert again.page._look.color_by.value == "artist"
    assert again.view.seen().all()


def test_a_new_song_is_a_ring_and_a_map_of_few_is_offered_anew(
    open_window: OpenWindow, mapped: ListenedLibrary
) -> None:
    plant(mapped, [0, 1, 2, 3])
    shown = Map(open_window(mapped))
    shown.opened.wait_until(shown.is_shown)
    look = shown.page._look
    assert {look.songs.song(each).title for each in np.flatnonzero(look.songs.is_approximate)} == {"Epsilon", "Zeta"}
    assert shown.opened.button("Draw anew").isVisible()


def test_a_map_that_is_missing_is_drawn_by_itself_and_seen_to_unfold(
    open_window: OpenWindow, mapped: ListenedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(maps: Maps, **_: object) -> Iterator[Event]:
        ids = tuple(sorted(SongId(name) for name in maps._heard(maps._workplace.require_version())))
        yield LayoutMoved(PLACES * 0, 1, 3, ids)
        yield LayoutMoved(PLACES, 2, 3)
        plant(mapped, list(range(len(NAMES))))
        yield MapFinished(song_map=maps.current())

    with mapped.open() as engine:
        map_file(engine.stores.embeddings.path).unlink()
    monkeypatch.setattr(Maps, "draw", draw)
    shown = Map(open_window(mapped))
    frames: list[int] = []
    shown.page._drawing.unfolded.connect(lambda _positions, done, _total: frames.append(done))
    shown.opened.wait_until(lambda: shown.is_shown() and not shown.page._drawing.is_drawing)
    assert frames[-1] == 2
    shown.opened.wait_until(lambda: shown.color("Alpha").blue() > 200)
    assert not shown.page._stage.progress.isVisible()


def test_a_drawing_that_is_stopped_leaves_the_map(
    open_window: OpenWindow, mapped: ListenedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(_maps: Maps, *, control: Control) -> Iterator[Event]:
        while not control.stopped:
            time.sleep(0.01)  # the child's steps take time
            yield LayoutMoved(PLACES, 1, 3)
        yield MapFinished(complete=False)

    plant(mapped, [0, 1, 2, 3])
    monkeypatch.setattr(Maps, "draw", draw)
    shown = Map(open_window(mapped))
    shown.opened.wait_until(shown.is_shown)
    shown.opened.click(shown.opened.button("Draw anew"))
    shown.opened.wait_until(shown.page._stage.progress.isVisible)
    shown.opened.click(shown.opened.button("Cancel"))
    shown.opened.wait_until(lambda: shown.opened.says("Marmalade has heard more since this map was drawn."))
    assert not shown.page._stage.progress.isVisible()


def test_too_few_songs_are_told(open_window: OpenWindow, tmp_path: Path) -> None:
    few = listen_to(tmp_path, [song(name) for name in NAMES[:3]])
    shown = Map(open_window(few))
    shown.opened.wait_until(lambda: shown.opened.says("Too few songs for a map"))


def test_nothing_heard_is_told(open_window: OpenWindow, tmp_path: Path) -> None:
    rows = [song(name) for name in NAMES]
    silent = listen_to(tmp_path, rows, skipped={row.path: "damaged" for row in rows})
    shown = Map(open_window(silent))
    shown.opened.wait_until(lambda: shown.opened.says("No song has a place yet"))
