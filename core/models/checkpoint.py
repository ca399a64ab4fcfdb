"""Checkpoints: one file with a model's weights and everything that is needed to make and to judge it again."""

import io
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from core.errors import UserError
from core.models import registry

FORMAT = "marmalade-checkpoint-1"


@dataclass(frozen=True)
class CheckpointConfig:
    """What lies in a checkpoint beside the weights; plain values only."""

    reference: str
    """The class, as ``registry.load`` takes it."""
    arguments: dict[str, Any] = field(default_factory=dict)
    """What the constructor was called with."""
    metrics: dict[str, float] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    """What it learned from: number of songs, groups, the mean rating and so on."""
    input_version: str = ""
    """Version of what it reads: for a classifier, the model version of its embeddings."""


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint in memory."""

    config: CheckpointConfig
    state: dict[str, Tensor]

    def build(self, *, relative_to: Path | None = None, weights: Path | None = None) -> nn.Module:
        """Make the model again, with its weights, ready to predict; the arguments are those of ``registry.build``."""
        model = registry.build(self.config.reference, relative_to=relative_to, weights=weights, **self.config.arguments)
        try:
            model.load_state_dict(self.state)
        except RuntimeError as error:
            message = f'The checkpoint does not fit the model "{self.config.reference}" as it is now: train it again.'
            raise UserError(message) from error
        return model.eval()


def save(path: Path, model: nn.Module, *, config: CheckpointConfig) -> None:
    """Write a checkpoint of one model."""
    copy(Checkpoint(config, weights_of(model)), path)


def copy(saved: Checkpoint, path: Path) -> None:
    """Write a checkpoint that is in memory."""
    write(path, {"format": FORMAT, "config": asdict(saved.config), "state": saved.state})


def save_joint(path: Path, *, encoder: Checkpoint, classifier: Checkpoint) -> None:
    """Write two models that were trained together into one file: ``load(path, part="encoder")`` gives one of them."""
    parts = {"encoder": encoder, "classifier": classifier}
    content = {name: {"config": asdict(part.config), "state": part.state} for name, part in parts.items()}
    write(path, {"format": FORMAT, "parts": content})


def write(path: Path, content: Mapping[str, Any]) -> None:
    """Write tensors and plain values as ``replace_file`` does."""
    # In memory first: on a full disk torch raises an error of its own, and a plain write an OSError.
    data = io.BytesIO()
    torch.save(dict(content), data)
    replace_file(path, data.getbuffer())


def replace_file(path: Path, data: bytes | memoryview) -> None:
    """Write to a temporary file beside ``path``, then rename: nobody ever sees half of it. May raise OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def sweep(path: Path) -> None:
    """Take away the halves of files that kills left beside ``path``; nobody may be writing it."""
    for left in path.parent.glob(f".{path.name}.*"):
        left.unlink(missing_ok=True)


def weights_of(model: nn.Module) -> dict[str, Tensor]:
    """A copy of a model's weights and buffers, on the CPU."""
    return {name: tensor.detach().cpu().clone() for name, tensor in model.state_dict().items()}


def load(path: Path, *, part: str | None = None) -> Checkpoint:
    """Read a checkpoint; no code in it is run. Raises ``UserError`` for a missing, broken or foreign file.

    ``part`` says which model is meant, ``encoder`` or ``classifier``, where a file holds both; a file that holds one
    alone is read as it is.
    """
    if not path.is_file():
        message = f"There is no checkpoint {path}."
        raise UserError(message)
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch raises several kinds for a file that is damaged or not its own
        message = f"The checkpoint {path} is damaged or was not made by Marmalade."
        raise UserError(message) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        message = f"The file {path} is not a checkpoint of this version of Marmalade."
        raise UserError(message)
    parts = content.get("parts")
    if parts is not None:
        if part not in parts:
            message = f"The checkpoint {path} holds {' and '.join(parts)}: say which of them is meant."
            raise UserError(message)
        content = parts[part]
    return Checkpoint(config=CheckpointConfig(**content["config"]), state=content["state"])
