"""What is made once for all: the running player with its library, and that library listened to."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.file_url import url_from_path
from tests.audio_files import FORMATS
from tests.integration.command_line import CommandLine
from tests.integration.player import PROGRAMS, PlayerSession, require
from tests.integration.songs import MusicFolder, make_music, write_song
from tests.library_databases import PlayerDatabase, SongRow


@dataclass(frozen=True)
class RunningPlayer:
    """The real Clementine with a library of real files, of which the plain ones have stars."""

    session: PlayerSession
    music: MusicFolder

    @property
    def ratings(self) -> dict[Path, float]:
        """In the steps that clicks on the stars give: by artist, with some scatter."""
        return {path: (3 + n % 4 * 2 + n % 3 - 1) / 10 for n, path in enumerate(self.music.plain)}

    @property
    def playlists(self) -> Path:
        return self.music.folder / "recommendations"


@dataclass(frozen=True)
class Analysed:
    """Marmalade beside the running player, after a scan by its command line."""

    marmalade: CommandLine
    scanned: dict[str, Any]


@dataclass(frozen=True)
class MadeLibrary:
    """A library made in code, for tests that need no player: nobody changes it."""

    database: PlayerDatabase
    music: Path
    songs: list[SongRow]
    bad: list[Path]
    """Files that cannot be listened to."""


@pytest.fixture(scope="session")
def made_library(tmp_path_factory: pytest.TempPathFactory) -> MadeLibrary:
    return make_library(tmp_path_factory.mktemp("made library"))


@pytest.fixture(scope="session")
def listened(made_library: MadeLibrary, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """A profile that has listened to the made library and learned from it; tests take copies."""
    folder = tmp_path_factory.mktemp("listened")
    marmalade = CommandLine(profile=folder / "profile", database=made_library.database.path)
    marmalade.done("scan")
    marmalade.done("train-classifier")
    return marmalade


def make_library(folder: Path) -> MadeLibrary:
    """A music folder and a database beside it; the second time the sounds are cheap."""
    music = folder / "Music"
    bad = [music / "empty.mp3", music / "text.ogg", music / "missing.flac"]
    songs = [song_row(music, number) for number in range(24)]
    for number, song in enumerate(songs):
        write_song(song.path, seed=number)
    bad[0].touch()
    bad[1].write_text("no sound at all")
    rows = [*songs, *(SongRow(path=path, title=path.stem) for path in bad)]
    database = PlayerDatabase.create(folder / "player/clementine.db", directories=[music], songs=rows)
    return MadeLibrary(database, music, songs, bad)


def song_row(music: Path, number: int) -> SongRow:
    """The first 16 have stars; four artists in a folder each."""
    artist = f"artist {number % 4}"
    rating = (3 + number % 4 * 2 + number % 3 - 1) / 10 if number < 16 else -1
    path = music / artist / f"song {number:02}.{FORMATS[number % len(FORMATS)]}"
    return SongRow(path=path, title=f"Song {number}", artist=artist, album=f"Album {number // 4}", rating=rating)


@pytest.fixture(scope="session")
def player() -> Iterator[RunningPlayer]:
    require(*PROGRAMS)
    # The folders of pytest are too long: a socket's path must stay under 108 bytes.
    with tempfile.TemporaryDirectory(prefix="player-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        music = make_music(folder / "Music")
        with PlayerSession.open(folder) as session:
            session.start()
            session.quit()
            session.add_music_folder(music.folder)
            session.start()
            session.wait_for_songs(music.rows)
            session.quit()
            running = RunningPlayer(session, music)
            session.rate({url_from_path(path): rating for path, rating in running.ratings.items()})
            session.start()
            yield running


@pytest.fixture(scope="session")
def analysed(player: RunningPlayer) -> Analysed:
    marmalade = CommandLine(
        profile=player.session.folder / "profile",
        database=player.session.database,
        environment=player.session.environment,
    )
    marmalade.configure(music={"playlist_folder": str(player.playlists)})
    return Analysed(marmalade, marmalade.done("scan", "--workers", 1))
