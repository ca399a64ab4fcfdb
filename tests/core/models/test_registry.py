"""Models by name: ours, installed ones, those in a file beside the configuration, and what can be wrong with them."""

import sys
from pathlib import Path

import pytest

from core.errors import UserError
from core.models import registry
from core.models.encoders import MelEncoder, SpectralEncoder

GOOD = """
import torch
from torch import nn

class Mine(nn.Module):
    def __init__(self, embedding_dim=4):
        super().__init__()
        self.embedding_dim = embedding_dim
        self.layer = nn.Linear(1, embedding_dim)
    def forward(self, audio):
        return self.layer(audio.mean(dim=1, keepdim=True))
    def get_embedding_dim(self):
        return self.embedding_dim

class WithoutForward(nn.Module):
    pass

class NoModule:
    pass

class Fussy(nn.Module):
    def __init__(self):
        raise ValueError("not today")
    def forward(self, audio):
        return audio
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a configuration's model file; what it imports is forgotten again."""
    (tmp_path / "my_models.py").write_text(GOOD)
    for name in [name for name in sys.modules if name.partition(".")[0] in {"my_models", "my_package"}]:
        monkeypatch.delitem(sys.modules, name)
    return tmp_path


def test_loads_ours_by_short_name() -> None:
    assert registry.load("SpectralEncoder") is SpectralEncoder
    assert registry.load(registry.DEFAULT_ENCODER) is SpectralEncoder


@pytest.mark.parametrize("name", sorted(registry.SHIPPED))
def test_everything_shipped_loads(name: str) -> None:
    assert registry.load(name).__name__ == name


def test_loads_an_installed_class() -> None:
    assert registry.load("core.models.mel:MelEncoder") is MelEncoder


def test_loads_from_a_file_beside_the_configuration_and_leaves_the_path_alone(folder: Path) -> None:
    before = list(sys.path)
    assert registry.load("my_models:Mine", relative_to=folder).__name__ == "Mine"
    assert sys.path == before


def test_loads_from_a_package_whose_modules_import_each_other(folder: Path) -> None:
    package = folder / "my_package"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "parts.py").write_text(GOOD)
    (package / "models.py").write_text("from .parts import Mine\nfrom my_models import Fussy\n")
    assert registry.load("my_package.models:Mine", relative_to=folder).__name__ == "Mine"


def test_two_configurations_may_name_their_file_alike(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "my_models.py").write_text(GOOD.replace("embedding_dim=4", "embedding_dim=9"))
    first = registry.build("my_models:Mine", relative_to=folder)
    second = registry.build("my_models:Mine", relative_to=other)
    assert (first.get_embedding_dim(), second.get_embedding_dim()) == (4, 9)


def test_builds_with_the_arguments_that_a_constructor_knows(folder: Path) -> None:
    model = registry.build("my_models:Mine", relative_to=folder, embedding_dim=7, sample_rate=22050)
    assert model.get_embedding_dim() == 7


@pytest.mark.parametrize(
    ("reference", "sentence"),
    [
        ("nonsense", "package.module:Class"),
        ("my_models:", "package.module:Class"),
        ("missing_module:Mine", 'no module "missing_module"'),
        ("my_models.deeper:Mine", 'no module "my_models.deeper"'),
        ("my_models:Missing", 'no class "Missing"'),
        ("my_models:NoModule", "torch.nn.Module"),
        ("my_models:torch", "torch.nn.Module"),
        ("my_models:WithoutForward", '"forward"'),
        ("my_models:Fussy", "not today"),
    ],
)
def test_says_in_one_sentence_what_is_wrong(folder: Path, reference: str, sentence: str) -> None:
    with pytest.raises(UserError) as raised:
        registry.build(reference, relative_to=folder)
    assert sentence in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("import no_such_package_at_all", 'needs "no_such_package_at_all"'),
        ("def broken(:", "SyntaxError"),
        ("1 / 0", "ZeroDivisionError"),
    ],
)
def test_says_why_a_file_cannot_be_loaded(folder: Path, text: str, sentence: str) -> None:
    (folder / "my_models.py").write_text(text)
    with pytest.raises(UserError, match=sentence):
        registry.load("my_models:Mine", relative_to=folder)


OWN_WITH_WEIGHTS = """
from torch import nn


class Mine(nn.Module):
    def __init__(self, weights="its own", **more):
        super().__init__()
        self.said = {"weights": weights, **more}

    def forward(self, audio):
        return audio
"""


def test_only_our_own_models_hear_where_weights_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weighed_model.py").write_text(OWN_WITH_WEIGHTS)
    kept = tmp_path / "musicnn.safetensors"
    own = registry.build("weighed_model:Mine", relative_to=tmp_path, weights=kept, embedding_dim=3)
    assert own.said == {"weights": "its own", "embedding_dim": 3}
    monkeypatch.setitem(registry.SHIPPED, "Mine", "weighed_model")
    monkeypatch.syspath_prepend(tmp_path)
    assert registry.build("Mine", weights=kept).said == {"weights": kept}
    assert registry.build("Mine", weights=None).said == {"weights": "its own"}
    assert registry.build("SpectralEncoder", weights=kept) is not None
