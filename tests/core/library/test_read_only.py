"""Reading a database that a player is writing, has left half written, or that somebody put into another mode."""

import logging
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import Cause, UserError
from core.library import read_only
from core.library.read_only import change_signature, read_database
from tests.library_databases import PlayerDatabase, SongRow, listing_of

NOBODY = 65534
A, B = Path("/music/a.mp3"), Path("/music/b.mp3")

WRITER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 10")
connection.execute("PRAGMA cache_spill = 10")
connection.execute("PRAGMA synchronous = OFF")
for statement in sys.argv[2:]:
    connection.execute(statement)
print("ready", flush=True)
sys.stdin.readline()
connection.execute("COMMIT")
connection.close()
"""
SPILL = "UPDATE songs SET rating = 0.1, comment = hex(randomblob(2000))"
"""More than the page cache holds, so that the journal and half of the new pages are on the disk before the commit."""


@pytest.fixture
def database(tmp_path: Path) -> PlayerDatabase:
    songs = [SongRow(path=A, rating=0.6), *(SongRow(path=B.with_name(f"{i}.mp3"), rating=0.6) for i in range(199))]
    return PlayerDatabase.create(tmp_path / "Clementine" / "clementine.db", songs=songs)


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Call it with a folder to become a user who may not write there; root becomes nobody until the test ends."""
    if os.geteuid() == 0:
        monkeypatch.setattr(tempfile, "tempdir", "/tmp")  # noqa: S108 - the only folder in which nobody may write

    def lose_rights(folder: Path) -> None:
        for parent in [folder, *folder.parents][:6]:  # also where each process of tests has a folder of its own
            if parent.owner() == Path.home().owner() and parent != Path("/tmp"):  # noqa: S108
                parent.chmod(0o755)
        for file in folder.iterdir():
            file.chmod(0o444)
        folder.chmod(0o555)
        if os.geteuid() == 0:
            os.seteuid(NOBODY)

    yield lose_rights
    if os.getuid() == 0:
        os.seteuid(0)


@contextmanager
def writer(path: Path, *statements: str) -> Iterator[subprocess.Popen[str]]:
    """Another process inside a transaction; a line on its stdin commits."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), *statements],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        if process.poll() is None:
            process.kill()


def commit(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def leave_hot_journal(path: Path) -> None:
    """Kill a player inside a commit."""
    with writer(path, "BEGIN", SPILL) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert path.with_name(path.name + "-journal").stat().st_size > 512


def ratings(connection: sqlite3.Connection) -> set[float]:
    return {row[0] for row in connection.execute("SELECT rating FROM songs").fetchall()}


def test_a_value_comes_back_and_nothing_is_written(database: PlayerDatabase) -> None:
    before = listing_of(database.path.parent)
    reading = read_database(database.path, ratings)
    assert (reading.value, reading.notices) == ({0.6}, ())
    assert listing_of(database.path.parent) == before


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("?#%&=+ a:;\\ü"), min_size=1, max_size=12).filter(lambda name: name.strip(". ")))
def test_any_name_of_a_folder_is_escaped(database: PlayerDatabase, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir(exist_ok=True)
    link = folder / f"{name}.db"
    link.unlink(missing_ok=True)
    os.link(database.path, link)
    assert read_database(link, ratings).value == {0.6}
    assert sorted(folder.iterdir()) == [link]


def test_the_connection_cannot_write(database: PlayerDatabase) -> None:
    with pytest.raises((sqlite3.OperationalError, UserError), match="readonly"):
        read_database(database.path, lambda connection: connection.execute("UPDATE songs SET rating = 1"))
    assert read_database(database.path, ratings).value == {0.6}


def test_the_connection_is_closed_afterwards(database: PlayerDatabase) -> None:
    connection = read_database(database.path, lambda connection: connection).value
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")


def test_a_reader_waits_for_a_writer_of_another_process(database: PlayerDatabase) -> None:
    with writer(database.path, "BEGIN EXCLUSIVE", "UPDATE songs SET rating = 0.9") as process:
        timer = threading.Timer(1.0, commit, [process])
        started = time.monotonic()
        timer.start()
        assert read_database(database.path, ratings, patience=60).value == {0.9}
        assert time.monotonic() - started >= 0.9
        timer.join()


def test_a_reader_outlasts_the_timeout_of_sqlite(database: PlayerDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_only, "BUSY_TIMEOUT", 0.01)
    with writer(database.path, "BEGIN EXCLUSIVE", SPILL) as process:
        waits: list[float] = []
        wait = read_only._wait_for_commit

        def commit_at_the_second_wait(path: Path, deadline: float) -> None:
            waits.append(deadline)
            if len(waits) == 2:
                commit(process)
            wait(path, deadline if len(waits) > 1 else 0)

        monkeypatch.setattr(read_only, "_wait_for_commit", commit_at_the_second_wait)
        assert read_database(database.path, ratings, patience=60).value == {0.1}
        assert len(waits) >= 2


def test_a_database_that_stays_locked_is_a_sentence(database: PlayerDatabase) -> None:
    before = listing_of(database.path.parent)
    with (
        writer(database.path, "BEGIN EXCLUSIVE"),
        pytest.raises(UserError, match=r"clementine\.db is being written .* try again"),
    ):
        read_database(database.path, ratings, patience=0)
    assert listing_of(database.path.parent)[str(database.path)] == before[str(database.path)]


def test_a_hot_journal_is_rolled_back_in_a_copy(database: PlayerDatabase, caplog: pytest.LogCaptureFixture) -> None:
    leave_hot_journal(database.path)
    before = listing_of(database.path.parent)
    with (
        closing(sqlite3.connect(f"{database.path.as_uri()}?mode=ro", uri=True)) as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        ratings(connection)
    with caplog.at_level(logging.WARNING):
        reading = read_database(database.path, ratings)
    assert reading.value == {0.6}
    assert "interrupted while it wrote" in reading.notices[0]
    assert reading.notices[0] in caplog.messages
    assert listing_of(database.path.parent) == before


def test_a_hot_journal_in_a_folder_where_we_may_not_write(
    database: PlayerDatabase, nobody: Callable[[Path], None]
) -> None:
    leave_hot_journal(database.path)
    nobody(database.path.parent)
    assert read_database(database.path, ratings).value == {0.6}


def test_a_read_only_folder(database: PlayerDatabase, nobody: Callable[[Path], None]) -> None:
    before = listing_of(database.path.parent)
    nobody(database.path.parent)
    with pytest.raises(PermissionError):
        (database.path.parent / "new").touch()
    assert read_database(database.path, ratings).value == {0.6}
    assert listing_of(database.path.parent).keys() == before.keys()


def test_a_file_that_may_not_be_read_is_a_sentence(database: PlayerDatabase, nobody: Callable[[Path], None]) -> None:
    nobody(database.path.parent)
    os.seteuid(os.getuid())
    database.path.chmod(0o000)
    if os.getuid() == 0:
        os.seteuid(NOBODY)
    with pytest.raises(UserError, match=r"clementine\.db cannot be read .*permission"):
        read_database(database.path, ratings)


@pytest.mark.parametrize("is_open", [True, False])
def test_a_write_ahead_log_is_read_from_a_copy(database: PlayerDatabase, *, is_open: bool) -> None:
    with closing(sqlite3.connect(database.path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    if not is_open:
        before = listing_of(database.path.parent)
        assert len(before) == 2
        assert read_database(database.path, ratings).value == {0.6}
        assert listing_of(database.path.parent) == before
        return
    with closing(sqlite3.connect(database.path)) as player:
        player.execute("PRAGMA wal_autocheckpoint = 0")
        player.execute("UPDATE songs SET rating = 0.8")
        player.commit()
        before = listing_of(database.path.parent)
        assert read_database(database.path, ratings).value == {0.8}
        assert listing_of(database.path.parent) == before


def test_a_copy_that_was_written_to_meanwhile_is_thrown_away(
    database: PlayerDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_hot_journal(database.path)
    copy = read_only.shutil.copyfile
    copies: list[Path] = []

    def copy_and_write(source: Path, target: Path) -> None:
        copy(source, target)
        copies.append(target)
        if len(copies) == 1:
            os.utime(source, ns=(1, 1))

    monkeypatch.setattr(read_only.shutil, "copyfile", copy_and_write)
    assert read_database(database.path, ratings).value == {0.6}
    assert len(copies) == 4
    assert not any(path.exists() for path in copies)


def test_a_read_that_takes_long_lets_the_lock_go(database: PlayerDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_only, "LONGEST_READ", -10.0)
    monkeypatch.setattr(read_only, "INSTRUCTIONS_BETWEEN_LOOKS", 10)
    copied: list[Path] = []
    read_copy = read_only._read_copy
    monkeypatch.setattr(
        read_only, "_read_copy", lambda path, suffix, query: copied.append(path) or read_copy(path, suffix, query)
    )
    assert read_database(database.path, ratings).value == {0.6}
    assert copied == [database.path]


def test_the_journal_lies_beside_the_real_file(database: PlayerDatabase, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(database.path)
    leave_hot_journal(database.path)
    assert read_database(link, ratings).value == {0.6}


def test_our_reads_do_not_overlap(database: PlayerDatabase) -> None:
    def peek_from_another_thread(connection: sqlite3.Connection) -> bool:
        thread = threading.Thread(target=change_signature, args=[database.path])
        thread.start()
        thread.join(0.2)
        assert thread.is_alive()  # closing the file now would drop this connection's lock
        threads.append(thread)
        return bool(ratings(connection))

    threads: list[threading.Thread] = []
    assert read_database(database.path, peek_from_another_thread).value
    threads[0].join()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "There is no database at"),
        (b"", "is empty"),
        (b"ID3" + bytes(5000), "is not a database"),
    ],
)
def test_what_is_no_database_is_a_sentence(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    path = tmp_path / "some.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError, match=sentence) as caught:
        read_database(path, ratings)
    assert str(path) in str(caught.value)
    assert (caught.value.cause, caught.value.file) == (Cause.DATABASE, path)


def test_a_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder: choose the database file"):
        read_database(tmp_path, ratings)


def test_a_damaged_database_is_a_sentence(database: PlayerDatabase) -> None:
    content = bytearray(database.path.read_bytes())
    content[4096 * 3 :] = b"\xff" * len(content[4096 * 3 :])
    database.path.write_bytes(content)
    with pytest.raises(UserError, match=r"clementine\.db is damaged .* backup"):
        read_database(database.path, lambda connection: connection.execute("SELECT * FROM songs").fetchall())


def test_an_error_in_our_own_sql_stays_what_it_is(database: PlayerDatabase) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        read_database(database.path, lambda connection: connection.execute("SELECT * FROM absent"))


def test_the_signature_tells_every_commit(database: PlayerDatabase) -> None:
    signatures = [change_signature(database.path)]
    for rating in (0.2, 0.3):
        status = database.path.stat()
        database.rate(A, rating)
        os.utime(database.path, ns=(status.st_atime_ns, status.st_mtime_ns))  # as coarse as some network disks
        signatures.append(change_signature(database.path))
    assert len(set(signatures)) == 3
    assert change_signature(database.path) == signatures[-1]


def test_the_signature_tells_a_commit_to_a_write_ahead_log(database: PlayerDatabase) -> None:
    with closing(sqlite3.connect(database.path)) as player:
        player.execute("PRAGMA journal_mode = WAL")
        before = change_signature(database.path)
        player.execute("UPDATE songs SET rating = 0.8")
        player.commit()
        assert change_signature(database.path) != before


def test_the_signature_tells_a_restored_backup(database: PlayerDatabase) -> None:
    backup = database.path.with_name("clementine.db.bak")
    backup.write_bytes(database.path.read_bytes())
    before = change_signature(database.path)
    backup.rename(database.path)
    assert change_signature(database.path) != before


def test_a_missing_file_has_no_signature(tmp_path: Path) -> None:
    assert change_signature(tmp_path / "clementine.db") is None
