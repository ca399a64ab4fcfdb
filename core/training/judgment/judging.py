"""The child's jobs that judge: evaluate the predictor, check the evaluation itself, compare two encoders."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.models import checkpoint
from core.store.embeddings import EmbeddingStore
from core.store.matrix import EmbeddingMatrix
from core.training.context import Reporter
from core.training.judgment.comparison import compare
from core.training.judgment.evaluation import evaluate
from core.training.judgment.other_ears import baseline_vectors
from core.training.judgment.retrieval import measure_retrieval
from core.training.judgment.self_check import self_check
from core.training.protocol import TrainingJob, TrainingSong
from core.training.rating.classifier_stage import classifier_config
from core.training.rating.fitting import rated_songs
from core.training.rating.hearing import hearing_of
from core.training.stages import context_of, untracked

WITHOUT_LABELS = ("contrastive", "distill")
"""Ways of training an encoder that look at neither ratings nor names."""


def evaluate_predictor(job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Held-out quality for both questions beside every baseline, and whether songs that belong together lie together.

    A question that is stopped before its end has an empty answer; the parent calls the whole incomplete.
    """
    hearing = hearing_of(job)
    songs, heard = rated_songs(job, hearing)
    everything, embeddings = _in_order(job, _matrix(job, job.embedding_version))
    row_of = {song.song_id: row for row, song in enumerate(everything)}
    embedded = embeddings[[row_of[song.song_id] for song in songs]]
    with context_of(untracked(job), reporter) as ctx:
        reporter.say("started", kind=job.kind, device=ctx.device, songs=len(songs))
        reporter.say("stage", name="Listening with other encoders")
        vectors = {"model": heard, "encoder": embedded, **baseline_vectors(job, songs, ctx=ctx)}
        reporter.say("stage", name="Evaluating")
        answers = evaluate(
            songs,
            vectors=vectors,
            seed=job.seed,
            classifier=classifier_config(ctx) if job.options.get("thorough", True) else None,
            aspects=hearing.aspects,
            on_fold=lambda done, total: reporter.say("progress", done=done, total=total),
            stopped=reporter.stopped,
        )
    return answers | {"retrieval": measure_retrieval(everything, embeddings, seed=job.seed)}


def check_itself(job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Whether shuffled ratings give no skill and planted tastes are found again."""
    songs, embeddings = rated_songs(job, hearing_of(replace(job, options={})))
    reporter.say("started", kind=job.kind, device="cpu", songs=len(songs))
    return self_check(
        songs,
        vectors=embeddings,
        seed=job.seed,
        on_step=lambda done, total: reporter.say("progress", done=done, total=total),
        stopped=reporter.stopped,
    )


def compare_versions(job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Two versions of the embeddings on the same songs, of groups that neither has learned from.

    The predictor is measured as it would predict, with what was measured beside each version; and on all rated songs
    where no version has learned from ratings or names, for then they told it nothing.
    """
    versions: list[str] = job.options["versions"]
    heard = {name: hearing_of(replace(job, embedding_version=name)) for name in versions}
    both = set.intersection(*(set(each.filenames) for each in heard.values()))
    songs = [song for song in job.songs if song.song_id in both]
    names = [song.song_id for song in songs]
    reporter.say("started", kind=job.kind, device="cpu", songs=len(songs))
    trained = _trained(job)
    return compare(
        songs,
        {name: _matrix(job, name).rows(names)[1] for name in versions},
        heard={name: replace(each, filenames=names, vectors=each.rows(names)[1]) for name, each in heard.items()},
        held_out=_held_out(trained),
        asks_all_rated=all(each["config"]["mode"] in WITHOUT_LABELS for each in trained),
        seed=job.seed,
        on_fold=lambda done, total: reporter.say("progress", done=done, total=total),
        stopped=reporter.stopped,
    )


def _in_order(job: TrainingJob, matrix: EmbeddingMatrix) -> tuple[list[TrainingSong], NDArray[np.float32]]:
    """The songs that have an embedding, and the embeddings (songs, dim)."""
    by_id = {song.song_id: song for song in job.songs}
    found, vectors = matrix.rows(list(by_id))
    return [by_id[name] for name in found], vectors


def _matrix(job: TrainingJob, version: str) -> EmbeddingMatrix:
    store = EmbeddingStore(job.embeddings_db)
    try:
        return store.matrix(version)
    finally:
        store.close()


def _trained(job: TrainingJob) -> list[dict[str, Any]]:
    """What those of the versions that were trained have learned from."""
    files = (job.checkpoint_dir / f"{version}.pt" for version in job.options["versions"])
    known = [checkpoint.load(file, part="encoder").config.data for file in files if file.is_file()]
    return [data for data in known if "held_out" in data]


def _held_out(trained: list[dict[str, Any]]) -> set[str] | None:
    """The groups that none of the versions has learned from; None when none of them has learned from anything."""
    return set.intersection(*(set(data["held_out"]) for data in trained)) if trained else None
