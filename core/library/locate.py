"""Where the players' databases are: normal installs, snap, flatpak, the fork, and copies that somebody made."""

import logging
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import platformdirs

from core.errors import Cause, UserError
from core.file_url import is_local
from core.song import Song

log = logging.getLogger(__name__)

SAMPLE = 300
"""Songs of which the files are looked for: 60,000 calls of stat would cost minutes on a network disk."""


class DatabaseKind(StrEnum):
    NATIVE = "native"
    SNAP = "snap"
    FLATPAK = "flatpak"
    STRAWBERRY = "strawberry"
    STRAWBERRY_FLATPAK = "strawberry-flatpak"
    COPY = "copy"
    """``~/Music/clementine.db``: no player writes there."""
    CONFIGURED = "configured"


@dataclass(frozen=True)
class FoundDatabase:
    """A database of a player; ``modified`` in Unix seconds, ``stale`` if it is a copy and a live one is newer."""

    path: Path
    kind: DatabaseKind
    modified: float
    stale: bool = False
    notices: tuple[str, ...] = ()


def searched_places() -> list[tuple[DatabaseKind, Path]]:
    """Every place that is looked at, by the HOME and the XDG variables of this moment.

    Snap's ``current`` stays in the path: it points at another folder after each refresh, and is followed at each read.
    """
    home = Path.home()
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    flatpaks = home / ".var/app"
    clementine = Path("Clementine/clementine.db")
    strawberry = Path("strawberry/strawberry/strawberry.db")
    return [
        (DatabaseKind.NATIVE, config / clementine),
        (DatabaseKind.NATIVE, home / ".config" / clementine),  # builds before 2020 ignored XDG_CONFIG_HOME
        (DatabaseKind.SNAP, home / "snap/clementine/current/.config" / clementine),
        (DatabaseKind.FLATPAK, flatpaks / "org.clementine_player.Clementine/config" / clementine),
        (DatabaseKind.STRAWBERRY, data / strawberry),
        (DatabaseKind.STRAWBERRY_FLATPAK, flatpaks / "org.strawberrymusicplayer.strawberry/data" / strawberry),
        (DatabaseKind.COPY, home / "Music/clementine.db"),
        (DatabaseKind.COPY, platformdirs.user_music_path() / "clementine.db"),
    ]


def find_databases() -> list[FoundDatabase]:
    """All databases in the places searched: live ones first, the newest first."""
    found: dict[Path, FoundDatabase] = {}
    for kind, path in searched_places():
        modified = _modified(path)
        if modified is not None:
            found.setdefault(path.resolve(), FoundDatabase(path, kind, modified))
    newest_live = max((each.modified for each in found.values() if each.kind != DatabaseKind.COPY), default=0.0)
    marked = [
        replace(each, stale=each.kind == DatabaseKind.COPY and each.modified < newest_live) for each in found.values()
    ]
    return sorted(marked, key=lambda each: (each.kind == DatabaseKind.COPY, -each.modified))


def choose_database(configured: Path | None) -> FoundDatabase:
    """The database to read: the one that the owner names, else the newest that a player keeps.

    Raises UserError where it is missing, with the places that were searched.
    """
    found = find_databases()
    if configured is not None:
        return _configured(configured.expanduser(), found)
    if not found:
        places = ", ".join(dict.fromkeys(str(path) for _, path in searched_places()))
        raise UserError(
            f"No database of Clementine or Strawberry was found (searched {places}): start the player once, or "
            "name the file.",
            cause=Cause.NO_DATABASE,
        )
    chosen = found[0]
    log.info("reading the %s database %s", chosen.kind, chosen.path)
    notices = [
        f"{each.path} is an old copy of {_day(each.modified)} and is not read: {chosen.path} is newer."
        for each in found
        if each.stale
    ]
    return replace(chosen, notices=tuple(notices))


def missing_files_notice(songs: Sequence[Song]) -> str | None:
    """A sentence that offers ``music.path_map`` when over half of the files looked for are missing, else None.

    At most ``SAMPLE`` songs are looked for, spread evenly over the library; the sentence says so.
    """
    local = [song for song in songs if not song.unavailable and is_local(song.filename)]
    looked_for = local[:: -(-len(local) // SAMPLE) or 1]
    missing = [str(song.filepath) for song in looked_for if not _is_there(song.filepath)]
    if 2 * len(missing) <= len(looked_for):
        return None
    which = "" if len(looked_for) == len(local) else f" looked at as a sample of {len(local)}"
    folder = os.path.commonpath([os.path.dirname(path) for path in missing])  # noqa: PTH120 - commonpath wants text
    return (
        f"{len(missing)} of {len(looked_for)} songs{which} have no file below {folder}: if the music is mounted "
        f"elsewhere, set music.path_map to {{{folder}: the folder where it is now}}."
    )


def missing_folder_notices(directories: Iterable[Path]) -> tuple[str, ...]:
    """A sentence for each music folder of the player that is not there."""
    return tuple(
        f"The music folder {folder} is missing: connect its disk, or set music.path_map if it is mounted elsewhere."
        for folder in directories
        if not _is_there(folder)
    )


def require_music_folders(directories: Sequence[Path]) -> None:
    """Raise UserError when the player has music folders and none of them is there: there is nothing to listen to."""
    missing = missing_folder_notices(directories)
    if not missing or len(missing) < len(directories):
        return
    if len(missing) == 1:
        raise UserError(missing[0])
    raise UserError(
        f"None of the music folders is there ({', '.join(map(str, directories))}): connect their disks, or set "
        "music.path_map if they are mounted elsewhere."
    )


def _configured(path: Path, found: Iterable[FoundDatabase]) -> FoundDatabase:
    modified = _modified(path)
    if modified is None:
        raise UserError(f"There is no database at {path}: correct the path, or leave it out to have it searched.")
    same = [each for each in found if each.path.resolve() == path.resolve()]
    chosen = replace(same[0], path=path) if same else FoundDatabase(path, DatabaseKind.CONFIGURED, modified)
    if not chosen.stale:
        return chosen
    live = next(each for each in found if each.kind != DatabaseKind.COPY)
    notice = f"{path} is an old copy of {_day(modified)}: the player now keeps its ratings in {live.path}."
    return replace(chosen, notices=(notice,))


def _modified(path: Path) -> float | None:
    """When a file was modified; None where there is none, or where we may not look."""
    try:
        return path.stat().st_mtime if path.is_file() else None
    except OSError:
        return None


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that is too long, a folder that we may not enter
        return False


def _day(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment).astimezone():%Y-%m-%d}"
