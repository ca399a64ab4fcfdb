"""The version of a model: readable, stable, and different whenever an embedding could be."""

import re
import sys
from pathlib import Path

import pytest
import torch

from core.models import registry
from core.models.encoders import MelEncoder, SpectralEncoder
from core.models.versions import model_version

MINE = """
from torch import nn

class Mine(nn.Module):
    def forward(self, audio):
        return audio[:, :FACTOR]
"""


def test_names_the_class_its_version_and_a_hash() -> None:
    assert re.fullmatch(r"spectral-1-[0-9a-f]{8}", model_version(SpectralEncoder()))
    assert re.fullmatch(r"simple-1-[0-9a-f]{8}", model_version(registry.build("SimpleAudioEncoder")))


def test_training_mode_does_not_matter_and_weights_do() -> None:
    encoder = MelEncoder(embedding_dim=8)
    before = model_version(encoder.train())
    assert model_version(encoder.eval()) == before
    with torch.no_grad():
        encoder.projection.bias.add_(1e-3)
    assert model_version(encoder) != before


def test_settings_matter() -> None:
    assert model_version(MelEncoder(sample_rate=16000)) != model_version(MelEncoder())


def test_an_edit_of_the_owners_own_source_matters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = set()
    for factor in ("3", "4"):
        monkeypatch.delitem(sys.modules, "edited_model", raising=False)
        (tmp_path / "edited_model.py").write_text(MINE.replace("FACTOR", factor))
        versions.add(model_version(registry.build("edited_model:Mine", relative_to=tmp_path)))
    assert len(versions) == 2
