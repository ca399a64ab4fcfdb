"""Events of real files below real folders, and what is left out of them."""

import errno
import os
import queue
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchdog.observers.polling import PollingObserver

from core.library import file_events
from core.library.file_events import FileEvents, is_ignored

LONG = 20.0
"""Seconds after which a test gives up."""


class Seen:
    """The paths reported, to be waited for."""

    def __init__(self) -> None:
        self.paths: queue.Queue[Path] = queue.Queue()

    def until(self, last: Path) -> set[Path]:
        """All paths reported up to and with the last one."""
        paths = set()
        while last not in paths:
            paths.add(self.paths.get(timeout=LONG))
        return paths


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def events(seen: Seen) -> Iterator[FileEvents]:
    events = FileEvents(seen.paths.put, look_every=0.05)
    yield events
    events.stop()


@pytest.mark.parametrize("kind", ["inotify", "polling"])
def test_files_that_come_change_move_and_go(
    events: FileEvents, seen: Seen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    if kind == "polling":
        refuse_inotify(monkeypatch)
    (tmp_path / "album").mkdir()
    path = tmp_path / "album" / "a.mp3"
    moved = path.with_name("b.mp3")
    assert bool(events.follow({tmp_path: True})) is (kind == "polling")
    path.touch()
    seen.until(path)
    path.write_bytes(b"more")
    seen.until(path)
    path.rename(moved)
    seen.until(moved)
    moved.unlink()
    seen.until(moved)


def test_a_new_album_is_seen_whole(events: FileEvents, seen: Seen, tmp_path: Path) -> None:
    outside, library = tmp_path / "outside", tmp_path / "library"
    library.mkdir()
    (outside / "album").mkdir(parents=True)
    (outside / "album" / "a.mp3").touch()
    events.follow({library: True})
    (outside / "album").rename(library / "album")
    seen.until(library / "album" / "a.mp3")


def test_what_is_no_song_is_left_out(events: FileEvents, seen: Seen, tmp_path: Path) -> None:
    for folder in ("recommendations", ".hidden", "album"):
        (tmp_path / folder).mkdir()
    events.follow({tmp_path: True})
    for name in ("recommendations/a.xspf", ".hidden/a.mp3", "album/.a.mood", "album/a.mood", "album/.tmp"):
        (tmp_path / name).touch()
    (tmp_path / "album" / "last.mp3").touch()
    assert seen.until(tmp_path / "album" / "last.mp3") == {tmp_path / "album" / "last.mp3"}


def test_reading_is_no_event(events: FileEvents, seen: Seen, tmp_path: Path) -> None:
    (tmp_path / "a.mp3").touch()
    events.follow({tmp_path: True})
    (tmp_path / "a.mp3").read_bytes()
    (tmp_path / "last.mp3").touch()
    assert seen.until(tmp_path / "last.mp3") == {tmp_path / "last.mp3"}


def test_a_folder_below_is_left_out_unless_asked_for(events: FileEvents, seen: Seen, tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    events.follow({tmp_path: False})
    (tmp_path / "below" / "a.mp3").touch()
    (tmp_path / "last.mp3").touch()
    assert seen.until(tmp_path / "last.mp3") == {tmp_path / "last.mp3"}


def test_a_folder_that_comes_back_is_followed_again(events: FileEvents, seen: Seen, tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    assert events.follow({folder: True}) == []
    for _ in range(3):
        folder.mkdir()
        assert events.follow({folder: True}) == []
        (folder / "a.mp3").touch()
        seen.until(folder / "a.mp3")
        (folder / "a.mp3").unlink()
        folder.rmdir()
        wait_until_no_longer_served(events, folder)


def wait_until_no_longer_served(events: FileEvents, folder: Path) -> None:
    observer = events._observers["inotify"]
    for emitter in list(observer.emitters):
        if emitter.watch.path == str(folder):
            emitter.join(LONG)
            assert not emitter.is_alive()


def test_a_folder_no_longer_asked_for_is_left(events: FileEvents, seen: Seen, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    events.follow({one: True, other: True})
    events.follow({other: True})
    (one / "a.mp3").touch()
    (other / "last.mp3").touch()
    assert seen.until(other / "last.mp3") == {other / "last.mp3"}


def test_where_inotify_cannot_serve_the_notice_says_what_to_do(
    events: FileEvents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_inotify(monkeypatch)
    notices = events.follow({tmp_path: True})
    assert "inotify watch limit reached: raise fs.inotify.max_user_watches" in notices[0]
    assert str(tmp_path) in notices[0]
    assert events.follow({tmp_path: True}) == []


def refuse_inotify(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoWatchesLeft(PollingObserver):
        def schedule(self, *arguments: object, **options: object) -> None:  # type: ignore[override]
            raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(file_events, "Observer", NoWatchesLeft)


def test_stopping_ends_all_threads(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    events = FileEvents(lambda path: None)
    events.follow({tmp_path: True})
    assert set(threading.enumerate()) > before
    events.stop()
    assert set(threading.enumerate()) <= before


@pytest.mark.parametrize(
    ("name", "ignored"),
    [
        ("a.mp3", False),
        ("album/a.mp3", False),
        ("recommendations.mp3", False),
        ("album/recommendations/a.xspf", True),
        (".a.mp3", True),
        ("album/.cache/a.mp3", True),
        ("album/A.MOOD", True),
    ],
)
def test_what_is_ignored(name: str, *, ignored: bool) -> None:
    assert is_ignored(Path("/home/.music") / name, below=Path("/home/.music")) is ignored


def test_a_name_that_is_not_utf_8(events: FileEvents, seen: Seen, tmp_path: Path) -> None:
    events.follow({tmp_path: True})
    path = tmp_path / os.fsdecode(b"Bj\xf6rk.mp3")
    path.touch()
    seen.until(path)


def test_a_network_disk_is_looked_at_and_told(seen: Seen, tmp_path: Path) -> None:
    events = FileEvents(seen.paths.put, look_every=0.05, remote=lambda folder: "nfs4")
    try:
        [notice] = events.follow({tmp_path: True})
        assert "network disk (nfs4)" in notice
        assert events.follow({tmp_path: True}) == []
        assert all(isinstance(observer, PollingObserver) for observer in events._observers.values())
        path = tmp_path / "a.mp3"
        path.touch()
        seen.until(path)
    finally:
        events.stop()
