"""The engine explains: and when the player really forgets the ratings that were named, the prediction follows."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from core.analysis.speech_class import SpeechClass
from core.engine import Engine
from core.errors import UserError
from core.jobs.events import Event, Progress
from core.models import checkpoint
from core.models.checkpoint import CheckpointConfig
from core.models.classifiers import SimpleRatingClassifier
from core.parts import explanations
from core.parts.explanations import SoundExplained
from core.parts.learning import PREDICTOR
from core.recommend.reasons.explanation import Witness
from core.song import SongId
from core.training.process import TrainingFinished
from core.training.protocol import TrainingJob
from core.training.rating.mixed_model import Names, fit
from core.training.rating.predictor import predictor_file
from core.training.split import artist_groups
from tests.inline_pool import InlinePool
from tests.learned_library import learn
from tests.library_databases import SongRow
from tests.planted_library import RATED, SONGS, TASTE, PlantedLibrary


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> PlantedLibrary:
    """A library of which the ratings were learned; nobody changes it."""
    folder = tmp_path_factory.mktemp("explained")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        return learn(PlantedLibrary.create(folder))


def id_at(engine: Engine, row: int) -> SongId:
    (found,) = [song.song_id for song in engine.library().songs if song.rowid == row + 1]
    return found


def forget(library: PlantedLibrary, witnesses: Sequence[Witness]) -> None:
    for each in witnesses:
        library.database.rate(each.song.filepath, -1)


@pytest.mark.parametrize("sign", [1, -1])
def test_ratings_that_the_owner_takes_back_change_the_prediction_as_was_said(
    library: PlantedLibrary, sign: int
) -> None:
    with library.open() as engine:
        asked = id_at(engine, RATED + 3)
        before = engine.explanations.of(asked)
        named = before.for_songs if sign > 0 else before.against_songs
        assert named.songs
        assert named.is_measured
        forget(library, named.songs)
        after = engine.explanations.of(asked)
    assert sign * (before.unlimited - after.unlimited) > 0
    assert before.unlimited - after.unlimited == pytest.approx(named.together, abs=1e-6)


def test_it_is_the_prediction_in_use_that_is_explained(learned: PlantedLibrary, library: PlantedLibrary) -> None:
    with learned.open() as engine, library.open() as before_learning:
        asked = id_at(engine, RATED + 5)
        stored = engine.predictions()[asked]
        found = engine.explanations.of(asked)
        unlearned = before_learning.explanations.of(id_at(before_learning, RATED + 5))
    assert (found.predicted, found.low, found.high) == pytest.approx((stored.rating, stored.low, stored.high), abs=1e-5)
    assert unlearned.predicted == pytest.approx(found.predicted, abs=1e-5)
    assert found.song.song_id == asked
    assert found.is_said == (found.sure != "not yet")


def test_a_rated_song_is_explained_without_its_own_rating(library: PlantedLibrary) -> None:
    with library.open() as engine:
        found = engine.explanations.of(id_at(engine, 4))
        library.database.rate(library.paths[4], -1)
        unrated = engine.explanations.of(id_at(engine, 4))
    assert found.song.is_rated
    assert not unrated.song.is_rated
    assert found.unlimited == pytest.approx(unrated.unlimited)


def test_a_list_gets_its_reasons_at_once(learned: PlantedLibrary) -> None:
    with learned.open() as engine:
        asked = [id_at(engine, row) for row in range(RATED, SONGS)]
        found = engine.explanations.reasons([*asked, SongId("file:///gone.mp3")])
        chosen = next(iter(found))
        strongest = engine.explanations.of(chosen).for_songs.songs[0]
    assert set(found) <= set(asked)
    assert len(found) > SONGS / 5
    assert all(witness.change >= 0.01 and witness.song.is_rated for witness in found.values())
    assert found[chosen].song == strongest.song
    assert found[chosen].change == pytest.approx(strongest.change, abs=1e-6)


def test_what_is_not_predicted_is_a_sentence(library: PlantedLibrary) -> None:
    with library.open() as engine:
        asked = id_at(engine, 40)
        assert engine.explanations.reasons([asked]) == {}, "nothing was learned yet"
        with pytest.raises(UserError, match="Nothing has been learned"):
            list(engine.explanations.sound_of(asked))
        with pytest.raises(UserError, match="is not there"):
            engine.explanations.of(SongId("file:///gone.mp3"))
        engine.speech.say(asked, SpeechClass.SPOKEN)
        with pytest.raises(UserError, match="spoken"):
            engine.explanations.of(asked)
        unheard = library.paths[0].with_name("new.mp3")
        unheard.write_bytes(b"new")
        library.database.add(SongRow(path=unheard, title="New"))
        with pytest.raises(UserError, match="has not been listened to"):
            engine.explanations.of(id_at(engine, SONGS))


RESULT = {
    "predicted": 0.8,
    "start": 60.0,
    "stop": 90.0,
    "windows": [{"from": 60.0, "to": 62.5, "change": 0.02, "holds": True}],
    "bands": [{"from": 0.0, "to": 287.0, "change": -0.01, "holds": False}],
    "spectrogram": None,
}


def test_the_child_explains_the_sound(learned: PlantedLibrary, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    jobs: list[TrainingJob] = []

    def child(job: TrainingJob, *, control: object) -> Iterator[Event]:
        jobs.append(job)
        yield Progress(1, 2)
        yield TrainingFinished(complete=True, result=RESULT if len(jobs) == 1 else {"seconds": 1.0})

    with learned.open() as engine:
        monkeypatch.setattr(explanations, "run_training", child)
        asked = id_at(engine, 40)
        told = list(engine.explanations.sound_of(asked, sound_file=tmp_path / "a.wav"))
        stopped = list(engine.explanations.sound_of(asked))
    assert isinstance(told[0], Progress)
    assert isinstance(told[-1], SoundExplained)
    assert told[-1].explanation is not None
    assert told[-1].explanation.seconds[0].change == 0.02
    assert told[-1].explanation.song.song_id == asked
    assert isinstance(stopped[-1], SoundExplained)
    assert stopped[-1].explanation is None
    options = jobs[0].options
    assert (jobs[0].kind, options["song_id"], options["sound_file"]) == ("explain", asked, str(tmp_path / "a.wav"))
    assert Path(options["predictor"]).is_file()
    assert options["encoder"] == {"reference": "SpectralEncoder", "checkpoint": ""}


@pytest.fixture
def with_classifier(library: PlantedLibrary, monkeypatch: pytest.MonkeyPatch) -> PlantedLibrary:
    """A library that is predicted by a classifier of the owner's, which was learned before."""
    InlinePool.in_place_of_workers(monkeypatch)
    library.profile.config_file.write_text("hyperparameters: {classifier_class: SimpleRatingClassifier}\n")
    with library.open() as engine:
        job = engine.learning.job("train-classifier")
        ratings = np.array([song.rating for song in job.rated])
        groups, names = artist_groups(job.rated), Names.of(job.rated)
        said = ratings.astype(np.float32)[:, None]
        model = fit(ratings, vectors=said, names=names, groups=groups, seed=1, kernel="linear")
        file = predictor_file(job.checkpoint_dir, "rating-own")
        file.parent.mkdir(parents=True)
        model.save(file)
        config = CheckpointConfig("SimpleRatingClassifier", {"embedding_dim": TASTE.dimension})
        checkpoint.save(file.with_suffix(".pt"), SimpleRatingClassifier(TASTE.dimension), config=config)
        key = engine.learning.predictor_key(job)
        engine.stores.companion.save_setting(PREDICTOR, {"version": "rating-own", "key": key})
    return library


def test_the_owners_classifier_is_asked_in_a_process_of_its_own(with_classifier: PlantedLibrary) -> None:
    with with_classifier.open() as engine:
        asked = id_at(engine, 40)
        found = engine.explanations.of(asked)
        assert found.song.song_id == asked
        assert not found.for_songs.is_measured
        assert engine.explanations.reasons([asked]) == {}
        with_classifier.database.rate(with_classifier.paths[0], -1)
        with pytest.raises(UserError, match="Your ratings have changed"):
            engine.explanations.of(asked)


def test_an_excerpt_is_written_as_a_wave_and_never_among_the_music(learned: PlantedLibrary, tmp_path: Path) -> None:
    song = learned.paths[0]
    before = song.read_bytes()
    with learned.open() as engine:
        for place, sentence in ((song, "should end in .wav"), (song.with_suffix(".wav"), "lies in your music folder")):
            with pytest.raises(UserError, match=sentence):
                list(engine.explanations.sound_of(id_at(engine, 0), sound_file=place))
    assert song.read_bytes() == before
    assert not song.with_suffix(".wav").exists()
