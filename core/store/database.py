"""One way to open a file of ours: pragmas, numbered migrations after a backup, sentences for what can go wrong."""

import contextlib
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import RLock
from typing import Any

from core.errors import UserError

logger = logging.getLogger(__name__)

BUSY_TIMEOUT = 30.0


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
            self._connection = connect(path)
            migrate(self._connection, path=path, migrations=migrations)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All statements or none of them."""
        with self._lock, sentences(self.path), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Everything that a query finds."""
        with self._lock, sentences(self.path):
            return self._connection.execute(query, parameters).fetchall()

    def close(self) -> None:
        with self._lock:
            self._connection.close()


def connect(path: Path | str) -> sqlite3.Connection:
    """A connection with the pragmas that every file of ours has."""
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def migrate(connection: sqlite3.Connection, *, path: Path | str, migrations: Sequence[str]) -> None:
    """Run the migrations that the file has not seen, each in a transaction, after a backup of what was there."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(migrations):
        message = f"{path} was written by a newer Marmalade (version {version}, this one knows {len(migrations)})."
        raise UserError(message)
    if 0 < version < len(migrations) and isinstance(path, Path):
        _back_up(connection, path.with_name(f"{path.name}.version-{version}.bak"))
    for number in range(version, len(migrations)):
        _apply(connection, migrations[number], version=number + 1)


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    with contextlib.closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)
    logger.info("kept %s before the schema changed", target)


def _apply(connection: sqlite3.Connection, statements: str, *, version: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have migrated while this one waited for the lock.
        if connection.execute("PRAGMA user_version").fetchone()[0] < version:
            for statement in filter(str.strip, statements.split(";")):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except sqlite3.Error:
        connection.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def sentences(path: Path | str) -> Iterator[None]:
    """Turn what the disk or SQLite refuses into a sentence that names the file and what to do."""
    try:
        yield
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}. Choose another place with --profile DIR."
        raise UserError(message) from error
    except sqlite3.DatabaseError as error:
        advice = _advice(error)
        if advice is None:
            raise
        message = f"{path} {advice}"
        raise UserError(message) from error


def _advice(error: sqlite3.DatabaseError) -> str | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return {
        sqlite3.SQLITE_FULL: "cannot be written: the disk is full. Free some space and start again; nothing is lost.",
        sqlite3.SQLITE_READONLY: "cannot be written: it is read-only. Choose another place with --profile DIR.",
        sqlite3.SQLITE_CANTOPEN: "cannot be opened. Check that its folder can be written, or use --profile DIR.",
        sqlite3.SQLITE_IOERR: "cannot be written: the disk reports an error. Nothing that was stored is lost.",
        sqlite3.SQLITE_BUSY: "is in use by another Marmalade. Wait until it has finished, then start again.",
        sqlite3.SQLITE_NOTADB: "is not a database. Move it away; Marmalade makes a new one.",
        sqlite3.SQLITE_CORRUPT: "is damaged. Move it away; Marmalade makes a new one.",
    }.get(code)
