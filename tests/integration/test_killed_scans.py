"""What `kill -9` in the middle of a scan leaves: whole rows, no process, and a profile that the next run completes."""

import os
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.integration.command_line import CommandLine
from tests.integration.conftest import MadeLibrary
from tests.integration.test_interruptions import ENCODER, LIMIT, is_gone, open_gate
from tests.integration.waiting import wait_for

pytestmark = pytest.mark.timeout(900)

CLOCKS = {"updated_at", "created_at", "finished_at", "said_at", "seen_at", "noted_at"}
"""Columns that differ between two runs by nature."""
STORES = ("data/companion.db", "cache/embeddings.db", "cache/fingerprints.db", "cache/speech_cache.db")


def make_profile(folder: Path, library: MadeLibrary) -> CommandLine:
    """A profile of its own with an encoder that takes a tenth of a second for each song."""
    found = CommandLine(profile=folder, database=library.database.path)
    found.profile.parent.mkdir(parents=True, exist_ok=True)
    configuration = found.configure(hyperparameters={"encoder_class": "gated_encoder:GatedEncoder"})
    shutil.copy(ENCODER, configuration.parent)
    open_gate(found)
    return found


def rows_of(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, without the times at which they were written."""
    with closing(sqlite3.connect(database)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {}
        for table in tables:
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            columns = ", ".join(name for name in names if name not in CLOCKS)
            rows = connection.execute(f"SELECT {columns} FROM {table}")  # noqa: S608 - names of our own schema
            found[table] = sorted(rows.fetchall(), key=repr)
        return found


def known_files(profile: Path) -> int:
    """The songs that the companion store knows; 0 before there is one."""
    if not (profile / STORES[0]).exists():
        return 0
    with closing(sqlite3.connect(profile / STORES[0])) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM files").fetchone()[0])
        except sqlite3.OperationalError:  # the file is there, its tables are not yet
            return 0


def kill_when_known(marmalade: CommandLine, songs: int) -> None:
    """Start a scan and kill the app process alone, as the system does, once so many songs are stored."""
    with marmalade.start("scan", "--workers", 2) as process:
        wait_for(lambda: known_files(marmalade.profile) >= songs, limit=LIMIT, what=f"{songs} stored songs")
        os.kill(process.pid, signal.SIGKILL)
    wait_for(is_gone(process.pid), limit=LIMIT, what="the end of the workers that lost their app")


def test_killed_scans_end_in_the_stores_of_an_undisturbed_one(made_library: MadeLibrary, tmp_path: Path) -> None:
    undisturbed = make_profile(tmp_path / "undisturbed" / "profile", made_library)
    undisturbed.done("scan")
    total = known_files(undisturbed.profile)
    assert total == len(made_library.songs) + len(made_library.bad)

    killed = make_profile(tmp_path / "killed" / "profile", made_library)
    for least in (1, total // 2, total):
        kill_when_known(killed, least)
        before = known_files(killed.profile)
        assert before >= least, "what was stored is not lost"
    last = killed.done("scan")
    assert last["analysed"] + last["skipped"] <= total - before, "no song is heard again that was stored"

    for store in STORES:
        expected, found = rows_of(undisturbed.profile / store), rows_of(killed.profile / store)
        for rows in (expected, found):
            rows.pop("runs", None)  # how often it was begun is what differs
            # A name holds the encoder's folder, so that its rows are not in one order either.
            rows["settings"] = sorted((value,) for _, value in rows.get("settings", ()))
        assert found == expected, store
