"""Drives the real Clementine: a display, a bus and a home of its own, so that no other player is touched.

with PlayerSession.open(folder) as player:
    player.start()
    player.quit()                       # the first start made the database
    player.add_music_folder(music)      # only noticed at a start
    player.start()
    player.wait_for_songs(12)
    player.create_playlist("Mine", playlist)
    player.playlist_rows("Mine")
"""

import ast
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pytest

from tests.integration.waiting import settled, wait_for, within

PROGRAMS = ("clementine", "Xvfb", "dbus-daemon", "gdbus")
BUS_NAME = "org.mpris.MediaPlayer2.clementine"
BUS_OBJECT = "/org/mpris/MediaPlayer2"
TRIES = 4
"""Starts until it counts as broken: Clementine was seen to crash in 3 of 60."""
START_LIMIT = 90.0
SCAN_LIMIT = 120.0
QUIT_LIMIT = 40.0
TEXT = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
"""A string in the notation of GVariant, which for strings is also Python's."""
CHANGE_COUNTER = slice(24, 28)
"""Where SQLite counts the commits in the header of a database."""


@dataclass(frozen=True)
class PlaylistRow:
    """One line of ``playlist_items``; ``url`` is that of the song in the library that ``library_id`` points at."""

    kind: str
    library_id: int | None
    url: str | None


def require(*programs: str) -> None:
    """Skip where a program of ``packaging/system-deps.sh --test`` is not installed; under CI that is a failure."""
    missing = [program for program in programs if shutil.which(program) is None]
    if not missing:
        return
    sentence = f"not installed: {', '.join(missing)} (packaging/system-deps.sh --test brings them)"
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


@dataclass
class PlayerSession:
    """A private desktop with one player on it; ``folder`` is its home and short, for sockets lie in it."""

    folder: Path
    environment: dict[str, str]
    _process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    @classmethod
    @contextmanager
    def open(cls, folder: Path) -> Iterator[Self]:
        """A display and a bus for as long as the block lasts; at its end everything that was started is ended."""
        environment = private_environment(folder)
        configuration = folder / ".config/Clementine/Clementine.conf"
        configuration.parent.mkdir()
        configuration.write_text("[Player]\nvolume=0\n")  # it begins to play what is opened in it
        with (
            announced(
                ["Xvfb", "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-displayfd"], environment
            ) as display,
            announced(["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"], environment) as bus,
        ):
            session = cls(folder, environment | {"DISPLAY": f":{display}", "DBUS_SESSION_BUS_ADDRESS": bus})
            try:
                yield session
            finally:
                session.quit()

    @property
    def database(self) -> Path:
        return self.folder / ".config/Clementine/clementine.db"

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def log(self) -> str:
        return (self.folder / "player.log").read_text(errors="replace")

    def start(self) -> None:
        """Start the player and wait until it answers on the bus."""
        for _ in range(TRIES):
            with (self.folder / "player.log").open("ab") as log:
                self._process = subprocess.Popen(
                    ["clementine", "--verbose"],
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                )
            within(lambda: self._answers() or not self.is_running, limit=START_LIMIT)
            if self.is_running and self._answers():
                return
            self._end()
        pytest.fail(f"Clementine could not be started in {TRIES} tries; its log ends with:\n{self.log[-2000:]}")

    def quit(self) -> None:
        """Ask the player to quit, as its menu does, and insist if it does not."""
        if self.is_running:
            self._call("org.mpris.MediaPlayer2.Quit")
            within(lambda: not self.is_running, limit=QUIT_LIMIT)
        self._end()

    def add_music_folder(self, music: Path) -> None:
        """What the preferences do; a running player would not notice."""
        assert not self.is_running
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute("INSERT INTO directories (path, subdirs) VALUES (?, 1)", [str(music.resolve())])

    def rate(self, ratings: dict[str, float]) -> None:
        """Ratings by URL, put where a click on the stars puts them; a running player would not show them."""
        assert not self.is_running
        with closing(sqlite3.connect(self.database)) as connection, connection:
            for url, rating in ratings.items():
                statement = "UPDATE songs SET rating = ? WHERE CAST(filename AS TEXT) = ?"
                assert connection.execute(statement, [rating, url]).rowcount == 1, f"no song {url}"

    def wait_for_songs(self, count: int) -> None:
        """Wait until a scan has brought so many songs and the player writes no more."""
        query = "SELECT count(*) FROM songs WHERE unavailable = 0"
        wait_for(lambda: self.rows(query)[0][0] >= count, limit=SCAN_LIMIT, what=f"a scan with {count} songs")
        settled(self.change_counter, quiet=1.0, limit=SCAN_LIMIT, what="the end of the scan")

    def create_playlist(self, name: str, playlist: Path) -> None:
        """Open a playlist as a new tab of the running player, as its own command line does."""
        command = ["clementine", "--create", name, os.fspath(playlist)]
        subprocess.run(command, env=self.environment, check=True, timeout=60, capture_output=True)

    def playlist_rows(self, name: str) -> list[PlaylistRow]:
        """The items of the playlist of this name, in their order; empty while there is none."""
        query = (
            "SELECT i.type, i.library_id, CAST(s.filename AS TEXT) FROM playlists p JOIN playlist_items i "
            "ON i.playlist = p.rowid LEFT JOIN songs s ON s.rowid = i.library_id WHERE p.name = ? ORDER BY i.rowid"
        )
        return [PlaylistRow(*row) for row in self.rows(query, [name])]

    def wait_for_playlist(self, name: str) -> list[PlaylistRow]:
        """The items once they are there: the player saves a playlist some time after it has shown it."""
        wait_for(lambda: self.playlist_rows(name), limit=SCAN_LIMIT, what=f"the playlist {name}")
        return settled(lambda: self.playlist_rows(name), quiet=1.0, limit=SCAN_LIMIT, what=f"the playlist {name}")

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """One short read; empty while there is no such table yet."""
        try:
            with closing(sqlite3.connect(f"{self.database.as_uri()}?mode=ro", uri=True)) as connection:
                return connection.execute(query, parameters).fetchall()
        except sqlite3.OperationalError:
            return []

    def change_counter(self) -> int:
        """How often anybody has committed to the database."""
        with self.database.open("rb") as file:
            return int.from_bytes(file.read(100)[CHANGE_COUNTER], "big")

    def playing(self) -> tuple[int, dict[str, str]] | None:
        """The place in the playlist of the song that the player is at, and its tags; None while there is none."""
        said = self._call("org.freedesktop.DBus.Properties.Get", "org.mpris.MediaPlayer2.Player", "Metadata")
        place = re.search(r"Clementine/Track/(\d+)", said)
        found = {name: re.search(rf"'xesam:{name}': <\[?({TEXT})", said) for name in ("title", "artist", "album")}
        tags = {name: ast.literal_eval(match[1]) if match else "" for name, match in found.items()}
        return (int(place[1]), tags) if place else None

    def next_song(self) -> None:
        self._call("org.mpris.MediaPlayer2.Player.Next")

    def stop(self) -> int:
        """Let the player stand still, for it commits at each song; returns the change counter that stays."""
        self._call("org.mpris.MediaPlayer2.Player.Stop")
        return settled(self.change_counter, quiet=1.5, limit=SCAN_LIMIT, what="an idle player")

    def _answers(self) -> bool:
        return "uint32" in self._call(
            "org.freedesktop.DBus.Properties.Get", "org.mpris.MediaPlayer2.Playlists", "PlaylistCount"
        )

    def _call(self, method: str, *arguments: str) -> str:
        command = ["gdbus", "call", "--session", "--timeout", "20", "--dest", BUS_NAME, "--object-path", BUS_OBJECT]
        command += ["--method", method, *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=60, check=False)
        return done.stdout

    def _end(self) -> None:
        if self._process is not None:
            end(self._process)
            self._process = None


def private_environment(folder: Path) -> dict[str, str]:
    """A home below ``folder`` and nothing of the desktop that the tests are run from."""
    places = {
        "HOME": folder,
        "TMPDIR": folder / "tmp",  # holds the socket by which a second call finds the running player
        "XDG_RUNTIME_DIR": folder / "run",
        "XDG_CACHE_HOME": folder / ".cache",
        "XDG_CONFIG_HOME": folder / ".config",
        "XDG_DATA_HOME": folder / ".local/share",
        "XDG_STATE_HOME": folder / ".local/state",
    }
    for place in places.values():
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    desktop = {"LC_ALL": "C.UTF-8", "NO_AT_BRIDGE": "1", "QT_QPA_PLATFORM": "xcb"}  # Qt reads file names by the locale
    return {"PATH": os.environ["PATH"], **desktop, **{name: str(place) for name, place in places.items()}}


@contextmanager
def announced(command: list[str], environment: dict[str, str]) -> Iterator[str]:
    """A server for as long as the block lasts, and the line that it writes to the descriptor named last."""
    reading, writing = os.pipe()
    glued = [*command[:-1], f"{command[-1]}={writing}"] if command[-1].startswith("--") else [*command, str(writing)]
    process = subprocess.Popen(
        glued, env=environment, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            line = answer.readline().strip()
        assert line, f"{command[0]} did not start"
        yield line
    finally:
        end(process)


def end(process: "subprocess.Popen[bytes]", *, patience: float = 20.0) -> None:
    """Ask a process of ours to end, then insist."""
    process.terminate()
    try:
        process.wait(timeout=patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
