"""Keeps a fitted predictor in one ``.npz`` file of plain arrays and JSON: nothing in it is ever run."""

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.training.rating.catalog import Catalog
from core.training.rating.fitted_effects import FittedEffects
from core.training.rating.fitted_model import MixedModel
from core.training.rating.intervals import Stretch
from core.training.rating.names import Names
from core.training.rating.sound_features import SoundFeatures
from core.whole_file import written_whole

FORMAT = 1
FOLDED = {"sound": SoundFeatures, "chosen": FittedEffects, "names_only": FittedEffects}
"""The parts of a model that are mostly arrays."""


def save(model: MixedModel, path: Path) -> None:
    """Write the model whole or not at all."""
    arrays: dict[str, Any] = {}
    plain: dict[str, Any] = {"format": FORMAT, "dimension": int(model.sound.center.size)}
    for name in FOLDED:
        part = getattr(model, name)
        arrays |= {f"{name}.{each.name}": np.asarray(getattr(part, each.name)) for each in fields(part)}
    for each in fields(model):
        if each.name not in FOLDED:
            value = getattr(model, each.name)
            plain[each.name] = asdict(value) if isinstance(value, Catalog | Stretch) else value
    arrays["json"] = np.frombuffer(json.dumps(plain).encode("ascii"), dtype=np.uint8)
    with written_whole(path) as file:
        np.savez(file, **arrays)


def load(path: Path) -> MixedModel:
    """Read a model that ``save`` wrote; raises UserError for a file that is missing, damaged or from elsewhere."""
    try:
        # Opened here: numpy leaves a damaged file open when it cannot read it.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            model = _read({name: stored[name] for name in stored.files})
        _try(model)
    except (OSError, BadZipFile, ValueError, KeyError, TypeError, IndexError, EOFError) as error:
        raise UserError(
            f"The saved predictor “{path}” cannot be read: it is damaged or of another version; train it again."
        ) from error
    return model


def _read(arrays: dict[str, NDArray[Any]]) -> MixedModel:
    plain = json.loads(arrays["json"].tobytes())
    if plain.pop("format") != FORMAT:
        error = "another format"
        raise ValueError(error)
    plain.pop("dimension")
    parts: dict[str, Any] = {name: _part(kind, name, arrays) for name, kind in FOLDED.items()}
    catalog = Catalog(**plain.pop("catalog"))
    known, unseen = Stretch(**plain.pop("known")), Stretch(**plain.pop("unseen"))
    return MixedModel(catalog=catalog, known=known, unseen=unseen, **parts, **plain)


def _part(kind: type, name: str, arrays: dict[str, NDArray[Any]]) -> object:
    found = {each.name: arrays[f"{name}.{each.name}"] for each in fields(kind)}
    return kind(**{key: value.item() if value.ndim == 0 else value for key, value in found.items()})


def _try(model: MixedModel) -> None:
    """Predict one song: arrays that do not fit together raise ValueError here and not in the middle of a library."""
    predicted = model.predict(model.sound.center[None], names=Names.unknown(1))
    if not np.isfinite(predicted.ratings).all():
        error = "values that are no numbers"
        raise ValueError(error)
