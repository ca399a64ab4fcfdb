"""TensorFlow checkpoints made in code: tiny ones, and a package ``musicnn`` with made-up weights of the true sizes."""

import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAGIC = 0xDB4775248B80FB57
FLOAT = 1
MODELS = ("MTT_musicnn", "MSD_musicnn")
FRONTS = ((7, 38, 204), (7, 67, 204), (128, 1, 51), (64, 1, 51), (32, 1, 51))
NORMS = (1, 204, 204, 51, 51, 51, 64, 64, 64, 1506, 200)

Arrays = Mapping[str, NDArray[np.generic]]


def write_checkpoint(folder: Path, variables: Arrays, *, shares_keys: bool = True) -> None:
    """The two files that a checkpoint has besides its graph, as TensorFlow 1 writes them, but without checksums."""
    folder.mkdir(parents=True, exist_ok=True)
    names = sorted(variables)
    data = b"".join(variables[name].tobytes() for name in names)
    entries, offset = [(b"", b"\x08\x01")], 0
    for name in names:
        size = variables[name].nbytes
        entries.append((name.encode(), _entry(variables[name], offset, size)))
        offset += size
    (folder / ".data-00000-of-00001").write_bytes(data)
    (folder / ".index").write_bytes(_table(entries, shares_keys=shares_keys))


def write_package(folder: Path) -> Path:
    """A folder as the package ``musicnn`` has, with made-up weights; they are the same everywhere."""
    for model in MODELS:
        write_checkpoint(folder / model, made_up(model))
    return folder


def made_up(model: str) -> dict[str, NDArray[np.float32]]:
    """The variables of a network by TensorFlow's names, with crumbs of a sine for weights."""
    variables = {f"{name}/kernel": _crumbs(f"{model} {name}", shape) for name, shape in _kernels().items()}
    variables |= {f"{name}/bias": _crumbs(f"{model} {name} bias", shape[-1:]) for name, shape in _kernels().items()}
    for number, size in enumerate(NORMS):
        name = _numbered("batch_normalization", number)
        for part in ("gamma", "beta", "moving_mean"):
            variables[f"{name}/{part}"] = _crumbs(f"{model} {name} {part}", (size,), height=1.0)
        variables[f"{name}/moving_variance"] = _crumbs(f"{model} {name} variance", (size,), height=0.5) + np.float32(1)
    return variables


def _kernels() -> dict[str, tuple[int, ...]]:
    fronts = [(length, height, 1, filters) for length, height, filters in FRONTS]
    middle = [(7, height, 1, 64) for height in (561, 64, 64)]
    kernels: dict[str, tuple[int, ...]] = {
        _numbered("conv2d", number): shape for number, shape in enumerate([*fronts, *middle])
    }
    return kernels | {"dense": (1506, 200), "dense_1": (200, 50)}


def _crumbs(name: str, shape: tuple[int, ...], *, height: float = 0.0) -> NDArray[np.float32]:
    """Values that look random enough; weights shrink with what is summed over."""
    count = int(np.prod(shape))
    height = height or 2.0 / np.sqrt(count / shape[-1])
    values = np.sin(np.arange(count) * 12.9898 + zlib.crc32(name.encode()) % 1000) * 43758.5453 % 2 - 1
    return (height * values).reshape(shape).astype(np.float32)


def _numbered(name: str, number: int) -> str:
    return f"{name}_{number}" if number else name


def _varint(value: int) -> bytes:
    parts = []
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])


def _field(number: int, value: int | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _entry(values: NDArray[np.generic], offset: int, size: int) -> bytes:
    shape = b"".join(_field(2, _field(1, side)) for side in values.shape)
    kind = FLOAT if values.dtype == np.float32 else 9
    checksum = _varint(6 << 3 | 5) + b"\0\0\0\0"
    return _field(1, kind) + _field(2, shape) + (_field(4, offset) if offset else b"") + _field(5, size) + checksum


def _table(entries: list[tuple[bytes, bytes]], *, shares_keys: bool) -> bytes:
    half = len(entries) // 2
    table, handles = b"", []
    for some in (entries[:half], entries[half:]):
        block = _block(some, shares_keys=shares_keys)
        handles.append((some[-1][0], _varint(len(table)) + _varint(len(block))))
        table += block + b"\0" * 5
    index = _block(handles, shares_keys=False)
    footer = b"\0\0" + _varint(len(table)) + _varint(len(index))
    return table + index + b"\0" * 5 + footer.ljust(40, b"\0") + MAGIC.to_bytes(8, "little")


def _block(entries: list[tuple[bytes, bytes]], *, shares_keys: bool) -> bytes:
    block, before = b"", b""
    for key, value in entries:
        shared = _shared(before, key) if shares_keys else 0
        block += _varint(shared) + _varint(len(key) - shared) + _varint(len(value)) + key[shared:] + value
        before = key
    return block + (0).to_bytes(4, "little") + (1).to_bytes(4, "little")


def _shared(before: bytes, key: bytes) -> int:
    return next((at for at, (a, b) in enumerate(zip(before, key, strict=False)) if a != b), min(len(before), len(key)))
