"""How long a library of 100,000 songs takes to read, against fetching the bare rows in the same run."""

import gc
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from core.library.changes import compare
from core.library.clementine import read_library
from tests.library_databases import PlayerDatabase, SongRow

SONGS = 100_000
ROUNDS = 5
COLUMNS = (
    "rowid, title, artist, album, year, rating, filename, albumartist, genre, track, length, beginning, mtime, "
    "filesize, playcount, skipcount, score, unavailable, cue_path"
)


def make_large_database(folder: Path, songs: int = SONGS) -> Path:
    """A clementine.db with names as long as real ones."""
    rows = (
        SongRow(
            path=Path(
                f"/home/someone/Music/Artist {i // 40}/Album {i // 12} (Remastered)/{i % 12:02d} - Title {i}.mp3"
            ),
            title=f"Title {i}",
            artist=f"Artist {i // 40}",
            album=f"Album {i // 12} (Remastered)",
            rating=(-1, 0.699999988079071, 1, None, 0)[i % 5],
            track=i % 12,
        )
        for i in range(songs)
    )
    return PlayerDatabase.create(folder / "clementine.db", songs=rows).path


def fetch_rows(path: Path) -> None:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute(f"SELECT {COLUMNS} FROM songs").fetchall()  # noqa: S608 - a constant


def best_of(task: Callable[[], object]) -> float:
    """Seconds of the fastest of some rounds."""
    times = []
    for _ in range(ROUNDS):
        gc.collect()
        started = time.perf_counter()
        task()
        times.append(time.perf_counter() - started)
    return min(times)


def run() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = make_large_database(Path(folder))
        raw = best_of(lambda: fetch_rows(path))
        library = read_library(path)
        rows = {
            "bare rows": raw,
            "read_library": best_of(lambda: read_library(path)),
            "read_library, path map": best_of(lambda: read_library(path, path_map={"/home/someone/Music": "/mnt"})),
            "compare two snapshots": best_of(lambda: compare(library, library)),
        }
    print(f"{SONGS:,} songs, best of {ROUNDS}")
    for name, seconds in rows.items():
        print(f"{name:<24}{seconds:7.3f} s{seconds / raw:7.2f} x bare rows")


if __name__ == "__main__":
    run()
