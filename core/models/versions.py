"""A short stable name for a model as it is now, such as "spectral-1-ab12cd34": the key of its embeddings."""

import hashlib
import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import nn

PLAIN_TYPES = (str, int, float, bool, tuple, list)


def model_version(model: "nn.Module") -> str:
    """Name the class, its ``version`` and a hash of its weights, settings and (for the owner's own) source text.

    Equal names mean equal embeddings; whatever may change an embedding changes the name.
    """
    subject = re.sub(r"(Audio)?(Encoder|RatingClassifier)$", "", type(model).__name__) or type(model).__name__
    return f"{subject.lower()}-{getattr(model, 'version', 1)}-{_digest(model)}"


def _digest(model: "nn.Module") -> str:
    digest = hashlib.sha256(f"{type(model).__module__}:{type(model).__qualname__}".encode())
    digest.update(repr(sorted(_settings(model).items())).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(f"{name} {tuple(tensor.shape)} {tensor.dtype}".encode())
        digest.update(tensor.detach().cpu().contiguous().flatten().numpy().tobytes())
    if not type(model).__module__.startswith("core.models."):
        digest.update(_source(type(model)))
    return digest.hexdigest()[:8]


def _settings(model: "nn.Module") -> dict[str, object]:
    """Plain public attributes; ``training`` says how the model is used, not what it is."""
    return {
        name: value
        for name, value in vars(model).items()
        if not name.startswith("_") and name != "training" and isinstance(value, PLAIN_TYPES)
    }


def _source(model_class: type) -> bytes:
    """The text of the file that the class lies in: its module path alone does not tell an edit."""
    try:
        return Path(inspect.getfile(model_class)).read_bytes()
    except (OSError, TypeError):
        return b""
