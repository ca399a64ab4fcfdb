"""Songs are predicted by a trained classifier as the training itself predicted them."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from core.errors import UserError
from core.store.companion import CompanionStore
from core.training.predictor import predict_songs
from core.training.process import TrainingFinished, run_training
from tests.planted_jobs import NAMES, TASTE, planted_job


def test_a_worker_predicts_what_the_training_predicted(tmp_path: Path) -> None:
    finished = list(run_training(planted_job(tmp_path)))[-1]
    assert isinstance(finished, TrainingFinished)
    assert finished.result is not None
    version = finished.result["model_version"]
    with closing(CompanionStore(tmp_path / "companion.db")) as store:
        expected = store.predictions(version)
    checkpoint = tmp_path / "models" / f"{version}.pt"
    found = predict_songs(NAMES, TASTE.vectors, checkpoint=checkpoint, folder=None)
    assert [each.song_id for each in found] == NAMES
    for each in found:
        known = expected[each.song_id]
        assert (each.rating, each.low, each.high) == pytest.approx((known.rating, known.low, known.high), abs=1e-4)
    alone = predict_songs(NAMES[:1], TASTE.vectors[:1], checkpoint=checkpoint, folder=None)
    assert alone[0].rating == pytest.approx(found[0].rating, abs=1e-4), "whatever it is predicted together with"


@pytest.mark.parametrize("content", [None, b"half of"])
def test_a_checkpoint_that_cannot_be_used_is_one_sentence(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "rating.pt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError, match=r"rating\.pt"):
        predict_songs(["a"], np.ones((1, 4), np.float32), checkpoint=path, folder=None)
