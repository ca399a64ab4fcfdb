"""From "package.module:Class" in a configuration to the class itself, checked, with one sentence when it cannot be."""

import importlib
import inspect
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from core.errors import UserError
from core.models.checks import check_classifier, check_encoder
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
    "SimpleAudioEncoder": "core.models.encoders",
    "SimpleRatingClassifier": "core.models.classifiers",
}

TAKEN_NAMES = {*sys.stdlib_module_names, "core", "desktop", "numpy", "torch", "torchaudio"}
"""Modules that the program itself needs: a file of the owner's by such a name would take their place."""

DEFAULT_ENCODER = "SpectralEncoder"
DEFAULT_CLASSIFIER = "SimpleRatingClassifier"


def load(reference: str, *, relative_to: Path | None = None) -> "type[nn.Module]":
    """Find the class that a reference names: one of ours, an installed one, or one in a file of the owner's.

    ``examples.mine:Mine`` is looked for in ``examples/mine.py`` below ``relative_to``, then below its parent folder, so
    that a configuration may lie in ``examples`` itself, or in a folder beside it. Raises ``UserError`` when there is no
    such module or class, or when the class is no model.
    """
    module_name, _, class_name = (
        (SHIPPED[reference], ":", reference) if reference in SHIPPED else reference.partition(":")
    )
    if not module_name or not class_name:
        message = f'The model "{reference}" should be written as package.module:Class or be one of {_shipped_names()}.'
        raise UserError(message)
    return _model_class(_import(module_name, relative_to), class_name)


def build(reference: str, *, relative_to: Path | None = None, **arguments: object) -> "nn.Module":
    """Make the model that a reference names, with those of the arguments that its constructor knows."""
    model_class = load(reference, relative_to=relative_to)
    known = {name: value for name, value in arguments.items() if _accepts(model_class, name)}
    try:
        return model_class(**known)
    except Exception as error:  # the owner's own code may raise anything; its traceback stays attached
        message = f'The model "{reference}" could not be made with {_call(known)}: {_brief(error)}.'
        raise UserError(message) from error


def own_file(module_name: str, relative_to: Path | None) -> Path | None:
    """The owner's file that a module name stands for, or None where it can only be an installed one."""
    if relative_to is None:
        return None
    return next((file for _, file in _own_places(module_name, relative_to)), None)


def _own_places(module_name: str, relative_to: Path) -> Iterator[tuple[Path, Path]]:
    """The folders to import from, each with the file that the module has there."""
    for folder in (relative_to, relative_to.parent):
        base = folder.joinpath(*module_name.split("."))
        for file in (base.with_name(f"{base.name}.py"), base / "__init__.py"):
            if file.is_file():
                yield folder, file


def _import(module_name: str, relative_to: Path | None) -> ModuleType:
    folder, file = next(_own_places(module_name, relative_to), (None, None)) if relative_to else (None, None)
    if folder is None:
        return _import_or_explain(module_name)
    top = module_name.partition(".")[0]
    if top in TAKEN_NAMES:
        message = f'The file {file} cannot be loaded, because Python has another "{top}": give it another name.'
        raise UserError(message)
    _forget_other(module_name, folder)
    with _importable(folder):
        return _import_or_explain(module_name)


def _import_or_explain(module_name: str) -> ModuleType:
    try:
        return importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name is not None and f"{module_name}.".startswith(f"{error.name}."):
            message = f'There is no module "{module_name}", neither beside the configuration nor installed.'
            raise UserError(message) from error
        message = f'The module "{module_name}" needs "{error.name}", which is not installed.'
        raise UserError(message) from error
    except (Exception, SystemExit) as error:  # the owner's own code may raise anything; its traceback stays attached
        message = f'The module "{module_name}" could not be loaded: {_brief(error)}.'
        raise UserError(message) from error


def _forget_other(module_name: str, folder: Path) -> None:
    """Two configurations may name their file alike: what was imported from elsewhere must not answer for this one."""
    top = module_name.partition(".")[0]
    imported = sys.modules.get(top)
    if imported is None or _lies_in(imported, folder):
        return
    for name in [name for name in sys.modules if f"{name}.".startswith(f"{top}.")]:
        del sys.modules[name]


def _lies_in(module: ModuleType, folder: Path) -> bool:
    places = [module.__file__] if module.__file__ else list(getattr(module, "__path__", []))
    return any(Path(place).resolve().is_relative_to(folder.resolve()) for place in places)


@contextmanager
def _importable(folder: Path) -> Iterator[None]:
    """Let Python import from a folder for a moment, as it does from the folder of a script."""
    entry = str(folder.resolve())
    sys.path.insert(0, entry)
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(entry)


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


def _brief(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0].rstrip(": .")


def _shipped_names() -> str:
    return ", ".join(SHIPPED)
