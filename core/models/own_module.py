"""A module of the owner's by its name: found beside the configuration, imported with care, explained when it fails."""

import importlib
import logging
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from core.errors import UserError

logger = logging.getLogger(__name__)

TAKEN_NAMES = {*sys.stdlib_module_names, "core", "desktop", "numpy", "torch", "torchaudio"}
"""Modules that the program itself needs: a file of the owner's by such a name would take their place."""


def own_file(module_name: str, relative_to: Path | None) -> Path | None:
    """The owner's file that a module name stands for, or None where it can only be an installed one."""
    if relative_to is None:
        return None
    return next((file for _, file in _own_places(module_name, relative_to)), None)


def import_own(module_name: str, *, relative_to: Path | None) -> ModuleType:
    """Import the owner's file, else an installed module; raises ``UserError`` with one sentence when neither works.

    ``examples.mine`` is looked for in ``examples/mine.py`` below ``relative_to``, then below its parent folder, so that
    a configuration may lie in ``examples`` itself, or in a folder beside it.
    """
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


def reference_of(found: str | type) -> str:
    """The reference that stands for a class (one that the owner's code hands over as it is), or the one given."""
    return found if isinstance(found, str) else f"{found.__module__}:{found.__qualname__}"


@contextmanager
def explained(references: Iterable[str]) -> Iterator[None]:
    """Let an error that comes out of one of the owner's own modules end in a sentence; any other one is a bug of ours.

    ``references`` are those of the models or functions, as ``package.module:Class``.
    """
    try:
        yield
    except UserError:
        raise
    except Exception as error:
        own = [reference for reference in references if ":" in reference and not reference.startswith("core.")]
        guilty = next((reference for reference in own if _raised_in(error, reference.partition(":")[0])), None)
        if guilty is None:
            raise
        logger.exception("%s failed", guilty)
        raise UserError(f'"{guilty}" failed: {brief(error)}; the log shows where.') from error


def _raised_in(error: BaseException, module_name: str) -> bool:
    module = sys.modules.get(module_name)
    frames = traceback.extract_tb(error.__traceback__)
    return module is not None and any(frame.filename == module.__file__ for frame in frames)


def brief(error: BaseException) -> str:
    """What an error of foreign code says, in half a sentence without its full stop."""
    return (f"{type(error).__name__}: {error}".splitlines() or [""])[0].rstrip(": .")


def _own_places(module_name: str, relative_to: Path) -> Iterator[tuple[Path, Path]]:
    """The folders to import from, each with the file that the module has there."""
    for folder in (relative_to, relative_to.parent):
        base = folder.joinpath(*module_name.split("."))
        for file in (base.with_name(f"{base.name}.py"), base / "__init__.py"):
            if file.is_file():
                yield folder, file


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
        message = f'The module "{module_name}" could not be loaded: {brief(error)}.'
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
