"""Playlist files: written from a list, rewritten and deleted only as long as they are what we wrote."""

import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from core.errors import UserError
from core.parts.suggestions import file_name
from core.parts.workplace import Workplace
from core.parts.written_files import WrittenFiles, require_ours
from core.playlist import m3u, xspf
from core.playlist.files import ChangedByOthers, checksum_at, checksum_of, write_playlist
from core.recommend.suggestion import SongList
from core.settings import playlist_folder
from core.store.made_playlists import MadePlaylist

XSPF, M3U8 = "xspf", "m3u8"


class PlaylistFiles:
    """A part of the recipes."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._written = WrittenFiles(workplace.stores.companion)

    def paths(self, *, name: str, formats: Sequence[str], folder: Path | None) -> list[Path]:
        """Where a playlist of this name would be written."""
        place = (folder or playlist_folder(self._workplace.config, self._workplace.profile)).expanduser().absolute()
        paths = [place / f"{file_name(name)}.{_known(ending)}" for ending in dict.fromkeys(formats)]
        if not paths:
            raise UserError("Choose a format for the playlist: XSPF, M3U8 or both.")
        return paths

    def write(
        self, songs: SongList, *, name: str, formats: Sequence[str], folder: Path | None, overwrite: bool
    ) -> MadePlaylist:
        """Write a list as a file of each format; without ``overwrite`` only over what is ours."""
        paths = self.paths(name=name, formats=formats, folder=folder)
        contents = self._contents(songs, paths)
        if not overwrite:
            require_ours(contents, self._written.known())
        return MadePlaylist(
            file_name(name),
            _put(contents),
            recipe="",
            songs=tuple(each.song.song_id for each in songs.suggestions),
            made_at=time.time(),
            keep_up_to_date=False,
        )

    def rewrite(self, row: MadePlaylist, songs: SongList) -> dict[Path, str]:
        """Write other songs to the files of a playlist that are there and ours; raises ChangedByOthers for others."""
        present = [path for path in row.files if path.exists()]
        contents = self._contents(songs, present)
        require_ours(contents, {path: {checksum} for path, checksum in row.files.items()})
        return row.files | _put(contents)

    def delete(self, row: MadePlaylist) -> dict[Path, bytes]:
        """Delete the files of a playlist that are there, of which the contents are returned.

        If one is not ours, ChangedByOthers is raised and all stay.
        """
        present = {path: path.read_bytes() for path in row.files if checksum_at(path) is not None}
        for path, content in present.items():
            if checksum_of(content) != row.files[path]:
                raise ChangedByOthers(f"Another program has changed {path.name}, so it was not deleted.")
        try:
            for path in present:
                path.unlink()
        except OSError as error:
            raise UserError(f"{path.name} cannot be deleted: {error.strerror}.") from error
        return present

    def put_back(self, contents: Mapping[Path, bytes]) -> None:
        """Write files that were deleted; raises ChangedByOthers where others have taken their place."""
        require_ours(contents, {})
        _put(contents)

    def _contents(self, songs: SongList, paths: Iterable[Path]) -> dict[Path, bytes]:
        listed = [each for each in songs.suggestions if not xspf.unplayable_reason(each.song)]
        if not listed:
            raise UserError("There is no song in the list that a playlist can name, so nothing was written.")
        player = self._workplace.library().player
        return {
            path: m3u.render(listed)
            if path.suffix == f".{M3U8}"
            else xspf.render(listed, title=path.stem, player=player)
            for path in paths
        }


def _known(ending: str) -> str:
    if ending not in (XSPF, M3U8):
        message = f"{ending} is no format of playlists"
        raise ValueError(message)
    return ending


def _put(contents: Mapping[Path, bytes]) -> dict[Path, str]:
    for path, content in contents.items():
        write_playlist(path, content)
    return {path: checksum_of(content) for path, content in contents.items()}
