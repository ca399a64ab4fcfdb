"""The model of a list keeps Qt's rules, moves songs, and carries them as files that are only ever copied."""

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from core.recommend.suggestion import SongList, Suggestion
from core.song import Song
from core.store.companion import Prediction
from desktop.item_models.list_rows import ListColumn, ListModel


def list_of(*names: str, rating: float = -1.0) -> SongList:
    songs = [Song(0, name, "Björk", "Post", 1995, rating, f"file:///m/{name}%231.mp3") for name in names]
    guesses = [Prediction(song.song_id, 0.8, 0.7, 0.9) for song in songs]
    return SongList(
        "", tuple(Suggestion(song, prediction=each, why="Why") for song, each in zip(songs, guesses, strict=True))
    )


@pytest.fixture
def model(qtbot: QtBot) -> ListModel:
    made = ListModel()
    made.show(list_of("a", "b", "c", "d"))
    return made


def titles(model: ListModel) -> list[str]:
    return [model.text_at(row, ListColumn.TITLE) for row in range(model.rowCount())]


def test_the_model_passes_qts_own_tests(model: ListModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.move([0, 2], before=4)
    model.lock([model.ids[1]])
    model.show(list_of("a", "x"))
    model.show(list_of())
    model.show(list_of("y"))
    assert tester.model() is model


@pytest.mark.parametrize(
    ("rows", "before", "order"),
    [([2], 0, "cabd"), ([0], 4, "bcda"), ([0, 1], 3, "cabd"), ([1, 3], 0, "bdac"), ([1], 2, "abcd")],
)
def test_songs_are_moved(model: ListModel, rows: list[int], before: int, order: str, qtbot: QtBot) -> None:
    last = QPersistentModelIndex(model.index(3, 0))
    told = []
    model.moved.connect(told.append)
    model.move(rows, before=before)
    assert "".join(titles(model)) == order
    assert model.text_at(last.row(), ListColumn.TITLE) == "d"
    assert told == ([] if order == "abcd" else [model.ids])


def test_what_is_dropped_between_rows_moves_there(model: ListModel) -> None:
    carried = model.mimeData([model.index(3, column) for column in range(len(ListColumn))])
    assert model.dropMimeData(carried, Qt.DropAction.CopyAction, 1, 0, model.index(-1, -1))
    assert "".join(titles(model)) == "adbc"


def test_files_are_carried_as_the_player_wrote_them_and_never_moved(model: ListModel) -> None:
    carried = model.mimeData([model.index(1, 0)])
    assert carried.data("text/uri-list").data().decode().strip() == "file:///m/b%231.mp3"
    assert model.supportedDragActions() == Qt.DropAction.CopyAction


def test_what_was_said_and_what_was_guessed(model: ListModel) -> None:
    index = model.index(0, ListColumn.STARS)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Probably 4 stars, most likely between 3.5 and 4.5"
    model.show(list_of("a", "b", rating=0.5))
    assert model.index(0, ListColumn.STARS).data(Qt.ItemDataRole.ToolTipRole) == "You gave it 2.5 stars"
