"""The child's jobs that judge: evaluate the predictor, check the evaluation itself, compare two encoders."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.models import checkpoint
from core.store.embeddings import EmbeddingStore
from core.store.matrix import EmbeddingMatrix
from core.training.classifier_stage import classifier_config
from core.training.comparison import compare
from core.training.context import Reporter
from core.training.evaluation import evaluate
from core.training.fitting import rated_songs, read_matrix
from core.training.other_ears import baseline_vectors
from core.training.protocol import TrainingJob, TrainingSong
from core.training.retrieval import measure_retrieval
from core.training.self_check import self_check
from core.training.stages import context_of, untracked


def evaluate_predictor(job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Held-out quality for both questions beside every baseline, and whether songs that belong together lie together.

    A question that is stopped before its end has an empty answer; the parent calls the whole incomplete.
    """
    matrix = read_matrix(job)
    songs, embeddings = rated_songs(job, matrix)
    with context_of(untracked(job), reporter) as ctx:
        reporter.say("started", kind=job.kind, device=ctx.device, songs=len(songs))
        reporter.say("stage", name="Listening with other encoders")
        vectors = {"model": embeddings, **baseline_vectors(job, songs, ctx=ctx)}
        reporter.say("stage", name="Evaluating")
        answers = evaluate(
            songs,
            vectors=vectors,
            seed=job.seed,
            classifier=classifier_config(ctx) if job.options.get("thorough", True) else None,
            on_fold=lambda done, total: reporter.say("progress", done=done, total=total),
            stopped=reporter.stopped,
        )
    everything, all_vectors = _in_order(job, matrix)
    return answers | {"retrieval": measure_retrieval(everything, all_vectors, seed=job.seed)}


def check_itself(job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Whether shuffled ratings give no skill and planted tastes are found again."""
    songs, embeddings = rated_songs(job, read_matrix(job))
    reporter.say("started", kind=job.kind, device="cpu", songs=len(songs))
    return self_check(
        songs,
        vectors=embeddings,
        seed=job.seed,
        on_step=lambda done, total: reporter.say("progress", done=done, total=total),
        stopped=reporter.stopped,
    )


def compare_versions(job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Two versions of the embeddings on the same songs, of groups that neither has learned from."""
    first, second = job.options["versions"]
    matrices = {name: _matrix(job, name) for name in (first, second)}
    both = set(matrices[first].filenames) & set(matrices[second].filenames)
    songs = [song for song in job.songs if song.song_id in both]
    names = [song.song_id for song in songs]
    reporter.say("started", kind=job.kind, device="cpu", songs=len(songs))
    vectors = {name: matrix.rows(names)[1] for name, matrix in matrices.items()}
    return compare(
        songs,
        vectors,
        held_out=_held_out(job),
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


def _held_out(job: TrainingJob) -> set[str] | None:
    """The groups that none of the versions has learned from; None when none of them has learned from anything."""
    files = (job.checkpoint_dir / f"{version}.pt" for version in job.options["versions"])
    known = [checkpoint.load(file, part="encoder").config.data.get("held_out") for file in files if file.is_file()]
    groups = [set(held_out) for held_out in known if held_out is not None]
    return set.intersection(*groups) if groups else None
