"""What a training step minimizes: each objective is called with the encoder and a batch, and holds its own heads.

``loss, metrics = objective(encoder, batch)``: the loss to go back from, and plain numbers under the plan's names
(``train/total_loss`` and so on). The objective's parameters belong into the optimizer and the checkpoint.
"""

from collections.abc import Mapping
from typing import Any, Literal, cast

import torch
from torch import Tensor, nn

from core.models.losses import NTXentLoss
from core.models.multitask import LabelHeads, MultiTaskLoss
from core.training.data.batch import Batch

Mode = Literal["contrastive", "multitask", "supervised", "distill"]
Step = tuple[Tensor, dict[str, float]]

WEIGHTS = ("contrastive_weight", "artist_weight", "album_weight", "genre_weight", "period_weight")
TEMPERATURE = 0.5


class Contrastive(nn.Module):
    """Two views of a song shall be alike; with ``projector``, after two more layers, as in SimCLR."""

    def __init__(
        self,
        temperature: float = TEMPERATURE,
        embedding_dim: int = 512,
        projection_dim: int = 128,
        *,
        projector: bool = False,
    ) -> None:
        super().__init__()
        self.projector = _projector(embedding_dim, projection_dim) if projector else nn.Identity()
        self.loss = NTXentLoss(temperature)

    def forward(self, encoder: nn.Module, batch: Batch) -> Step:
        loss = self.between(encoder(batch.first), encoder(batch.second), batch.related)
        return loss, _numbers(total_loss=loss, contrastive_loss=loss)

    def between(self, first: Tensor, second: Tensor, related: Tensor) -> Tensor:
        """The loss of two views' embeddings (songs, dimension)."""
        return cast("Tensor", self.loss(self.projector(first), self.projector(second), related))


class MultiTask(nn.Module):
    """Two views shall be alike, and tell artist, album, genre and period."""

    def __init__(self, heads: LabelHeads, loss: MultiTaskLoss) -> None:
        super().__init__()
        self.heads = heads
        self.loss = loss

    def forward(self, encoder: nn.Module, batch: Batch) -> Step:
        outputs = self.heads(encoder(batch.first))
        second = {"embedding": encoder(batch.second)}
        labels = (batch.artist, batch.albums, batch.genre, batch.period)
        found = self.loss(outputs, second, *labels, related=batch.related)
        total = cast("Tensor", found["total_loss"])
        numbers = found | {"total_loss": total.item()}
        return total, {f"train/{name}": float(value) for name, value in numbers.items()}


class WeakRatings(nn.Module):
    """Two views shall be alike, and the stars of rated songs be read from the first."""

    def __init__(
        self,
        embedding_dim: int = 512,
        weight: float = 1.0,
        *,
        contrastive: Contrastive | None = None,
        contrastive_weight: float = 1.0,
    ) -> None:
        super().__init__()
        self.contrastive = contrastive or Contrastive(embedding_dim=embedding_dim)
        self.contrastive_weight = contrastive_weight
        self.rating = nn.Linear(embedding_dim, 1)
        self.weight = weight

    def forward(self, encoder: nn.Module, batch: Batch) -> Step:
        first = encoder(batch.first)
        contrastive = self.contrastive.between(first, encoder(batch.second), batch.related)
        rated = batch.rating > 0
        predicted = self.rating(first).squeeze(1).float().sigmoid()
        # An unrated song's error is taken out before it is squared, so that its -1 leaves no gradient.
        errors = torch.where(rated, predicted - batch.rating, 0.0)
        rating = errors.square().sum() / rated.sum().clamp(min=1)
        total = self.contrastive_weight * contrastive + self.weight * rating
        share = rated.float().mean() * 100
        return total, _numbers(
            total_loss=total, contrastive_loss=contrastive, rating_loss=rating, rating_valid_pct=share
        )


class Distillation(nn.Module):
    """The embedding of the first view shall give a teacher's standardized values of it by one linear layer.

    With ``contrastive``, two views shall be alike besides; without, the second view is not looked at.
    """

    def __init__(
        self,
        embedding_dim: int = 512,
        teacher_dim: int = 400,
        *,
        contrastive: Contrastive | None = None,
        contrastive_weight: float = 1.0,
    ) -> None:
        super().__init__()
        self.teacher = nn.Linear(embedding_dim, teacher_dim)
        self.contrastive = contrastive
        self.contrastive_weight = contrastive_weight

    def forward(self, encoder: nn.Module, batch: Batch) -> Step:
        if batch.target is None:
            error = "a batch for distilling carries what the teacher says"
            raise ValueError(error)
        first = encoder(batch.first)
        said, target = self.teacher(first).float(), batch.target.float()
        squares = nn.functional.mse_loss(said, target)
        angle = 1 - nn.functional.cosine_similarity(said, target).mean()
        terms = {"distillation_mse": squares, "distillation_cosine": angle}
        total = squares + angle
        if self.contrastive is not None:
            terms["contrastive_loss"] = self.contrastive.between(first, encoder(batch.second), batch.related)
            total = total + self.contrastive_weight * terms["contrastive_loss"]
        return total, _numbers(total_loss=total, **terms)


def objective_for(
    mode: Mode,
    *,
    embedding_dim: int,
    hyperparameters: Mapping[str, Any],
    num_artists: int = 0,
    num_albums: int = 0,
    num_genres: int = 13,
    num_periods: int = 12,
    teacher_dim: int | None = None,
) -> nn.Module:
    """The objective of a mode, with the weights of the plan's keys; ``teacher_dim`` is asked for by ``distill``.

    Beside the plan's keys are read: ``temperature``; ``projector`` and ``projection_dim`` (all but multitask);
    ``rating_weight`` (supervised); ``distill_contrastive_weight`` (distill; 0, none, unless it is named).
    """
    if mode == "multitask":
        sizes = {"num_artists": num_artists, "num_albums": num_albums}
        heads = LabelHeads(embedding_dim, **sizes, num_genres=num_genres, num_periods=num_periods)
        weights = {name: float(hyperparameters[name]) for name in WEIGHTS if name in hyperparameters}
        return MultiTask(heads, MultiTaskLoss(**weights, temperature=_temperature(hyperparameters)))
    contrastive = _contrastive(embedding_dim, hyperparameters)
    if mode == "supervised":
        weight = float(hyperparameters.get("rating_weight", 1.0))
        beside = float(hyperparameters.get("contrastive_weight", 1.0))
        return WeakRatings(embedding_dim, weight, contrastive=contrastive, contrastive_weight=beside)
    return (
        contrastive
        if mode == "contrastive"
        else _distillation(embedding_dim, teacher_dim, contrastive, hyperparameters)
    )


def _distillation(
    embedding_dim: int, teacher_dim: int | None, contrastive: Contrastive, hyperparameters: Mapping[str, Any]
) -> Distillation:
    if teacher_dim is None:
        error = "distilling needs the number of values that the teacher gives"
        raise ValueError(error)
    weight = float(hyperparameters.get("distill_contrastive_weight", 0.0))
    beside = contrastive if weight > 0 else None
    return Distillation(embedding_dim, teacher_dim, contrastive=beside, contrastive_weight=weight)


def _contrastive(embedding_dim: int, hyperparameters: Mapping[str, Any]) -> Contrastive:
    return Contrastive(
        _temperature(hyperparameters),
        embedding_dim,
        int(hyperparameters.get("projection_dim", 128)),
        projector=bool(hyperparameters.get("projector", False)),
    )


def _temperature(hyperparameters: Mapping[str, Any]) -> float:
    return float(hyperparameters.get("temperature", TEMPERATURE))


def _projector(embedding_dim: int, projection_dim: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(embedding_dim, embedding_dim), nn.ReLU(), nn.Linear(embedding_dim, projection_dim))


def _numbers(**terms: Tensor) -> dict[str, float]:
    """Terms as tracked metrics, read from the device in one go."""
    values = torch.stack([term.detach().float() for term in terms.values()]).tolist()
    return {f"train/{name}": value for name, value in zip(terms, values, strict=True)}
