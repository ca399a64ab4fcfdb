"""The taggers of the wheel ``musicnn`` (ISC license) without TensorFlow: read their checkpoints, rebuild them in torch.

Fetch the wheel once: ``pip download --no-deps musicnn``. Pons and Serra, "musicnn: pre-trained convolutional neural
networks for music audio tagging", 2019.
"""

import zipfile
from pathlib import Path

import numpy as np
import torch
import torchaudio.functional
from numpy.typing import NDArray
from torch import Tensor, nn

SAMPLE_RATE = 16000
PATCH_FRAMES = 187
MEL_BANDS = 96
FOOTER_BYTES = 48
FLOAT = 1
NORM_EPSILON = 1e-3

Weights = dict[str, NDArray[np.float32]]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def _table_block(data: bytes, handle: bytes) -> list[tuple[bytes, bytes]]:
    """The entries of one block of a LevelDB table, whose keys leave out what they share with the key before."""
    offset, at = _varint(handle, 0)
    size, _ = _varint(handle, at)
    block = data[offset : offset + size]
    restarts = int.from_bytes(block[-4:], "little")
    entries, key, at = [], b"", 0
    while at < size - 4 * (restarts + 1):
        shared, at = _varint(block, at)
        added, at = _varint(block, at)
        length, at = _varint(block, at)
        key = key[:shared] + block[at : at + added]
        entries.append((key, block[at + added : at + added + length]))
        at += added + length
    return entries


def _fields(message: bytes) -> list[tuple[int, int | bytes]]:
    """The fields of a protocol buffer: varints as numbers, everything else as bytes."""
    found: list[tuple[int, int | bytes]] = []
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        value: int | bytes
        if tag & 7 == 0:
            value, at = _varint(message, at)
        else:
            length, at = _varint(message, at) if tag & 7 == 2 else ({1: 8, 5: 4}[tag & 7], at)
            value, at = message[at : at + length], at + length
        found.append((tag >> 3, value))
    return found


def _tensor(entry: bytes, data: bytes) -> NDArray[np.float32] | None:
    values = dict(_fields(entry))
    if values.get(1) != FLOAT:
        return None
    shape_message = values.get(2, b"")
    assert isinstance(shape_message, bytes)
    dims = [dict(_fields(dim)).get(1, 0) for number, dim in _fields(shape_message) if number == 2]
    offset, size = int(values.get(4, 0)), int(values.get(5, 0))
    return np.frombuffer(data[offset : offset + size], np.float32).reshape([int(dim) for dim in dims])


def read_weights(wheel: Path, model: str) -> Weights:
    """All float variables of one checkpoint ("MTT_vgg", "MSD_musicnn" ...), by their TensorFlow names."""
    with zipfile.ZipFile(wheel) as archive:
        index = archive.read(f"musicnn/{model}/.index")
        data = archive.read(f"musicnn/{model}/.data-00000-of-00001")
    footer = index[-FOOTER_BYTES:]
    _, at = _varint(footer, 0)
    _, at = _varint(footer, at)
    weights = {}
    for _, handle in _table_block(index, footer[at:]):
        for key, entry in _table_block(index, handle):
            tensor = _tensor(entry, data) if key else None
            if tensor is not None and b"Adam" not in key:
                weights[key.decode()] = tensor
    return weights


def patches(audio: Tensor) -> Tensor:
    """Log-mel patches (count, frames, bands) of 3 s from mono audio at ``SAMPLE_RATE``, as librosa computes them."""
    spectrum = torch.stft(audio, 512, 256, window=torch.hann_window(512), return_complex=True, pad_mode="reflect")
    filters = torchaudio.functional.melscale_fbanks(257, 0.0, 8000.0, MEL_BANDS, SAMPLE_RATE, "slaney", "slaney")
    mel = torch.log10(10000 * (spectrum.abs().square().T @ filters) + 1)
    if len(mel) < PATCH_FRAMES:
        mel = mel.repeat(-(-PATCH_FRAMES // len(mel)), 1)
    count = len(mel) // PATCH_FRAMES
    return mel[: count * PATCH_FRAMES].reshape(count, PATCH_FRAMES, MEL_BANDS)


class _Layers:
    """Applies the layers of a checkpoint in the order in which TensorFlow numbered them."""

    def __init__(self, weights: Weights) -> None:
        self.weights = {name: torch.from_numpy(value.copy()) for name, value in weights.items()}

    def norm(self, maps: Tensor, number: int) -> Tensor:
        name = "batch_normalization" + (f"_{number}" if number else "")
        mean, variance = self.weights[f"{name}/moving_mean"], self.weights[f"{name}/moving_variance"]
        gamma, beta = self.weights[f"{name}/gamma"], self.weights[f"{name}/beta"]
        return nn.functional.batch_norm(maps, mean, variance, gamma, beta, eps=NORM_EPSILON)

    def convolution(self, maps: Tensor, name: str, padding: str | tuple[int, int] = "valid") -> Tensor:
        kernel = self.weights[f"{name}/kernel"].permute(3, 2, 0, 1)
        return nn.functional.conv2d(maps, kernel, self.weights[f"{name}/bias"], padding=padding).relu()

    def dense(self, values: Tensor, name: str) -> Tensor:
        return values @ self.weights[f"{name}/kernel"] + self.weights[f"{name}/bias"]


def vgg_tags(weights: Weights, batch: Tensor) -> Tensor:
    """Probabilities (patches, 50) of the VGG tagger for log-mel patches."""
    layers = _Layers(weights)
    maps = layers.norm(batch.unsqueeze(1), 0)
    pools = (((4, 1), (2, 2)), ((2, 2), (2, 2)), ((2, 2), (2, 2)), ((2, 2), (2, 2)), ((4, 4), (4, 4)))
    for number, (size, stride) in enumerate(pools, start=1):
        maps = layers.norm(layers.convolution(maps, f"{number}CNN", "same"), number)
        maps = nn.functional.max_pool2d(maps, size, stride)
    return layers.dense(maps.permute(0, 2, 3, 1).flatten(1), "dense").sigmoid()


def musicnn(weights: Weights, batch: Tensor) -> tuple[Tensor, Tensor]:
    """Probabilities (patches, 50) and the layer before them (patches, 200) of the MusiCNN tagger."""
    layers = _Layers(weights)
    maps = layers.norm(batch.unsqueeze(1), 0)
    front = torch.cat([_front_block(layers, maps, number) for number in range(5)], dim=1)
    middle = [front]
    for number in range(3):
        name = f"conv2d_{5 + number}"
        padded = nn.functional.pad(middle[-1], (3, 3))
        changed = layers.convolution(padded.transpose(1, 2).unsqueeze(1), name).squeeze(3)
        changed = layers.norm(changed.unsqueeze(3), 6 + number).squeeze(3)
        middle.append(changed + middle[-1] if number else changed)
    maps = torch.cat(middle, dim=1)
    pooled = torch.stack([maps.amax(dim=2), maps.mean(dim=2)], dim=2).flatten(1)
    hidden = layers.norm(layers.dense(layers.norm(pooled, 9), "dense").relu(), 10)
    return layers.dense(hidden, "dense_1").sigmoid(), hidden


def _front_block(layers: _Layers, maps: Tensor, number: int) -> Tensor:
    """Two timbral filters, tall in frequency, then three temporal ones; the maximum over frequency is kept."""
    name = "conv2d" + (f"_{number}" if number else "")
    found = layers.convolution(maps, name, (3, 0)) if number < 2 else layers.convolution(maps, name, "same")
    return layers.norm(found, number + 1).amax(dim=3)
