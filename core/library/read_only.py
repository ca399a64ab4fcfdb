"""Short reads of a database that belongs to a running player, without a trace on the disk.

Observed on Clementine 1.4: a reader that keeps its read transaction for more than 5 s makes the player lose the owner's
rating, ``mode=ro`` on a WAL database leaves two files beside it, and after a crash inside a commit the database cannot
be read in place at all.
"""

import logging
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from core.errors import Cause, UserError, blamed_on

log = logging.getLogger(__name__)

Value = TypeVar("Value")
Query = Callable[[sqlite3.Connection], Value]

PATIENCE = 10.0
"""Seconds to wait for a player that is writing; Clementine itself gives up after 5."""
BUSY_TIMEOUT = 2.0
LONGEST_READ = 3.0
"""Seconds after which a read in place is given up for a copy, well under the 5 s that cost a rating."""
INSTRUCTIONS_BETWEEN_LOOKS = 100_000
JOURNAL_POLL = 0.05
MODIFICATION_COUNTER = slice(24, 28)
FORMAT_VERSIONS = slice(18, 20)
WRITE_AHEAD = 2
HEADER_LENGTH = 100

ONE_READER = threading.Lock()
"""One at a time: closing any descriptor of a file drops all POSIX locks that this process has on it, also those under
the read of another thread."""


@dataclass(frozen=True)
class Reading(Generic[Value]):
    """What a query gave, and sentences for the owner about the way it had to be read."""

    value: Value
    notices: tuple[str, ...] = ()


class ChangedWhileCopyingError(Exception):
    """The player wrote in the middle of a copy, which is thrown away."""


def read_database(path: Path, query: Query[Value], *, patience: float = PATIENCE) -> Reading[Value]:
    """Run one short query over a player's database and close it before anything is done with the rows.

    ``query`` gets a connection, fetches everything and returns it. A locked database is tried again for ``patience``
    seconds. Raises UserError, of ``path`` as it was given, when it cannot be read.
    """
    with blamed_on(Cause.DATABASE, path):
        return _read_patiently(path, query, patience=patience)


def _read_patiently(path: Path, query: Query[Value], *, patience: float) -> Reading[Value]:
    path = path.expanduser().resolve()  # the journal lies beside the real file, not beside a link to it
    deadline = time.monotonic() + patience
    while True:
        try:
            with ONE_READER:
                return _read(path, query, timeout=min(BUSY_TIMEOUT, patience))
        except OSError as error:
            raise UserError(_sentence_for_file(path, error)) from error
        except (sqlite3.DatabaseError, ChangedWhileCopyingError) as error:
            if not _passes_by_itself(error) or time.monotonic() >= deadline:
                raise _as_user_error(path, error) from error
            log.info("%s is being written; waiting for the player", path)
            _wait_for_commit(path, deadline if isinstance(error, sqlite3.DatabaseError) else 0.0)


def change_signature(path: Path) -> tuple[int, ...] | None:
    """Numbers that differ after every commit and when the file is replaced; None where there is no file.

    They are inode, size and modification time of the file and of a write-ahead log, and SQLite's file change counter,
    which a commit raises even where a network file system shows an old modification time.
    """
    path = path.expanduser().resolve()
    try:
        with ONE_READER:
            counter = int.from_bytes(_header(path)[MODIFICATION_COUNTER], "big")
        return (*_identity(path), *_identity(_beside(path, "-wal")), counter)
    except OSError:
        return None


def _read(path: Path, query: Query[Value], *, timeout: float) -> Reading[Value]:
    header = _header(path)
    if not header:
        raise UserError(f"{path} is empty: choose the database of Clementine or Strawberry.")
    if WRITE_AHEAD in header[FORMAT_VERSIONS]:  # in place, mode=ro was seen to leave -wal and -shm beside it
        log.info("%s uses a write-ahead log; reading a copy", path)
        return Reading(_read_copy(path, "-wal", query))
    try:
        return Reading(_read_in_place(path, query, timeout=timeout))
    except sqlite3.OperationalError as error:
        code = error.sqlite_errorcode
        if code == sqlite3.SQLITE_INTERRUPT:
            log.warning("%s took over %s s to read; reading a copy, which locks nothing", path, LONGEST_READ)
            return Reading(_read_copy(path, "-journal", query))
        if not _waits_for_rollback(path, code):
            raise
    notice = f"The player was interrupted while it wrote {path}: its last finished state was read from a copy."
    log.warning(notice)
    return Reading(_read_copy(path, "-journal", query), (notice,))


def _waits_for_rollback(path: Path, code: int) -> bool:
    """Whether a player that was killed inside a commit left a journal that only a writer can roll back.

    Where we may not write the folder, SQLite cannot even open the journal and says so with another code.
    """
    if code == sqlite3.SQLITE_READONLY_ROLLBACK:
        return True
    return code & 0xFF in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY} and _beside(path, "-journal").exists()


def _read_in_place(path: Path, query: Query[Value], *, timeout: float) -> Value:
    with closing(_connect(path, mode="ro", timeout=timeout)) as connection:
        started = time.monotonic()
        connection.set_progress_handler(
            lambda: time.monotonic() - started > LONGEST_READ + timeout, INSTRUCTIONS_BETWEEN_LOOKS
        )
        return _decoded(connection, query)


def _read_copy(path: Path, suffix: str, query: Query[Value]) -> Value:
    """Read a private copy of the database and its log, on which SQLite may finish or roll back what is open."""
    with tempfile.TemporaryDirectory(prefix="marmalade-") as folder:
        copy = Path(folder) / path.name
        _copy_unchanged([(path, copy), (_beside(path, suffix), _beside(copy, suffix))])
        with closing(_connect(copy, mode="rw", timeout=0)) as connection:
            return _decoded(connection, query)


def _copy_unchanged(pairs: list[tuple[Path, Path]]) -> None:
    sources = [source for source, _ in pairs]
    before = [_identity(source) for source in sources]
    for source, copy in pairs:
        if source.exists():
            shutil.copyfile(source, copy)
    if [_identity(source) for source in sources] != before:
        raise ChangedWhileCopyingError


def _decoded(connection: sqlite3.Connection, query: Query[Value]) -> Value:
    """Run the query; only if a text is not UTF-8, run it again with such bytes replaced (a slower decoder)."""
    try:
        return query(connection)
    except sqlite3.OperationalError as error:
        if "decode to UTF-8" not in str(error):
            raise
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    return query(connection)


def _connect(path: Path, *, mode: str, timeout: float) -> sqlite3.Connection:
    """Open by URI (``as_uri`` escapes ``?``, ``#`` and ``%``); without BEGIN, each SELECT is its own transaction."""
    return sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True, timeout=timeout, isolation_level=None)


def _header(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEADER_LENGTH)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _identity(path: Path) -> tuple[int, int, int]:
    try:
        status = path.stat()
    except FileNotFoundError:
        return (0, 0, 0)
    return (status.st_ino, status.st_size, status.st_mtime_ns)


def _wait_for_commit(path: Path, deadline: float) -> None:
    """Wait until the player deletes its journal, which is how it commits."""
    journal = _beside(path, "-journal")
    time.sleep(JOURNAL_POLL)
    while journal.exists() and time.monotonic() < deadline:
        time.sleep(JOURNAL_POLL)


def _passes_by_itself(error: sqlite3.DatabaseError | ChangedWhileCopyingError) -> bool:
    if isinstance(error, ChangedWhileCopyingError):
        return True
    return _primary_code(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}


def _primary_code(error: sqlite3.DatabaseError) -> int:
    return error.sqlite_errorcode & 0xFF if hasattr(error, "sqlite_errorcode") else 0


def _as_user_error(path: Path, error: sqlite3.DatabaseError | ChangedWhileCopyingError) -> Exception:
    """The sentence for what the disk or the player did; an error in our own SQL stays what it is."""
    if _passes_by_itself(error):
        return UserError(f"{path} is being written by another program: try again when the player has finished.")
    code = _primary_code(error) if isinstance(error, sqlite3.DatabaseError) else 0
    if code == sqlite3.SQLITE_NOTADB:
        return UserError(f"{path} is not a database: choose that of Clementine or Strawberry.")
    if code == sqlite3.SQLITE_CORRUPT:
        return UserError(f"{path} is damaged ({error}): start the player, or choose its backup.")
    if code in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL}:
        return UserError(f"{path} cannot be read ({error}): check its disk and the permissions of its folder.")
    return error


def _sentence_for_file(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"There is no database at {path}: start the player once, or choose another file."
    if isinstance(error, IsADirectoryError):
        return f"{path} is a folder: choose the database file in it."
    return f"{path} cannot be read ({error.strerror}): check its disk and its permissions."
