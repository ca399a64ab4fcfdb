"""The stock: made once for the same songs, and balanced in the background where the library is large."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.engine import Engine
from core.jobs.events import Control, Notice, Progress, Stage
from core.jobs.line_process import LineProcess, LineProcessError
from core.parts import stock as module
from core.parts.stock import StockRoom
from core.recommend.space.sound_space import SoundSpace
from core.store.reaches import load_reaches, reaches_file, save_reaches
from tests.planted_library import RATED, SONGS, PlantedLibrary, predict


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with PlantedLibrary.create(tmp_path).open() as opened:
        yield opened


@pytest.fixture
def large(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A library of a size that is not balanced whenever it is looked at."""
    monkeypatch.setattr(module, "AT_ONCE", SONGS // 2)
    monkeypatch.setattr("core.recommend.space.sound_space.AT_ONCE", SONGS // 2)
    return engine


def kept(engine: Engine) -> dict[str, float]:
    return load_reaches(reaches_file(engine.stores.embeddings.path, engine.active_version or ""))


def test_the_same_songs_have_the_same_places_without_new_work(engine: Engine) -> None:
    first, second = engine.stock.now(), engine.stock.now()
    assert second.space is first.space
    name = first.songs[0].song_id
    engine.stores.embeddings.store_embeddings_batch(
        [(name, np.ones(first.space.units.shape[1], np.float32))], engine.active_version or ""
    )
    assert engine.stock.now().space is not first.space, "one of them was heard anew"


def test_a_prediction_that_is_not_stood_for_is_none(engine: Engine) -> None:
    rows = {song.rowid: 0.8 for song in engine.library().songs}
    predict(engine, rows)  # within a star to either side
    assert np.isfinite(engine.stock.now().predicted).sum() == SONGS
    engine.stores.companion.replace_predictions(
        "rating-1",
        [
            type(each)(each.song_id, each.rating, 0.0, 1.0)
            for each in engine.stores.companion.predictions("rating-1").values()
        ],
    )
    assert np.isnan(engine.stock.now().predicted).all()
    assert engine.stock.now().is_rated.sum() == RATED


def test_a_small_library_needs_no_balancing(engine: Engine) -> None:
    assert list(engine.stock.balance()) == []
    assert kept(engine) == {}


def test_a_large_library_is_balanced_once(large: Engine) -> None:
    events = list(large.stock.balance())
    assert isinstance(events[0], Stage)
    assert all(isinstance(event, Progress) for event in events[1:])
    stock = large.stock.now()
    assert set(kept(large)) == set(stock.row_of)
    assert np.allclose(stock.space.reaches, [kept(large)[song.song_id] for song in stock.songs])
    assert list(large.stock.balance()) == [], "until many songs have come"


def test_what_balancing_found_is_read_once_for_the_same_songs(large: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    list(large.stock.balance())
    first = large.stock.now()
    monkeypatch.setattr(module, "load_reaches", None)
    predict(large, {song.rowid: 0.8 for song in large.library().songs})
    second = large.stock.now()
    assert second is not first
    assert second.space is first.space


def test_stopped_balancing_keeps_nothing_and_begins_anew(large: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    control = Control()
    control.stop()
    list(large.stock.balance(control=control))
    assert kept(large) == {}
    list(large.stock.balance())
    assert kept(large)


def test_a_bug_in_balancing_is_not_swallowed(large: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.recommend.space.balancing.MODULE", "core.recommend.space.nowhere")
    with pytest.raises(LineProcessError, match="No module named"):
        list(large.stock.balance())


def test_balancing_that_somebody_kills_is_told_and_begins_anew(large: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(LineProcess):
        def say(self, _: object) -> None:
            self._process.kill()

    with monkeypatch.context() as patched:
        patched.setattr("core.jobs.short_lived.LineProcess", Killed)
        events = list(large.stock.balance())
    assert any(isinstance(event, Notice) and "signal 9" in event.sentence for event in events)
    assert kept(large) == {}
    list(large.stock.balance())
    assert kept(large)


def test_balancing_takes_place_in_another_process(large: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SoundSpace, "balanced", None)
    list(large.stock.balance())
    assert kept(large)


def test_questions_about_a_large_library_are_chosen_in_another_process(
    large: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = large.questions.next(wanted=5)
    monkeypatch.setattr("core.parts.questions.AT_ONCE", SONGS // 2)
    monkeypatch.setattr("core.training.rating.asking.questions", None)
    assert large.questions.next(wanted=5) == few


def test_who_needs_the_stock_meanwhile_waits_for_it(engine: Engine) -> None:
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: engine.stock.now(), range(8)))
    assert len(set(map(id, found))) == 1


def test_no_stock_is_made_while_it_is_kept_what_balancing_found(large: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would have read the reaches of before, and be kept after those were forgotten."""
    could_be_made = list[bool]()

    def save(file: Path, names: list[str], reaches: NDArray[np.float32]) -> None:
        with ThreadPoolExecutor(1) as other:
            could_be_made.append(other.submit(large.stock._lock.acquire, blocking=False).result())
        save_reaches(file, names, reaches)

    monkeypatch.setattr(module, "save_reaches", save)
    list(large.stock.balance())
    assert could_be_made == [False]


def test_an_update_balances(large: Engine) -> None:
    assert isinstance(large.stock, StockRoom)
    list(large.update(workers=1))
    assert kept(large)
