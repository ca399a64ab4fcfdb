"""The page of playlists: its recipe comes back, and other pages send theirs."""

from core.recommend.recipe import Dish, Recipe
from tests.desktop.conftest import OpenWindow
from tests.desktop.pages.conftest import PlaylistsWindow
from tests.listened_library import ListenedLibrary


def test_the_recipe_comes_back_after_a_restart(
    page: PlaylistsWindow, songs: ListenedLibrary, open_window: OpenWindow
) -> None:
    page.choose("A mix")
    page.qtbot.keyClicks(page.field("Artist"), "artist 1")
    page.wait(lambda: set(page.titles()) == {"Song 01", "Song 06", "Song 11"})
    page.opened.window.close()
    again = PlaylistsWindow(open_window(songs))
    again.wait(lambda: set(again.titles()) == {"Song 01", "Song 06", "Song 11"})


def test_other_pages_send_recipes(page: PlaylistsWindow) -> None:
    page.rail("Library")
    ids = tuple(page.opened.session.rows.texts.known[:3])
    page.opened.window.desk.navigation.make(Recipe(dish=Dish.CHOSEN, songs=ids))
    page.wait(lambda: len(page.titles()) == 3)
    assert page.says("3 songs chosen")
