"""The four files of a profile are opened and closed together."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import UserError
from tests.stored_facts import open_stores


def test_each_store_has_its_file(tmp_path: Path) -> None:
    stores = open_stores(tmp_path)
    stores.close()
    tables = {}
    for path in tmp_path.glob("*.db"):
        with closing(sqlite3.connect(path)) as connection:
            tables[path.name] = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    assert {"files", "rating_history", "kept_copies"} <= tables["companion.db"]
    assert "embeddings" in tables["embeddings.db"]
    assert {"dedup_cache", "excerpt_items"} <= tables["fingerprints.db"]
    assert "is_speech_cache" in tables["speech_cache.db"]


def test_one_that_cannot_be_opened_leaves_none_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_stores(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "speech_cache.db")) as connection:
        connection.execute("PRAGMA user_version = 99")
    descriptors = {path.resolve() for path in Path("/proc/self/fd").iterdir()}
    with pytest.raises(UserError, match="newer Marmalade"):
        open_stores(tmp_path)
    left = {path.resolve() for path in Path("/proc/self/fd").iterdir()} - descriptors
    assert not [path for path in left if path.parent == tmp_path.resolve()]
