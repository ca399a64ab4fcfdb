"""Versions of encoders: trained, embedded, compared, chosen, deleted; the child itself is not started."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.engine import Engine
from core.errors import UserError
from core.jobs.events import Control, Event, Outcome
from core.parts import encoders
from core.parts.encoders import CANDIDATE, EncoderFinished
from core.training.process import TrainingFinished
from core.training.protocol import TrainingJob
from tests.planted_library import SONGS, PlantedLibrary

OLD, NEW = "planted-1-0", "mel-1-new"


class Children:
    """Answers each kind of job as its child would; ``jobs`` are those that were asked for."""

    def __init__(self, library: PlantedLibrary) -> None:
        self.jobs: list[TrainingJob] = []
        self.better: str | None = NEW
        self.incomplete: set[str] = set()
        self._checkpoint = library.profile.checkpoints / f"{NEW}.pt"

    def __call__(self, job: TrainingJob, *, control: Control | None = None) -> Iterator[Event]:
        self.jobs.append(job)
        complete = job.kind not in self.incomplete
        yield TrainingFinished(complete=complete, result=self._answer(job))

    def kinds(self) -> list[str]:
        return [job.kind for job in self.jobs]

    def _answer(self, job: TrainingJob) -> dict[str, Any]:
        match job.kind:
            case "train-encoder":
                self._checkpoint.parent.mkdir(parents=True, exist_ok=True)
                self._checkpoint.write_bytes(b"weights")
                return {"embedding_version": NEW, "reference": "MelEncoder", "checkpoint": str(self._checkpoint)}
            case "compare":
                return {"surely": self.better, "found": "Chance makes that in 7 of 100 cases."}
            case "embed":
                return {"complete": job.kind not in self.incomplete}
            case _:
                return {}


@pytest.fixture
def children(library: PlantedLibrary, monkeypatch: pytest.MonkeyPatch) -> Children:
    recorder = Children(library)
    monkeypatch.setattr(encoders, "run_training", recorder)
    return recorder


def last(events: Iterator[Event]) -> EncoderFinished:
    *_, finished = events
    assert isinstance(finished, EncoderFinished)
    return finished


def store_new(engine: Engine, *, songs: int = SONGS) -> None:
    """Embeddings of the new version, as the child leaves them."""
    old = engine.stores.embeddings.matrix(OLD)
    rows = list(zip(old.filenames, old.vectors, strict=True))[:songs]
    engine.stores.embeddings.store_embeddings_batch(rows, NEW)
    engine.stores.embeddings.store_metadata(NEW, encoder_class="MelEncoder", hyperparameters={})


def test_a_better_encoder_is_used_by_predictions_and_by_the_next_scan(engine: Engine, children: Children) -> None:
    finished = last(engine.encoders.train("train-encoder", preset="quick", embed_batch_size=8))
    assert finished.is_used
    assert children.kinds() == ["train-encoder", "embed", "compare"]
    assert children.jobs[0].options["preset"] == "quick"
    assert children.jobs[1].options["embed_batch_size"] == 8
    assert children.jobs[2].options["versions"] == [OLD, NEW]
    assert engine.active_version == NEW
    choice = engine._workplace.analysis_settings().encoder
    assert (choice.reference, choice.checkpoint) == ("MelEncoder", Path(finished.result["checkpoint"]))  # type: ignore[index]


def test_what_the_comparison_found_is_told_with_the_way_back(engine: Engine, children: Children) -> None:
    told = [event.sentence for event in engine.encoders.train("train-encoder") if isinstance(event, Outcome)]
    assert told == [
        f"Chance makes that in 7 of 100 cases. So {NEW} is used from now on; {OLD} is kept, and can be chosen instead."
    ]


@pytest.mark.parametrize("better", [OLD, None])
def test_one_that_is_not_surely_better_stays_beside_and_is_named(
    engine: Engine, children: Children, better: str | None
) -> None:
    children.better = better
    *events, finished = engine.encoders.train("train-encoder")
    assert isinstance(finished, EncoderFinished)
    assert not finished.is_used
    assert engine.active_version == OLD
    assert any(isinstance(event, Outcome) and f"{NEW} is kept" in event.sentence for event in events)


def test_a_version_that_has_listened_to_nothing_is_no_rival(engine: Engine, children: Children) -> None:
    """As where the configuration names another file of embeddings: nothing could ever be better than it."""
    engine.stores.embeddings.forget_version(OLD)
    children.better = None
    assert last(engine.encoders.train("train-encoder")).is_used
    assert children.kinds() == ["train-encoder", "embed"]
    assert engine.active_version == NEW


@pytest.mark.parametrize("stage", ["embed", "compare"])
def test_what_was_stopped_in_between_goes_on_later(engine: Engine, children: Children, stage: str) -> None:
    children.incomplete = {stage}
    assert not last(engine.encoders.train("train-encoder")).complete
    assert engine.active_version == OLD
    children.incomplete, children.jobs = set(), []
    assert last(engine.encoders.continue_candidate()).is_used
    assert children.kinds() == ["embed", "compare"], "what was trained is not trained again"
    assert engine.active_version == NEW
    assert list(engine.encoders.continue_candidate()) == []


def test_a_stopped_training_embeds_nothing(engine: Engine, children: Children) -> None:
    children.incomplete = {"train-encoder"}
    assert not last(engine.encoders.train("train-encoder")).complete
    assert children.kinds() == ["train-encoder"]
    assert engine.stores.companion.setting(CANDIDATE) is None


def test_an_own_function_without_an_encoder_ends_after_its_training(engine: Engine, children: Children) -> None:
    finished = last(engine.encoders.train("run", train_fn="mine:train"))
    assert finished.complete
    assert not finished.is_used
    assert children.kinds() == ["run"]
    assert children.jobs[0].options["train_fn"] == "mine:train"


def test_the_first_encoder_of_all_has_nothing_to_be_compared_with(engine: Engine, children: Children) -> None:
    engine.stores.companion.save_setting("active_embeddings", None)
    assert last(engine.encoders.train("train-encoder")).is_used
    assert children.kinds() == ["train-encoder", "embed"]


def test_classes_that_are_named_take_the_place_of_the_configuration_s(engine: Engine, children: Children) -> None:
    last(engine.encoders.train("train-encoder", encoder_class="mine:Encoder"))
    assert children.jobs[0].encoder_class == "mine:Encoder"
    assert "encoder_class" not in children.jobs[0].options


def test_versions_are_listed_with_the_one_in_use_first(engine: Engine) -> None:
    store_new(engine, songs=5)
    first, second = engine.encoders.versions()
    assert (first.version, first.is_active, first.songs, first.checkpoint) == (OLD, True, SONGS, None)
    assert (second.version, second.is_active, second.songs, second.dimension) == (NEW, False, 5, 16)


def test_a_version_is_chosen_after_its_missing_songs_were_embedded(engine: Engine, children: Children) -> None:
    store_new(engine, songs=5)
    assert last(engine.encoders.use(NEW)).is_used
    assert [job.options["version"] for job in children.jobs] == [NEW]
    assert engine.active_version == NEW
    assert engine._workplace.analysis_settings().encoder.reference == "MelEncoder"


def test_a_class_in_the_configuration_that_is_another_one_wins(
    library: PlantedLibrary, engine: Engine, children: Children
) -> None:
    last(engine.encoders.train("train-encoder"))
    library.profile.config_file.write_text("hyperparameters: {encoder_class: SpectralEncoder}\n")
    with library.open() as changed:
        choice = changed._workplace.analysis_settings().encoder
    assert (choice.reference, choice.checkpoint) == ("SpectralEncoder", None)


def test_weights_that_are_gone_leave_the_configuration_s_encoder(engine: Engine, children: Children) -> None:
    finished = last(engine.encoders.train("train-encoder"))
    Path(finished.result["checkpoint"]).unlink()  # type: ignore[index]
    assert engine._workplace.analysis_settings().encoder.checkpoint is None


def test_a_deleted_version_leaves_nothing(engine: Engine) -> None:
    store_new(engine)
    engine.stores.embeddings.matrix(NEW)
    before = set(engine.stores.embeddings.path.parent.iterdir())
    assert engine.encoders.delete(NEW) == SONGS
    assert NEW not in engine.stores.embeddings.counts()
    assert engine.stores.embeddings.get_metadata(NEW) is None
    assert len(set(engine.stores.embeddings.path.parent.iterdir())) < len(before)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda engine: engine.encoders.delete(OLD), "is in use: choose another"),
        (lambda engine: engine.encoders.delete("no-1"), f"There is no version no-1; those that there are: {OLD}"),
        (lambda engine: list(engine.encoders.use("no-1")), "There is no version no-1"),
        (lambda engine: list(engine.encoders.compare(OLD, "no-1")), "There is no version no-1"),
    ],
)
def test_what_cannot_be_is_one_sentence(engine: Engine, call: Callable[[Engine], object], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        call(engine)
