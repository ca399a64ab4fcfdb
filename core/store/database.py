"""One way to open a file of ours: pragmas, numbered migrations after a backup, sentences for what can go wrong."""

import contextlib
import errno
import logging
import os
import re
import sqlite3
import urllib.parse
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import RLock
from typing import Any

from core.errors import Cause, UserError

logger = logging.getLogger(__name__)

BUSY_TIMEOUT = 30.0
LEAST_SPACE = 128 * 1024
"""Bytes; SQLite was seen to fail with 100 KiB left, for it makes room in steps of 32."""
DISK_FULL = "cannot be written: the disk is full. Free some space and start again; nothing is lost."


class Database:
    """A SQLite file of ours with one connection that all threads of this process share under a lock."""

    def __init__(self, path: Path | str, *, migrations: Sequence[str]) -> None:
        """Open or create ``path`` (``:memory:`` for a passing one) and bring its schema up to date.

        ``migrations[n]`` holds the statements that lead from version n to n + 1. Raises UserError when the file cannot
        be opened, is not ours, or was written by a newer Marmalade.
        """
        self.path = path
        self._lock = RLock()
        with sentences(path):
            if isinstance(path, Path):
                path.parent.mkdir(parents=True, exist_ok=True)
                check_is_ours(path, migrations=migrations)
            self._connection = connect(path)
            try:
                migrate(self._connection, path=path, migrations=migrations)
            except BaseException:
                self._connection.close()
                raise

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All statements or none of them."""
        with self._lock, sentences(self.path), _write_lock(self._connection):
            yield self._connection

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Everything that a query finds."""
        with self._lock, sentences(self.path):
            return self._connection.execute(query, parameters).fetchall()

    def each(self, query: str, parameters: Sequence[Any] = ()) -> Iterator[sqlite3.Row]:
        """The same, a row at a time, for what is large; nobody else uses the file until the last one was taken."""
        with self._lock, sentences(self.path):
            yield from self._connection.execute(query, parameters)

    def close(self) -> None:
        with self._lock:
            self._connection.close()


def check_is_ours(path: Path, *, migrations: Sequence[str]) -> None:
    """Raise UserError for a folder, and for a file that another program keeps its tables in; it is only read."""
    if not path.exists():
        return
    if path.is_dir():
        message = f"{path} is a folder. Name a file in it; Marmalade makes one."
        raise UserError(message)
    with contextlib.closing(_connect_to_read(path)) as connection:
        present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    ours = set(re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", "".join(migrations)))
    if present and not present & ours:
        message = f"{path} belongs to another program. Name another file; Marmalade makes a new one."
        raise UserError(message)


def connect(path: Path | str) -> sqlite3.Connection:
    """A connection with the pragmas that every file of ours has."""
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _connect_to_read(path: Path) -> sqlite3.Connection:
    address = f"file://{urllib.parse.quote(os.fsencode(path.absolute()))}?mode=ro"
    return sqlite3.connect(address, uri=True, timeout=BUSY_TIMEOUT)


def migrate(connection: sqlite3.Connection, *, path: Path | str, migrations: Sequence[str]) -> None:
    """Run the migrations that the file has not seen, each in a transaction, after a backup of what was there."""
    version = _version(connection)
    if version > len(migrations):
        message = (
            f"{path} was written by a newer Marmalade (version {version}, this one knows {len(migrations)}): "
            "update Marmalade, or choose another folder for its files."
        )
        raise UserError(message, cause=Cause.PROFILE)
    for number in range(version, len(migrations)):
        with _write_lock(connection):
            # Another process may have migrated while this one waited for the lock: its backup must stay.
            if _version(connection) > number:
                continue
            if 0 < number == version and isinstance(path, Path):
                back_up(path, path.with_name(f"{path.name}.version-{version}.bak"))
            for statement in split_statements(migrations[number]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number + 1}")


def split_statements(script: str) -> Iterator[str]:
    """The statements of a script; a semicolon in a text, a comment or a trigger ends none."""
    statement = ""
    for piece in script.split(";"):
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            if statement.strip(" \n;"):
                yield statement
            statement = ""


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextlib.contextmanager
def _write_lock(connection: sqlite3.Connection) -> Iterator[None]:
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        yield


def back_up(path: Path, target: Path) -> None:
    """Copy a database of ours as it was last committed to ``target``, whole or not at all."""
    # Through a connection of its own: the one that holds the write lock may not be copied from.
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with (
            contextlib.closing(_connect_to_read(path)) as source,
            contextlib.closing(sqlite3.connect(temporary)) as copy,
        ):
            source.backup(copy)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    logger.info("kept %s before %s changed", target, path)


@contextlib.contextmanager
def sentences(path: Path | str) -> Iterator[None]:
    """Turn what the disk or SQLite refuses into a sentence that names the file and what to do."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        otherwise = f"cannot be written: {error.strerror or error}. Choose another folder for Marmalade’s files."
        message = f"{path} {DISK_FULL if full else otherwise}"
        raise UserError(message, cause=Cause.PROFILE) from error
    except sqlite3.DatabaseError as error:
        advice = _advice(error, path)
        if advice is None:
            raise
        message = f"{path} {advice}"
        raise UserError(message, cause=Cause.PROFILE) from error


def _advice(error: sqlite3.DatabaseError, path: Path | str) -> str | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) and _has_no_space(path):
        return DISK_FULL
    return {
        sqlite3.SQLITE_FULL: DISK_FULL,
        sqlite3.SQLITE_READONLY: "cannot be written: it is read-only. Choose another folder for Marmalade’s files.",
        sqlite3.SQLITE_CANTOPEN: "cannot be opened. Check that its folder can be written, or choose another.",
        sqlite3.SQLITE_IOERR: "cannot be written: the disk reports an error. Nothing that was stored is lost.",
        sqlite3.SQLITE_BUSY: "is in use by another Marmalade. Wait until it has finished, then start again.",
        sqlite3.SQLITE_NOTADB: "is not a database. Move it away; Marmalade makes a new one.",
        sqlite3.SQLITE_CORRUPT: "is damaged. Move it away; Marmalade makes a new one.",
    }.get(code)


def _has_no_space(path: Path | str) -> bool:
    """Where the shared memory of a write-ahead log finds no space, SQLite only says that the disk reports an error."""
    try:
        disk = os.statvfs(Path(path).parent)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < LEAST_SPACE
