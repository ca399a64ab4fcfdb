"""Songs whose sound is a handful of planted numbers, their views, and an encoder that learns from them in a blink.

Use::

    from tests.planted_views import Recorder, planted_context, planted_parts

    ctx = planted_context(tmp_path)
    result = fit(ctx, planted_parts(), config=SMALL, device=Device("cpu"), ranks=Ranks())
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from core.training.context import TrainingContext
from core.training.data.batch import Batch
from core.training.loop.encoder_config import EncoderConfig
from core.training.loop.encoder_parts import Parts
from core.training.loop.material import Material
from core.training.loop.objectives import objective_for
from core.training.protocol import TrainingSong

SONGS, ARTISTS, VALUES = 80, 20, 12
SMALL = EncoderConfig(embedding_dim=8, epochs=3, batch_size=16, learning_rate=0.01, reference="tests:Tiny")


def planted_songs(count: int = SONGS, artists: int = ARTISTS) -> list[TrainingSong]:
    generator = np.random.default_rng(5)
    stars = generator.integers(1, 6, count) / 5
    return [
        TrainingSong(f"file:///{row}.mp3", float(stars[row]), f"artist {row % artists}", "", f"artist {row % artists}")
        for row in range(count)
    ]


def planted_sound(count: int = SONGS, artists: int = ARTISTS) -> Tensor:
    """(songs, VALUES): what an artist's songs have in common, and what is a song's own."""
    generator = torch.Generator().manual_seed(3)
    common = torch.randn(artists, VALUES, generator=generator)[torch.arange(count) % artists]
    return common + 0.7 * torch.randn(count, VALUES, generator=generator)


@dataclass
class PlantedViews:
    """Views with noise that depends on the seed, the epoch and the row alone."""

    sound: Tensor
    ratings: Sequence[float]
    asked: list[tuple[int, int, list[int]]] = field(default_factory=list)
    """(epoch, step, rows) of every batch that was made."""

    def __len__(self) -> int:
        return len(self.sound)

    def batches(self, rows: Sequence[Sequence[int]], *, epoch: int, first_step: int = 0) -> Iterator[Batch]:
        for step, some in enumerate(rows[first_step:], start=first_step):
            self.asked.append((epoch, step, list(some)))
            yield self._batch(list(some), epoch)

    def _batch(self, rows: list[int], epoch: int) -> Batch:
        first, second = (
            torch.stack([self.sound[row] + self._noise(epoch, row, view) for row in rows]) for view in (0, 1)
        )
        nothing = torch.full((len(rows),), -1)
        return Batch(
            first,
            second,
            artist=nothing,
            albums=[[] for _ in rows],
            genre=nothing,
            period=nothing,
            rating=torch.tensor([self.ratings[row] for row in rows]),
            related=torch.zeros(len(rows), len(rows), dtype=torch.bool),
        )

    def _noise(self, *key: int) -> Tensor:
        generator = np.random.default_rng([1, *key])
        # Half of the values say nothing about a song: an encoder that has learned leaves them out.
        return torch.from_numpy(generator.normal(size=VALUES) * np.where(np.arange(VALUES) % 2, 3.0, 0.2)).float()

    def excerpts(self, rows: Sequence[int]) -> Iterator[tuple[Tensor, Tensor]]:
        for row in rows:
            yield tuple((self.sound[row] + self._noise(1000 + place, row, 0))[None] for place in (0, 1))


class Tiny(nn.Module):
    """Everything in it that a resumed run could forget: batch statistics, dropout, weights."""

    def __init__(self, embedding_dim: int = 8, seed: int = 0) -> None:
        super().__init__()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.layers = nn.Sequential(
                nn.Linear(VALUES, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(0.1), nn.Linear(32, embedding_dim)
            )

    def forward(self, values: Tensor) -> Tensor:
        return self.layers(values)

    def get_embedding_dim(self) -> int:
        return self.layers[-1].out_features


@dataclass
class Recorder:
    """A reporter that remembers; it asks to stop after so many of its questions."""

    stop_after: int | None = None
    said: list[dict[str, Any]] = field(default_factory=list)
    asked: int = 0

    def say(self, event: str, **values: Any) -> None:  # noqa: ANN401 - as the protocol
        self.said.append({"event": event, **values})

    def stopped(self) -> bool:
        self.asked += 1
        return self.stop_after is not None and self.asked >= self.stop_after

    def of(self, event: str) -> list[dict[str, Any]]:
        return [message for message in self.said if message["event"] == event]


def planted_context(folder: Path, *, reporter: Recorder | None = None) -> TrainingContext:
    return TrainingContext({}, "cpu", folder / "models", reporter=reporter or Recorder())


def planted_material() -> tuple[Material, PlantedViews]:
    songs = planted_songs()
    views = PlantedViews(planted_sound(), [song.rating for song in songs])
    return Material(songs, views, views.excerpts, np.full(len(songs), -1)), views


def planted_parts(
    *, encoder: nn.Module | None = None, objective: nn.Module | None = None, mode: str = "contrastive"
) -> Parts:
    encoder = encoder or Tiny()
    torch.manual_seed(0)
    found = objective or objective_for(mode, embedding_dim=8, hyperparameters={"projector": True})
    return Parts(encoder, encoder, found, planted_material()[0])
