"""The jobs that judge: what is read, what is compared with what, what is told, and what a stop leaves."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import UserError
from core.models import checkpoint
from core.models.checkpoint import CheckpointConfig
from core.models.classifiers import SimpleRatingClassifier
from core.store.companion import CompanionStore
from core.store.embeddings import EmbeddingStore
from core.training.judgment import judging
from core.training.judgment.judging import check_itself, compare_versions, evaluate_predictor
from core.training.protocol import TrainingJob
from tests.planted_jobs import NAMES, TASTE, VERSION, planted_job
from tests.recorded_messages import Messages

DEAF = np.random.default_rng(1).normal(size=TASTE.vectors.shape).astype(np.float32)
OTHER = "deaf-1"


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TrainingJob:
    ears = {"spectral": DEAF[:90]}
    monkeypatch.setattr(judging, "baseline_vectors", lambda _job, _songs, ctx: ears)
    return replace(planted_job(tmp_path, kind="evaluate"), options={"thorough": False})


def with_other(job: TrainingJob, **options: Any) -> TrainingJob:  # noqa: ANN401 - plain values
    with closing(EmbeddingStore(job.embeddings_db)) as store:
        store.store_embeddings_batch(list(zip(NAMES, DEAF, strict=True)), OTHER)
    return replace(job, kind="compare", options={"versions": [OTHER, VERSION], **options})


def test_both_questions_and_the_neighborhood_are_answered(job: TrainingJob) -> None:
    messages = Messages()
    found = evaluate_predictor(job, messages)
    assert set(found) == {"unseen_artist", "known_artist", "retrieval"}
    unseen = found["unseen_artist"]
    assert unseen["model"]["spearman"] > unseen["baselines"]["spectral_ridge"]["spearman"] + 0.3
    assert "classifier" not in unseen["baselines"]
    assert {"same_artist", "genre", "hubness"} <= set(found["retrieval"])
    assert messages.of("started") == [{"kind": "evaluate", "device": "cpu", "songs": 90}]
    assert [each["name"] for each in messages.of("stage")] == ["Listening with other encoders", "Evaluating"]
    assert messages.of("progress")[-1] == {"done": 10, "total": 10}


def test_nothing_is_learned_and_nothing_written(job: TrainingJob) -> None:
    evaluate_predictor(job, Messages())
    with closing(CompanionStore(job.companion_db)) as store:
        assert store.predictions("") == {}
    assert list(job.checkpoint_dir.glob("*")) == []


def test_a_question_that_is_stopped_is_empty(job: TrainingJob) -> None:
    found = evaluate_predictor(job, Messages(stop_after=("progress", 2)))
    assert (found["unseen_artist"], found["known_artist"]) == ({}, {})


def test_the_classifier_is_compared_when_it_is_asked_for(job: TrainingJob, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def evaluate(*_: object, classifier: object, **__: object) -> dict[str, object]:
        asked.append(classifier)
        return {}

    monkeypatch.setattr(judging, "evaluate", evaluate)
    evaluate_predictor(job, Messages())
    evaluate_predictor(replace(job, options={}), Messages())
    assert asked[0] is None
    assert asked[1].hidden_dims == [16]  # type: ignore[attr-defined]


def test_too_few_ratings_are_one_sentence(tmp_path: Path) -> None:
    for task in (evaluate_predictor, check_itself):
        with pytest.raises(UserError, match="Only 5 of your rated songs"):
            task(planted_job(tmp_path, rated=5), Messages())


def test_the_check_hears_what_was_planted(job: TrainingJob) -> None:
    messages = Messages()
    found = check_itself(replace(job, kind="self-check"), messages)
    assert found["positive"]["passed"]
    assert found["negative"]["shuffles"] >= 20
    assert messages.of("started") == [{"kind": "self-check", "device": "cpu", "songs": 90}]
    assert messages.of("progress")


def test_a_check_that_is_stopped_is_empty(job: TrainingJob) -> None:
    assert check_itself(job, Messages(stop_after=("progress", 1))) == {}


def test_the_version_that_hears_the_taste_wins(job: TrainingJob) -> None:
    messages = Messages()
    found = compare_versions(with_other(job), messages)
    assert found["better"] == VERSION
    assert found[VERSION]["spearman"] > found[OTHER]["spearman"]
    assert messages.of("started") == [{"kind": "compare", "device": "cpu", "songs": 90}]


def test_groups_that_a_version_has_learned_from_are_not_asked_for(job: TrainingJob) -> None:
    """Of two trained ones, only what both have left out."""
    groups = sorted({song.group for song in job.songs})
    both = with_other(job)
    for version, held_out in ((VERSION, groups[:12]), (OTHER, groups[4:])):
        config = CheckpointConfig("SimpleRatingClassifier", {"embedding_dim": 4}, data={"held_out": held_out})
        checkpoint.save(job.checkpoint_dir / f"{version}.pt", SimpleRatingClassifier(4), config=config)
    assert judging._held_out(judging._trained(both)) == set(groups[4:12])
    (job.checkpoint_dir / f"{OTHER}.pt").unlink()
    assert judging._held_out(judging._trained(both)) == set(groups[:12])
    (job.checkpoint_dir / f"{VERSION}.pt").unlink()
    assert judging._held_out(judging._trained(both)) is None


def test_songs_that_one_version_has_not_heard_are_left_out(job: TrainingJob) -> None:
    with closing(EmbeddingStore(job.embeddings_db)) as store:
        store.store_embeddings_batch(list(zip(NAMES, DEAF, strict=True))[:60], "half-1")
    found = compare_versions(replace(job, kind="compare", options={"versions": [VERSION, "half-1"]}), Messages())
    assert found["songs"] == 60
