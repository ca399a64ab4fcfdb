"""The selection of a long table is Qt's own, whatever is done, however little Qt is told of it."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from core.song import UNRATED, Song
from desktop.item_models.song_filter import SongFilter
from desktop.item_models.song_rows import Column, SongRows, Subset, make_rows
from desktop.item_models.songs import COLUMNS, SongModel
from desktop.widgets.tables import song_selection
from desktop.widgets.tables.song_selection import SongSelection

Flag = QItemSelectionModel.SelectionFlag
SONGS = 40
COMMANDS = [
    Flag.ClearAndSelect,
    Flag.Select,
    Flag.Toggle,
    Flag.Deselect,
    Flag.SelectCurrent,
    Flag.ToggleCurrent,
    Flag.Clear,
    Flag.NoUpdate,
]
CHOICES = some.tuples(
    some.sampled_from(COMMANDS),
    some.lists(some.tuples(some.integers(0, SONGS - 1), some.integers(0, 9)), min_size=1, max_size=3),
)
SORTINGS = some.sampled_from([(Column.YEAR, order) for order in Qt.SortOrder] + [(Column.GENRE, Qt.SortOrder(0))])


def library(*, rated: frozenset[int] = frozenset()) -> SongRows:
    songs = [
        Song(
            rowid=number,
            filename=f"file:///{number}",
            title=f"T {number}",
            artist="A",
            album="B",
            year=1960 + number * 7 % SONGS,
            rating=0.8 if number in rated else UNRATED,
            genre=str(number * 3 % 7),
        )
        for number in range(SONGS)
    ]
    return make_rows(songs, predictions={}, skipped={})


@pytest.fixture
def model(qtbot: QtBot) -> SongModel:
    made = SongModel()
    made.set_rows(library())
    made.sort(Column.YEAR)
    return made


def rows_of(selection: QItemSelectionModel) -> list[int]:
    return sorted({index.row() for index in selection.selectedRows()})


def part(model: SongModel, spans: list[tuple[int, int]]) -> QItemSelection:
    chosen = QItemSelection()
    for first, more in spans:
        last = min(first + more, SONGS - 1)
        chosen.merge(QItemSelection(model.index(first, 0), model.index(last, COLUMNS - 1)), Flag.Select)
    return chosen


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(some.lists(CHOICES | SORTINGS, max_size=8), some.sampled_from([0, song_selection.FEW]))
def test_it_selects_as_qt_does_and_follows_its_songs(model: SongModel, done: list, few: int) -> None:
    model.sort(Column.YEAR)
    qts, ours = QItemSelectionModel(model), SongSelection(model)
    ours.look_at(0, SONGS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(song_selection, "FEW", few)
        for what, how in done:
            if isinstance(what, Column):
                model.sort(what, how)
            else:
                for each in (qts, ours):
                    each.select(part(model, how), what | Flag.Rows if what != Flag.NoUpdate else what)
            assert ours.rows.tolist() == rows_of(ours) == rows_of(qts)
            assert ours.hasSelection() == qts.hasSelection()


@pytest.fixture
def scattered(model: SongModel, monkeypatch: pytest.MonkeyPatch) -> SongSelection:
    """Every second song, of which Qt is told only those in sight."""
    monkeypatch.setattr(song_selection, "FEW", 3)
    monkeypatch.setattr(song_selection, "AROUND", 2)
    selection = SongSelection(model)
    selection.look_at(0, 9)
    selection.replace(np.arange(0, SONGS, 2))
    return selection


def test_qt_is_told_of_what_is_in_sight_and_clears_all_the_same(scattered: SongSelection, model: SongModel) -> None:
    assert rows_of(scattered) == [0, 2, 4, 6, 8, 10]
    scattered.look_at(20, 29)
    assert rows_of(scattered) == [18, 20, 22, 24, 26, 28, 30]
    assert scattered.rows.tolist() == list(range(0, SONGS, 2))
    scattered.select(model.index(25, 0), Flag.Toggle | Flag.Rows)
    assert 25 in scattered.rows
    assert len(scattered.rows) == SONGS // 2 + 1
    scattered.look_at(SONGS + 5, SONGS + 9)
    assert scattered.hasSelection()  # Qt would clear nothing else
    scattered.clearSelection()
    assert not len(scattered.rows)


def test_rows_that_go_take_their_selection_along(scattered: SongSelection, model: SongModel, qtbot: QtBot) -> None:
    model.set_filter(SongFilter(subsets=frozenset({Subset.UNRATED})))
    scattered.replace(np.arange(0, SONGS, 2))
    chosen = model.ids_at(scattered.rows)
    with qtbot.waitSignal(scattered.moved):
        model.set_rows(library(rated=frozenset({1, 2, 20, 21})))
    kept = [each for each in chosen if model.row_of(each) is not None]
    assert model.rowCount() == SONGS - 4
    assert model.ids_at(scattered.rows) == kept
    assert set(rows_of(scattered)) <= set(scattered.rows.tolist())


def test_other_rows_begin_with_nothing_selected(scattered: SongSelection, model: SongModel) -> None:
    model.set_filter(SongFilter("t 1"))
    assert not len(scattered.rows)
    scattered.select(model.index(model.rowCount() - 1, 0), Flag.ClearAndSelect | Flag.Rows)
    assert scattered.rows.tolist() == [model.rowCount() - 1]
