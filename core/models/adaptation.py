"""``AdaptationHead``: one linear map that makes excerpts of a song alike and keeps what tells songs apart.

It starts from a closed form, within-class covariance normalization with each song as a class (Hatch, Kajarekar and
Stolcke, "Within-class covariance normalization for SVM-based speaker recognition", 2006), and is trained from there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn

SHRINKAGE = 1.0
"""How much of the mean variance within songs is added to each direction: few songs show few directions."""
KEPT = 0.5
"""The least gain of a direction, where 1 is the most: a taste may depend on what varies within songs, too."""
REACH = 3.0
"""How far the weights move, in root mean squares of themselves, for a change of one in the parameters."""
CONSTANT = 1e-6


@dataclass(frozen=True, slots=True)
class Block:
    """Features of one kind: how many, and how much they weigh together."""

    size: int
    weight: float = 1.0


class AdaptationHead(nn.Module):
    """Standardizes features, draws in what lies far out, then projects them, to values of about the same variance.

    A random rotation spreads what weighs more over all values, so that standardizing embeddings undoes nothing. What is
    learned is the change from the start: decaying weights lead back to it, not to zero.
    """

    center: Tensor
    spread: Tensor
    origin: Tensor
    start: Tensor
    step: Tensor

    def __init__(self, blocks: Sequence[Block], embedding_dim: int, seed: int = 0) -> None:
        super().__init__()
        self.embedding_dim = embedding_dim
        self.seed = seed
        dimension = sum(block.size for block in blocks)
        self.register_buffer("center", torch.zeros(dimension))
        self.register_buffer("spread", torch.ones(dimension))
        self.register_buffer("origin", torch.zeros(dimension))
        balance = torch.cat([torch.full((block.size,), block.weight * block.size**-0.5) for block in blocks])
        self.register_buffer("balance", balance, persistent=False)  # it follows from the code
        rotation = _rotation(max(embedding_dim, dimension), seed=seed)[:embedding_dim, :dimension]
        self.register_buffer("start", rotation * balance * embedding_dim**0.5)
        self.register_buffer("step", REACH * self.start.square().mean().sqrt())
        self.change = nn.Parameter(torch.zeros(embedding_dim, dimension))

    def forward(self, features: Tensor) -> Tensor:
        """Features (batch, sum of blocks) in; embeddings (batch, embedding_dim) out."""
        weight = self.start + self.step * self.change
        return (self.standardized(features) - self.origin) @ weight.T

    def standardized(self, features: Tensor) -> Tensor:
        """Features in deviations of the library that the head was fitted on; one odd file must not outweigh a song."""
        return ((features - self.center) / self.spread).asinh()

    @torch.no_grad()
    def fit(self, features: Tensor, songs: Tensor) -> None:
        """Set the start from several excerpts for each song: features (excerpts, dimension), songs (excerpts,)."""
        spread, center = torch.std_mean(features.double(), dim=0, correction=0)
        self.center.copy_(center)
        self.spread.copy_(torch.where(spread > CONSTANT, spread, 1.0))  # what never changes stays at zero
        values = self.standardized(features.to(self.center)).double().cpu()
        balance = cast("Tensor", self.balance).double().cpu()
        origin = values.mean(dim=0)
        values = (values - origin) * balance
        metric = _metric(values, songs.cpu())
        axes = _principal_axes(values @ metric, self.embedding_dim)
        weight = _rotation(self.embedding_dim, seed=self.seed)[:, : len(axes)].double() @ axes @ metric
        variance = (values @ weight.T).square().mean().clamp(min=CONSTANT)
        self.origin.copy_(origin)
        self.start.copy_(weight * balance / variance.sqrt())
        self.step.copy_(REACH * self.start.square().mean().sqrt())
        self.change.zero_()


def _metric(values: Tensor, songs: Tensor) -> Tensor:
    """The symmetric root of a metric in which directions count less the more they vary within songs."""
    variances, directions = torch.linalg.eigh(_within_songs(values, songs))
    variances = variances.clamp(min=0)
    level = SHRINKAGE * variances.mean()
    if level < CONSTANT**2:
        return torch.eye(values.shape[1], dtype=values.dtype)
    gains = level / (variances + level) + KEPT**2
    return cast("Tensor", (directions * gains.sqrt()) @ directions.T)


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
