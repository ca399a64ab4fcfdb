"""The file of a backup: a zip with one JSON text for each kind of thing that the owner said, readable without us.

``manifest.json`` says what it is; ``own_ratings.json``, ``player_ratings.json``, ``not_duplicates.json``,
``kept_copies.json``, ``speech.json``, ``choices.json`` and ``playlists.json`` are lists of objects with the fields of
``core.store.keepsakes``; ``marmalade.yaml`` is the configuration as it was. Ratings are 0.1 to 1.0 (a tenth is half a
star), times are seconds since 1970, songs are file URLs, a sound is the checksum of ``core.audio.checksum``.
"""

import contextlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NoReturn, get_type_hints

from pydantic import TypeAdapter

from core.errors import UserError
from core.store.keepsakes import Keepsakes
from core.whole_file import written_whole

FORMAT: Final = "marmalade-backup"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
CONFIGURATION: Final = "marmalade.yaml"
LARGEST: Final = 512 * 1024 * 1024
"""Bytes of one part: a million ratings take 150 MB."""


@dataclass(frozen=True)
class Backup:
    """What lies in a backup."""

    keepsakes: Keepsakes
    configuration: bytes | None = None
    """The text of the owner's ``marmalade.yaml``; None where there was none."""
    made_at: float = 0.0
    """Unix seconds."""


def write_backup(backup: Backup, path: Path, *, made_by: str) -> None:
    """Write it whole or not at all.

    An earlier backup under that name is replaced; raises UserError for any other file there, and for a place that
    cannot be written.
    """
    if path.is_dir() or (path.exists() and not is_backup(path)):
        kind = "a folder" if path.is_dir() else "no backup of Marmalade"
        raise UserError(f"{path} is {kind}, so it was left as it is: name another file.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(path.resolve()) as stream:
            stream.write(_zipped(backup, made_by=made_by))
    except OSError as error:
        raise UserError(
            f"The backup {path} cannot be written: {error.strerror or error}. Name another place."
        ) from error


def is_backup(path: Path) -> bool:
    """Whether a file is a backup of any version."""
    try:
        with zipfile.ZipFile(path) as archive:
            return bool(_manifest(archive, path))
    except (OSError, zipfile.BadZipFile, UserError, ValueError):
        return False


def read_backup(path: Path) -> Backup:
    """Read and check all of it; raises UserError for what is missing, foreign, damaged or of a newer Marmalade."""
    with _sentences(path), zipfile.ZipFile(path) as archive:
        manifest = _manifest(archive, path)
        version = manifest.get("version")
        if not isinstance(version, int) or version > VERSION:
            raise UserError(f"{path} was made by a newer Marmalade: update this one to restore it.")
        if any(info.file_size > LARGEST for info in archive.infolist()) or archive.testzip() is not None:
            message = "a part is not as it was written"
            raise ValueError(message)
        # An earlier Marmalade had fewer parts; one that was there has to be there.
        present = [name for name in _ADAPTERS if name in manifest.get("parts", _ADAPTERS)]
        parts: dict[str, Any] = {name: _rows(archive, name) for name in present}
        names = archive.namelist()
        configuration = archive.read(CONFIGURATION) if CONFIGURATION in names else None
        return Backup(Keepsakes(**parts), configuration, float(manifest.get("made_at", 0.0)))


def _zipped(backup: Backup, *, made_by: str) -> bytes:
    now = datetime.now(tz=UTC)
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": now.timestamp(),
        "made_on": now.isoformat(timespec="seconds"),
        "made_by": made_by,
        "parts": backup.keepsakes.counts(),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, _text(manifest))
        for name, rows in backup.keepsakes.parts().items():
            archive.writestr(f"{name}.json", _text([asdict(row) for row in rows]))
        if backup.configuration is not None:
            archive.writestr(CONFIGURATION, backup.configuration)
    return content.getvalue()


def _text(value: object) -> str:
    return json.dumps(value, indent=1, allow_nan=False) + "\n"


def _manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    found = json.loads(archive.read(MANIFEST)) if MANIFEST in archive.namelist() else None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise UserError(f"{path} is no backup of Marmalade, so nothing was restored.")
    return found


def _rows(archive: zipfile.ZipFile, name: str) -> tuple[Any, ...]:
    found = json.loads(archive.read(f"{name}.json"), parse_constant=_refuse_constant)
    return tuple(_ADAPTERS[name].validate_python(found))


def _refuse_constant(name: str) -> NoReturn:
    message = f"{name} is no number"
    raise ValueError(message)


@contextlib.contextmanager
def _sentences(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}.") from error
    except zipfile.BadZipFile as error:
        raise UserError(f"{path} is no backup of Marmalade, or it is damaged; nothing was restored.") from error
    except (ValueError, KeyError, TypeError, EOFError, RuntimeError, zlib.error) as error:
        raise UserError(f"{path} is damaged, so nothing was restored: take another copy of it.") from error


_ROWS = get_type_hints(Keepsakes)
_ADAPTERS = {each.name: TypeAdapter(_ROWS[each.name]) for each in fields(Keepsakes)}
"""They check the fields and their kinds; a field that a later Marmalade adds is passed over."""
