"""The table's model keeps Qt's rules, whatever is done to it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from core.song import Song
from core.store.companion import Prediction
from desktop.item_models.song_filter import SongFilter
from desktop.item_models.song_rows import Column, SongRows, Subset, make_rows
from desktop.item_models.songs import SongModel


def rows_of(count: int) -> SongRows:
    songs = [
        Song(n, f"Title {n}", f"Artist {n % 3}", "Album", 1990 + n, (n % 11) / 10 or -1.0, f"file:///{n}.mp3")
        for n in range(count)
    ]
    predictions = {song.song_id: Prediction(song.song_id, 0.5, 0.4, 0.6) for song in songs[::2]}
    return make_rows(songs, predictions=predictions, skipped={})


@pytest.fixture
def model(qtbot: QtBot) -> SongModel:
    made = SongModel()
    made.set_rows(rows_of(20))
    return made


def test_the_model_passes_qts_own_tests(model: SongModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for column in Column:
        model.sort(column, Qt.SortOrder.DescendingOrder)
    model.set_filter(SongFilter("title 1"))
    model.set_filter(SongFilter(subsets=frozenset({Subset.RATED})))
    model.set_rows(rows_of(3))
    model.set_rows(rows_of(0))
    model.set_rows(rows_of(30))
    assert tester.model() is model


def test_every_column_has_a_title(model: SongModel) -> None:
    titles = [model.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert all(titles)
    assert len(set(titles)) == len(Column)


def test_counts_are_told(model: SongModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.counted) as counted:
        model.set_filter(SongFilter("artist 1997"))
    assert counted.args == [1, 20]


def test_persistent_indexes_follow_their_song_when_sorted(model: SongModel) -> None:
    from PySide6.QtCore import QPersistentModelIndex

    index = QPersistentModelIndex(model.index(3, Column.TITLE))
    title = index.data()
    model.sort(Column.YEAR, Qt.SortOrder.DescendingOrder)
    assert index.data() == title


def test_a_prediction_is_explained(model: SongModel) -> None:
    model.sort(Column.TITLE)
    said = model.index(0, Column.PREDICTED).data(Qt.ItemDataRole.ToolTipRole)
    assert said == "Probably 2.5 stars, most likely between 2 and 3"
    assert model.index(1, Column.PREDICTED).data(Qt.ItemDataRole.ToolTipRole) == "not yet"
