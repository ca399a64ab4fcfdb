"""Learning anew only for a reason; what is new beside it is predicted by the predictor that is there."""

import time

import numpy as np
import pytest

from core.analysis.duplicate_groups import CopyGroup
from core.analysis.likeness import Likeness
from core.engine import Engine
from core.errors import UserError
from core.jobs.events import Finished
from core.parts.learning import PREDICTOR
from core.store.fingerprints import ComparisonRecord
from core.training.process import TrainingFinished
from tests.inline_pool import InlinePool
from tests.library_databases import SongRow
from tests.planted_library import RATED, SETTINGS, SONGS, TASTE, PlantedLibrary
from tests.recorded_trainings import Trainings

VERSION = "planted-1-0"


def add_heard_song(library: PlantedLibrary, engine: Engine, *, rating: float = -1) -> str:
    """A song that came after the training, with an embedding as a scan would store it."""
    path = library.paths[0].with_name("new.mp3")
    path.write_bytes(b"new")
    library.database.add(SongRow(path=path, title="New", rating=rating))
    song_id = engine.library().songs[-1].song_id
    engine.stores.embeddings.store_embedding(song_id, TASTE.vectors[-1] * 1.01, VERSION)
    return song_id


def predictor(engine: Engine) -> object:
    return engine.stores.companion.setting(PREDICTOR)


def test_a_new_unrated_song_is_predicted_by_the_same_predictor(
    library: PlantedLibrary, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real child once, and then a worker."""
    assert isinstance(list(engine.update_predictions())[-1], TrainingFinished)
    before, first = engine.predictions(), predictor(engine)
    pool = InlinePool.in_place_of_workers(monkeypatch)
    song_id = add_heard_song(library, engine)
    assert list(engine.update_predictions()) == [Finished()]
    assert pool.names() == ["predict_songs"]
    after = engine.predictions()
    assert predictor(engine) == first
    assert {key: after[key] for key in before} == before
    found, neighbor = after[song_id], before[engine.library().songs[SONGS - 1].song_id]  # type: ignore[index]
    assert abs(found.rating - neighbor.rating) < 0.1, "it sounds like that one"
    assert found.low <= found.rating <= found.high
    assert 0.0 <= found.low < found.high <= 1.0
    assert list(engine.update_predictions()) == [Finished()]
    assert pool.names() == [], "and once is enough"


def test_many_new_songs_are_predicted_at_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    list(engine.train_classifier())
    pool = InlinePool.in_place_of_workers(monkeypatch)
    vectors = np.repeat(TASTE.vectors, 5, axis=0)
    names = [f"file:///{number}.mp3" for number in range(len(vectors))]
    engine.stores.embeddings.store_embeddings_batch(list(zip(names, vectors, strict=True)), VERSION)
    list(engine.update_predictions())
    assert pool.names() == ["predict_songs"]
    assert len(engine.predictions()) == SONGS + len(names)


def test_a_rating_is_learned_from_without_looking_at_the_files(
    library: PlantedLibrary, engine: Engine, trainings: Trainings, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(engine.update_predictions())
    monkeypatch.setattr(Engine, "scan", None)
    library.database.rate(library.paths[0], 0.1)
    list(engine.follow_ratings())
    assert [job.rated[0].rating for job in trainings.jobs][1:] == [0.1]
    list(engine.follow_ratings())
    assert len(trainings.jobs) == 2, "nothing is new"


def test_a_new_rated_song_is_a_reason_to_learn(library: PlantedLibrary, engine: Engine, trainings: Trainings) -> None:
    list(engine.update_predictions())
    add_heard_song(library, engine, rating=0.8)
    list(engine.update_predictions())
    assert [len(job.rated) for job in trainings.jobs] == [RATED, RATED + 1]


@pytest.mark.parametrize(("row", "lessons"), [(1, 2), (SONGS, 1)])
def test_another_sound_is_a_reason_to_learn_if_the_song_is_rated(
    engine: Engine, trainings: Trainings, monkeypatch: pytest.MonkeyPatch, row: int, lessons: int
) -> None:
    list(engine.update_predictions())
    song_id, later = engine.library().songs[row - 1].song_id, time.time() + 5
    monkeypatch.setattr("core.store.embeddings.time.time", lambda: later)
    engine.stores.embeddings.store_embedding(song_id, np.ones(16, dtype=np.float32), VERSION)
    list(engine.update_predictions())
    assert len(trainings.jobs) == lessons


@pytest.mark.parametrize("is_damaged", [True, False])
def test_without_its_checkpoint_a_predictor_is_trained_anew(
    library: PlantedLibrary,
    engine: Engine,
    trainings: Trainings,
    monkeypatch: pytest.MonkeyPatch,
    is_damaged: bool,
) -> None:
    InlinePool.in_place_of_workers(monkeypatch)
    list(engine.update_predictions())
    (checkpoint,) = library.profile.checkpoints.glob("*.npz")
    if is_damaged:
        checkpoint.write_bytes(b"half of")
    else:
        checkpoint.unlink()
    assert list(engine.update_predictions()) == [Finished()], "nothing is new, so nothing is missing"
    song_id = add_heard_song(library, engine)
    list(engine.update_predictions())
    assert len(trainings.jobs) == 2
    assert song_id in engine.predictions()


def test_the_first_predictions_of_all_are_trained(engine: Engine, trainings: Trainings) -> None:
    assert engine.predictions() == {}
    list(engine.update_predictions())
    assert len(engine.predictions()) == SONGS


def test_another_version_of_the_embeddings_is_a_reason_to_learn(engine: Engine, trainings: Trainings) -> None:
    list(engine.update_predictions())
    engine.stores.embeddings.copy({})
    songs = [song.song_id for song in engine.library().songs]
    engine.stores.embeddings.store_embeddings_batch(list(zip(songs, TASTE.vectors, strict=True)), "other-1")
    engine.stores.companion.save_setting("active_embeddings", "other-1")
    list(engine.update_predictions())
    assert [job.embedding_version for job in trainings.jobs] == [VERSION, "other-1"]


def test_a_rating_that_is_given_and_taken_back_costs_nothing(
    library: PlantedLibrary, engine: Engine, trainings: Trainings
) -> None:
    list(engine.update_predictions())
    before = float(TASTE.ratings[0])
    library.database.rate(library.paths[0], 0.1 if before > 0.5 else 1.0)
    library.database.rate(library.paths[0], before)
    list(engine.update_predictions())
    assert len(trainings.jobs) == 1


def test_a_copy_teaches_through_the_one_that_is_kept(
    library: PlantedLibrary, engine: Engine, trainings: Trainings
) -> None:
    a, b = engine.library().songs[:2]
    engine.stores.fingerprints.save_comparisons([ComparisonRecord(a.song_id, b.song_id, "same audio", 0.9, "")])
    (group,) = engine.duplicates.groups(engine.library().songs)
    assert group == CopyGroup((a.song_id, b.song_id), 0.9, Likeness.SAME_AUDIO)
    list(engine.update_predictions())
    (job,) = trainings.jobs
    assert len(job.rated) == RATED - 1
    assert len({a.song_id, b.song_id} & {song.song_id for song in job.rated}) == 1
    engine.duplicates.say_different([a.song_id, b.song_id])
    list(engine.update_predictions())
    assert [len(each.rated) for each in trainings.jobs] == [RATED - 1, RATED]


def test_the_key_tells_what_would_be_learned_otherwise(library: PlantedLibrary, engine: Engine) -> None:
    learning = engine.learning
    key = learning.predictor_key(learning.job("fit-predictor"))
    assert learning.predictor_key(learning.job("fit-predictor")) == key
    assert learning.predictor_key(learning.job("train-classifier")) == key
    library.database.rate(library.paths[-1], 0.8)
    assert learning.predictor_key(learning.job("fit-predictor")) != key


def test_before_the_first_scan_there_is_no_job(library: PlantedLibrary, engine: Engine) -> None:
    engine.stores.companion.save_setting("active_embeddings", None)
    with pytest.raises(UserError, match="been listened to"):
        engine.learning.job("fit-predictor")


def play(library: PlantedLibrary, *rows: int, times: int = 20) -> None:
    for row in rows:
        library.database.change(library.paths[row - 1], playcount=times)


def with_plays(library: PlantedLibrary) -> Engine:
    library.profile.config_file.write_text(f"{SETTINGS}music: {{use_play_counts: true}}\n")
    return library.open()


def test_plays_are_told_only_where_they_are_to_be_used(library: PlantedLibrary, engine: Engine) -> None:
    play(library, 1, 2)
    assert {song.popularity for song in engine.learning.job("fit-predictor").songs} == {-1.0}
    with with_plays(library) as other:
        popularity = [song.popularity for song in other.learning.job("fit-predictor").songs]
        assert popularity[0] == popularity[1] > 0
        assert set(popularity[2:]) == {-1.0}, "a song that was never played is not disliked"


def test_plays_are_a_reason_to_learn_only_if_they_are_used_and_many(
    library: PlantedLibrary, trainings: Trainings
) -> None:
    with library.open() as engine:
        list(engine.update_predictions())
        play(library, *range(1, 30))
        list(engine.update_predictions())
        assert len(trainings.jobs) == 1
    with with_plays(library) as engine:
        list(engine.update_predictions())
        play(library, 1, times=21)
        list(engine.update_predictions())
        assert len(trainings.jobs) == 2, "once for the setting, not for one more play"
        play(library, *range(30, 60))
        list(engine.update_predictions())
        assert len(trainings.jobs) == 3


def test_a_new_song_is_learned_with_where_its_prediction_hangs_on_plays(
    library: PlantedLibrary, trainings: Trainings
) -> None:
    with with_plays(library) as engine:
        list(engine.update_predictions())
        add_heard_song(library, engine)
        list(engine.update_predictions())
        assert len(trainings.jobs) == 2
