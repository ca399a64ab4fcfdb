"""Opening our files: what is there is brought up to date after a backup, and what cannot be opened is explained."""

import errno
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import UserError
from core.store import database
from core.store.database import Database, sentences, split_statements

FIRST = "CREATE TABLE notes (text TEXT NOT NULL);"
SECOND = "ALTER TABLE notes ADD COLUMN stars INTEGER NOT NULL DEFAULT 0; UPDATE notes SET stars = length(text);"
THIRD = "CREATE TABLE more (text TEXT);"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "notes.db"


def create(path: Path, *, migrations: tuple[str, ...] = (FIRST,), text: str = "kept") -> None:
    store = Database(path, migrations=migrations)
    with store.transaction() as connection:
        connection.execute("INSERT INTO notes (text) VALUES (?)", [text])
    store.close()


def texts(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM notes ORDER BY rowid")]


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}


def test_a_new_file_gets_folder_schema_and_pragmas(path: Path) -> None:
    store = Database(path, migrations=(FIRST, SECOND))
    pragmas = {name: store.rows(f"PRAGMA {name}")[0][0] for name in ("journal_mode", "foreign_keys", "busy_timeout")}
    store.close()
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30_000}
    assert version(path) == 2
    assert list(path.parent.glob("*.bak")) == [], "there was nothing to back up"


def test_it_works_in_memory() -> None:
    store = Database(":memory:", migrations=(FIRST,))
    assert store.rows("SELECT * FROM notes") == []
    store.close()


def test_migrations_run_in_order_and_once(path: Path) -> None:
    create(path)
    for _ in range(2):
        store = Database(path, migrations=(FIRST, SECOND, THIRD))
        assert [tuple(row) for row in store.rows("SELECT text, stars FROM notes")] == [("kept", 4)]
        store.close()
    assert version(path) == 3


def test_what_was_there_is_backed_up_before(path: Path) -> None:
    create(path)
    Database(path, migrations=(FIRST, SECOND, THIRD)).close()
    backup = path.with_name("notes.db.version-1.bak")
    assert (texts(backup), version(backup), tables(backup)) == (["kept"], 1, {"notes"})
    assert sorted(file.name for file in path.parent.iterdir()) == ["notes.db", backup.name]


def test_a_migration_that_fails_leaves_the_one_before_it(path: Path) -> None:
    create(path)
    broken = "INSERT INTO notes (text) VALUES ('half'); INSERT INTO nowhere VALUES (1);"
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        Database(path, migrations=(FIRST, SECOND, broken))
    assert (texts(path), version(path)) == (["kept"], 2)
    Database(path, migrations=(FIRST, SECOND, THIRD)).close()
    assert version(path) == 3


def test_a_backup_that_fails_leaves_file_and_earlier_backup(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(path)
    backup = path.with_name("notes.db.version-1.bak")
    backup.write_text("earlier")

    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UserError, match="disk is full"):
        Database(path, migrations=(FIRST, SECOND))
    assert (version(path), backup.read_text()) == (1, "earlier")
    assert len(list(path.parent.iterdir())) == 2, "no half of a backup is left"


def test_a_newer_file_is_refused_with_a_sentence(path: Path) -> None:
    create(path, migrations=(FIRST, SECOND))
    with pytest.raises(UserError, match=r"notes\.db was written by a newer Marmalade \(version 2, this one knows 1\)"):
        Database(path, migrations=(FIRST,))
    assert (texts(path), version(path)) == (["kept"], 2)


def test_two_processes_may_migrate_at_once(path: Path) -> None:
    create(path)
    program = (
        "import sys; from pathlib import Path; from core.store.database import Database\n"
        "sys.stdin.readline()\n"
        f"Database(Path(sys.argv[1]), migrations={(FIRST, SECOND, THIRD)!r}).close()"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE, text=True) for _ in range(4)
    ]
    for child in children:
        child.communicate("now\n")
    assert [child.returncode for child in children] == [0, 0, 0, 0]
    assert version(path) == 3
    backup = path.with_name("notes.db.version-1.bak")
    assert (version(backup), tables(backup)) == (1, {"notes"})


def test_a_process_that_waited_for_the_lock_does_not_migrate_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(path)
    answers = iter([1])
    real = database._version
    # It saw version 1; by the time that it has the lock, the other has brought the file to version 2.
    monkeypatch.setattr(database, "_version", lambda connection: next(answers, None) or real(connection))
    with closing(sqlite3.connect(path)) as other:
        other.executescript(f"{SECOND} PRAGMA user_version = 2;")
    Database(path, migrations=(FIRST, SECOND)).close()
    assert not path.with_name("notes.db.version-1.bak").exists(), "it would hold what the other made of the file"


@pytest.mark.parametrize("user_version", [0, 1, 75])
def test_the_file_of_another_program_is_neither_used_nor_changed(path: Path, user_version: int) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.executescript(f"CREATE TABLE songs (title TEXT); PRAGMA user_version = {user_version};")
    before = path.read_bytes()
    with pytest.raises(UserError, match=r"notes\.db belongs to another program"):
        Database(path, migrations=(FIRST,))
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["notes.db"]


def test_what_is_no_database_is_named(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("a letter, and a long one, to nobody in particular" * 50)
    with pytest.raises(UserError, match=r"notes\.db is not a database\. Move it away"):
        Database(path, migrations=(FIRST,))


def test_an_empty_file_is_taken_as_new(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    create(path)
    assert texts(path) == ["kept"]


def test_a_damaged_file_is_named(path: Path) -> None:
    create(path, text="x" * 100_000)
    data = bytearray(path.read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    path.write_bytes(data)
    store = Database(path, migrations=(FIRST,))
    with pytest.raises(UserError, match=r"notes\.db is damaged"):
        store.rows("SELECT * FROM notes")
    store.close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match=r"cannot be written: .*Choose another folder"):
        Database(tmp_path / "file" / "notes.db", migrations=(FIRST,))


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        Database(tmp_path, migrations=(FIRST,))


def test_a_file_in_a_folder_that_may_not_be_written_is_named(path: Path) -> None:
    create(path)
    path.chmod(stat.S_IRUSR)
    path.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    program = (
        "import os, sys; from pathlib import Path; from core.store.database import Database\n"
        "from core.errors import UserError\n"
        f"try: Database(Path(sys.argv[1]), migrations={(FIRST, SECOND)!r})\n"
        "except UserError as error: print(error)"
    )
    # Permissions do not bind root, as whom tests run in a container.
    command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if path.owner() == "root" else []
    child = subprocess.run(
        [*command, sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    path.parent.chmod(stat.S_IRWXU)
    assert "notes.db cannot be" in child.stdout
    assert "Choose another folder" in child.stdout
    assert texts(path) == ["kept"]


def test_a_full_disk_is_named_and_nothing_is_lost(path: Path) -> None:
    create(path)
    store = Database(path, migrations=(FIRST,))
    store.rows("PRAGMA max_page_count = 4")
    with pytest.raises(UserError, match="the disk is full"), store.transaction() as connection:
        connection.execute("INSERT INTO notes VALUES (?)", ["x" * 100_000])
    assert [row["text"] for row in store.rows("SELECT text FROM notes")] == ["kept"]
    store.rows("PRAGMA max_page_count = 4000")
    with store.transaction() as connection:
        connection.execute("INSERT INTO notes VALUES (?)", ["x" * 100_000])
    store.close()


def test_a_lock_that_is_held_too_long_is_named(path: Path) -> None:
    create(path)
    store = Database(path, migrations=(FIRST,))
    store.rows("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match="in use by another Marmalade"), store.transaction():
            pass
    with store.transaction():
        pass
    store.close()


def test_a_transaction_that_fails_leaves_nothing(path: Path) -> None:
    store = Database(path, migrations=(FIRST,))
    with pytest.raises(ZeroDivisionError), store.transaction() as connection:  # noqa: PT012 - what comes before counts
        connection.execute("INSERT INTO notes VALUES ('half')")
        _ = 1 / 0
    assert store.rows("SELECT * FROM notes") == []
    store.close()


def test_a_mistake_of_ours_keeps_its_traceback(path: Path) -> None:
    store = Database(path, migrations=(FIRST,))
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        store.rows("SELECT * FROM nowhere")
    store.close()


def test_a_full_disk_is_told_alike_by_the_system() -> None:
    with pytest.raises(UserError, match=r"a\.npy cannot be written: the disk is full"), sentences("a.npy"):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_semicolons_in_texts_comments_and_triggers_end_no_statement() -> None:
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; DELETE FROM c; END;"
    script = f"CREATE TABLE a (x TEXT DEFAULT 'one; two'); -- a; comment\n{trigger}\n\n"
    first, second = split_statements(script)
    assert first == "CREATE TABLE a (x TEXT DEFAULT 'one; two');"
    assert second.endswith(trigger)
