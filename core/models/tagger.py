"""``Tagger``: one network of MusiCNN up to its penultimate layer, for log-mel patches of 3 s.

Pons and Serra, "musicnn: pre-trained convolutional neural networks for music audio tagging", 2019.
"""

from itertools import pairwise
from typing import cast

import numpy as np
import torch
from torch import Tensor, nn

from core.models.correlation import TAPS, highest_rhythm, highest_timbre
from core.models.tensorflow_checkpoint import Variables

PATCH_FRAMES = 187
MEL_BANDS = 96
HIDDEN = 200
TIMBRAL = (38, 67)
"""Heights in bands of the filters for timbre, which are TAPS frames long, as those of the middle are."""
TEMPORAL = (128, 64, 32)
"""Lengths in frames of the filters for rhythm, which are one band high."""
TIMBRAL_FILTERS, TEMPORAL_FILTERS, MIDDLE_FILTERS = 204, 51, 64
NORM_EPSILON = 1e-3


class Affine(nn.Module):
    """A batch normalization that has learned: scale and shift of each channel, which lie in dimension 1."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.ones(channels))
        self.shift = nn.Parameter(torch.zeros(channels))

    def forward(self, values: Tensor) -> Tensor:
        """Values (batch, channels, ...) in and out."""
        sides = (-1,) + (1,) * (values.ndim - 2)
        return values * self.scale.view(sides) + self.shift.view(sides)


class Front(nn.Module):
    """Filters that look for something in time and frequency, and keep it from the band where it is most."""

    def __init__(self, filters: int, *, frames: int, bands: int) -> None:
        super().__init__()
        self.filters = nn.Conv2d(1, filters, (frames, bands))
        self.norm = Affine(filters)
        self.margins = (0, 0, (frames - 1) // 2, frames // 2)

    def forward(self, maps: Tensor) -> Tensor:
        """Maps (batch, frames, bands) in; what was found (batch, filters, frames) out."""
        if maps.device.type == "cpu" and not torch.is_grad_enabled():
            return self._found_by_products(maps)
        found = self.filters(nn.functional.pad(maps, self.margins).unsqueeze(1)).relu()
        return cast("Tensor", self.norm(found).amax(dim=3))

    def _found_by_products(self, maps: Tensor) -> Tensor:
        """The same in a fifth of the time: what follows a filter rises or falls with it, so the maximum comes first."""
        sign = torch.where(self.norm.scale < 0, -1.0, 1.0).unsqueeze(1)
        filters = self.filters.weight[:, 0] * sign.unsqueeze(2)
        is_temporal = filters.shape[2] == 1
        highest = highest_rhythm(maps, filters[:, :, 0]) if is_temporal else highest_timbre(maps, filters)
        found = highest * sign + cast("Tensor", self.filters.bias).unsqueeze(1)
        return cast("Tensor", self.norm(found.relu()))


class Tagger(nn.Module):
    """Filters for timbre and rhythm, three layers over time with short cuts, mean and maximum over time, 200 values."""

    def __init__(self) -> None:
        super().__init__()
        self.entry = Affine(1)
        timbral = [Front(TIMBRAL_FILTERS, frames=TAPS, bands=bands) for bands in TIMBRAL]
        temporal = [Front(TEMPORAL_FILTERS, frames=frames, bands=1) for frames in TEMPORAL]
        self.fronts = nn.ModuleList([*timbral, *temporal])
        channels = [len(TIMBRAL) * TIMBRAL_FILTERS + len(TEMPORAL) * TEMPORAL_FILTERS, *[MIDDLE_FILTERS] * 3]
        self.middle = nn.ModuleList(nn.Conv1d(a, b, TAPS, padding=TAPS // 2) for a, b in pairwise(channels))
        self.middle_norms = nn.ModuleList(Affine(MIDDLE_FILTERS) for _ in self.middle)
        self.pooled_norm = Affine(2 * sum(channels))
        self.dense = nn.Linear(2 * sum(channels), HIDDEN)
        self.hidden_norm = Affine(HIDDEN)

    def forward(self, patches: Tensor) -> Tensor:
        """Log-mel patches (batch, PATCH_FRAMES, MEL_BANDS) in; the penultimate layer (batch, HIDDEN) out."""
        maps = self.entry(patches.unsqueeze(1)).squeeze(1)
        layers = [torch.cat([front(maps) for front in self.fronts], dim=1)]
        for number, (convolution, norm) in enumerate(zip(self.middle, self.middle_norms, strict=True)):
            changed = norm(convolution(layers[-1]).relu())
            layers.append(changed + layers[-1] if number else changed)
        maps = torch.cat(layers, dim=1)
        pooled = torch.stack([maps.amax(dim=2), maps.mean(dim=2)], dim=2).flatten(1)
        return cast("Tensor", self.hidden_norm(self.dense(self.pooled_norm(pooled)).relu()))

    @classmethod
    def of(cls, variables: Variables) -> "Tagger":
        """The network of a checkpoint; raises KeyError or ValueError where a variable is missing or of another size."""
        tagger = cls()
        tagger.load_state_dict(_state(variables))
        return tagger


def _state(variables: Variables) -> dict[str, Tensor]:
    """The state of a ``Tagger`` from the variables as TensorFlow numbered them."""
    fronts, middles = [f"fronts.{number}" for number in range(5)], [f"middle.{number}" for number in range(3)]
    norms = [*(f"{front}.norm" for front in fronts), *(f"middle_norms.{number}" for number in range(3))]
    state: Variables = {"dense.weight": variables["dense/kernel"].T, "dense.bias": variables["dense/bias"]}
    for number, name in enumerate(["entry", *norms, "pooled_norm", "hidden_norm"]):
        state |= _affine(variables, name, _numbered("batch_normalization", number))
    for number, name in enumerate([*(f"{front}.filters" for front in fronts), *middles]):
        there = _numbered("conv2d", number)
        kernel = variables[f"{there}/kernel"]
        # (time, height, in, out) there, where the middle has its channels as the height.
        state[f"{name}.weight"] = kernel[:, :, 0].T if name in middles else kernel.transpose(3, 2, 0, 1)
        state[f"{name}.bias"] = variables[f"{there}/bias"]
    return {name: torch.from_numpy(values.copy()) for name, values in state.items()}


def _numbered(name: str, number: int) -> str:
    return f"{name}_{number}" if number else name


def _affine(variables: Variables, name: str, there: str) -> Variables:
    """The scale and the shift of a batch normalization."""
    gamma, beta, mean, variance = (
        variables[f"{there}/{part}"].astype(np.float64) for part in ("gamma", "beta", "moving_mean", "moving_variance")
    )
    scale = gamma / np.sqrt(variance + NORM_EPSILON)
    shift = beta - mean * scale
    return {f"{name}.scale": scale.astype(np.float32), f"{name}.shift": shift.astype(np.float32)}
