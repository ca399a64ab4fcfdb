"""Keeps up with the player: file events -> debounced, compared LibraryChange values."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import UserError
from core.file_url import is_local, url_from_path
from core.library.changes import LibraryChange, compare
from core.library.file_events import LOOK_EVERY, FileEvents
from core.library.read_only import change_signature
from core.library.settling import SettlingFiles, Status, file_status
from core.library.songs_table import Library
from core.song import Song, SongId

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class WatchTiming:
    """All waits, in seconds."""

    debounce: float = 0.7
    """So long nothing may happen before the library is read; a rating makes 4 events, a scan of 600 files 71."""
    longest_debounce: float = 5.0
    poll: float = 30.0
    """Between looks without an event: network disks send none, and a restored backup replaces the file."""
    still: float = 2.0
    """So long a new file must lie still."""
    retry: float = 1.0
    """After a read that failed; doubled up to ``poll``."""
    look_at_folders: float = LOOK_EVERY


WORTH_TELLING = 3
"""Reads that failed one after the other; once or twice, the player was just writing."""

DEFAULT_TIMING = WatchTiming()


class LibraryWatcher:
    """Calls ``on_change`` with what became different in the library, in a thread of its own.

    ``read`` gives a new snapshot and may raise UserError, upon which it is asked again later; ``before`` is the
    snapshot that the caller already has (else the first one read). ``also`` are folders to watch besides the player's.
    ``on_notice`` gets sentences for the owner, and ``on_away`` why the database, or what it holds, is not to be had.
    """

    def __init__(
        self,
        database: Path,
        *,
        read: Callable[[], Library],
        on_change: Callable[[LibraryChange], None],
        on_notice: Callable[[str], None] = log.warning,
        on_away: Callable[[UserError], None] = log.warning,
        before: Library | None = None,
        also: Sequence[Path] = (),
        timing: WatchTiming = DEFAULT_TIMING,
    ) -> None:
        self._database = database
        self._also = also
        self._read = read
        self._on_change = on_change
        self._on_notice = on_notice
        self._on_away = on_away
        self._timing = timing
        self._library = before
        self._signature: tuple[int, ...] | None = None
        self._failures = 0
        self._held: dict[str, dict[SongId, Song]] = {"new": {}, "changed_files": {}}
        self._settling = SettlingFiles(still_for=timing.still)
        self._reported: dict[SongId, Status] = {}
        self._touched: set[Path] = set()
        self._last_event = 0.0
        self._woken = threading.Condition()
        self._stopping = False
        self._events = FileEvents(self._file_happened, look_every=timing.look_at_folders)
        self._thread = threading.Thread(target=self._run, name="library watcher", daemon=True)

    def start(self) -> None:
        """Begin; returns at once, the folders are scheduled in the watcher's thread."""
        self._thread.start()

    def stop(self) -> None:
        """End; returns when all threads have ended. A read under way is waited for, so call it off the UI thread."""
        with self._woken:
            self._stopping = True
            self._woken.notify_all()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        try:
            while not self._stopping:
                self._follow()
                self._look()
                self._wait()
        finally:
            self._events.stop()

    def _follow(self) -> None:
        music = self._library.directories if self._library else []
        also = [folder.expanduser() for folder in self._also]
        folders = {self._database_file.parent: False} | dict.fromkeys((*music, *also), True)
        for notice in self._events.follow(folders):
            self._on_notice(notice)

    @property
    def _database_file(self) -> Path:
        """Resolved at each look: snap's ``current`` points elsewhere after a refresh."""
        return self._database.expanduser().resolve()

    def _file_happened(self, path: Path) -> None:
        with self._woken:
            self._touched.add(path)
            self._last_event = time.monotonic()
            self._woken.notify_all()

    def _wait(self) -> None:
        """Wait for an event and the quiet after it, or for the next look that is due."""
        with self._woken:
            if self._woken.wait_for(lambda: self._touched or self._stopping, timeout=self._pause()):
                end = time.monotonic() + self._timing.longest_debounce
                while not self._stopping and (remaining := self._until_quiet(end)) > 0:
                    self._woken.wait(remaining)

    def _until_quiet(self, end: float) -> float:
        return min(self._last_event + self._timing.debounce, end) - time.monotonic()

    def _pause(self) -> float:
        """Seconds until something has to be done without an event."""
        if self._failures:
            return min(self._timing.retry * 2.0 ** min(self._failures - 1, 10), self._timing.poll)
        return self._timing.still if any(self._held.values()) else self._timing.poll

    def _look(self) -> None:
        """Read the library if its file differs from the one last read, and pass on what is new in it."""
        with self._woken:
            touched, self._touched = self._touched, set()
        before, after = self._library, self._newest_library()
        if after is None:
            return
        change = compare(before, after) if before is not None and after is not before else LibraryChange(library=after)
        self._library = after
        touched_songs = self._changed_on_disk(touched, after)
        known = {song.song_id for song in change.changed_files}
        more = tuple(song for song in touched_songs if song.song_id not in known)
        ready = self._lying_still(replace(change, changed_files=change.changed_files + more))
        if ready and not self._stopping:
            self._on_change(ready)

    def _newest_library(self) -> Library | None:
        """The library as it is now; the one known where the file has not changed, is away, or cannot be read yet."""
        signature = change_signature(self._database)
        if self._library is not None and signature is not None and signature == self._signature:
            self._failures = 0
            return self._library
        try:
            library = self._read()
        except UserError as error:
            self._failures += 1
            log.info("the library could not be read yet, trying again: %s", error)
            if self._failures == WORTH_TELLING:
                self._on_away(error)
            return self._library
        self._failures = 0
        if self._signature and signature and _file_of(signature) != _file_of(self._signature):
            self._on_notice(f"{self._database} is another file than before: everything was compared anew.")
        self._signature = signature  # as it was before the read: a commit in between is seen at the next look
        return library

    def _changed_on_disk(self, touched: set[Path], library: Library) -> list[Song]:
        """Songs whose file differs from what the player knows of it.

        Events alone say little: the player's tag reader closes unchanged files after opening them for writing.
        """
        names = {name for path in touched for name in (str(path), url_from_path(path))}
        available = (song for song in library.songs if not song.unavailable)
        songs = [song for song in available if song.filename in names or song.mapped_path in names]
        changed = []
        for song in songs:
            status = file_status(song.filepath)
            if status and _differs(status, song) and self._reported.get(song.song_id) != status:
                self._reported[song.song_id] = status
                changed.append(song)
        return changed

    def _lying_still(self, change: LibraryChange) -> LibraryChange:
        """The change without new and changed files that are still being written, and with those held back before."""
        withdrawn = {song.song_id for song in change.gone}
        fresh = {song.song_id: song for song in (*change.changed_files, *change.described, *change.rated)}
        self._held["new"] |= {song.song_id: song for song in change.new}
        self._held["changed_files"] |= {
            song.song_id: song for song in change.changed_files if song.song_id not in self._held["new"]
        }
        lists = {}
        for name, held in self._held.items():
            current = {key: fresh.get(key, song) for key, song in held.items() if key not in withdrawn}
            still = {key: song for key, song in current.items() if self._is_still(song)}
            lists[name] = tuple(still.values())
            self._held[name] = {key: song for key, song in current.items() if key not in still}
        return replace(change, new=lists["new"], changed_files=lists["changed_files"])

    def _is_still(self, song: Song) -> bool:
        return not is_local(song.filename) or self._settling.is_still(song.filepath)


def _file_of(signature: tuple[int, ...]) -> int:
    """The inode in a ``change_signature``: the player writes into its file, a restored backup takes its place."""
    return signature[0]


def _differs(status: Status, song: Song) -> bool:
    """Whether a file is another one than in the player's row; a cue track's time may be that of its cue sheet."""
    size, modified = status[0], status[1] // 1_000_000_000
    return size != song.filesize or (modified != song.mtime and not song.is_cue_track)
