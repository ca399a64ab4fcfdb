"""The map page: what is seen of the songs, and what it remembers."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame

from desktop.navigation import Place
from desktop.widgets.frame.message_bar import MessageArea
from desktop.widgets.map.controls import MapTools
from tests.desktop.conftest import OpenWindow
from tests.desktop.pages.planted_map import LEFT, Map
from tests.listened_library import ListenedLibrary


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
