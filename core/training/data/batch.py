"""One step's material: two views of each song of a batch, and what is known of the songs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from torch import Tensor


@dataclass(frozen=True)
class Batch:
    """Two augmented views of ``songs`` songs, on the training device; missing labels are -1 or []."""

    first: Tensor
    """(songs, samples) of sound, or (songs, features) of a backbone that is not trained."""
    second: Tensor
    """The same songs heard at another place, or altered in another way."""
    artist: Tensor
    """(songs,) int64."""
    albums: list[list[int]]
    genre: Tensor
    period: Tensor
    rating: Tensor
    """(songs,) float32, 0 to 1, -1 for an unrated song."""
    related: Tensor
    """(songs, songs) bool: pairs that must not count as negatives (copies, album mates); False on the diagonal."""
    target: Tensor | None = None
    """(songs, dimension): what a teacher makes of the first view; only when there is one."""

    def __len__(self) -> int:
        return len(self.artist)


class Views(Protocol):
    """Where batches come from; what they hold depends on the seed, the epoch and the rows alone, never on the clock."""

    def __len__(self) -> int:
        """The number of songs."""
        ...

    def batches(self, rows: Sequence[Sequence[int]], *, epoch: int, first_step: int = 0) -> Iterator[Batch]:
        """A batch for each list of rows, in order; each is the same whether or not the others were made."""
        ...
