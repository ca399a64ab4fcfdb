"""Draws the pages with real content: ``python -m desktop.screenshots FOLDER`` (``make screenshots``).

The songs are those of the demo library: as it was analysed if it is there, else as its recipe plans it, without sound.
Each picture comes in light and dark at 1280x800; a second process draws the library at twice the scale, 2560x1440.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from core.paths import Profile
from core.song import UNRATED, Song, SongId
from core.store.companion import Prediction

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QApplication

    from desktop.item_models.song_rows import SongRows
    from desktop.main_window import MainWindow
    from desktop.session import Session

Widget = TypeVar("Widget", bound=Any)

SIZES = {1: (1280, 800), 2: (1280, 720)}
"""The window in device-independent pixels, by scale."""
SEED = 1
DOUBT = 0.16


def main() -> None:
    """Draw at this process's scale, then let another one draw at twice that."""
    folder = Path(sys.argv[1]).absolute()
    scale = int(os.environ.get("QT_SCALE_FACTOR", "1"))
    folder.mkdir(parents=True, exist_ok=True)
    for path in draw_all(folder, scale=scale):
        print(path)  # noqa: T201 - what a command line is for
    if scale == 1:
        command = [sys.executable, "-m", "desktop.screenshots", str(folder)]
        subprocess.run(command, env=os.environ | {"QT_SCALE_FACTOR": "2"}, check=True)


def draw_all(folder: Path, *, scale: int) -> Iterator[Path]:
    """Draw every scene in both schemes; yields each file."""
    from desktop.app import make_application
    from desktop.style.theme import dress

    application = make_application()
    rows = demo_rows()
    for dark in (False, True):
        dress(application, dark=dark)
        for name, arrange in SCENES.items() if scale == 1 else LARGE_SCENES.items():
            ending = ("-dark" if dark else "-light") + ("" if scale == 1 else f"-{scale}x")
            path = folder / f"{name}{ending}.png"
            _draw(application, arrange=arrange, rows=rows, size=SIZES[scale]).save(str(path))
            yield path


@dataclass(frozen=True)
class Scene:
    """A window that is being set up for its picture."""

    window: "MainWindow"
    session: "Session"
    rows: "SongRows"

    def find(self, kind: type[Widget], text: str = "") -> Widget:
        """The control of a kind, with a text if there are several."""
        return next(each for each in self.window.findChildren(kind) if not text or text in each.text())


def _draw(
    application: "QApplication", *, arrange: Callable[[Scene], None], rows: "SongRows", size: tuple[int, int]
) -> "QPixmap":
    from PySide6.QtCore import QSettings

    from desktop.main_window import MainWindow
    from desktop.session import Session
    from desktop.task_runner import TaskRunner

    with tempfile.TemporaryDirectory() as folder:
        session = Session(TaskRunner())
        settings = QSettings(str(Path(folder) / "window.ini"), QSettings.Format.IniFormat)
        window = MainWindow(session, settings=settings)
        window.resize(*size)
        window.show()
        session.rows_read.emit(rows)
        arrange(Scene(window, session, rows))
        application.processEvents()
        application.processEvents()
        picture = window.grab()
        window.close()
    return picture


def _library(scene: Scene) -> None:
    """By prediction, while the analysis goes on."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QTableView

    from core.jobs.events import Progress
    from desktop.item_models.song_rows import Column

    table = scene.find(QTableView)
    table.sortByColumn(Column.PREDICTED, Qt.SortOrder.DescendingOrder)
    table.selectRow(2)
    scene.session.progressed.emit(Progress(4_210, 60_113, 16.8, 3_310.0))


def _playlist(scene: Scene) -> None:
    """After a click on the button, with two more things to be told."""
    from core.parts.suggestions import Playlist
    from core.recommend.ranking import Ranking, Recommendation

    unrated = [song for song in scene.rows.songs if not song.is_rated][:24]
    chosen = [Recommendation(song, 0.8, number) for number, song in enumerate(unrated, 1)]
    scene.session.noticed.emit("The music folder /media/archive is missing: connect its disk.")
    scene.session.songs_skipped.emit(len(scene.rows.skipped))
    notice = "24 of 100 songs reach the minimum of 0.70; a minimum of 0.52 would give 32."
    scene.session.playlist_made.emit(Playlist(Path("/music/Marmalade.xspf"), Ranking(chosen, notice)))


def _skipped(scene: Scene) -> None:
    from PySide6.QtWidgets import QPushButton

    scene.find(QPushButton, "Skipped").setChecked(True)


def _nothing_found(scene: Scene) -> None:
    from PySide6.QtWidgets import QLineEdit

    scene.find(QLineEdit).setText("polka from the moon")


def _no_library(scene: Scene) -> None:
    home = Path.home()
    scene.session.not_opened.emit("")
    places = [
        home / ".config/Clementine/clementine.db",
        home / "snap/clementine/current/.config/Clementine/clementine.db",
    ]
    scene.window.not_opened.explain("", places=[*places, home / ".local/share/strawberry/strawberry/strawberry.db"])


SCENES = {
    "library": _library,
    "playlist": _playlist,
    "skipped": _skipped,
    "nothing-found": _nothing_found,
    "no-library": _no_library,
}
LARGE_SCENES = {"library": _library}


# ------------------------------------------------------------------------------------------------------- the songs


def demo_rows() -> "SongRows":
    """The demo library as the window would show it, and songs that are hard to show."""
    from desktop.item_models.song_rows import make_rows

    songs, predictions = _analysed_demo() or _planned_demo()
    skipped = {
        song.song_id: reason
        for song, reason in zip(songs[-3:], ("Too long: 962 s", "Damaged", "Not audio"), strict=True)
    }
    predictions = {song_id: each for song_id, each in predictions.items() if song_id not in skipped}
    return make_rows(songs, predictions=predictions, skipped=skipped)


def _analysed_demo() -> tuple[list[Song], dict[SongId, Prediction]] | None:
    """The demo of this machine's owner, read and left as it is."""
    from core.demo.session import demo_profile
    from core.engine import Engine

    folder = Profile.of_user().cache / "demo"
    if not (demo_profile(folder).companion_database.is_file() and (folder / "library/clementine.db").is_file()):
        return None
    with Engine.open(profile=demo_profile(folder), database=folder / "library/clementine.db") as engine:
        predictions = engine.predictions()
        return ([*engine.library().songs, *_awkward_songs()], predictions) if predictions else None


def _planned_demo() -> tuple[list[Song], dict[SongId, Prediction]]:
    """What the recipe plans, predicted a little beside the truth."""
    import numpy as np

    from core.demo.recipe import plan_songs
    from core.demo.taste import plant_taste

    planned = plan_songs(SEED)
    taste = plant_taste(planned, seed=SEED)
    songs = [
        Song(
            number,
            song.title,
            song.artist,
            song.album,
            song.year,
            float(rating),
            f"file:///{song.relative_path}",
            genre=song.genre,
            track=song.track,
        )
        for number, (song, rating) in enumerate(zip(planned, taste.ratings, strict=True))
    ]
    guesses = np.clip(taste.truth + np.random.default_rng(SEED).normal(0.0, 0.06, len(songs)), 0.1, 1.0)
    predictions = {
        song.song_id: Prediction(song.song_id, guess, max(0.0, guess - DOUBT), min(1.0, guess + DOUBT))
        for song, guess in zip(songs, guesses.tolist(), strict=True)
    }
    return [*songs, *_awkward_songs()], predictions


def _awkward_songs() -> list[Song]:
    """Long names, other scripts, missing facts: a table that can show these can show a real library."""
    described = (
        ("Symphony No. 9 in D minor, Op. 125 “Choral”: IV. Presto – Allegro assai", "Orquesta Sinfónica", 1989, 0.9),
        ("夜に駆ける", "ヨアソビ", 2019, 0.8),
        ("حبيبي يا نور العين", "عمرو دياب", 1996, UNRATED),
        ("Ænima (live)", "", -1, 0.5),
        ("All Night Mix", "Various Artists", 2011, UNRATED),
        ("untitled", "Unknown Artist", -1, UNRATED),
        ("cover", "Unknown Artist", -1, 0.3),
    )
    return [
        Song(
            1000 + number,
            title,
            artist,
            "Live at the Royal Festival Hall",
            year,
            rating,
            f"file:///awkward/{number}.mp3",
        )
        for number, (title, artist, year, rating) in enumerate(described)
    ]


if __name__ == "__main__":
    main()
