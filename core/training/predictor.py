"""Predict songs with a classifier that has been trained already, in a process of the pool: no training, no store."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from core.store.companion import Prediction


def predict_songs(
    song_ids: list[str], vectors: NDArray[np.float32], *, checkpoint: Path, folder: Path | None
) -> "list[Prediction]":
    """Predictions for embeddings (songs, dim) by the classifier in ``checkpoint``, with the interval that it learned.

    ``folder`` is where the owner's own module lies. Raises UserError for a checkpoint that cannot be used any more.
    """
    import torch

    from core.models import checkpoint as checkpoints
    from core.store.companion import Prediction
    from core.training.classifier import FittedClassifier

    torch.set_num_threads(1)
    saved = checkpoints.load(checkpoint)
    metrics = saved.config.metrics
    fitted = FittedClassifier(saved.build(relative_to=folder), metrics["val_mse"], 0, metrics["radius"])
    ratings = fitted.predict(vectors)
    low, high = fitted.interval(ratings)
    rows = zip(song_ids, ratings.tolist(), low.tolist(), high.tolist(), strict=True)
    return [Prediction(*row) for row in rows]  # type: ignore[arg-type]  # keys of the store are song ids
