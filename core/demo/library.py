"""Make the demo library: synthesize, encode, copy, damage, rate, and write the player's database over it."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from core.demo.composition import length_seconds
from core.demo.encode import encode_samples, find_ffmpeg
from core.demo.listening import listening_history
from core.demo.manifest import Manifest, read_manifest, remove_listed_files, write_manifest
from core.demo.oddities import LONG_SECONDS, Oddity, make_oddity, plan_oddities, song_tags
from core.demo.player_database import PlayerSong, write_player_database
from core.demo.recipe import DemoSong, plan_songs
from core.demo.taste import PlantedTaste, plant_taste
from core.demo.voices import SAMPLE_RATE

SEED = 1
ENCODERS = 2
"""ffmpeg programs at the same time: one keeps up with the synthesis, two also fill a second core."""


@dataclass(frozen=True)
class DemoSongMade:
    """One more file is there."""

    path: Path
    done: int
    total: int


@dataclass(frozen=True)
class DemoLibraryMade:
    """The demo is complete: where it is and what is true about it. Ratings are 0.1 to 1.0."""

    music: Path
    database: Path
    ratings: dict[Path, float]
    """What the invented owner gave to half of the songs."""
    truth: dict[Path, float]
    """What the owner would give to every song, without noise and rounding; copies have the value of their original."""
    reused: bool
    """True if an earlier demo was found whole and nothing had to be made."""


DemoEvent = DemoSongMade | DemoLibraryMade


@dataclass(frozen=True)
class _Plan:
    folder: Path
    seed: int
    limit: int | None
    songs: tuple[DemoSong, ...]
    oddities: tuple[Oddity, ...]

    @property
    def music(self) -> Path:
        return self.folder / "music"

    @property
    def database(self) -> Path:
        return self.folder / "clementine.db"

    @property
    def names(self) -> list[str]:
        return [song.relative_path for song in self.songs] + [oddity.relative_path for oddity in self.oddities]


def make_demo_library(folder: Path, *, seed: int = SEED, songs: int | None = None) -> Iterator[DemoEvent]:
    """Make the library below ``folder`` and yield a ``DemoSongMade`` for each file, then one ``DemoLibraryMade``.

    ``songs`` limits the number of original songs (all of the catalog by default). A finished demo of the same recipe is
    recognized and kept; one that was interrupted, changed or made otherwise is made anew, whereby only files that its
    own note names are removed. UserError if the folder belongs to somebody else or ffmpeg is missing.
    """
    plan = _planned(folder.expanduser().absolute(), seed=seed, limit=songs)
    wanted = Manifest(seed=seed, songs=songs, files=dict.fromkeys(plan.names, -1))
    earlier = read_manifest(plan.folder)
    if earlier and earlier.same_recipe(wanted) and earlier.is_intact(plan.music) and plan.database.exists():
        yield _made(plan, manifest=earlier, reused=True)
        return
    find_ffmpeg()
    _begin(plan, wanted=wanted, earlier=earlier)
    yield from _make_files(plan)
    yield _made(plan, manifest=_finish(plan, wanted=wanted), reused=False)


def _planned(folder: Path, *, seed: int, limit: int | None) -> _Plan:
    songs = plan_songs(seed, limit=limit)
    return _Plan(folder=folder, seed=seed, limit=limit, songs=songs, oddities=plan_oddities(songs))


def _begin(plan: _Plan, *, wanted: Manifest, earlier: Manifest | None) -> None:
    """The note comes first: from here on, an interrupted demo can be told from somebody's music."""
    plan.folder.mkdir(parents=True, exist_ok=True)
    if earlier:
        remove_listed_files(earlier, music=plan.music)
    write_manifest(plan.folder, wanted)
    for name in plan.names:
        (plan.music / name).parent.mkdir(parents=True, exist_ok=True)


Task = tuple[Path, Callable[[], None]]
"""A file and the work that writes it."""


def _make_files(plan: _Plan) -> Iterator[DemoSongMade]:
    """The songs first, for the oddities are made from their files."""
    done = 0
    with ThreadPoolExecutor(max_workers=ENCODERS) as pool:
        for tasks in (_song_tasks(plan), _oddity_tasks(plan)):
            for path in _in_parallel(tasks, pool=pool):
                done += 1
                yield DemoSongMade(path, done, len(plan.names))


def _song_tasks(plan: _Plan) -> Iterator[Task]:
    """Synthesis happens here, when the task is asked for; the encoding in an ffmpeg program beside it."""
    from core.demo.synthesis import render  # scipy.signal takes half a second: not where the window starts

    for song in plan.songs:
        target = plan.music / song.relative_path
        samples = render(song.sound)
        yield target, partial(encode_samples, samples, target=target, codec=song.format, tags=song_tags(song))


def _oddity_tasks(plan: _Plan) -> Iterator[Task]:
    for oddity in plan.oddities:
        yield plan.music / oddity.relative_path, partial(make_oddity, oddity, music=plan.music)


def _in_parallel(tasks: Iterator[Task], *, pool: ThreadPoolExecutor) -> Iterator[Path]:
    """Run the tasks with a few waiting at most: a song in memory takes 10 MB."""
    waiting: deque[tuple[Path, Future[None]]] = deque()
    for path, work in tasks:
        waiting.append((path, pool.submit(work)))
        if len(waiting) > 2 * ENCODERS:
            yield _finished(waiting)
    while waiting:
        yield _finished(waiting)


def _finished(waiting: deque[tuple[Path, "Future[None]"]]) -> Path:
    path, future = waiting.popleft()
    future.result()
    return path


def _finish(plan: _Plan, *, wanted: Manifest) -> Manifest:
    """The player's database over the files, then the note that all is done."""
    taste = plant_taste(plan.songs, seed=plan.seed)
    write_player_database(plan.database, songs=_player_songs(plan, taste=taste), music=plan.music)
    truth = {song.relative_path: float(value) for song, value in zip(plan.songs, taste.truth, strict=True)}
    truth |= {oddity.relative_path: truth[oddity.source.relative_path] for oddity in plan.oddities if oddity.is_copy}
    ratings = {
        song.relative_path: float(value) for song, value in zip(plan.songs, taste.ratings, strict=True) if value > 0
    }
    sizes = {name: (plan.music / name).stat().st_size for name in plan.names}
    manifest = replace(wanted, finished=True, files=sizes, truth=truth, ratings=ratings)
    write_manifest(plan.folder, manifest)
    return manifest


def _player_songs(plan: _Plan, *, taste: PlantedTaste) -> list[PlayerSong]:
    """What the player would have found, and what its owner did with it."""
    histories = listening_history(taste, seed=plan.seed)
    originals = [
        replace(
            _player_song(plan, song=song),
            rating=float(rating),
            playcount=history.playcount,
            skipcount=history.skipcount,
            score=history.score,
            last_played=history.last_played,
        )
        for song, rating, history in zip(plan.songs, taste.ratings, histories, strict=True)
    ]
    return originals + [_player_oddity(plan, oddity=oddity) for oddity in plan.oddities]


def _player_song(plan: _Plan, *, song: DemoSong) -> PlayerSong:
    return PlayerSong(
        path=plan.music / song.relative_path,
        title=song.title,
        artist=song.artist,
        album=song.album,
        track=song.track,
        year=song.year,
        genre=song.genre,
        seconds=length_seconds(song.sound),
        sample_rate=SAMPLE_RATE,
    )


def _player_oddity(plan: _Plan, *, oddity: Oddity) -> PlayerSong:
    """A copy keeps its tags; the others are tracks of their own."""
    song = replace(_player_song(plan, song=oddity.source), path=plan.music / oddity.relative_path, title=oddity.title)
    if oddity.is_copy:
        return song
    song = replace(song, track=oddity.source.tracks + 1)
    return replace(song, seconds=LONG_SECONDS) if oddity.kind == "too long" else song


def _made(plan: _Plan, *, manifest: Manifest, reused: bool) -> DemoLibraryMade:
    return DemoLibraryMade(
        music=plan.music,
        database=plan.database,
        ratings={plan.music / name: rating for name, rating in manifest.ratings.items()},
        truth={plan.music / name: rating for name, rating in manifest.truth.items()},
        reused=reused,
    )
