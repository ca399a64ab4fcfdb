"""A small music folder of real files: rated songs with plain names, and unrated ones with every awkward name."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import mutagen
import numpy as np
import soundfile

from tests.audio_files import FORMATS, Samples, write_sound

AWKWARD_NAMES = (
    "with space.mp3",
    "percent %41 20%.ogg",
    "%.flac",
    "hash #1.m4a",
    "question?.opus",
    "amp & <less> > more.wav",
    'double "quotes".mp3',
    "single 'quotes' ´`.flac",
    unicodedata.normalize("NFC", "Größe café.ogg"),
    unicodedata.normalize("NFD", "Größe café.ogg"),
    "日本語 音楽 노래.flac",
    "emoji 🎵 👩‍🎤.mp3",
    "line\nbreak.flac",
    "tab\tand bell\a.flac",
    " leading blank.m4a",
    "trailing blank .mp3",
    "[brackets] {braces} (round).flac",
    "semicolon; comma, colon: equals=.ogg",
    "plus+at@dollar$star*tilde~caret^bar|.flac",
    "http: no address.flac",
    "file:%2F%2F no url either.flac",
    "-dash first.mp3",
    "# hash first.flac",
    "UPPER CASE.FLAC",
    "]]> &amp; &#65;.flac",
    "𝕌𝕟𝕚𝕔𝕠𝕕𝕖 \u202eleft\u202c \u200b.flac",
    "long " + "ä" * 110 + ".flac",
)
AWKWARD_FOLDERS = ("folder with trailing blank ", " #?%41&", "Ünïcödé 日本", "new\nfolder", "a;b+c")
BACKSLASH = "back\\slash.flac"
CUE_IMAGE = "whole album.flac"
CUE_TRACKS = ("First of three", "Second of three", "Third of three")
PLAIN_SONGS = 16
RATE = 44100
CUE_SHEET = """PERFORMER "Cue artist"
TITLE "Cue album"
FILE "{image}" WAVE
"""
CUE_TRACK = """  TRACK {number:02} AUDIO
    TITLE "{title}"
    PERFORMER "Cue artist"
    INDEX 01 00:{second:02}:00
"""


@dataclass(frozen=True)
class MusicFolder:
    """A folder of music and what was put there."""

    folder: Path
    plain: list[Path]
    """To be rated; by four artists."""
    awkward: list[Path]
    """Files that a playlist can name; of each the title and artist are as awkward as its name, if it has tags."""
    backslash: Path
    cue_image: Path

    @property
    def rows(self) -> int:
        """How many songs a player lists."""
        return len(self.plain) + len(self.awkward) + 1 + len(CUE_TRACKS)


def make_music(folder: Path) -> MusicFolder:
    """Write all files: some seconds of invented melody each, no two alike."""
    folder.mkdir(parents=True)
    plain = [folder / f"artist {n % 4}" / f"song {n:02}.{FORMATS[n % len(FORMATS)]}" for n in range(PLAIN_SONGS)]
    awkward = [folder / "names" / name for name in AWKWARD_NAMES]
    awkward += [folder / name / "song.flac" for name in AWKWARD_FOLDERS]
    backslash, image = folder / BACKSLASH, folder / CUE_IMAGE
    for seed, path in enumerate([*plain, *awkward, backslash]):
        write_song(path, seed=seed)
    write_song(image, seed=1000, seconds=9)
    image.with_suffix(".cue").write_text(cue_sheet(image, CUE_TRACKS))
    return MusicFolder(folder, plain, awkward, backslash, image)


def write_song(path: Path, *, seed: int, seconds: float = 4.0) -> Path:
    """A file with tags, but for WAV; every fourth of the awkward has none, so that its name is its title."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sound = melody(seed=seed, seconds=seconds)
    if path.suffix.lower() == ".flac":
        soundfile.write(path, sound.T, RATE)  # most of them: twenty times as fast as to start ffmpeg
    else:
        write_sound(path, sound, sample_rate=RATE)
    if path.suffix != ".wav" and (seed < PLAIN_SONGS or seed % 4):
        tag(path, title=f"{path.stem.strip()} & <{seed}>", artist=path.parent.name, album=f"Album “{seed // 4}”")
    return path


def tag(path: Path, **tags: str) -> None:
    """Set tags as a tagger does."""
    file = mutagen.File(path, easy=True)
    assert file is not None, f"no tags can be written to {path}"
    file.update({name: [value] for name, value in tags.items()})
    file.save()


def melody(*, seed: int, seconds: float, sample_rate: int = RATE) -> Samples:
    """Four notes a second, each with overtones, chosen by chance: music enough to be told from another seed."""
    chance = np.random.default_rng(seed)
    length = sample_rate // 4
    times = np.arange(length) / sample_rate
    fade = np.exp(-4 * times * chance.uniform(0.5, 3))
    overtones = chance.uniform(0.1, 1, 5)
    notes = 110 * 2 ** (chance.integers(0, 36, round(seconds * 4)) / 12)
    sound = [
        fade * sum(level * np.sin(2 * np.pi * note * number * times) for number, level in enumerate(overtones, 1))
        for note in notes
    ]
    mono = np.concatenate(sound)
    return np.tile(0.5 * mono / np.abs(mono).max(), (2, 1)).astype(np.float32)


def cue_sheet(image: Path, titles: Iterable[str]) -> str:
    """A sheet with a track each three seconds."""
    tracks = (CUE_TRACK.format(number=n + 1, title=title, second=3 * n) for n, title in enumerate(titles))
    return CUE_SHEET.format(image=image.name) + "".join(tracks)
