"""The plan of the demo library: artists, albums and songs from the catalog, each with the sound that it will have."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any
from zlib import crc32

import numpy as np
import yaml

from core.demo.harmony import DARKNESS
from core.demo.styles import STYLES, Style

FORMATS = ("mp3", "flac", "ogg", "m4a", "opus", "wav")


@dataclass(frozen=True, kw_only=True)
class Production:
    """How an album was mixed: the same for all of its songs."""

    bass_db: float
    treble_db: float
    gain_db: float
    reverb: float
    """Factor on the style's own share of reverb."""


@dataclass(frozen=True, kw_only=True)
class SongSound:
    """Everything that the synthesis needs to know; equal values give equal samples."""

    style: str
    seed: int
    tempo: float
    """Beats per minute."""
    key: int
    """MIDI note of the key, around 57."""
    progressions: tuple[tuple[int, ...], tuple[int, ...]]
    """Of the verse and of the chorus, as scale degrees."""
    brightness: float
    """Hertz where the mix is rolled off."""
    lead_density: float
    reverb: float
    drum_level: float
    seconds: float
    """About how long to play, without the tail; the song ends with a section."""
    production: Production

    @property
    def character(self) -> Style:
        """The style that the song is played in."""
        return STYLES[self.style]

    @property
    def darkness(self) -> float:
        """From -1 (plain major) to 1 (phrygian)."""
        return DARKNESS[self.character.scale]


@dataclass(frozen=True, kw_only=True)
class DemoSong:
    """One original song: its tags, its format and its sound."""

    artist: str
    album: str
    title: str
    track: int
    tracks: int
    year: int
    genre: str
    format: str
    sound: SongSound

    @property
    def relative_path(self) -> str:
        """Artist/Album/NN - Title.format; a slash in a name becomes a dash."""
        parts = (self.artist, self.album, f"{self.track:02d} - {self.title}.{self.format}")
        return "/".join(part.replace("/", "-") for part in parts)


def generator(seed: int, *names: str) -> np.random.Generator:
    """Random numbers that depend on the seed and on what they are for, not on the order in which songs are made."""
    return np.random.default_rng([seed, *(crc32(name.encode()) for name in names)])


def plan_songs(seed: int, *, limit: int | None = None) -> tuple[DemoSong, ...]:
    """All original songs of the catalog, or ``limit`` of them that are spread over all albums."""
    songs = [
        _song(seed, artist=artist, album=album, track=track)
        for artist in _catalog()
        for album in artist["albums"]
        for track in range(1, len(album["songs"]) + 1)
    ]
    return _spread(songs, limit=limit)


def _spread(songs: Sequence[DemoSong], *, limit: int | None) -> tuple[DemoSong, ...]:
    """First tracks first, so that a small library still has many artists, styles and formats."""
    if limit is None:
        return tuple(songs)
    return tuple(sorted(songs, key=lambda song: song.track)[:limit])


@cache
def _catalog() -> list[dict[str, Any]]:
    text = files("resources.demo").joinpath("catalog.yaml").read_text(encoding="utf-8")
    return list(yaml.safe_load(text)["artists"])


def _song(seed: int, *, artist: dict[str, Any], album: dict[str, Any], track: int) -> DemoSong:
    title = album["songs"][track - 1]
    return DemoSong(
        artist=artist["name"],
        album=album["title"],
        title=title,
        track=track,
        tracks=len(album["songs"]),
        year=album["year"],
        genre=album.get("genre", artist["genre"]),
        format=album["format"],
        sound=_sound(seed, style=artist["style"], names=(artist["name"], album["title"], title)),
    )


def _production(seed: int, *, names: tuple[str, str]) -> Production:
    numbers = generator(seed, "production", *names)
    return Production(
        bass_db=float(numbers.normal(0.0, 2.0)),
        treble_db=float(numbers.normal(0.0, 2.0)),
        gain_db=float(numbers.uniform(-7.0, -1.0)),
        reverb=float(numbers.uniform(0.6, 1.6)),
    )


def _sound(seed: int, *, style: str, names: tuple[str, str, str]) -> SongSound:
    """The style, bent by the artist's habits and then by the song; the album adds its production."""
    character = STYLES[style]
    production = _production(seed, names=names[:2])
    habits = generator(seed, "artist", names[0])
    habitual = _bent(_middle(character, production=production, style=style), numbers=habits, amount=0.5)
    song = _bent(habitual, numbers=generator(seed, "song", *names), amount=1.0)
    return replace(song, seed=crc32("/".join((str(seed), *names)).encode()))


def _middle(character: Style, *, production: Production, style: str) -> SongSound:
    """The most ordinary song of a style."""
    progression = character.progressions[0]
    return SongSound(
        style=style,
        seed=0,
        tempo=sum(character.tempo) / 2.0,
        key=57,
        progressions=(progression, progression),
        brightness=character.brightness,
        lead_density=character.lead_density,
        reverb=min(0.7, character.reverb * production.reverb),
        drum_level=character.drum_level,
        seconds=42.0,
        production=production,
    )


def _bent(sound: SongSound, *, numbers: np.random.Generator, amount: float) -> SongSound:
    """A deviation; tempo stays near the style's range, most songs are short and a few are long."""
    character = sound.character
    low, high = character.tempo
    verse, chorus = (character.progressions[index] for index in numbers.permutation(len(character.progressions))[:2])
    return replace(
        sound,
        tempo=sound.tempo + amount * float(numbers.uniform(-0.5, 0.5)) * (high - low),
        key=sound.key + int(numbers.integers(-3, 4)),
        progressions=(verse, chorus),
        brightness=float(np.clip(sound.brightness * np.exp(amount * numbers.normal(0.0, 0.45)), 900.0, 14_500.0)),
        lead_density=float(np.clip(sound.lead_density * numbers.uniform(0.75, 1.25), 0.08, 0.9)),
        drum_level=sound.drum_level * float(np.exp(amount * numbers.normal(0.0, 0.2))),
        seconds=float(28.5 + min(57.0, numbers.exponential(5.0))),
    )
