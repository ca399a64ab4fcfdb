"""What a backbone made of songs, kept on disk record after record, so that no run computes it twice."""

import fcntl
import hashlib
import logging
import os
import zlib
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

logger = logging.getLogger(__name__)

KEPT_FILES = 8
"""Two for each backbone and plan; the ones not written to for longest leave."""

_KEY = 32
_HEAD = np.dtype([("size", "<u4"), ("checksum", "<u4"), ("excerpts", "<u4"), ("dimension", "<u4"), ("key", f"V{_KEY}")])

Features = NDArray[np.float32]


class FeatureFile:
    """Features (excerpts, dimension) by key (32 bytes), in a file that only grows; several processes may add to it.

    What a kill left half at the end is cut off when the file is opened. A disk that is full or closed to us costs a
    sentence in the log, and nothing is kept any more.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = Lock()
        self._known = dict[bytes, Features]()
        if path is not None:
            try:
                self._known = _opened(path)
            except OSError as error:
                self._give_up(error)

    @classmethod
    def open(cls, cache_dir: Path | None, *, plan: object) -> "FeatureFile":
        """The file of this plan, told apart by its ``repr``; without a folder it remembers nothing."""
        if cache_dir is None:
            return cls(None)
        folder = cache_dir / "features"
        name = hashlib.sha256(repr(plan).encode()).hexdigest()[:16]
        path = folder / f"{name}.features"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            others = sorted(folder.glob("*.features"), key=lambda other: other.stat().st_mtime)
            for old in [other for other in others if other != path][: -(KEPT_FILES - 1)]:
                old.unlink(missing_ok=True)
        except OSError as error:
            logger.warning("What is computed of the songs cannot be kept: %s", error.strerror)
            return cls(None)
        return cls(path)

    def __len__(self) -> int:
        return len(self._known)

    def get(self, key: bytes) -> Features | None:
        """What was put under this key, or None."""
        return self._known.get(key)

    def put(self, key: bytes, features: Features) -> None:
        """Keep features under a key; a key that is empty keeps nothing."""
        if self._path is None or len(key) != _KEY:
            return
        with self._lock:
            try:
                _append(self._path, _record(key, features))
            except OSError as error:
                self._give_up(error)
            self._known[key] = features

    def _give_up(self, error: OSError) -> None:
        logger.warning("What is computed of the songs is no longer kept for the next run: %s", error.strerror)
        self._path = None


def _record(key: bytes, features: Features) -> bytes:
    data = features.astype("<f4").tobytes()
    head = np.array([(len(data), zlib.crc32(key + data), *features.shape, key)], _HEAD)
    return head.tobytes() + data


def _read(content: bytes) -> tuple[dict[bytes, Features], int]:
    """The records of a file up to the first that is not whole, and where that begins."""
    known = dict[bytes, Features]()
    at = 0
    while at + _HEAD.itemsize <= len(content):
        head = np.frombuffer(content, _HEAD, 1, at)[0]
        begin, key = at + _HEAD.itemsize, bytes(head["key"])
        data = content[begin : begin + int(head["size"])]
        shape = int(head["excerpts"]), int(head["dimension"])
        if len(data) != 4 * shape[0] * shape[1] or zlib.crc32(key + data) != head["checksum"]:
            break
        known[key] = np.frombuffer(data, "<f4").reshape(shape)
        at = begin + len(data)
    return known, at


def _opened(path: Path) -> dict[bytes, Features]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        # Nobody is in the middle of adding a record now: what is not whole never will be.
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        content = path.read_bytes()
        known, end = _read(content)
        if end < len(content):
            os.ftruncate(descriptor, end)
        os.utime(descriptor)
        return known
    finally:
        os.close(descriptor)


def _append(path: Path, record: bytes) -> None:
    """Add a record as a whole or, when the disk is full, not at all."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        end = os.lseek(descriptor, 0, os.SEEK_END)
        try:
            done = 0
            while done < len(record):
                done += os.pwrite(descriptor, record[done:], end + done)
        except OSError:
            os.ftruncate(descriptor, end)
            raise
    finally:
        os.close(descriptor)
