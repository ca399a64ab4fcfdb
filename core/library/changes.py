"""What became different between two snapshots of a library, and what of it matters to listening and learning."""

from dataclasses import dataclass, field

from core.library.songs_table import Library
from core.song import Song


@dataclass(frozen=True, kw_only=True)
class LibraryChange:
    """The songs that differ, as they are in ``library``, the newer snapshot; those gone as they were last seen.

    A song can be in several lists: a rating that the player writes into the tags changes its file too. Plays, skips and
    playlists are no change: the player commits those at every track.
    """

    library: Library = field(repr=False)
    new: tuple[Song, ...] = ()
    changed_files: tuple[Song, ...] = ()
    gone: tuple[Song, ...] = ()
    """Marked unavailable, or their row removed."""
    back: tuple[Song, ...] = ()
    rated: tuple[Song, ...] = ()
    """Whose rating is another one, or was taken away."""
    described: tuple[Song, ...] = ()
    """Whose title, artist, album, genre, year or track is another one."""
    folders_changed: bool = False

    def __bool__(self) -> bool:
        songs = self.new or self.changed_files or self.gone or self.back or self.rated or self.described
        return bool(songs) or self.folders_changed

    @property
    def is_of_ratings(self) -> bool:
        """Whether nothing but stars is different, so that there is nothing to listen to."""
        others = self.new or self.changed_files or self.gone or self.back or self.described
        return bool(self.rated) and not others and not self.folders_changed


def compare(before: Library, after: Library) -> LibraryChange:
    """How ``after`` differs from ``before``; rows are matched by file and section, for row numbers are reused."""
    earlier = {song.song_id: song for song in before.songs}
    changes: dict[str, list[Song]] = {
        name: [] for name in ("new", "changed_files", "gone", "back", "rated", "described")
    }
    for song in after.songs:
        for name in _differences(earlier.pop(song.song_id, None), song):
            changes[name].append(song)
    changes["gone"] += [song for song in earlier.values() if not song.unavailable]
    return LibraryChange(
        library=after,
        folders_changed=before.directories != after.directories,
        **{name: tuple(songs) for name, songs in changes.items()},
    )


def _differences(was: Song | None, song: Song) -> list[str]:
    """The lists of a LibraryChange that one song belongs to."""
    if was is None:
        return [] if song.unavailable else ["new"]
    names = []
    if song.unavailable != was.unavailable:
        names.append("gone" if song.unavailable else "back")
    if not song.unavailable and _file_facts(song) != _file_facts(was):
        names.append("changed_files")
    if song.rating != was.rating:
        names.append("rated")
    if _description(song) != _description(was):
        names.append("described")
    return names


def _file_facts(song: Song) -> tuple[object, ...]:
    return song.mtime, song.filesize, song.duration, song.mapped_path


def _description(song: Song) -> tuple[object, ...]:
    return song.title, song.artist, song.album, song.albumartist, song.genre, song.year, song.track
