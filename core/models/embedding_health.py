"""Whether embeddings have collapsed: how close views lie, how evenly songs spread, how many directions they use.

Importing this module imports torch.
"""

import torch
from torch import Tensor

from core.models.losses import unit_length


def alignment(z1: Tensor, z2: Tensor) -> float:
    """The mean squared distance of two views (n, dimension), row by row, at length 1: 0 is best, 4 is worst.

    Wang and Isola (2020), "Understanding Contrastive Representation Learning through Alignment and Uniformity".
    """
    return float((unit_length(z1) - unit_length(z2)).square().sum(dim=1).mean())


def uniformity(z: Tensor) -> float:
    """The logarithm of the mean of exp(-2 d²) over pairs of (n, dimension) at length 1: 0 is collapsed, -4 is even.

    From the same paper; n of 2 or more, else 0.
    """
    if len(z) < 2:
        return 0.0
    squares = torch.pdist(unit_length(z)).square()
    return float(torch.logsumexp(-2 * squares, dim=0) - torch.tensor(float(len(squares))).log())


def effective_rank(z: Tensor) -> float:
    """How many directions (n, dimension) really use: exp of the entropy of the singular values, 1 to min(n - 1, dim).

    Roy and Vetterli (2007), "The Effective Rank"; of the centered matrix, so that a common offset counts for nothing.
    Identical rows have 0.
    """
    precise = z.double()
    values = torch.linalg.svdvals(precise - precise.mean(dim=0))
    # What float32 rounds off looks like noise in all directions.
    rounding = 1e-6 * float(precise.abs().max()) * precise.numel() ** 0.5
    if float(values[0]) <= rounding:
        return 0.0
    shares = values / values.sum()
    return float(torch.special.entr(shares).sum().exp())
