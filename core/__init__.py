"""Marmalade's engine: everything that the application knows and does, without Qt.

A training function of one's own starts with ``from core import TrainingContext, TrainingResult``.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.training.context import TrainingContext, TrainingResult

__all__ = ["TrainingContext", "TrainingResult"]


def __getattr__(name: str) -> object:
    """Both are found when they are asked for: whoever imports a part of the engine does not load its training."""
    if name in __all__:
        return getattr(importlib.import_module("core.training.context"), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
