"""Alignment, uniformity and rank of embeddings that are good, bad or collapsed."""

import math

import pytest
import torch

from core.models.embedding_health import alignment, effective_rank, uniformity


def noise(songs: int, dimension: int) -> torch.Tensor:
    return torch.randn(songs, dimension, generator=torch.Generator().manual_seed(0))


def test_alignment_is_zero_for_the_same_and_four_for_the_opposite() -> None:
    z = noise(20, 6)
    assert alignment(z, 3 * z) == pytest.approx(0, abs=1e-6)
    assert alignment(z, -z) == pytest.approx(4, abs=1e-5)
    right_angle = torch.tensor([[0.0, 1.0]])
    assert alignment(torch.tensor([[1.0, 0.0]]), right_angle) == pytest.approx(2)


def test_uniformity_by_hand() -> None:
    # Three corners of a square: squared distances 2, 2 and 4.
    z = torch.tensor([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]])
    assert uniformity(z) == pytest.approx(math.log((2 * math.exp(-4) + math.exp(-8)) / 3), abs=1e-6)


def test_uniformity_tells_a_collapse() -> None:
    assert uniformity(torch.ones(50, 16)) == pytest.approx(0, abs=1e-6)
    assert uniformity(noise(200, 64)) < -3.8
    assert uniformity(noise(1, 4)) == 0


def test_effective_rank_counts_directions() -> None:
    corners = torch.cat([torch.eye(8), -torch.eye(8)])
    assert effective_rank(corners) == pytest.approx(8, abs=1e-4)
    assert effective_rank(corners + 100) == pytest.approx(8, rel=1e-3)
    line = torch.linspace(-1, 1, 30).unsqueeze(1) * torch.ones(1, 8)
    assert effective_rank(line) == pytest.approx(1, abs=1e-2)


@pytest.mark.parametrize("same", [torch.ones(30, 8), torch.zeros(30, 8), torch.full((30, 8), 1234.567)])
def test_identical_rows_have_no_rank(same: torch.Tensor) -> None:
    assert effective_rank(same) == 0
