"""A small library of real sound, its player's database, and scans of it that count what they open and decode.

Use::

    music = ScannedLibrary.create(tmp_path, monkeypatch)
    path = music.add("a.flac", melody(seed=1), rating=0.8)
    with music.open() as engine:
        scanned = music.scan(engine)
    assert (scanned.finished.analysed, scanned.decoded) == (1, 1)
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import mutagen
import numpy as np
import pytest
from numpy.typing import NDArray

from core.analysis import analyse_song
from core.analysis.scan import ScanFinished
from core.engine import Engine
from core.jobs.events import Control, Event, Notice, SongRecognized, SongSkipped
from core.paths import Profile
from core.song import Song, SongId
from tests.audio_files import write_sound
from tests.inline_pool import InlinePool
from tests.library_databases import PlayerDatabase, SongRow
from tests.planted_copies import Samples, melody

RATE = 22050
SECONDS = 12.0
LATER = 1_900_000_000
SETTINGS = "hyperparameters: {embedding_dim: 16}\n"


@dataclass(frozen=True)
class Scanned:
    """What a scan told, and what it cost."""

    events: list[Event]
    decoded: int
    opened: int
    calls: list[str]
    """The names of what was done in the pool, without what loads the models."""

    @property
    def finished(self) -> ScanFinished:
        assert isinstance(self.events[-1], ScanFinished)
        return self.events[-1]

    @property
    def counts(self) -> tuple[int, int, int]:
        """The songs that were decoded, recognized and skipped."""
        return self.finished.analysed, self.finished.recognized, self.finished.skipped

    @property
    def notices(self) -> list[str]:
        return [event.sentence for event in self.events if isinstance(event, Notice)]

    @property
    def recognized(self) -> dict[SongId, SongId]:
        return {event.song_id: event.same_as for event in self.events if isinstance(event, SongRecognized)}

    @property
    def skipped(self) -> dict[SongId, str]:
        return {event.song_id: event.reason for event in self.events if isinstance(event, SongSkipped)}


@dataclass
class ScannedLibrary:
    """Music, the player's database and a profile below one folder."""

    folder: Path
    music: Path
    database: PlayerDatabase
    profile: Profile
    pool: InlinePool
    _decoded: list[Path] = field(default_factory=list)
    _opened: list[Path] = field(default_factory=list)

    @classmethod
    def create(cls, folder: Path, monkeypatch: pytest.MonkeyPatch) -> "ScannedLibrary":
        """An empty library; from here on the engine works in this process."""
        music = folder / "music"
        music.mkdir()
        database = PlayerDatabase.create(folder / "clementine.db", directories=[music])
        profile, pool = Profile.below(folder / "profile"), InlinePool.in_place_of_workers(monkeypatch)
        library = cls(folder, music, database, profile, pool)
        library.configure("")
        library._count(monkeypatch)
        return library

    def configure(self, text: str) -> None:
        """Set the configuration that an engine reads when it is opened."""
        self.profile.config.mkdir(parents=True, exist_ok=True)
        self.profile.config_file.write_text(SETTINGS + text)

    def open(self) -> Engine:
        return Engine.open(profile=self.profile, database=self.database.path)

    def add(self, name: str, sound: NDArray[np.float32], **columns: Any) -> Path:  # noqa: ANN401 - as SongRow
        """Write mono sound (n,) at 22,050 Hz to a file and tell the player of it."""
        path = self.music / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_sound(path, sound[np.newaxis], sample_rate=RATE)
        self.enter(path, duration=len(sound) / RATE, **columns)
        return path

    def enter(self, path: Path, **columns: Any) -> None:  # noqa: ANN401 - as SongRow
        """Add a row for a file that is there."""
        state = path.stat()
        row = {"title": path.stem, "mtime": int(state.st_mtime), "filesize": state.st_size} | columns
        self.database.add(SongRow(path=path, **row))

    def scan(self, engine: Engine, *, encoder: str | None = None, control: Control | None = None) -> Scanned:
        self._decoded.clear()
        self._opened.clear()
        self.pool.calls.clear()
        events = list(engine.scan(workers=1, encoder=encoder, control=control))
        loading = {"warm_up", "check_speech_models", "describe_encoder"}
        calls = [name for name in self.pool.names() if name not in loading]
        return Scanned(events, len(self._decoded), len(self._opened), calls)

    def _count(self, monkeypatch: pytest.MonkeyPatch) -> None:
        decode, open_file = analyse_song.decode_wish, analyse_song.open_file

        def decode_and_count(file: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as decode_wish
            self._decoded.append(Path(file.filename))
            return decode(file, *arguments, **named)

        def open_and_count(path: Path) -> Any:  # noqa: ANN401 - as open_file
            self._opened.append(path)
            return open_file(path)

        monkeypatch.setattr(analyse_song, "decode_wish", decode_and_count)
        monkeypatch.setattr(analyse_song, "open_file", open_and_count)


def song_at(engine: Engine, path: Path) -> Song:
    """The song of a file."""
    (found,) = [song for song in engine.library().songs if song.filepath == path]
    return found


def id_of(engine: Engine, path: Path) -> SongId:
    return song_at(engine, path).song_id


def sound(seed: int) -> Samples:
    """Music that no other seed makes, just long enough to be told from other music."""
    return melody(seed=seed, seconds=SECONDS)


def retag(path: Path, title: str = "A much longer title" * 1000) -> None:
    """What a tagger does: the size and the time of the file change, here beyond what a format keeps free for tags."""
    before = path.stat()
    tags = mutagen.File(path, easy=True)
    if tags.tags is None:
        tags.add_tags()
    tags["title"] = title
    tags.save()
    os.utime(path, (LATER, LATER))
    assert path.stat().st_size != before.st_size


def touch_later(path: Path) -> None:
    os.utime(path, (LATER, LATER))


def written_at(engine: Engine) -> dict[str, float]:
    version = str(engine.active_version)
    return engine.stores.embeddings.written_at(sorted(engine.stores.embeddings.filenames(version)), version)


def vector_of(engine: Engine, song_id: SongId) -> Samples:
    found = engine.stores.embeddings.get_embedding(song_id, str(engine.active_version))
    assert found is not None
    return found
