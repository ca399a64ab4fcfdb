"""Songs are predicted by a fitted predictor as the fitting itself predicted them."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from core.errors import UserError
from core.store.companion import CompanionStore
from core.training.context import Silence
from core.training.rating.fitting import fit_predictor
from core.training.rating.predictor import load_predictor, predict_songs, predictor_file
from tests.planted_jobs import NAMES, TASTE, planted_job


def test_a_worker_predicts_what_the_fitting_predicted(tmp_path: Path) -> None:
    job = planted_job(tmp_path, kind="fit-predictor")
    version = fit_predictor(job, Silence())["model_version"]
    with closing(CompanionStore(tmp_path / "companion.db")) as store:
        expected = store.predictions(version)
    file, songs = predictor_file(job.checkpoint_dir, version), TASTE.rated(NAMES)
    # Of the last ones the job does not know more than how they sound; here their artists are told.
    found = predict_songs(songs[:90], TASTE.vectors[:90], predictor=file, folder=None)
    assert [each.song_id for each in found] == NAMES[:90]
    for each in found:
        known = expected[each.song_id]
        assert (each.rating, each.low, each.high) == pytest.approx((known.rating, known.low, known.high), abs=1e-4)
    alone = predict_songs(songs[:1], TASTE.vectors[:1], predictor=file, folder=None)
    assert alone[0].rating == pytest.approx(found[0].rating, abs=1e-4), "whatever it is predicted together with"


@pytest.mark.parametrize("content", [None, b"half of"])
def test_a_predictor_that_cannot_be_used_is_one_sentence(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "rating.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError, match=r"rating\.npz"):
        predict_songs(TASTE.rated(NAMES)[:1], np.ones((1, 4), np.float32), predictor=path, folder=None)


def test_a_predictor_that_read_other_embeddings_is_one_sentence(tmp_path: Path) -> None:
    job = planted_job(tmp_path, kind="fit-predictor")
    file = predictor_file(job.checkpoint_dir, fit_predictor(job, Silence())["model_version"])
    with pytest.raises(UserError, match="learned anew with the next update"):
        predict_songs(TASTE.rated(NAMES)[:1], np.ones((1, 3), np.float32), predictor=file, folder=None)


def test_without_a_classifier_beside_it_a_predictor_reads_the_embeddings(tmp_path: Path) -> None:
    job = planted_job(tmp_path, kind="fit-predictor")
    version = fit_predictor(job, Silence())["model_version"]
    assert load_predictor(predictor_file(job.checkpoint_dir, version), folder=None).classifier is None
