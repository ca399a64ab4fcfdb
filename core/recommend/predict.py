"""Predictions straight from a classifier and a store, for programs of one's own; the engine uses the training child."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from core.errors import Cause, UserError
from core.recommend.ranking import Recommendation, Wish, rank
from core.song import Song
from core.store.companion import Prediction
from core.store.embeddings import EmbeddingStore

if TYPE_CHECKING:
    from torch import nn


def generate_recommendations(
    unrated_songs: Sequence[Song],
    classifier: "nn.Module",
    embedding_store: EmbeddingStore,
    top_n: int = 100,
    min_rating: float = 0.7,
    batch_size: int = 256,
    device: str = "cpu",
) -> list[Recommendation]:
    """The ``top_n`` songs that the classifier rates best, at least ``min_rating`` (0 to 1), best first.

    Embeddings are those of the version that was stored last; songs without one are left out. The intervals of the
    recommendations are 0 to 1, for a bare classifier says nothing of its error.
    """
    import torch

    version = embedding_store.newest_version()
    if version is None:
        raise UserError("No song has been listened to yet.", cause=Cause.NOT_HEARD)
    names, vectors = embedding_store.matrix(version).rows([song.song_id for song in unrated_songs])
    model = classifier.to(device).eval()
    ratings: list[float] = []
    with torch.inference_mode():
        for part in np.array_split(vectors, range(batch_size, len(vectors), batch_size)):
            ratings += model(torch.from_numpy(part).to(device)).squeeze(1).tolist()
    rated = dict(zip(names, ratings, strict=True))
    predictions = {
        song.song_id: Prediction(song.song_id, rated[song.song_id], 0.0, 1.0)
        for song in unrated_songs
        if song.song_id in rated
    }
    return rank(unrated_songs, predictions=predictions, wish=Wish(top_n, min_rating)).recommendations
