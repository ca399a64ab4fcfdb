"""Taggers that remember say the same, and hear only what is new."""

import torch
from torch import Tensor, nn

from core.models.musicnn import MusiCNN
from core.models.tagger import Tagger
from core.training.occlusion import Span, silenced
from core.training.remembered_patches import RememberingTagger, remembering

RATE = MusiCNN.sample_rate


class Counting(nn.Module):
    """A tagger that counts what it hears."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = 0

    def forward(self, patches: Tensor) -> Tensor:
        self.heard += len(patches)
        return patches.sum(dim=2)


def test_each_patch_is_heard_once() -> None:
    inner = Counting()
    tagger, patches = RememberingTagger(inner), torch.rand(3, 4, 5)
    assert torch.equal(tagger(patches[[0, 1, 0]]), patches[[0, 1, 0]].sum(dim=2))
    assert inner.heard == 2
    assert torch.equal(tagger(patches), patches.sum(dim=2))
    assert inner.heard == 3


def test_a_song_without_some_seconds_is_heard_as_without_memory() -> None:
    torch.manual_seed(1)
    plain, sound = MusiCNN(), torch.rand(10 * RATE) - 0.5
    remembers = remembering(plain)
    counts: list[int] = []
    for each in remembers.modules():
        if isinstance(each, Tagger):
            each.register_forward_pre_hook(lambda _tagger, given: counts.append(len(given[0])))
    with torch.inference_mode():
        for version in (sound, silenced(sound, Span(4, 5), rate=RATE)):
            assert torch.allclose(remembers(version[None]), plain(version[None]), atol=1e-5)
    assert sum(counts) == 2 * (3 + 1), "both networks: all three patches, then the one with the silence"


def test_the_encoder_itself_stays_as_it_is() -> None:
    plain = MusiCNN()
    remembering(plain)
    assert not any(isinstance(part, RememberingTagger) for part in plain.modules())
    other = nn.Linear(2, 2)
    assert torch.equal(remembering(other)(torch.ones(1, 2)), other(torch.ones(1, 2)))
