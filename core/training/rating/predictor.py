"""The predictor: a mixed model over embeddings and names, or over what the owner's own classifier makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.song import SongId
from core.store.companion import Prediction
from core.training.protocol import TrainingSong
from core.training.rating.vectors_beside import AnyVectors

if TYPE_CHECKING:
    from torch import nn

    from core.training.rating.mixed_model import MixedModel, Predicted

ENDING = ".npz"
PREFIX = "rating-"


@dataclass(frozen=True)
class Predictor:
    """Predicts from embeddings (songs, dim) and what is known of the songs."""

    model: "MixedModel"
    classifier: "nn.Module | None" = None
    """The owner's own: then the mixed model reads what it says of an embedding, not the embedding itself."""

    def predict(self, vectors: AnyVectors, *, songs: Sequence[TrainingSong]) -> "Predicted":
        """One row for each song; raises UserError for a classifier that breaks its promise and other embeddings."""
        from core.training.rating.mixed_model import Names

        if self.classifier is not None:
            from core.training.classifier import predict

            vectors = predict(self.classifier, np.asarray(vectors)).astype(np.float32)[:, None]
        if vectors.shape[1] != self.model.sound.center.size:
            raise UserError(
                "What was learned from your ratings belongs to another way of listening: it is learned anew with the "
                "next update."
            )
        return self.model.predict(vectors, names=Names.of(songs))

    def predictions(self, vectors: AnyVectors, *, songs: Sequence[TrainingSong]) -> list[Prediction]:
        """The same as rows for the store."""
        found = self.predict(vectors, songs=songs)
        rows = zip(found.ratings.tolist(), found.low.tolist(), found.high.tolist(), strict=True)
        return [Prediction(SongId(song.song_id), *row) for song, row in zip(songs, rows, strict=True)]


def predictor_file(folder: Path, version: str) -> Path:
    """Where a predictor lies; its classifier, if it has one, lies beside it as ``VERSION.pt``."""
    return folder / f"{version}{ENDING}"


def forget_predictors_except(version: str, *, folder: Path) -> None:
    """Delete those of earlier ratings: each rating makes a new one, and they have megabytes."""
    for path in folder.glob(f"{PREFIX}*"):
        if path.stem != version:
            path.unlink(missing_ok=True)


def load_predictor(path: Path, *, folder: Path | None) -> Predictor:
    """``folder`` is where the owner's own module lies. Raises UserError for a file that cannot be used any more."""
    from core.training.rating.mixed_model import MixedModel

    model = MixedModel.load(path)
    own = path.with_suffix(".pt")
    if not own.is_file():
        return Predictor(model)
    from core.models import checkpoint

    return Predictor(model, checkpoint.load(own).build(relative_to=folder))


def predict_songs(
    songs: list[TrainingSong], vectors: NDArray[np.float32], *, predictor: Path, folder: Path | None
) -> list[Prediction]:
    """Predictions for embeddings (songs, dim) by a predictor that was fitted already; runs in a process of the pool."""
    return load_predictor(predictor, folder=folder).predictions(vectors, songs=songs)
