"""Decoded excerpts kept on disk as 16-bit sound, so that the second epoch does not decode; bounded, and safe to kill.

A folder for each sample rate and length holds ``sound`` (slots of one size, written in place and mapped to be read) and
``index`` (a record for each slot, mapped by all processes at once). A slot's record is taken away before its sound is
written and set after it, and tells its checksum: what a kill or a power cut left half is not found, or not believed.
"""

import fcntl
import logging
import mmap
import os
import shutil
import time
import weakref
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

logger = logging.getLogger(__name__)

MOST_BYTES = 20_000_000_000
SHARE_OF_DISK = 0.1
"""Of what is free, counting what the cache has already."""
KEPT_FREE = 1_000_000_000
"""Bytes of the disk that the cache leaves to others."""

_LAYOUT = "v1"
_MAGIC = b"marmalade sound\n"
_HEADER = 4096
_TEXT = slice(64, 1024)
_PAGE = mmap.ALLOCATIONGRANULARITY
_FULL_SCALE = 32767.0
_RECORD = np.dtype(
    {
        "names": ["key", "used", "written", "samples", "scale", "checksum"],
        "formats": [("<u8", (4,)), "<i8", "<i8", "<i4", "<f4", "<u4"],
        "offsets": [0, 32, 40, 48, 52, 56],
        "itemsize": 64,
    }
)
"""``key`` is a SHA-256, zeros for a slot without sound; ``used`` and ``written`` are nanoseconds, 0 for never."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Samples in 16 bits: ``values`` (m,) times ``scale`` over 32767."""

    values: NDArray[np.int16]
    scale: float

    @classmethod
    def of(cls, samples: NDArray[np.float32]) -> "Sound":
        """Round float samples (m,); what a lossy decoder puts above full scale is kept, by a scale above 1."""
        scale = float(np.float32(max(1.0, float(np.abs(samples).max(initial=0.0)))))
        return cls(np.rint(samples * np.float32(_FULL_SCALE / scale)).astype(np.int16), scale)

    def samples(self) -> NDArray[np.float32]:
        """As float32, the same for the same 16 bits."""
        return self.values * np.float32(self.scale / _FULL_SCALE)


class AudioCache:
    """Sound by key (32 bytes); those not used for longest leave first. Any number of processes may share a folder.

    It never raises for what is wrong with the disk: it switches itself off, says so once, and finds nothing any more.
    """

    def __init__(self, folder: Path, *, sample_rate: int, samples: int, max_bytes: int | None = None) -> None:
        """``samples`` are those of the longest excerpt; ``max_bytes`` None takes 20 GB or a tenth of the free disk."""
        self._parent = folder / "audio"
        self._folder = self._parent / f"{_LAYOUT}-{sample_rate}-{samples}"
        self._slot_bytes = -(-samples * 2 // _PAGE) * _PAGE
        self._max_bytes = max_bytes
        self._notice = ""
        self._open()
        self._write_notice("")

    def __getstate__(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("_parent", "_folder", "_slot_bytes", "_max_bytes")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self._notice = ""
        self._open()

    def __len__(self) -> int:
        """The number of excerpts that are there."""
        return int(self._records["key"].any(axis=1).sum())

    @property
    def notice(self) -> str:
        """Why the cache was switched off, by whichever process; empty while it works."""
        return self._notice or bytes(self._header[_TEXT]).rstrip(b"\0").decode(errors="replace")

    def get(self, key: bytes) -> Sound | None:
        """What was put under this key, or None."""
        numbers = np.frombuffer(key, "<u8")
        slot = self._slot_of(numbers)
        if slot is None:
            return None
        record = self._records[slot].copy()
        try:
            values = self._read(slot, int(record["samples"]))
        except (OSError, ValueError):
            return None
        # Another process may have taken the slot for another song while it was read.
        now = self._records[slot]
        is_same = now["key"].tolist() == numbers.tolist() and now["written"] == record["written"]
        if not is_same or not self._is_whole(slot, values, record):
            return None
        self._records["used"][slot] = time.time_ns()
        return Sound(values, float(record["scale"]))

    def put(self, key: bytes, sound: Sound) -> None:
        """Keep a sound, in the place of the one that was not used for longest if there is no room."""
        if self.notice or len(sound.values) * 2 > self._slot_bytes:
            return
        try:
            with _locked(self._folder / "write.lock", fcntl.LOCK_EX):
                self._write(np.frombuffer(key, "<u8"), sound)
        except OSError as error:
            self._switch_off(error.strerror or str(error))

    # ------------------------------------------------------------------------------------------------------- the slots

    def _slot_of(self, numbers: NDArray[np.uint64]) -> int | None:
        # Some 15,000 records are looked through in 20 microseconds, and need no second structure that could go astray.
        for slot in np.flatnonzero(self._records["key"][:, 0] == numbers[0]).tolist():
            if self._records[slot]["key"].tolist() == numbers.tolist():
                return int(slot)
        return None

    def _read(self, slot: int, samples: int) -> NDArray[np.int16]:
        with mmap.mmap(
            self._sound, self._slot_bytes, access=mmap.ACCESS_READ, offset=slot * self._slot_bytes
        ) as mapped:
            return np.frombuffer(mapped[: 2 * samples], "<i2")

    def _is_whole(self, slot: int, values: NDArray[np.int16], record: Any) -> bool:  # noqa: ANN401 - a numpy record
        """Whether it has its checksum, which is asked once a process, for it takes as long as the rest of the way."""
        written = int(record["written"])
        if self._checked.get(slot) != written and zlib.crc32(values.tobytes()) != record["checksum"]:
            return False
        self._checked[slot] = written
        return True

    def _write(self, numbers: NDArray[np.uint64], sound: Sound) -> None:
        slot = self._slot_of(numbers)
        if slot is None:
            slot = int(self._records["used"][: self._limit].argmin())
        self._records["key"][slot] = 0
        data = sound.values.astype("<i2").tobytes()
        start = slot * self._slot_bytes
        if (
            start + self._slot_bytes > os.fstat(self._sound).st_size
            and shutil.disk_usage(self._folder).free < KEPT_FREE
        ):
            self._switch_off("the disk is nearly full")
            return
        # Written, not mapped: a disk that is full is then an error, and not the end of the process.
        _write_all(self._sound, data.ljust(self._slot_bytes, b"\0"), start)
        record = self._records[slot]
        record["samples"], record["scale"], record["checksum"] = len(sound.values), sound.scale, zlib.crc32(data)
        record["used"] = record["written"] = time.time_ns()
        self._records["key"][slot] = numbers

    # ------------------------------------------------------------------------------------------------------- the files

    def _open(self) -> None:
        self._header, self._records = _index_of(bytearray(_HEADER))
        self._checked = dict[int, int]()
        self._limit = 0
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._in_use = _held(self._folder / "use.lock", fcntl.LOCK_SH)
            weakref.finalize(self, os.close, self._in_use).atexit = False
            self._sound = os.open(self._folder / "sound", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            weakref.finalize(self, os.close, self._sound).atexit = False
            self._limit = self._room() // self._slot_bytes
            if self._limit < 1:
                self._switch_off("there is no room for it on the disk")
                return
            self._remove_other_folders()
            with _locked(self._folder / "write.lock", fcntl.LOCK_EX):
                self._shrink()
                self._header, self._records = _index_of(self._mapped_index())
        except OSError as error:
            self._switch_off(error.strerror or str(error))

    def _room(self) -> int:
        """Bytes that the cache may take."""
        if self._max_bytes is not None:
            return self._max_bytes
        own = os.fstat(self._sound).st_size
        return min(MOST_BYTES, int(SHARE_OF_DISK * (shutil.disk_usage(self._folder).free + own)))

    def _mapped_index(self) -> mmap.mmap:
        """The index, made anew where there is none that can be read, and enlarged to the slots that there may be."""
        path = self._folder / "index"
        size = _HEADER + self._limit * _RECORD.itemsize
        if not _is_index(path):
            fresh = self._folder / f"index.{os.getpid()}"
            fresh.write_bytes(_MAGIC.ljust(_HEADER, b"\0"))
            fresh.replace(path)
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        try:
            # All of it, now: a page of a map for which the disk has no room ends the process.
            os.posix_fallocate(descriptor, 0, max(size, os.fstat(descriptor).st_size))
            return mmap.mmap(descriptor, 0)
        finally:
            os.close(descriptor)

    def _shrink(self) -> None:
        """Give back what is over the limit, unless another process may have it mapped."""
        most = self._limit * self._slot_bytes
        if os.fstat(self._sound).st_size <= most or not _try_lock(self._in_use, fcntl.LOCK_EX):
            return
        if _is_index(self._folder / "index"):
            _, records = _index_of(self._mapped_index())
            records[self._limit :] = np.zeros((), _RECORD)
        os.ftruncate(self._sound, most)
        fcntl.flock(self._in_use, fcntl.LOCK_SH)

    def _remove_other_folders(self) -> None:
        """Excerpts of other lengths and rates are not asked for any more, unless a process is at them now."""
        for other in self._parent.iterdir():
            if other == self._folder or not other.is_dir():
                continue
            descriptor = os.open(other / "use.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            if _try_lock(descriptor, fcntl.LOCK_EX):
                shutil.rmtree(other, ignore_errors=True)
            os.close(descriptor)

    def _switch_off(self, reason: str) -> None:
        was_known = bool(self.notice)
        self._notice = f"Decoded sound is no longer kept for the next epoch: {reason}."
        self._write_notice(self._notice)
        if not was_known:
            logger.warning(self._notice)

    def _write_notice(self, text: str) -> None:
        room = _TEXT.stop - _TEXT.start
        self._header[_TEXT] = np.frombuffer(text.encode()[:room].ljust(room, b"\0"), np.uint8)


def _index_of(buffer: "mmap.mmap | bytearray") -> tuple[NDArray[np.uint8], NDArray[Any]]:
    count = (len(buffer) - _HEADER) // _RECORD.itemsize
    return np.frombuffer(buffer, np.uint8, _HEADER), np.frombuffer(buffer, _RECORD, count, _HEADER)


def _is_index(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC and path.stat().st_size >= _HEADER
    except FileNotFoundError:
        return False


def _write_all(descriptor: int, data: bytes, offset: int) -> None:
    done = 0
    while done < len(data):
        done += os.pwrite(descriptor, memoryview(data)[done:], offset + done)


def _held(path: Path, kind: int) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    fcntl.flock(descriptor, kind)
    return descriptor


def _try_lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _locked(path: Path, kind: int) -> Iterator[None]:
    # Opened anew each time: a lock belongs to what was opened, so this one also keeps threads and forks apart.
    descriptor = _held(path, kind)
    try:
        yield
    finally:
        os.close(descriptor)
