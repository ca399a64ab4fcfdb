"""Home, used by mouse and keyboard over a real engine."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt

from core.parts.news import News
from core.store.visits import Moved
from desktop.navigation import Place
from desktop.pages.home import HomePage
from desktop.pages.library import LibraryPage
from desktop.session import Session
from desktop.verdicts import Word
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.home.song_card import SongCard
from desktop.widgets.own_stars import OwnStars
from tests.desktop.conftest import OpenedWindow, OpenWindow
from tests.library_databases import SongRow
from tests.listened_library import ListenedLibrary, listen_to

SONGS, RATED = 40, 12


def rows_of(folder: Path, *, rated: int) -> list[SongRow]:
    rows = [
        SongRow(
            path=folder / f"music/{number}.mp3",
            title=f"Song {number}",
            artist=f"Artist {number}",
            album=f"Album {number}",
            rating=0.2 + 0.2 * (number % 5) if number < rated else -1,
        )
        for number in range(SONGS)
    ]
    rows[0].path.parent.mkdir(exist_ok=True)
    for row in rows:
        row.path.write_bytes(b"not played here")
    return rows


def listened(folder: Path, *, rated: int = RATED) -> ListenedLibrary:
    rows = rows_of(folder, rated=rated)
    return listen_to(folder, rows, predicted={row.path: 0.7 for row in rows}, interval=0.01)


def at_home(opened: OpenedWindow) -> HomePage:
    opened.window.resize(1280, 860)
    page = opened.window.show_page(Place.HOME)
    assert isinstance(page, HomePage)
    return page


def cards(page: HomePage) -> list[SongCard]:
    return [card for card in page.findChildren(SongCard) if not card.is_free]


@pytest.fixture
def opened(open_window: OpenWindow, tmp_path: Path) -> OpenedWindow:
    return open_window(listened(tmp_path))


def test_a_rated_card_is_followed_by_the_next_question_in_its_place(opened: OpenedWindow) -> None:
    page = at_home(opened)
    opened.wait_until(lambda: len(cards(page)) == 10)
    asked = [card.song_id for card in cards(page)]
    third = cards(page)[2]
    place = third.geometry()
    stars = third.findChild(OwnStars)
    opened.qtbot.mouseClick(stars, Qt.MouseButton.LeftButton, pos=QPoint(4 + 3 * 16 + 10, stars.height() // 2))
    assert stars.rating == 0.8
    opened.wait_until(lambda: third.song_id is not None and third.song_id not in asked)
    assert third.geometry() == place
    assert [card.song_id for card in cards(page)] == [*asked[:2], third.song_id, *asked[3:]]
    opened.wait_until(lambda: opened.says("4 stars. It is kept here"))


def test_a_card_is_passed_and_another_is_rated_by_key(opened: OpenedWindow) -> None:
    page = at_home(opened)
    opened.wait_until(lambda: len(cards(page)) == 10)
    first, second = cards(page)[:2]
    passed, rated = first.song_id, second.song_id
    opened.click(opened.button("Ask about another song"))
    assert first.song_id not in (None, passed)
    stars = second.findChild(OwnStars)
    stars.setFocus()
    opened.qtbot.keyClick(stars, Qt.Key.Key_2)
    opened.wait_until(lambda: second.song_id not in (None, rated))
    assert passed not in [card.song_id for card in cards(page)]


def test_a_song_that_turns_out_to_be_spoken_is_asked_about_no_more(opened: OpenedWindow) -> None:
    page = at_home(opened)
    opened.wait_until(lambda: len(cards(page)) == 10)
    asked = [card.song_id for card in cards(page)]
    opened.window.desk.word.say(Word.SPOKEN, [asked[3]])
    opened.wait_until(lambda: cards(page)[3].song_id not in asked)
    assert [card.song_id for card in cards(page)][:3] == asked[:3]


def test_home_says_what_is_known_and_what_was_never_measured(opened: OpenedWindow) -> None:
    at_home(opened)
    opened.wait_until(lambda: opened.says("Knows your taste from 12 ratings"))
    assert opened.says("was never measured")
    assert opened.says("Your library has 40 songs")
    assert opened.says("From now on, changes are told here")
    assert opened.button("Measure it").isVisible()
    opened.click(opened.button("Show the best"))
    assert opened.window.findChild(LibraryPage).isVisible()
    assert opened.button("Predicted 4+").isChecked()


def test_a_playlist_that_was_made_on_another_page_is_counted(opened: OpenedWindow) -> None:
    at_home(opened)
    opened.wait_until(lambda: opened.says("The first one is a click away"))
    opened.window.show_page(Place.LIBRARY)
    made = []
    opened.session.ask(lambda engine: engine.recipes.make_best(), then=made.append)
    opened.wait_until(lambda: bool(made))
    at_home(opened)
    opened.wait_until(lambda: opened.says("The newest is “Marmalade”"))


def test_a_measurement_is_told_as_pairs(open_window: OpenWindow, tmp_path: Path) -> None:
    library = listened(tmp_path)
    with library.open() as engine:
        report = {"unseen_artist": {"model": {"auc4": 0.7831}, "songs": 12}}
        engine.stores.companion.save_run("evaluate", model_version="x", report=report)
    opened = open_window(library)
    at_home(opened)
    opened.wait_until(lambda: opened.says("it tells which is which in 78 of 100 cases"))
    assert opened.button("Measure again").isVisible()


def test_before_the_first_stars_it_says_how_to_begin(open_window: OpenWindow, tmp_path: Path) -> None:
    opened = open_window(listened(tmp_path, rated=0))
    page = at_home(opened)
    opened.wait_until(lambda: opened.says("Your taste is not known yet"))
    opened.wait_until(lambda: len(cards(page)) == 10)
    assert opened.says("from 10 ratings on, it learns what you like")


def test_the_numbers_follow_while_songs_are_listened_to(opened: OpenedWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(opened)
    opened.wait_until(lambda: opened.says("40"))
    look = News.look
    monkeypatch.setattr(News, "look", lambda news: replace(look(news), heard=39))
    monkeypatch.setattr("desktop.pages.home.REST", 0)
    opened.wait_until(lambda: opened.session.heard_more.emit() or opened.says("39"))


def test_unrated_songs_that_are_not_heard_yet_are_promised(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = rows_of(tmp_path, rated=SONGS - 1)
    opened = open_window(listen_to(tmp_path, rows, skipped={rows[-1].path: "damaged"}))
    at_home(opened)
    opened.wait_until(lambda: opened.says("There is nothing to ask"))
    monkeypatch.setattr(Session, "is_working", property(lambda _: True))
    opened.session.heard_more.emit()
    opened.wait_until(lambda: opened.says("As soon as unrated songs were listened to"))


def test_an_owner_of_many_stars_is_not_told_to_rate_while_they_are_listened_to(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "is_working", property(lambda _: True))
    rows = rows_of(tmp_path, rated=RATED)
    opened = open_window(listen_to(tmp_path, rows, skipped={rows[0].path: "damaged"}))
    at_home(opened)
    opened.wait_until(lambda: opened.says("They come when your rated songs were listened to"))


def test_an_empty_library_asks_nothing(open_window: OpenWindow, tmp_path: Path) -> None:
    opened = open_window(listen_to(tmp_path, []))
    at_home(opened)
    opened.wait_until(lambda: opened.says("Your songs have not been listened to yet"))
    opened.wait_until(lambda: opened.says("There is nothing to ask"))
    assert not opened.button("Make me a playlist").isEnabled()


@pytest.mark.parametrize(
    ("changed", "new", "said"),
    [
        (0, 0, "None changed since your last visit"),
        (0, 1_234, "1,234 new since your last visit"),
        (1_234, 1_234, "1,234 changed, 1,234 new since your last visit"),
    ],
)
def test_what_changed_is_not_cut(
    opened: OpenedWindow, monkeypatch: pytest.MonkeyPatch, changed: int, new: int, said: str
) -> None:
    look = News.look
    monkeypatch.setattr(
        News, "look", lambda news: replace(look(news), since=1_700_000_000.0, moved=Moved(changed=changed, new=new))
    )
    opened.window.resize(1280, 800)
    page = at_home(opened)
    opened.wait_until(lambda: opened.says(said))
    label = next(each for each in page.findChildren(ElidedLabel) if each.text() == said)
    assert label.toolTip() == "", "a text that is cut has itself as a tip"
