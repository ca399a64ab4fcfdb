"""The whole path on the demo library: make it, listen, learn, evaluate, recommend, draw."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from core.demo.library import DemoLibraryMade, DemoSongMade, make_demo_library
from core.engine import Engine
from core.jobs.events import Control, Event, Finished, Progress, Stage
from core.paths import Profile
from core.recommend.ranking import Wish
from core.training.process import TrainingFinished

WISH = Wish(top_n=20, min_rating=0.7)


@dataclass(frozen=True, slots=True)
class DemoFinished(Finished):
    """Where everything is, and how good the predictions are on songs that were held out."""

    playlist: Path | None = None
    notice: str = ""
    picture: Path = Path()
    database: Path = Path()
    music: Path = Path()
    evaluation: dict[str, Any] | None = None


def demo_profile(folder: Path) -> Profile:
    """Marmalade's own files of the demo: never mixed with those of the owner's library."""
    return Profile.below(folder / "profile")


def make_demo(folder: Path, *, songs: int | None = None) -> Iterator[Event]:
    """Make the demo library below ``folder``, with progress; the last event is a DemoReady.

    ``songs`` limits the number of original songs (all of them by default).
    """
    for event in make_demo_library(folder / "library", songs=songs):
        if isinstance(event, DemoSongMade):
            yield Progress(event.done, event.total)
        else:
            yield DemoReady(library=event)


@dataclass(frozen=True, slots=True)
class DemoReady(Event):
    """The demo library is there."""

    library: DemoLibraryMade


def run_demo(
    folder: Path, *, config_file: Path | None = None, control: Control | None = None, songs: int | None = None
) -> Iterator[Event]:
    """Everything that Marmalade does, on a library made in code; ends with DemoFinished, unless it is stopped."""
    reins = control or Control()
    yield Stage("Making the demo library")
    library: DemoLibraryMade | None = None
    for event in make_demo(folder, songs=songs):
        library = event.library if isinstance(event, DemoReady) else library
        yield event
        if reins.stopped:
            return
    if library is None:
        return
    with Engine.open(profile=demo_profile(folder), config_file=config_file, database=library.database) as engine:
        yield from _learn(engine, folder=folder, library=library, control=reins)


def _learn(engine: Engine, *, folder: Path, library: DemoLibraryMade, control: Control) -> Iterator[Event]:
    evaluate = partial(engine.evaluate, thorough=False)
    stages = (("Listening", engine.scan), ("Learning", engine.update_predictions), ("Evaluating", evaluate))
    evaluation: dict[str, Any] | None = None
    for name, work in stages:
        yield Stage(name)
        for event in work(control=control):
            # The last one to end is the evaluation.
            evaluation = event.result if isinstance(event, TrainingFinished) else evaluation
            yield event
        if control.stopped:
            return
    yield Stage("Drawing the map")
    picture = folder / "map.png"
    yield from engine.draw_map(picture)
    playlist = engine.recommend(WISH)
    yield DemoFinished(
        playlist=playlist.path,
        notice=playlist.ranking.notice,
        picture=picture,
        database=library.database,
        music=library.music,
        evaluation=evaluation,
    )
