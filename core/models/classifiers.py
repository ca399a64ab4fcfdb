"""The classifier that Marmalade ships: from a standardized embedding to a rating."""

import math
from collections.abc import Sequence
from typing import cast

import torch
from torch import Tensor, nn

CONSTANT = 1e-6
"""A value that deviates less says nothing; dividing by its deviation would blow up rounding errors."""


class SimpleRatingClassifier(nn.Module):
    """A multilayer perceptron from embeddings to ratings.

    ``fit_input`` and ``start_at`` are called once before training, with training songs only. What they
    learn lies in buffers and in the last bias, so that a checkpoint carries it.
    """

    version = 1
    input_mean: Tensor
    input_scale: Tensor

    def __init__(
        self, embedding_dim: int, hidden_dims: Sequence[int] = (256, 128), dropout: float = 0.3, seed: int = 0
    ) -> None:
        super().__init__()
        self.embedding_dim = embedding_dim
        self.register_buffer("input_mean", torch.zeros(embedding_dim))
        self.register_buffer("input_scale", torch.ones(embedding_dim))
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.network = _perceptron(embedding_dim, hidden_dims, dropout)

    def fit_input(self, embeddings: Tensor) -> None:
        """Learn the mean and deviation of every embedding value from (songs, embedding_dim)."""
        deviation = embeddings.std(dim=0, correction=0)
        self.input_mean.copy_(embeddings.mean(dim=0))
        self.input_scale.copy_(torch.where(deviation > CONSTANT, deviation, torch.ones_like(deviation)))

    def start_at(self, mean_rating: float) -> None:
        """Let every prediction start at the mean rating (0 to 1): the network learns only what differs from it."""
        last = cast("nn.Linear", self.network[-1])
        chance = min(max(mean_rating, 0.01), 0.99)
        with torch.no_grad():
            last.bias.fill_(math.log(chance / (1 - chance)))
            last.weight.mul_(0.1)

    def forward(self, embeddings: Tensor) -> Tensor:
        """Embeddings (batch, embedding_dim) in; ratings (batch, 1) in 0 to 1 out."""
        standardized = (embeddings - self.input_mean) / self.input_scale
        # A song unlike anything rated so far must not drive the network to an extreme.
        return cast("Tensor", self.network(standardized.clamp(-5, 5))).sigmoid()


def _perceptron(inputs: int, hidden_dims: Sequence[int], dropout: float) -> nn.Sequential:
    layers: list[nn.Module] = []
    for width in hidden_dims:
        layers += [nn.Linear(inputs, width), nn.ReLU(), nn.Dropout(dropout)]
        inputs = width
    return nn.Sequential(*layers, nn.Linear(inputs, 1))
