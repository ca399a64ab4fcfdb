"""Learn from names besides sound: heads for artist, album, genre and period over one embedding, and their loss."""

from collections.abc import Mapping, Sequence
from typing import cast

import torch
from torch import Tensor, nn

from core.models.losses import NTXentLoss
from core.models.mel import MelEncoder

Outputs = Mapping[str, Tensor]
LABELS = ("artist", "album", "genre", "period")


class NoClasses(nn.Module):
    """The head of a label that no song has, (songs, dimension) to (songs, 0): torch warns of an empty ``Linear``."""

    def forward(self, embedding: Tensor) -> Tensor:
        return embedding.new_zeros(len(embedding), 0)


class LabelHeads(nn.Module):
    """One linear classifier of embeddings for each label; they are dropped after training."""

    def __init__(
        self, embedding_dim: int, *, num_artists: int, num_albums: int, num_genres: int = 13, num_periods: int = 12
    ) -> None:
        super().__init__()
        self.artist_classifier = _head(embedding_dim, num_artists)
        self.album_classifier = _head(embedding_dim, num_albums)
        self.genre_classifier = _head(embedding_dim, num_genres)
        self.period_classifier = _head(embedding_dim, num_periods)

    def forward(self, embedding: Tensor) -> dict[str, Tensor]:
        """Embeddings (songs, dimension) in; themselves and (songs, classes) logits of each label out."""
        return {
            "embedding": embedding,
            "artist_logits": self.artist_classifier(embedding),
            "album_logits": self.album_classifier(embedding),
            "genre_logits": self.genre_classifier(embedding),
            "period_logits": self.period_classifier(embedding),
        }


class MultiTaskEncoder(nn.Module):
    """An encoder with heads, as the plan has it; ``encoder`` is what remains after training."""

    def __init__(
        self,
        embedding_dim: int = 512,
        num_artists: int = 5000,
        num_albums: int = 10000,
        num_genres: int = 13,
        num_periods: int = 12,
        encoder: nn.Module | None = None,
    ) -> None:
        super().__init__()
        self.embedding_dim = embedding_dim
        self.encoder = encoder or MelEncoder(embedding_dim)
        self.heads = LabelHeads(
            embedding_dim,
            num_artists=num_artists,
            num_albums=num_albums,
            num_genres=num_genres,
            num_periods=num_periods,
        )

    def forward(self, audio: Tensor) -> dict[str, Tensor]:
        """Waveforms (batch, samples) in; ``embedding``, ``artist_logits``, ``album_logits``, ... out."""
        return cast("dict[str, Tensor]", self.heads(self.encoder(audio)))

    def get_embedding_dim(self) -> int:
        """The number of values in one embedding."""
        return self.embedding_dim


class MultiTaskLoss(nn.Module):
    """The contrastive loss and the cross entropies of the labels, weighted; a missing label counts for nothing."""

    def __init__(
        self,
        contrastive_weight: float = 1.0,
        artist_weight: float = 0.3,
        album_weight: float = 0.3,
        genre_weight: float = 0.2,
        period_weight: float = 0.1,
        temperature: float = 0.5,
    ) -> None:
        super().__init__()
        self.contrastive_loss = NTXentLoss(temperature)
        self.contrastive_weight = contrastive_weight
        self.artist_weight = artist_weight
        self.album_weight = album_weight
        self.genre_weight = genre_weight
        self.period_weight = period_weight

    def forward(
        self,
        outputs1: Outputs,
        outputs2: Outputs,
        artist_labels: Tensor,
        album_labels: Sequence[Sequence[int]],
        genre_labels: Tensor,
        period_labels: Tensor,
        *,
        related: Tensor | None = None,
    ) -> dict[str, Tensor | float]:
        """``total_loss`` to go back from; all terms and the shares of songs with labels, in percent, as numbers.

        Outputs are those of ``MultiTaskEncoder`` for two views; of the second only ``embedding`` is read. Labels
        (songs,) are -1 where they are missing; a song has any number of albums, over which its term is averaged.
        """
        terms = {
            "contrastive_loss": self.contrastive_loss(outputs1["embedding"], outputs2["embedding"], related),
            "artist_loss": class_loss(outputs1["artist_logits"], artist_labels),
            "album_loss": several_classes_loss(outputs1["album_logits"], album_labels),
            "genre_loss": class_loss(outputs1["genre_logits"], genre_labels),
            "period_loss": class_loss(outputs1["period_logits"], period_labels),
        }
        weights = self._weights()
        total = torch.stack([weights[name] * term for name, term in terms.items()]).sum()
        shares = [(labels >= 0).float().mean() * 100 for labels in (artist_labels, genre_labels, period_labels)]
        names = (*terms, "artist_valid_pct", "genre_valid_pct", "period_valid_pct")
        # All in one go: on a GPU each single item() waits for everything that is under way.
        numbers = torch.stack([term.detach().float() for term in (*terms.values(), *shares)]).tolist()
        return {"total_loss": total, **dict(zip(names, numbers, strict=True)), **_album_statistics(album_labels)}

    def _weights(self) -> dict[str, float]:
        return {
            "contrastive_loss": self.contrastive_weight,
            "artist_loss": self.artist_weight,
            "album_loss": self.album_weight,
            "genre_loss": self.genre_weight,
            "period_loss": self.period_weight,
        }


def class_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """The mean cross entropy of (songs, classes) over the songs whose label (songs,) is not negative; 0 without any."""
    if logits.shape[1] == 0:
        return logits.float().sum()
    total = nn.functional.cross_entropy(logits.float(), labels.clamp(min=-1), ignore_index=-1, reduction="sum")
    return total / (labels >= 0).sum().clamp(min=1)


def several_classes_loss(logits: Tensor, labels: Sequence[Sequence[int]]) -> Tensor:
    """The same where a song has any number of labels: the mean over the labels of each song, then over such songs."""
    counts = torch.tensor([len(song) for song in labels], dtype=torch.long)
    songs = torch.arange(len(labels)).repeat_interleave(counts)
    classes = torch.tensor([label for song in labels for label in song], dtype=torch.long)
    shares = (1 / counts[songs]) / counts.count_nonzero()
    logarithms = logits.float().log_softmax(dim=1)[songs.to(logits.device), classes.to(logits.device)]
    return -(logarithms * shares.to(logits.device)).sum()


def _album_statistics(labels: Sequence[Sequence[int]]) -> dict[str, float]:
    with_albums = sum(bool(song) for song in labels)
    return {
        "album_valid_pct": with_albums / len(labels) * 100 if labels else 0.0,
        "album_avg_count": sum(len(song) for song in labels) / max(with_albums, 1),
    }


def _head(embedding_dim: int, classes: int) -> nn.Module:
    return nn.Linear(embedding_dim, classes) if classes else NoClasses()
