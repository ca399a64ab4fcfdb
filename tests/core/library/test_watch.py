"""The watcher over a real database and real files, as the player changes them."""

import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from core.errors import Cause, UserError
from core.library import watch
from core.library.changes import LibraryChange
from core.library.clementine import read_library
from core.library.songs_table import Library
from core.library.watch import LibraryWatcher, WatchTiming
from core.song import Song
from tests.library_databases import PlayerDatabase, SongRow

LONG = 20.0
EVENTS_ONLY = WatchTiming(debounce=0.05, poll=600.0, still=0.1, retry=0.05)
"""With a poll that never comes, so that only events can bring a change."""


@dataclass
class Desk:
    """A library, a watcher over it, and what the watcher said."""

    database: PlayerDatabase
    music: Path
    changes: queue.Queue[LibraryChange] = field(default_factory=queue.Queue)
    notices: queue.Queue[str] = field(default_factory=queue.Queue)
    away: queue.Queue[UserError] = field(default_factory=queue.Queue)
    reads: int = 0
    looked: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    watchers: list[LibraryWatcher] = field(default_factory=list)

    def read(self) -> Library:
        self.reads += 1
        return read_library(self.database.path, patience=0)

    def watch(
        self,
        *,
        timing: WatchTiming = EVENTS_ONLY,
        read: Callable[[], Library] | None = None,
        also: Sequence[Path] = (),
    ) -> LibraryWatcher:
        """A watcher that has scheduled its folders and taken its first look."""
        watcher = LibraryWatcher(
            self.database.path, read=read or self.read, on_change=self.changes.put, on_notice=self.notices.put,
            on_away=self.away.put, before=read_library(self.database.path), also=also, timing=timing,
        )  # fmt: skip
        look = watcher._look

        def look_and_tell() -> None:
            look()
            self.looked.release()

        watcher._look = look_and_tell  # type: ignore[method-assign]
        self.watchers.append(watcher)
        watcher.start()
        assert self.looked.acquire(timeout=LONG)
        return watcher

    def next_change(self) -> LibraryChange:
        return self.changes.get(timeout=LONG)

    def song(self, name: str) -> Path:
        path = self.music / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"sound")
        return path

    def row(self, path: Path) -> SongRow:
        status = path.stat()
        return SongRow(path=path, mtime=int(status.st_mtime), filesize=status.st_size)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    music = tmp_path / "music"
    music.mkdir()
    database = PlayerDatabase.create(tmp_path / ".config" / "clementine.db", directories=[music])
    desk = Desk(database, music)
    database.add(*(desk.row(desk.song(f"{name}.mp3")) for name in "abc"))
    threads = set(threading.enumerate())
    yield desk
    for watcher in desk.watchers:
        watcher.stop()
    assert set(threading.enumerate()) <= threads


def names(songs: tuple[Song, ...]) -> list[str]:
    return [song.filepath.name for song in songs]


def test_a_rating_is_told_at_once(desk: Desk) -> None:
    desk.watch()
    desk.database.rate(desk.music / "b.mp3", 0.8)
    change = desk.next_change()
    assert [(song.filepath.name, song.rating) for song in change.rated] == [("b.mp3", 0.8)]
    assert (change.new, change.gone, change.changed_files) == ((), (), ())
    assert len(change.library.songs) == 3


def test_new_songs_of_one_scan_come_together(desk: Desk) -> None:
    desk.watch()
    desk.database.add(*(desk.row(desk.song(f"album/{number}.mp3")) for number in range(20)))
    assert len(desk.next_change().new) == 20


def test_songs_that_go_and_come_back(desk: Desk) -> None:
    desk.watch()
    desk.database.change(desk.music / "a.mp3", unavailable=1)
    assert names(desk.next_change().gone) == ["a.mp3"]
    desk.database.change(desk.music / "a.mp3", unavailable=0)
    assert names(desk.next_change().back) == ["a.mp3"]
    desk.database.remove(desk.music / "c.mp3")
    assert names(desk.next_change().gone) == ["c.mp3"]


def test_playing_is_no_change(desk: Desk) -> None:
    desk.watch()
    desk.database.play()
    assert desk.looked.acquire(timeout=LONG)
    desk.database.change(desk.music / "a.mp3", playcount=7)
    assert desk.looked.acquire(timeout=LONG)
    desk.database.rate(desk.music / "a.mp3", 0.5)
    assert names(desk.next_change().rated) == ["a.mp3"]
    assert desk.changes.empty()


def test_many_commits_are_read_once_it_is_quiet(desk: Desk) -> None:
    desk.watch(timing=WatchTiming(debounce=0.5, poll=600.0, still=0.0))
    reads = desk.reads
    for number in range(20):
        desk.database.rate(desk.music / "a.mp3", (number % 9 + 1) / 10)
    assert desk.next_change().rated[0].rating == 0.2
    assert desk.reads - reads <= 2


def test_commits_without_end_do_not_put_the_reading_off(desk: Desk) -> None:
    desk.watch(timing=WatchTiming(debounce=600.0, longest_debounce=0.2, poll=600.0))
    desk.database.rate(desk.music / "a.mp3", 0.5)
    assert desk.next_change().rated


def test_a_file_changed_in_place_is_told_once(desk: Desk) -> None:
    desk.watch()
    (desk.music / "a.mp3").write_bytes(b"another sound")
    assert names(desk.next_change().changed_files) == ["a.mp3"]
    with (desk.music / "a.mp3").open("ab"):
        pass
    (desk.music / "c.mp3").write_bytes(b"the last sound")
    while "c.mp3" not in (told := names(desk.next_change().changed_files)):
        assert "a.mp3" not in told
    assert "a.mp3" not in told


def test_closing_an_unchanged_file_is_no_change(desk: Desk) -> None:
    desk.watch()
    with (desk.music / "a.mp3").open("r+b"):
        pass
    (desk.music / "c.mp3").write_bytes(b"the last sound")
    assert names(desk.next_change().changed_files) == ["c.mp3"]


def test_a_mapped_file_changed_in_place(desk: Desk, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    desk.music.rename(elsewhere)

    def read() -> Library:
        return read_library(desk.database.path, path_map={str(desk.music): str(elsewhere)})

    watcher = LibraryWatcher(
        desk.database.path, read=read, on_change=desk.changes.put, before=read(), timing=EVENTS_ONLY
    )
    desk.watchers.append(watcher)
    watcher._follow()
    watcher.start()
    (elsewhere / "a.mp3").write_bytes(b"another sound")
    assert names(desk.next_change().changed_files) == ["a.mp3"]


def test_a_file_still_being_copied_is_waited_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    copying = threading.Event()
    copying.set()
    monkeypatch.setattr(watch.SettlingFiles, "is_still", lambda self, path: not copying.is_set())
    desk.watch(timing=WatchTiming(debounce=0.02, poll=600.0, still=0.02))
    desk.database.add(desk.row(desk.song("new.mp3")))
    desk.database.rate(desk.music / "a.mp3", 0.5)
    first = desk.next_change()
    while not first.rated:
        first = desk.next_change()
    assert first.new == ()
    desk.database.rate(desk.music / "new.mp3", 0.9)
    while names(desk.next_change().rated) != ["new.mp3"]:
        pass
    copying.clear()
    second = desk.next_change()
    assert [(song.filepath.name, song.rating) for song in second.new] == [("new.mp3", 0.9)]


def test_a_held_song_that_goes_again_is_never_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch.SettlingFiles, "is_still", lambda self, path: path.name != "new.mp3")
    watcher = desk.watch(timing=WatchTiming(debounce=0.02, poll=600.0, still=600.0))
    desk.database.add(desk.row(desk.song("new.mp3")))
    assert desk.looked.acquire(timeout=LONG)
    desk.database.remove(desk.music / "new.mp3")
    while not (change := desk.next_change()).gone:
        assert change.new == ()
    assert not any(watcher._held.values())


def test_a_failed_read_is_made_up_for(desk: Desk) -> None:
    refusals = iter([True, True, True, True])

    def read() -> Library:
        if next(refusals, False):
            raise UserError("clementine.db is being written by another program: try again.")
        return desk.read()

    desk.watch(read=read)
    desk.database.rate(desk.music / "a.mp3", 0.5)
    assert names(desk.next_change().rated) == ["a.mp3"]
    assert str(desk.away.get(timeout=LONG)).startswith("clementine.db is being written")
    assert desk.away.empty()


def test_a_commit_during_a_lock_is_told_after_it(desk: Desk) -> None:
    desk.watch()
    with closing(sqlite3.connect(desk.database.path, isolation_level=None)) as player:
        player.execute("BEGIN EXCLUSIVE")
        player.execute("UPDATE songs SET rating = 0.5")
        (desk.database.path.parent / "Clementine.conf").touch()
        assert desk.looked.acquire(timeout=LONG)
        assert desk.changes.empty()
        player.execute("COMMIT")
    assert len(desk.next_change().rated) == 3


def test_a_restored_backup_is_noticed(desk: Desk) -> None:
    backup = desk.database.path.with_name("clementine.db.bak")
    backup.write_bytes(desk.database.path.read_bytes())
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("UPDATE songs SET rating = 0.3")
        connection.commit()
    desk.watch()
    backup.rename(desk.database.path)
    assert len(desk.next_change().rated) == 3
    assert "another file than before" in desk.notices.get(timeout=LONG)


def test_what_the_player_writes_is_no_other_file(desk: Desk) -> None:
    desk.watch()
    desk.database.rate(desk.music / "b.mp3", 0.8)
    desk.next_change()
    assert desk.notices.empty()


def test_a_folder_of_the_configuration_is_watched_too(desk: Desk, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    path = elsewhere / "linked.mp3"
    path.write_bytes(b"sound")
    desk.database.add(desk.row(path))
    desk.watch(also=[elsewhere])
    path.write_bytes(b"another sound")
    assert names(desk.next_change().changed_files) == ["linked.mp3"]


def test_a_database_that_is_away_for_a_while_loses_nothing(desk: Desk) -> None:
    desk.watch()
    away = desk.database.path.with_name("away.db")
    desk.database.path.rename(away)
    assert desk.looked.acquire(timeout=LONG)
    away.rename(desk.database.path)
    desk.database.rate(desk.music / "a.mp3", 0.5)
    change = desk.next_change()
    assert (names(change.rated), change.gone) == (["a.mp3"], ())


def test_a_database_that_stays_away_is_told_once_with_its_cause(desk: Desk) -> None:
    desk.watch()
    desk.database.path.rename(desk.database.path.with_name("away.db"))
    told = desk.away.get(timeout=LONG)
    assert (told.cause, "There is no database at" in str(told)) == (Cause.DATABASE, True)
    for _ in range(2):
        assert desk.looked.acquire(timeout=LONG)
    assert desk.away.empty()


def test_without_events_the_poll_finds_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch.FileEvents, "follow", lambda self, folders: [])
    desk.watch(timing=WatchTiming(poll=0.05, still=0.0))
    desk.database.rate(desk.music / "a.mp3", 0.5)
    assert names(desk.next_change().rated) == ["a.mp3"]


def test_nothing_is_read_while_the_file_is_the_same(desk: Desk) -> None:
    desk.watch(timing=WatchTiming(poll=0.01))
    for _ in range(5):
        assert desk.looked.acquire(timeout=LONG)
    assert desk.reads == 1


def test_a_new_music_folder_is_followed(desk: Desk, tmp_path: Path) -> None:
    more = tmp_path / "more"
    more.mkdir()
    (more / "d.mp3").write_bytes(b"sound")
    desk.watch()
    with desk.database.transaction() as connection:
        connection.execute("INSERT INTO directories VALUES (?, 1)", [str(more)])
    desk.database.add(desk.row(more / "d.mp3"))
    while "d.mp3" not in names((change := desk.next_change()).new):
        assert change.folders_changed
    (more / "d.mp3").write_bytes(b"another sound")
    while "d.mp3" not in names(desk.next_change().changed_files):
        pass


def test_notices_of_the_folders_are_passed_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch.FileEvents, "follow", lambda self, folders: ["looked at every minute"])
    desk.watch()
    assert desk.notices.get(timeout=LONG) == "looked at every minute"


def test_the_first_snapshot_may_be_read_by_the_watcher(desk: Desk) -> None:
    first_read = threading.Event()

    def read() -> Library:
        library = desk.read()
        first_read.set()
        return library

    watcher = LibraryWatcher(desk.database.path, read=read, on_change=desk.changes.put, timing=EVENTS_ONLY)
    desk.watchers.append(watcher)
    watcher.start()
    assert first_read.wait(LONG)
    desk.database.rate(desk.music / "a.mp3", 0.5)
    assert names(desk.next_change().rated) == ["a.mp3"]


def test_stopping_from_within_the_callback(desk: Desk) -> None:
    watcher = LibraryWatcher(
        desk.database.path, read=desk.read, on_change=lambda change: watcher.stop(),
        before=read_library(desk.database.path), timing=EVENTS_ONLY,
    )  # fmt: skip
    watcher.start()
    desk.database.rate(desk.music / "a.mp3", 0.5)
    watcher._thread.join(LONG)
    assert not watcher._thread.is_alive()


def test_a_watcher_that_never_began_can_be_stopped(desk: Desk) -> None:
    LibraryWatcher(desk.database.path, read=desk.read, on_change=desk.changes.put).stop()
    assert desk.reads == 0
