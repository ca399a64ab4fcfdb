"""Songs by name: how a shell calls a song, and which song it means by what the owner typed."""

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.errors import UserError
from core.file_url import is_local, path_text
from core.song import SECTION, Song, SongId


def path_of(song: Song) -> str:
    """The absolute path of a file; what is no file of this machine (a stream) has only its URL."""
    return str(song.filepath) if is_local(song.filename) else song.filename


def name_of(song: Song) -> str:
    """What to type for a song: its path, with the section of a cue track."""
    section = f"{SECTION}{song.beginning:g}" if song.is_cue_track else ""
    return _typable(path_of(song) + section, song.song_id)


def name_of_id(song_id: SongId) -> str:
    """The same for a song that the library does not have any more."""
    url, mark, section = song_id.partition(SECTION)
    return _typable(path_text(url) + mark + section, song_id) if is_local(url) else song_id


def path_of_id(song_id: SongId) -> str:
    """The absolute path of a song that the library may not have any more; a section stays at its end."""
    url, mark, section = song_id.partition(SECTION)
    return path_text(url) + mark + section if is_local(url) else song_id


def file_name_of_id(song_id: SongId) -> str:
    """The last part of ``name_of_id``: enough where a table names many songs."""
    return name_of_id(song_id).rstrip("/").rpartition("/")[2] or song_id


def _typable(name: str, song_id: SongId) -> str:
    """The URL, which is plain ASCII, stands for a name that cannot be shown as it is."""
    return name if name.isprintable() else song_id


@dataclass(frozen=True)
class _Place:
    """A file as it was typed, and the section of it if one was named."""

    path: str
    section: str = ""


class NamedSongs:
    """Finds songs by path, by file URL or by the key that JSON and CSV give."""

    def __init__(self, songs: Iterable[Song], *, also: Iterable[SongId] = ()) -> None:
        """``also`` are songs that are to be found though the library does not have them any more."""
        places = {song_id: path_text(song_id.partition(SECTION)[0]) for song_id in also if is_local(song_id)}
        places |= {song.song_id: path_of(song) for song in songs}
        self._at: dict[str, list[SongId]] = defaultdict(list)
        for song_id, path in places.items():
            self._at[path].append(song_id)
        self._known = {*places, *also}

    def find(self, texts: Sequence[str], *, else_unchanged: bool = False) -> list[SongId]:
        """The songs that are meant, each once, in their order; raises UserError if one of them is none or several.

        ``else_unchanged`` says to who would change something of several songs that then nothing was.
        """
        return list(dict.fromkeys(self._one(text, else_unchanged=else_unchanged) for text in texts))

    def _one(self, text: str, *, else_unchanged: bool) -> SongId:
        if text in self._known:
            return SongId(text)
        for place in _readings(text):
            inside = self._in_file(place.path)
            found = [each for each in inside if _section(each) == place.section] or inside
            if len(found) == 1 and (_section(found[0]) == place.section or not place.section):
                return found[0]
            if found and not place.section:
                example = f"{text}{SECTION}{_section(found[-1])}"
                raise UserError(f"{text} holds {len(found)} songs: say which by its first second, such as {example}.")
        named = name_of_id(SongId(text)) if text.strip() else f"“{text}”"
        raise UserError(f"{named} is no song of your library{', so nothing was changed' if else_unchanged else ''}.")

    def _in_file(self, path: str) -> list[SongId]:
        """The songs of a file, by its path as the player has it or by another that leads there."""
        name = os.path.basename(path)  # noqa: PTH119 - text, which may be no path at all
        if path in self._at or not name or "\0" in path:
            return self._at.get(path, [])
        real = os.path.realpath(path)
        alike = (known for known in self._at if known.endswith(name) and os.path.realpath(known) == real)
        return self._at.get(next(alike, ""), [])


def _readings(text: str) -> list[_Place]:
    """What a text may mean: a file, or a section of one; a name may hold the mark of a section itself."""
    file, mark, section = text.rpartition(SECTION)
    texts = [(text, ""), (file, section)] if mark else [(text, "")]
    return [_Place(path_text(each) if is_local(each) else _absolute(each), seconds) for each, seconds in texts]


def _absolute(path: str) -> str:
    return os.path.abspath(os.path.expanduser(path))  # noqa: PTH100, PTH111 - Path keeps the .. that a shell completes


def _section(song_id: SongId) -> str:
    return song_id.partition(SECTION)[2]
