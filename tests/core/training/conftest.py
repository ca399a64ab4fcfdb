"""What tests of the training share: classifiers of the owner's own, kept honest or not, in a file of theirs."""

from pathlib import Path

import pytest
import torch

OWN_CLASSIFIERS = '''
import torch
from torch import nn


class Plain(nn.Module):
    """Neither fit_input nor start_at, and it normalizes batches."""

    def __init__(self, embedding_dim):
        super().__init__()
        self.layers = nn.Sequential(nn.BatchNorm1d(embedding_dim), nn.Linear(embedding_dim, 1), nn.Sigmoid())

    def forward(self, embeddings):
        return self.layers(embeddings)


class Talkative(Plain):
    def forward(self, embeddings):
        print("I am rating", len(embeddings), "songs")
        return super().forward(embeddings)


class NotNumbers(Plain):
    """As good as any on the noise that it is checked with, before it has learned."""

    def forward(self, embeddings):
        return super().forward(embeddings) * torch.where(embeddings.abs().amax() > 50, torch.nan, 1.0)


class TooHigh(Plain):
    def forward(self, embeddings):
        return super().forward(embeddings) + torch.where(embeddings.abs().amax() > 50, 1.0, 0.0)
'''


@pytest.fixture(autouse=True)
def one_thread() -> None:
    """As the child does: on a busy machine, two threads over matrices this small took ten times as long as one."""
    torch.set_num_threads(1)


@pytest.fixture
def own_folder(tmp_path: Path) -> Path:
    """A folder with a module ``own_classifiers``, as it lies beside a configuration."""
    (tmp_path / "own_classifiers.py").write_text(OWN_CLASSIFIERS)
    return tmp_path
