"""What every real library has besides its songs: copies, conversions, a damaged file and a mix that is too long."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.demo.encode import loop_mp3, transcode
from core.demo.recipe import DemoSong

LONG_SECONDS = 16 * 60
"""Over the 15 minutes up to which a file counts as a song."""

UNDAMAGED_BYTES = 8192
"""A FLAC encoder pads its header to 8 KiB, so a damaged file keeps its tags and length and loses every sample."""

Kind = Literal["identical", "transcoded", "damaged", "too long"]


@dataclass(frozen=True, kw_only=True)
class Oddity:
    """A file that is made from a song of the library."""

    relative_path: str
    kind: Kind
    source: DemoSong
    title: str

    @property
    def is_copy(self) -> bool:
        """Whether the file holds the same recording as its source."""
        return self.kind in {"identical", "transcoded"}


def plan_oddities(songs: Sequence[DemoSong]) -> tuple[Oddity, ...]:
    """Two identical copies, three conversions, one damaged file and one long mix, as far as the formats are there."""
    of_format = {song.format: song for song in reversed(songs)}
    wanted: list[tuple[Kind, str, str]] = [
        ("identical", "mp3", "Old laptop/{artist} - {title}.mp3"),
        ("identical", "ogg", "Old laptop/{artist} - {title}.ogg"),
        ("transcoded", "mp3", "For the hi-fi/{artist} - {title}.flac"),
        ("transcoded", "flac", "For the car/{artist} - {title}.mp3"),
        ("transcoded", "wav", "For the car/{artist} - {title}.opus"),
        ("damaged", "flac", "{artist}/{album}/{next:02d} - Water Damage.flac"),
        ("too long", "mp3", "{artist}/{album}/{next:02d} - The Whole Evening (Continuous Mix).mp3"),
    ]
    return tuple(
        _oddity(kind, source=of_format[suffix], pattern=pattern)
        for kind, suffix, pattern in wanted
        if suffix in of_format
    )


def _oddity(kind: Kind, *, source: DemoSong, pattern: str) -> Oddity:
    path = pattern.format(artist=source.artist, album=source.album, title=source.title, next=source.tracks + 1)
    title = Path(path).stem.split(" - ", 1)[1] if "{next" in pattern else source.title
    return Oddity(relative_path=path, kind=kind, source=source, title=title)


def make_oddity(oddity: Oddity, *, music: Path) -> None:
    """Write the file below ``music``, where its source already is."""
    source, target = music / oddity.source.relative_path, music / oddity.relative_path
    tags = song_tags(oddity.source) | _own_tags(oddity)
    if oddity.kind == "identical":
        shutil.copyfile(source, target)
    elif oddity.kind == "transcoded":
        transcode(source, target=target, codec=target.suffix.removeprefix("."), tags=tags)
    elif oddity.kind == "damaged":
        transcode(source, target=target, codec="flac", tags=tags)
        _damage(target)
    else:
        loop_mp3(source, target=target, tags=tags, seconds=LONG_SECONDS)


def _own_tags(oddity: Oddity) -> dict[str, str]:
    """A copy keeps the tags of its source; the others are a further track of its album."""
    return {} if oddity.is_copy else {"title": oddity.title, "track": str(oddity.source.tracks + 1)}


def _damage(path: Path) -> None:
    """Zeros over the audio, as a failing disk leaves them."""
    content = path.read_bytes()
    path.write_bytes(content[:UNDAMAGED_BYTES] + bytes(len(content) - UNDAMAGED_BYTES))


def song_tags(song: DemoSong) -> dict[str, str]:
    """The tags as ffmpeg names them."""
    return {
        "title": song.title,
        "artist": song.artist,
        "album": song.album,
        "album_artist": song.artist,
        "genre": song.genre,
        "date": str(song.year),
        "track": f"{song.track}/{song.tracks}",
    }
