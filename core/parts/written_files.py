"""What was written to each playlist file: whoever finds something else there, finds somebody else's work."""

import logging
from collections.abc import Mapping
from pathlib import Path

from core.errors import UserError
from core.playlist.files import ChangedByOthers, checksum_at, checksum_of
from core.store.companion import CompanionStore

logger = logging.getLogger(__name__)

WRITTEN = "playlist_files"
"""The setting that holds, for each path outside the history, the checksum of what was written last."""
REMEMBERED = 200
"""Paths; the one that was written longest ago is forgotten first."""


class WrittenFiles:
    """Playlists of the history, and those that a shell asked for."""

    def __init__(self, companion: CompanionStore) -> None:
        self._companion = companion

    def note(self, path: Path, content: bytes) -> None:
        """Remember what was written; where that cannot be kept, the file will be asked about."""
        others = {name: each for name, each in self._outside().items() if name != str(path)}
        newest = list(others.items())[-REMEMBERED + 1 :]
        try:
            self._companion.save_setting(WRITTEN, dict([*newest, (str(path), checksum_of(content))]))
        except UserError as error:
            logger.warning("what was written to %s is not remembered: %s", path, error)

    def known(self) -> dict[Path, set[str]]:
        """The checksums of all that we ever wrote to each path."""
        found = {Path(path): {checksum} for path, checksum in self._outside().items()}
        for row in self._companion.made_playlists.all():
            for path, checksum in row.files.items():
                found.setdefault(path, set()).add(checksum)
        return found

    def _outside(self) -> dict[str, str]:
        return self._companion.setting(WRITTEN) or {}


def require_ours(contents: Mapping[Path, bytes], written: Mapping[Path, set[str]]) -> None:
    """Raise ChangedByOthers for the first file that is there and is neither what we wrote nor what is to be written."""
    for path, content in contents.items():
        found = checksum_at(path)
        if found is None or found == checksum_of(content) or found in written.get(path, set()):
            continue
        if path in written:
            raise ChangedByOthers(f"Another program has changed {path.name} since it was written.")
        raise ChangedByOthers(f"There is a {path.name} already that was not made here.")
