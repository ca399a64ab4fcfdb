"""The panel about songs, in a window over a real engine."""

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from core.errors import UserError
from core.jobs.control import WorkMode
from core.library.song_details import SongDetails
from core.recommend.reasons.explanation import Explanation, Witness, Witnesses
from core.recommend.recipe import Dish, Recipe
from core.recommend.suggestion import SongList, Suggestion
from core.song import UNRATED, SongId
from desktop.item_models.song_marks import SongMark
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.own_stars import OwnStars
from desktop.widgets.panel.lookup import Known
from desktop.widgets.panel.reasons import Reasons
from desktop.widgets.panel.similar import Similar
from desktop.widgets.panel.song_panel import SongPanel
from desktop.widgets.predicted_stars import PredictedStars
from desktop.widgets.song_line import SongLine
from desktop.widgets.stars import STEP
from tests.desktop.conftest import OpenedWindow, OpenWindow, song
from tests.listened_library import ListenedLibrary, listen_to

PARTS = {"global": 0.6, "genre": 0.0, "artist": 0.1, "album": 0.0, "sound": 0.2}


class Answers:
    """Stands in for what the engine thinks about, which takes seconds; remembers what it was asked."""

    def __init__(self, opened: OpenedWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        self.explained: list[SongId] = []
        self.compared: list[SongId] = []
        self._songs = {each.song_id: each for each in opened.session.rows.songs}
        engine = opened.session._require_engine()
        monkeypatch.setattr(engine.explanations, "of", self._explain)
        monkeypatch.setattr(engine.discoveries, "similar", self._compare)

    def _explain(self, song_id: SongId) -> Explanation:
        self.explained.append(song_id)
        asked, witness = self._songs[song_id], next(each for each in self._songs.values() if each.is_rated)
        witnesses = Witnesses((Witness(witness, 0.08),), 0.08)
        return Explanation(asked, 0.86, 0.7, 1.0, 0.86, True, "fairly sure", PARTS, witnesses, Witnesses(), 1)

    def _compare(self, song_ids: Sequence[SongId], *, wanted: int) -> SongList:
        self.compared += song_ids
        others = [each for each in self._songs.values() if each.song_id not in song_ids]
        return SongList("", tuple(Suggestion(each) for each in others[:wanted]))


@pytest.fixture
def opened(open_window: OpenWindow, library: ListenedLibrary) -> OpenedWindow:
    return open_window(library)


@pytest.fixture
def answers(opened: OpenedWindow, monkeypatch: pytest.MonkeyPatch) -> Answers:
    return Answers(opened, monkeypatch)


def test_tells_why_and_what_is_like_it(opened: OpenedWindow, answers: Answers) -> None:
    panel = beside(opened)
    wanted = song_called(opened, "Hyperballad")
    panel.show_songs([wanted])
    assert {"Hyperballad", "Björk", "Post · 1995"} <= set(texts(panel))
    opened.wait_until(lambda: "nine of ten such songs get 3.5 to 5.0" in "\n".join(texts(panel)))
    opened.wait_until(lambda: len(lines(panel, Similar)) == 5)
    assert [each.song.title for each in lines(panel, Reasons)] == ["Army of Me"]
    assert "0.4 stars lower" in lines(panel, Reasons)[0].toolTip()
    with opened.qtbot.waitSignal(opened.window.desk.navigation.songs_wanted) as shown:
        opened.click(lines(panel, Similar)[0])
    assert shown.args[0] == [lines(panel, Similar)[0].song.song_id]


def test_who_runs_through_a_table_asks_only_about_the_last_song(opened: OpenedWindow, answers: Answers) -> None:
    panel = beside(opened)
    for each in ("Army of Me", "Roads", "Angel"):
        panel.show_songs([song_called(opened, each)])
    opened.wait_until(lambda: bool(answers.explained and answers.compared))
    assert answers.explained == answers.compared == [song_called(opened, "Angel")]


def test_stars_are_stored_by_mouse_and_by_key_and_taken_back(opened: OpenedWindow, answers: Answers) -> None:
    panel = beside(opened)
    panel.show_songs([song_called(opened, "Hyperballad")])
    stars = own_stars(panel)
    opened.qtbot.mouseClick(stars, Qt.MouseButton.LeftButton, pos=star_place(stars, 3.5))
    opened.wait_until(lambda: stars.rating == 0.7)
    opened.qtbot.keyClick(stars, Qt.Key.Key_Right)
    opened.wait_until(lambda: stars.rating == 0.8)
    opened.wait_until(lambda: "4 stars, here, today" in "\n".join(texts(panel)))
    opened.click(button(panel, "Take back what I said here"))
    opened.wait_until(lambda: stars.rating == UNRATED)


def test_a_song_that_could_not_be_heard_says_so_and_asks_nothing(opened: OpenedWindow, answers: Answers) -> None:
    panel = beside(opened)
    panel.show_songs([song_called(opened, "Broken")])
    opened.wait_until(lambda: "It could not be listened to. Damaged." in texts(panel))
    assert not panel.findChild(Reasons).isVisible()
    assert answers.explained == []


def test_a_copy_says_which_one_counts_and_explains_no_prediction(opened: OpenedWindow, answers: Answers) -> None:
    rows, wanted = opened.session.rows, song_called(opened, "Hyperballad")
    kept = rows.song(song_called(opened, "Roads"))
    opened.session._rows = rows.with_marks({wanted: SongMark(copy_of=kept, copies=(kept.song_id,))})
    panel = beside(opened)
    panel.show_songs([wanted])
    folder = kept.filepath.parent.name
    said = f"A copy. “{kept.title}” in the folder “{folder}” counts: it is learned from and played."
    opened.wait_until(lambda: said in texts(panel))
    opened.wait_until(lambda: panel.findChild(Similar).isVisible())
    assert not panel.findChild(Reasons).isVisible()
    assert panel.findChild(PredictedStars).accessibleName() == "Predicted stars: not for copies"


def test_what_the_engine_cannot_say_is_a_sentence(
    opened: OpenedWindow, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: SongId) -> Explanation:
        raise UserError("Rate more songs first.")

    monkeypatch.setattr(opened.session._require_engine().explanations, "of", refuse)
    panel = beside(opened)
    panel.show_songs([song_called(opened, "Angel")])
    opened.wait_until(lambda: "Rate more songs first." in texts(panel))


def test_sections_stay_closed_and_ask_nothing(opened: OpenedWindow, answers: Answers) -> None:
    panel = beside(opened)
    panel.show_songs([song_called(opened, "Angel")])
    reasons = panel.findChild(Reasons)
    opened.click(reasons.findChild(QToolButton))
    opened.wait_until(lambda: bool(answers.compared))
    assert answers.explained == []
    other = beside(opened)
    other.show_songs([song_called(opened, "Angel")])
    assert not other.findChild(Reasons).is_open
    opened.click(reasons.findChild(QToolButton))
    opened.wait_until(lambda: bool(answers.explained))


def test_a_panel_that_nobody_sees_asks_nothing(opened: OpenedWindow, answers: Answers) -> None:
    panel = beside(opened)
    panel.hide()
    panel.show_songs([song_called(opened, "Angel")])
    visible = beside(opened)
    visible.show_songs([song_called(opened, "Roads")])
    opened.wait_until(lambda: bool(answers.explained))
    assert answers.explained == [song_called(opened, "Roads")]


def test_several_songs_together(opened: OpenedWindow) -> None:
    panel = beside(opened)
    ids = [song_called(opened, each) for each in ("Army of Me", "Hyperballad", "Roads")]
    panel.show_songs(ids)
    assert {"3 songs selected", "2", "3.8 on average, of 2", "Electronic 2, Trip-Hop 1"} <= set(texts(panel))
    made: list[object] = []
    opened.window.desk.navigation.recipe_wanted.connect(made.append)
    with contextlib.suppress(StopIteration):  # this window may have no page of playlists
        opened.click(button(panel, "Make a playlist from these"))
    assert made in ([], [Recipe(Dish.CHOSEN, wanted=3, songs=tuple(ids))])
    stars = own_stars(panel)
    opened.qtbot.keyClick(stars, Qt.Key.Key_4)
    opened.wait_until(lambda: "4.0 on average, of 3" in texts(panel))


def test_long_titles_are_shortened_in_the_middle(qtbot) -> None:  # noqa: ANN001 - pytest-qt's
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText("A title that is long, and longer than there is room for")
    label.resize(80, 20)
    label.show()
    assert label.toolTip() == label.text()
    label.resize(900, 20)
    assert label.toolTip() == ""


def test_fits_its_narrowest_width_whatever_is_said(open_window: OpenWindow, tmp_path: Path) -> None:
    name = "W" * 200
    opened = open_window(listen_to(tmp_path, [song(name, artist=name, album=name, genre=name)]))
    panel = beside(opened)
    panel.resize(panel.minimumWidth(), 700)
    panel.show_songs([song_called(opened, name)])
    opened.wait_until(lambda: panel.findChild(Similar).isVisible() and panel.findChild(Similar).width() < 280)
    shown = [each for each in panel.findChildren(QWidget) if each.isVisible()]
    assert [each for each in shown if each.mapTo(panel, each.rect().bottomRight()).x() > panel.width()] == []


def beside(opened: OpenedWindow) -> SongPanel:
    """A panel of the window's desk, shown by itself."""
    panel = SongPanel(opened.window.desk, opened.window)
    panel.setWindowFlag(Qt.WindowType.Window)
    panel.resize(340, 1600)
    panel.show()
    return panel


def song_called(opened: OpenedWindow, title: str) -> SongId:
    return next(each.song_id for each in opened.session.rows.songs if each.title == title)


def texts(panel: QWidget) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def lines(panel: QWidget, kind: Callable[..., QWidget]) -> list[SongLine]:
    section = panel.findChild(kind)
    return [each for each in section.findChildren(SongLine) if each.isVisible() and each.song is not None]


def button(panel: QWidget, text: str) -> QPushButton:
    return next(each for each in panel.findChildren(QPushButton) if each.text() == text and each.isVisible())


def own_stars(panel: QWidget) -> OwnStars:
    return next(each for each in panel.findChildren(OwnStars) if each.isVisible())


def star_place(stars: OwnStars, wanted: float) -> QPoint:
    """Within the half star that gives so many."""
    return QPoint(4 + round((wanted - 0.3) * STEP), stars.height() // 2)


def test_an_unheard_song_says_whether_it_will_be_heard(
    opened: OpenedWindow, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its ratings are not what is missing."""
    monkeypatch.setattr("desktop.widgets.panel.one_song.look_up", lambda *_: Known(SongDetails(), False, ()))
    panel = beside(opened)
    panel.show_songs([song_called(opened, "Broken")])
    panel.show_songs([song_called(opened, "Glory Box")])
    assert not any("do not tell enough" in text for text in texts(panel)), "it is not known yet whether it was heard"
    opened.wait_until(lambda: any("has not listened to it yet. It does so" in text for text in texts(panel)))
    opened.session.choose_mode(WorkMode.PAUSED)
    assert any("listening is paused" in text for text in texts(panel))
    opened.session.choose_mode(WorkMode.FULL)
    assert not any("listening is paused" in text for text in texts(panel))
