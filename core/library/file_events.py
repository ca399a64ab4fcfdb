"""Events of the file system below some folders, from inotify or, where that cannot serve, by looking regularly."""

import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from watchdog.events import (
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from core.library.file_systems import remote_file_system

log = logging.getLogger(__name__)

# Without opening and closing for reading: our own decoding would report every file to ourselves.
WATCHED_EVENTS: Final[list[type[FileSystemEvent]]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileClosedEvent,
    FileMovedEvent,
    FileDeletedEvent,
]
OWN_FOLDER = "recommendations"
IGNORED_SUFFIX = ".mood"
"""Clementine writes these beside the music while it draws its mood bars."""
LOOK_EVERY = 60.0
"""Seconds between two looks at a folder that inotify cannot watch: a walk over 60,000 files is not free."""

Identity = tuple[int, int]


class FileEvents:
    """Calls ``on_file`` (in watchdog's thread) with the path of every file that appears, changes or goes."""

    def __init__(
        self,
        on_file: Callable[[Path], None],
        *,
        look_every: float = LOOK_EVERY,
        remote: Callable[[Path], str | None] = remote_file_system,
    ) -> None:
        self._on_file = on_file
        self._look_every = look_every
        self._remote = remote
        self._observers: dict[str, BaseObserver] = {}
        self._watches: dict[Path, tuple[Identity, BaseObserver, ObservedWatch]] = {}

    def follow(self, folders: Mapping[Path, bool]) -> list[str]:
        """Watch exactly these folders (and what lies below where True); returns notices for the owner.

        Called again, it picks up folders that have appeared or were mounted anew since.
        """
        identities = {folder: _identity(folder) for folder in folders}
        for folder in [known for known in self._watches if not self._still_serves(known, identities.get(known))]:
            self._forget(folder)
        notices = []
        for folder, identity in identities.items():
            if identity is not None and folder not in self._watches:
                notices += self._watch(folder, identity, recursive=folders[folder])
        return notices

    def stop(self) -> None:
        """Stop watching; returns when the threads have ended."""
        for observer in self._observers.values():
            observer.stop()
            observer.join()
        self._observers.clear()
        self._watches.clear()

    def _watch(self, folder: Path, identity: Identity, *, recursive: bool) -> list[str]:
        kind = self._remote(folder)
        if kind is not None:
            self._schedule("polling", folder, identity, recursive=recursive)
            seconds = f"{self._look_every:.0f} seconds"
            return [
                f"{folder} lies on a network disk ({kind}), which tells of no changes: it is looked at every {seconds}."
            ]
        try:
            self._schedule("inotify", folder, identity, recursive=recursive)
        except OSError as error:
            log.warning("inotify cannot watch %s (%s)", folder, error)
            self._schedule("polling", folder, identity, recursive=recursive)
            reason = error.strerror or str(error)
            notice = (
                f"{folder} is looked at every {self._look_every:.0f} seconds only, because {reason}: raise "
                "fs.inotify.max_user_watches (sysctl) to see changes at once."
            )
            return [notice]
        return []

    def _schedule(self, kind: str, folder: Path, identity: Identity, *, recursive: bool) -> None:
        observer = self._observer(kind)
        handler = FolderHandler(folder, self._on_file)
        watch = observer.schedule(handler, str(folder), recursive=recursive, event_filter=WATCHED_EVENTS)
        self._watches[folder] = (identity, observer, watch)

    def _observer(self, kind: str) -> BaseObserver:
        if kind not in self._observers:
            observer = Observer() if kind == "inotify" else PollingObserver(timeout=self._look_every)
            observer.start()
            self._observers[kind] = observer
        return self._observers[kind]

    def _still_serves(self, folder: Path, identity: Identity | None) -> bool:
        """Whether the folder is the one that was scheduled and its thread lives: it ends when the folder is deleted."""
        seen, observer, watch = self._watches[folder]
        return seen == identity and any(emitter.watch == watch and emitter.is_alive() for emitter in observer.emitters)

    def _forget(self, folder: Path) -> None:
        _, observer, watch = self._watches.pop(folder)
        observer.unschedule(watch)


class FolderHandler(FileSystemEventHandler):
    """Passes on the files of one folder that can be music or a database."""

    def __init__(self, folder: Path, on_file: Callable[[Path], None]) -> None:
        self._folder = folder
        self._on_file = on_file

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.is_directory:
            return
        for name in (event.src_path, event.dest_path):
            path = Path(os.fsdecode(name))
            if name and not is_ignored(path, below=self._folder):
                self._on_file(path)


def is_ignored(path: Path, *, below: Path) -> bool:
    """Whether a file cannot be a song: hidden, our own playlist, or a mood bar."""
    parts = path.relative_to(below).parts if path.is_relative_to(below) else path.parts[1:]
    hidden = any(part.startswith(".") or part == OWN_FOLDER for part in parts)
    return hidden or path.suffix.lower() == IGNORED_SUFFIX


def _identity(folder: Path) -> Identity | None:
    """What tells a folder from another one mounted over it; None where there is none."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
