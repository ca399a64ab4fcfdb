"""Where training runs: the device and how it computes, and what happens when its memory is too small for a batch."""

import contextlib
import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass

import torch

from core.errors import UserError

GIGABYTE = 1024**3


@dataclass(frozen=True)
class Device:
    """A device, and the short numbers that it computes with; None for the usual 32 bits."""

    name: str
    """``cpu``, ``cuda`` or ``cuda:N``, as torch takes it."""
    short: torch.dtype | None = None

    @property
    def is_gpu(self) -> bool:
        return self.name.startswith("cuda")

    def autocast(self) -> "contextlib.AbstractContextManager[object]":
        """Short numbers where they suffice, on a GPU; nothing on the CPU, whose results are then exact."""
        if self.short is None:
            return contextlib.nullcontext()
        return torch.autocast(self.name.partition(":")[0], dtype=self.short)

    def scaler(self) -> torch.amp.GradScaler:
        """Keeps small gradients alive in float16; does nothing for the other kinds."""
        return torch.amp.GradScaler(self.name.partition(":")[0], enabled=self.short is torch.float16)


def choose_device(
    wish: str, *, memory_limit_gb: float | None = None, warn: Callable[[str], None] = lambda _: None
) -> Device:
    """``auto`` is the GPU when there is one, else the CPU; a GPU that is asked for and missing is a notice.

    Under ``torchrun`` each process takes the GPU of its own number. ``memory_limit_gb`` holds for each GPU.
    """
    if not torch.cuda.is_available():
        if wish.startswith("cuda"):
            warn("There is no CUDA device on this machine: training runs on the CPU.")
        return Device("cpu")
    if wish == "cpu":
        return Device("cpu")
    name = wish if ":" in wish else f"cuda:{int(os.environ.get('LOCAL_RANK', '0')) % torch.cuda.device_count()}"
    if memory_limit_gb is not None:
        limit_memory(name, memory_limit_gb)
    torch.set_float32_matmul_precision("high")
    return Device(name, torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16)


def limit_memory(name: str, gigabytes: float) -> None:
    """Let torch take no more than so many GB of a GPU; more than it has is no limit."""
    total = torch.cuda.get_device_properties(name).total_memory
    torch.cuda.set_per_process_memory_fraction(min(1.0, gigabytes * GIGABYTE / total), name)


class Halving:
    """How many parts a batch is worked on in: twice as many, with a warning, each time that it does not fit."""

    def __init__(self, *, warn: Callable[[str], None], least: int = 2) -> None:
        self.parts = 1
        self._warn = warn
        self._least = least

    def of(self, songs: int) -> list[slice]:
        """Slices of a batch of ``songs`` songs, near in size, none below ``least`` songs."""
        parts = max(1, min(self.parts, songs // self._least))
        edges = [songs * part // parts for part in range(parts + 1)]
        return [slice(*pair) for pair in itertools.pairwise(edges)]

    def halve(self, songs: int) -> None:
        """Take half of what did not fit; raises UserError when that is nothing."""
        if len(self.of(songs)) * 2 > songs // self._least:
            raise UserError(
                "The memory of the GPU does not even hold two songs: close what else uses it, or train on the CPU."
            )
        self.parts = len(self.of(songs)) * 2
        largest = -(-songs // self.parts)
        self._warn(f"The memory of the GPU is too small for {songs} songs at a time: going on with {largest}.")
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
