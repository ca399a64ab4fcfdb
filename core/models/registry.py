"""From "package.module:Class" in a configuration to the class itself, checked, with one sentence when it cannot be."""

import inspect
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from core.errors import UserError
from core.models.checks import check_classifier, check_encoder
from core.models.hub_files import PREFIX, is_hub_reference
from core.models.own_module import brief, import_own, own_file
from core.models.versions import model_version

if TYPE_CHECKING:
    from torch import nn

__all__ = [
    "DEFAULT_CLASSIFIER",
    "DEFAULT_ENCODER",
    "SHIPPED",
    "build",
    "check_classifier",
    "check_encoder",
    "load",
    "model_version",
    "own_file",
]

SHIPPED = {
    "SpectralEncoder": "core.models.encoders",
    "MelEncoder": "core.models.encoders",
    "AdaptedEncoder": "core.models.adapted",
    "MusiCNNEncoder": "core.models.musicnn",
    "SimpleAudioEncoder": "core.models.encoders",
    "SimpleRatingClassifier": "core.models.classifiers",
}

DEFAULT_ENCODER = "SpectralEncoder"
DEFAULT_CLASSIFIER = "SimpleRatingClassifier"


def load(reference: str, *, relative_to: Path | None = None) -> "type[nn.Module]":
    """Find the class that a reference names: one of ours, an installed one, or one in a file of the owner's.

    ``examples.mine:Mine`` is looked for in ``examples/mine.py`` below ``relative_to``, then below its parent folder, so
    that a configuration may lie in ``examples`` itself, or in a folder beside it. ``huggingface:NAME`` is a model of
    the hub. Raises ``UserError`` when there is no such module or class, or when the class is no model.
    """
    if is_hub_reference(reference):
        return _model_class(import_module("core.models.huggingface"), "HuggingFaceEncoder")
    module_name, _, class_name = (
        (SHIPPED[reference], ":", reference) if reference in SHIPPED else reference.partition(":")
    )
    if not module_name or not class_name:
        message = (
            f'The model "{reference}" should be written as package.module:Class, or as huggingface:NAME for one of the '
            f"hub, or be one of {_shipped_names()}."
        )
        raise UserError(message)
    return _model_class(import_own(module_name, relative_to=relative_to), class_name)


def build(
    reference: str, *, relative_to: Path | None = None, weights: Path | None = None, **arguments: object
) -> "nn.Module":
    """Make the model that a reference names, with those of the arguments that its constructor knows.

    ``weights`` is where the weights of a pretrained model of ours are kept, beside those of the hub; no other model
    hears of it.
    """
    model_class = load(reference, relative_to=relative_to)
    if is_hub_reference(reference):
        arguments |= {"name": reference.removeprefix(PREFIX), "relative_to": relative_to, "weights": weights}
    elif weights is not None and reference in SHIPPED:
        arguments["weights"] = weights
    known = {name: value for name, value in arguments.items() if _accepts(model_class, name)}
    try:
        return model_class(**known)
    except UserError:
        raise
    except Exception as error:  # the owner's own code may raise anything; its traceback stays attached
        message = f'The model "{reference}" could not be made with {_call(known)}: {brief(error)}.'
        raise UserError(message) from error


def _model_class(module: ModuleType, class_name: str) -> "type[nn.Module]":
    from torch import nn

    found = getattr(module, class_name, None)
    if found is None:
        message = f'The module "{module.__name__}" has no class "{class_name}".'
        raise UserError(message)
    if not (inspect.isclass(found) and issubclass(found, nn.Module)):
        message = f'"{module.__name__}:{class_name}" is not a model: it should be a class made from torch.nn.Module.'
        raise UserError(message)
    if found.forward is nn.Module.forward:
        message = f'The model "{module.__name__}:{class_name}" has no method "forward".'
        raise UserError(message)
    return found


def _accepts(model_class: "type[nn.Module]", name: str) -> bool:
    from torch import nn

    if model_class.__init__ is nn.Module.__init__:  # its signature takes anything, but it refuses every argument
        return False
    parameters = inspect.signature(model_class).parameters.values()
    return any(parameter.name == name or parameter.kind is parameter.VAR_KEYWORD for parameter in parameters)


def _call(arguments: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in arguments.items()) or "no arguments"


def _shipped_names() -> str:
    return ", ".join(SHIPPED)
