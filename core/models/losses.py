"""``NTXentLoss``: the two views of a song shall lie closer to each other than to any other song of the batch."""

import torch
from torch import Tensor, nn


class NTXentLoss(nn.Module):
    """Normalized, temperature-scaled cross entropy over cosine similarities (Chen et al. 2020, SimCLR), symmetric."""

    def __init__(self, temperature: float = 0.5) -> None:
        super().__init__()
        self.temperature = temperature

    def forward(self, z1: Tensor, z2: Tensor, related: Tensor | None = None) -> Tensor:
        """The mean over all 2n views of two (n, dimension) batches; row i of both is one song.

        ``related`` (n, n) bool names pairs of songs that are no negatives: copies and album mates, which the plain loss
        would push apart. They are left out of the denominator; a song's own other view always stays.
        Computed in float32 at least, also under autocast: the sum of 2n exponentials overflows float16.
        """
        songs = len(z1)
        with torch.autocast(z1.device.type, enabled=False):
            views = unit_length(torch.cat([z1, z2]))
            similarities = views @ views.T / self.temperature
            views_of = torch.arange(2 * songs, device=z1.device)
            positives = (views_of + songs) % (2 * songs)
            hidden = _hidden(positives, related)
            return nn.functional.cross_entropy(similarities.masked_fill(hidden, -torch.inf), positives)


def _hidden(positives: Tensor, related: Tensor | None) -> Tensor:
    """(views, views): what each view is not compared with."""
    itself = torch.eye(len(positives), dtype=torch.bool, device=positives.device)
    if related is None:
        return itself
    excused = (related | related.T).repeat(2, 2)
    return excused.scatter(1, positives.unsqueeze(1), value=False) | itself


def unit_length(embeddings: Tensor) -> Tensor:
    """(n, dimension) brought to length 1, in float32 or better; a vector of zeros stays one."""
    precise = embeddings.to(torch.promote_types(embeddings.dtype, torch.float32))
    return nn.functional.normalize(precise, dim=-1, eps=1e-6)
