"""``AdaptationHead``: one linear map that makes excerpts of a song alike and keeps what tells songs apart.

It starts from a closed form, within-class covariance normalization with each song as a class (Hatch and others,
"Within-class covariance normalization for SVM-based speaker recognition", 2006), and can be trained from there.
"""

from collections.abc import Sequence
from typing import cast

import torch
from torch import Tensor, nn

CLAMP = 4.0
"""Deviations beyond which a measured value says no more: one odd file must not outweigh the rest of its song."""
SHRINKAGE = 0.3
"""How much of the mean variance within songs is added to each direction: few songs show few directions."""
KEPT = 0.3
"""The weight of the values as they are, beside those that are made alike within songs: tastes may depend on either."""
CONSTANT = 1e-6


class AdaptationHead(nn.Module):
    """Standardizes, clamps, then projects features; every value of the result has about the same variance.

    A random rotation spreads what weighs more over all values, so that standardizing embeddings undoes nothing.
    """

    center: Tensor
    spread: Tensor

    def __init__(self, blocks: Sequence[int], embedding_dim: int, seed: int = 0) -> None:
        super().__init__()
        self.blocks = tuple(blocks)
        self.embedding_dim = embedding_dim
        self.seed = seed
        dimension = sum(blocks)
        self.register_buffer("center", torch.zeros(dimension))
        self.register_buffer("spread", torch.ones(dimension))
        balance = torch.cat([torch.full((size,), size**-0.5) for size in blocks])
        rotation = _rotation(max(embedding_dim, dimension), seed=seed)[:embedding_dim, :dimension]
        with torch.random.fork_rng(devices=[]):
            self.projection = nn.Linear(dimension, embedding_dim)
        _assign(self.projection, rotation.double() * balance * embedding_dim**0.5, torch.zeros(embedding_dim))

    def forward(self, features: Tensor) -> Tensor:
        """Features (batch, sum of blocks) in; embeddings (batch, embedding_dim) out."""
        return cast("Tensor", self.projection(self.standardized(features)))

    def standardized(self, features: Tensor) -> Tensor:
        """Features in deviations of the library that the head was fitted on."""
        return ((features - self.center) / self.spread).clamp(-CLAMP, CLAMP)

    def fit(self, features: Tensor, songs: Tensor) -> None:
        """Set the weights from several excerpts for each song: features (excerpts, dimension), songs (excerpts,)."""
        with torch.no_grad():
            self._measure(features)
            balance = torch.cat([torch.full((size,), size**-0.5) for size in self.blocks]).double()
            values = self.standardized(features.to(self.center)).double().cpu() * balance
            mean = values.mean(dim=0)
            metric = _metric(values, songs.cpu())
            axes = _principal_axes((values - mean) @ metric, self.embedding_dim)
            weight = _rotation(self.embedding_dim, seed=self.seed)[:, : len(axes)].double() @ axes @ metric
            variance = ((values - mean) @ weight.T).square().mean().clamp(min=CONSTANT)
            weight = weight / variance.sqrt()
            _assign(self.projection, weight * balance, -(weight @ mean))

    def _measure(self, features: Tensor) -> None:
        """A value that never changes says nothing: it stays as it is, at zero."""
        spread, center = torch.std_mean(features.double(), dim=0, correction=0)
        self.center.copy_(center)
        self.spread.copy_(torch.where(spread > CONSTANT, spread, torch.ones_like(spread)))


def _assign(linear: nn.Linear, weight: Tensor, bias: Tensor) -> None:
    with torch.no_grad():
        linear.weight.copy_(weight)
        linear.bias.copy_(bias)


def _metric(values: Tensor, songs: Tensor) -> Tensor:
    """The symmetric root of a metric in which directions count less the more they vary within songs."""
    variances, directions = torch.linalg.eigh(_within_songs(values, songs))
    variances = variances.clamp(min=0)
    level = variances.mean()
    if level < CONSTANT**2:
        return torch.eye(values.shape[1], dtype=values.dtype)
    # With the shrinkage alone a direction that never varies within a song would have the gain 1 / SHRINKAGE.
    gains = SHRINKAGE * level / (variances + SHRINKAGE * level)
    return cast("Tensor", (directions * (gains + KEPT**2).sqrt()) @ directions.T)


def _within_songs(values: Tensor, songs: Tensor) -> Tensor:
    """The covariance of excerpts around the mean of their song; zero where no song has two."""
    _, rows, counts = torch.unique(songs, return_inverse=True, return_counts=True)
    sums = torch.zeros(len(counts), values.shape[1], dtype=values.dtype).index_add_(0, rows, values)
    residuals = values - (sums / counts[:, None])[rows]
    covariance: Tensor = residuals.T @ residuals / max(1, len(values) - len(counts))
    return covariance


def _principal_axes(values: Tensor, count: int) -> Tensor:
    """The directions (at most count, dimension) in which values vary most, the most varied first."""
    _, directions = torch.linalg.eigh(values.T @ values)
    return cast("Tensor", directions.flip(1).T[:count])


def _rotation(dimension: int, *, seed: int) -> Tensor:
    """A random orthogonal matrix."""
    normal = torch.randn(dimension, dimension, generator=torch.Generator().manual_seed(seed))
    return cast("Tensor", torch.linalg.qr(normal)[0])
