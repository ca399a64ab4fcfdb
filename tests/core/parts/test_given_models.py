"""Models that are given as files: what the child is asked for, and that the current predictor stays what it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.engine import Engine
from core.errors import UserError
from core.jobs.events import Event
from core.parts import given_models
from core.parts.learning import PREDICTOR
from core.parts.suggestions import Source
from core.recommend.ranking import Wish
from core.song import SongId
from core.store.companion import Prediction
from core.training.process import TrainingFinished
from tests.planted_library import RATED, SONGS, predict
from tests.recorded_trainings import Trainings

GIVEN = Source("given-1", "planted-1-0")
EVERYTHING = Wish(top_n=1000, min_rating=0.0)


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Trainings:
    recorder = Trainings()
    recorder.result = {"model_version": GIVEN.model_version, "embedding_version": GIVEN.embedding_version}
    monkeypatch.setattr(given_models, "run_training", recorder)
    return recorder


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    found = tmp_path / "encoder.pt", tmp_path / "classifier.pt"
    for file in found:
        file.write_bytes(b"weights")
    return found


def last(events: Iterator[Event]) -> TrainingFinished:
    *_, finished = events
    assert isinstance(finished, TrainingFinished)
    return finished


def store_given(engine: Engine, ratings: dict[int, float]) -> None:
    """Predictions of given models, by row number, as the child leaves them."""
    songs = {song.rowid: song.song_id for song in engine.library().songs}
    predictions = [Prediction(SongId(songs[row]), rating, 0.0, 1.0) for row, rating in ratings.items()]
    engine.stores.companion.replace_predictions(GIVEN.model_version, predictions)


def test_the_child_is_asked_with_both_files(engine: Engine, child: Trainings, files: tuple[Path, Path]) -> None:
    finished = last(engine.given_models.predict_with(*files, batch_size=8))
    assert finished.complete
    (job,) = child.jobs
    assert job.kind == "predict"
    names = ("encoder", "classifier", "embed_batch_size")
    assert [job.options[name] for name in names] == [str(files[0]), str(files[1]), 8]
    assert len(job.songs) == SONGS


def test_one_file_may_be_both_and_lie_in_the_present_folder(
    engine: Engine, child: Trainings, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(files[0].parent)
    last(engine.given_models.predict_with(Path("encoder.pt"), Path("encoder.pt"), batch_size=8))
    (job,) = child.jobs
    assert job.options["encoder"] == job.options["classifier"] == str(files[0])


def test_what_ends_before_there_are_predictions_is_not_complete(
    engine: Engine, child: Trainings, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> Iterator[Event]:
        yield TrainingFinished(complete=True, result={"seconds": 1.0})

    monkeypatch.setattr(given_models, "run_training", stopped)
    assert not last(engine.given_models.predict_with(*files, batch_size=8)).complete


def test_a_file_that_is_not_there_is_one_sentence(
    engine: Engine, child: Trainings, files: tuple[Path, Path], tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=r"There is no checkpoint .*gone\.pt"):
        list(engine.given_models.predict_with(files[0], tmp_path / "gone.pt", batch_size=8))
    assert child.jobs == []


def test_its_predictions_are_ranked_in_the_place_of_the_current_ones(engine: Engine) -> None:
    predict(engine, {RATED + 1: 0.9, RATED + 2: 0.5})
    store_given(engine, {RATED + 1: 0.2, RATED + 2: 0.8})
    given = engine.suggestions.recommend(EVERYTHING, source=GIVEN)
    assert [each.song.rowid for each in given.ranking.recommendations] == [RATED + 2, RATED + 1]
    assert given.source == GIVEN
    assert given.predicted_at == engine.stores.companion.predicted_at("given-1")
    current = engine.recommend(EVERYTHING)
    assert [each.song.rowid for each in current.ranking.recommendations] == [RATED + 1, RATED + 2]
    assert current.source == Source("rating-1", "planted-1-0")
    assert current.predicted_at is not None
    assert engine.stores.companion.setting(PREDICTOR)["version"] == "rating-1"


def test_without_any_prediction_there_is_no_time_of_one(engine: Engine) -> None:
    playlist = engine.recommend(EVERYTHING)
    assert (playlist.predicted_at, playlist.source.model_version) == (None, "")
    assert {each.predicted_rating for each in playlist.ranking.recommendations} == {None}, "songs of the first day"
