"""torchcodec's ``AudioDecoder``, imported without the compiler of torch.

torchcodec 0.17 tells that compiler not to look into some of its functions, and so loads it: 150 MB in every process
that decodes, half of them private, and 1.2 s of processor time at the start of each pool. We compile no decoding.
"""

import importlib
import sys
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

import torch

if TYPE_CHECKING:
    from torchcodec.decoders import AudioDecoder

__all__ = ["AudioDecoder"]

Function = TypeVar("Function", bound=Callable[..., object])

_COMPILER = "torch._dynamo"
_NAME_IN_TORCH = "_dynamo"


class _LateCompiler(ModuleType):
    """Stands for the compiler while torchcodec is imported, and makes way for it when more is wanted of it."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the compiler has
        if name.startswith("__") and name != "__path__":
            raise AttributeError(name)  # asked by who looks through all modules
        self.make_way()
        return getattr(importlib.import_module(_COMPILER), name)

    @staticmethod
    def disallow_in_graph(function: Function) -> Function:
        """What torchcodec 0.17 asks for; the function stays as it is."""
        return function

    def stand_in(self) -> None:
        sys.modules[_COMPILER] = self
        setattr(torch, _NAME_IN_TORCH, self)

    def make_way(self) -> None:
        """From now on torch loads its own, as soon as anybody asks for it."""
        if sys.modules.get(_COMPILER) is self:
            del sys.modules[_COMPILER]
            delattr(torch, _NAME_IN_TORCH)


def _import_decoder() -> "type[AudioDecoder]":
    compiler = _LateCompiler(_COMPILER)
    if _COMPILER not in sys.modules:
        compiler.stand_in()
    try:
        decoder: type[AudioDecoder] = importlib.import_module("torchcodec.decoders").AudioDecoder
    finally:
        compiler.make_way()
    return decoder


if not TYPE_CHECKING:
    AudioDecoder = _import_decoder()
