"""The VGG taggers of the wheel ``musicnn`` (ISC license), which name 50 tags each, without TensorFlow.

Fetch the wheel once: ``pip download --no-deps musicnn``. Pons and Serra, "musicnn: pre-trained convolutional neural
networks for music audio tagging", 2019.
"""

import torch
from torch import Tensor, nn

from core.models.tagger import NORM_EPSILON
from core.models.tensorflow_checkpoint import Variables

POOLS = (((4, 1), (2, 2)), ((2, 2), (2, 2)), ((2, 2), (2, 2)), ((2, 2), (2, 2)), ((4, 4), (4, 4)))
"""Size and stride of what follows each convolution."""


def vgg_tags(variables: Variables, patches: Tensor) -> Tensor:
    """Probabilities (patches, 50) of the VGG tagger for log-mel patches (patches, frames, bands)."""
    weights = {name: torch.from_numpy(value.copy()) for name, value in variables.items()}
    maps = _norm(weights, patches.unsqueeze(1), "")
    for number, (size, stride) in enumerate(POOLS, start=1):
        kernel = weights[f"{number}CNN/kernel"].permute(3, 2, 0, 1)
        maps = nn.functional.conv2d(maps, kernel, weights[f"{number}CNN/bias"], padding="same").relu()
        maps = nn.functional.max_pool2d(_norm(weights, maps, f"_{number}"), size, stride)
    flat = maps.permute(0, 2, 3, 1).flatten(1)
    return (flat @ weights["dense/kernel"] + weights["dense/bias"]).sigmoid()


def _norm(weights: dict[str, Tensor], maps: Tensor, number: str) -> Tensor:
    mean, variance, gamma, beta = (
        weights[f"batch_normalization{number}/{part}"] for part in ("moving_mean", "moving_variance", "gamma", "beta")
    )
    return nn.functional.batch_norm(maps, mean, variance, gamma, beta, eps=NORM_EPSILON)
