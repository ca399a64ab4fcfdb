"""Reads the variables of a TensorFlow 1 checkpoint with numpy alone: an index, which is a LevelDB table, and the data.

The formats: tensorflow/core/lib/io/table_format.txt and tensorflow/core/protobuf/tensor_bundle.proto.
"""

import numpy as np
from numpy.typing import NDArray

FOOTER_BYTES = 48
MAGIC = 0xDB4775248B80FB57.to_bytes(8, "little")
FLOAT = 1
"""``DT_FLOAT`` of TensorFlow's types."""
OPTIMIZER = "Adam"

Variables = dict[str, NDArray[np.float32]]


def read_variables(index: bytes, data: bytes) -> Variables:
    """The float variables of a checkpoint by their names, without those of the optimizer.

    ``index`` and ``data`` are the contents of the files ``.index`` and ``.data-00000-of-00001``. Raises ValueError for
    what is no such checkpoint, or a damaged one.
    """
    try:
        return _variables(index, data)
    except (IndexError, KeyError, OverflowError, TypeError, UnicodeDecodeError) as error:
        raise ValueError(f"the index makes no sense: {error!r}") from error


def _variables(index: bytes, data: bytes) -> Variables:
    footer = index[-FOOTER_BYTES:]
    if footer[-8:] != MAGIC:
        raise ValueError("it does not end as a table ends")
    _, at = _varint(footer, 0)
    _, at = _varint(footer, at)
    variables: Variables = {}
    for _, handle in _entries(_block(index, footer[at:])):
        for key, entry in _entries(_block(index, handle)):
            name = key.decode()
            values = _tensor(entry, data) if name and OPTIMIZER not in name else None
            if values is not None:
                variables[name] = values
    return variables


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, lowest first, and where the next thing begins."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def _block(table: bytes, handle: bytes) -> bytes:
    offset, at = _varint(handle, 0)
    size, _ = _varint(handle, at)
    if table[offset + size] != 0:
        raise ValueError("a block of the index is compressed")
    return table[offset : offset + size]


def _entries(block: bytes) -> list[tuple[bytes, bytes]]:
    """The entries of a block, whose keys leave out what they share with the key before."""
    restarts = int.from_bytes(block[-4:], "little")
    entries, key, at = [], b"", 0
    while at < len(block) - 4 * (restarts + 1):
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
    """The values that a ``BundleEntryProto`` (1 type, 2 shape, 4 offset, 5 size) speaks of; None when no floats."""
    values = dict(_fields(entry))
    if values.get(1) != FLOAT:
        return None
    sides = _sides(values.get(2, b""))
    offset, size = _number(values.get(4, 0)), _number(values.get(5, 0))
    if offset + size > len(data):
        raise ValueError("the data broke off")
    floats = np.frombuffer(data, "<f4", count=size // 4, offset=offset).reshape(sides)
    if not np.isfinite(floats).all():
        raise ValueError("a variable has values that are no numbers")
    return floats


def _sides(shape: int | bytes) -> list[int]:
    """The sides of a ``TensorShapeProto``: field 2 again and again, each with its size in field 1."""
    if isinstance(shape, int):
        raise TypeError("a shape is no number")
    sides = [value for number, value in _fields(shape) if number == 2 and isinstance(value, bytes)]
    return [_number(dict(_fields(side)).get(1, 0)) for side in sides]


def _number(value: int | bytes) -> int:
    if isinstance(value, bytes):
        raise TypeError("a number was awaited")
    return value
