"""Checkpoints: whole or not there, free of code, and enough to make the model again."""

import pickle
from pathlib import Path

import pytest
import torch

from core.errors import UserError
from core.models import checkpoint
from core.models.checkpoint import CheckpointConfig
from core.models.classifiers import SimpleRatingClassifier

CONFIG = CheckpointConfig(
    reference="SimpleRatingClassifier",
    arguments={"embedding_dim": 6, "hidden_dims": [5]},
    metrics={"val_mse": 0.02},
    data={"songs": 120, "mean_rating": 0.7},
    input_version="spectral-1-ab12cd34",
)


def trained() -> SimpleRatingClassifier:
    model = SimpleRatingClassifier(6, [5], seed=9)
    model.fit_input(torch.randn(20, 6, generator=torch.Generator().manual_seed(1)) * 7 + 2)
    model.start_at(0.7)
    return model.eval()


def test_gives_back_the_model_and_all_that_is_known_of_it(tmp_path: Path) -> None:
    path, model = tmp_path / "models" / "classifier.pt", trained()
    checkpoint.save(path, model, config=CONFIG)
    loaded = checkpoint.load(path)
    inputs = torch.ones(3, 6)
    assert loaded.config == CONFIG
    assert torch.equal(loaded.build()(inputs), model(inputs))
    assert not loaded.build().training


def test_leaves_nothing_but_the_checkpoint_behind(tmp_path: Path) -> None:
    checkpoint.save(tmp_path / "classifier.pt", trained(), config=CONFIG)
    assert [file.name for file in tmp_path.iterdir()] == ["classifier.pt"]


def test_a_failed_save_keeps_the_old_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "classifier.pt"
    checkpoint.save(path, trained(), config=CONFIG)
    before = path.read_bytes()

    def full_disk(content: object, file: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(torch, "save", full_disk)
    with pytest.raises(OSError, match="No space"):
        checkpoint.save(path, trained(), config=CONFIG)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_file_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no checkpoint"):
        checkpoint.load(tmp_path / "nothing.pt")


@pytest.mark.parametrize("cut", [0, 100, 2000])
def test_a_damaged_file_gets_a_sentence(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "classifier.pt"
    checkpoint.save(path, trained(), config=CONFIG)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(UserError, match="damaged"):
        checkpoint.load(path)


def test_a_file_of_somebody_else_gets_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "foreign.pt"
    torch.save({"weights": torch.ones(2)}, path)
    with pytest.raises(UserError, match="not a checkpoint"):
        checkpoint.load(path)


def test_code_in_a_file_is_not_run(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return Path.touch, (tmp_path / "sprung",)  # type: ignore[return-value]

    path = tmp_path / "trap.pt"
    path.write_bytes(pickle.dumps(Trap()))
    with pytest.raises(UserError, match="damaged"):
        checkpoint.load(path)
    assert not (tmp_path / "sprung").exists()


def test_weights_that_do_not_fit_the_class_get_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "classifier.pt"
    checkpoint.save(path, trained(), config=CheckpointConfig("SimpleRatingClassifier", {"embedding_dim": 7}))
    with pytest.raises(UserError, match="train it again"):
        checkpoint.load(path).build()
