"""The command line: the same engine as the window's, from a shell."""

import inspect
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from typing import Annotated, Any

import typer

from core.analysis.scan import ScanFinished
from core.engine import Engine, Playlist
from core.errors import UserError
from core.jobs.events import Finished
from core.library.changes import LibraryChange
from core.log import start_logging
from core.paths import Profile
from core.recommend.ranking import Recommendation, Wish
from core.terminal import Terminal, stopped_by_interrupt
from core.training.process import TrainingFinished

ACT = 1
"""The exit code when the owner must do something."""


ConfigFile = Annotated[Path | None, typer.Option(help="A YAML file with settings.")]
ProfileFolder = Annotated[Path | None, typer.Option(help="Keep all of Marmalade's files below this folder.")]
DatabaseFile = Annotated[Path | None, typer.Option(help="The player's database.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Debug = Annotated[bool, typer.Option("--debug", help="Write the log to stderr.")]


class Shell:
    """What the options that every command takes come to: where the engine is, and how to print."""

    def __init__(
        self,
        config: ConfigFile = None,
        profile: ProfileFolder = None,
        database: DatabaseFile = None,
        json: AsJson = False,
        debug: Debug = False,
    ) -> None:
        self.config, self.profile, self.database, self.debug = config, profile, database, debug
        self.terminal = Terminal(as_json=json)

    @property
    def places(self) -> Profile:
        return Profile.below(self.profile) if self.profile else Profile.of_user()

    def engine(self) -> Engine:
        """Open the engine, with a log of what it does."""
        start_logging(self.places.state, debug=self.debug)
        return Engine.open(profile=self.places, config_file=self.config, database=self.database)


COMMON = inspect.signature(Shell).parameters

application = typer.Typer(
    help="Marmalade learns your taste from your stars in Clementine and writes playlists.",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def command(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add a command ``function(shell, ...)`` that takes the common options besides its own.

    They may also stand before the command; what is said after it counts.
    """

    def register(function: Callable[..., None]) -> Callable[..., None]:
        _, *own = inspect.signature(function).parameters.values()

        def run(context: typer.Context, **values: Any) -> None:  # noqa: ANN401 - whatever the options hold
            said = {name: values.pop(name) for name in COMMON}
            before = context.obj or {}
            merged: dict[str, Any] = {name: value or before.get(name) for name, value in said.items()}
            function(Shell(**merged), **values)

        context, *_ = inspect.signature(run).parameters.values()
        run.__doc__ = function.__doc__
        run.__signature__ = inspect.Signature([context, *own, *COMMON.values()])  # type: ignore[attr-defined]  # read by Typer
        application.command(name)(run)
        return function

    return register


@application.callback(invoke_without_command=True)
def open_window(
    context: typer.Context,
    config: ConfigFile = None,
    profile: ProfileFolder = None,
    database: DatabaseFile = None,
    json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Open the window, if no command is named."""
    context.obj = {"config": config, "profile": profile, "database": database, "json": json, "debug": debug}
    if context.invoked_subcommand is None:
        named = {"--config": config, "--profile": profile, "--database": database}
        arguments = [text for option, value in named.items() if value for text in (option, str(value))]
        arguments += ["--debug"] if debug else []
        # The window is a process of its own: the engine does not know it.
        os.execv(sys.executable, [sys.executable, "-P", "-m", "desktop", *arguments])  # noqa: S606 - no shell is wanted


@command("music-stats")
def music_stats(shell: Shell) -> None:
    """Count the songs: rated, analysed, waiting, skipped."""
    terminal = shell.terminal
    with shell.engine() as engine:
        stats = engine.stats()
    if terminal.as_json:
        terminal.json(asdict(stats))
        return
    rows: list[tuple[str, object]] = [("songs", stats.songs), ("rated", stats.rated), ("unrated", stats.unrated)]
    rows += [(f"  {name}", count) for name, count in stats.classes.items()]
    rows += [("damaged in part", stats.damaged_in_part)]
    rows += [(f"embeddings {name}", count) for name, count in stats.embeddings.items()]
    terminal.table("Your library", ["", "number"], rows)


@command("scan")
def scan(
    shell: Shell,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; 80 % of the cores if not named.")] = None,
    encoder_module: Annotated[str | None, typer.Option(help="module:Class, or the name of one of ours.")] = None,
) -> None:
    """Listen to every song that is new or changed."""
    terminal = shell.terminal
    with shell.engine() as engine, stopped_by_interrupt() as control:
        events = engine.scan(workers=workers, encoder=encoder_module, control=control)
        done = _require(terminal.follow(events, what="Listening", kind=ScanFinished))
    if terminal.as_json:
        counts = {name: getattr(done, name) for name in ("songs", "analysed", "skipped", "failed", "seconds")}
        terminal.json({**counts, "songs_per_second": done.songs_per_second, "workers": done.workers})
    else:
        _tell_scan(terminal, done)
    if not done.complete:
        raise typer.Exit(ACT)


@command("skipped")
def skipped(shell: Shell) -> None:
    """List the songs that could not be listened to, with the reason."""
    terminal = shell.terminal
    with shell.engine() as engine:
        found = [
            {"path": _path(each.song.filename, each.song.filepath), "reason": each.reason, "detail": each.detail}
            for each in engine.skipped()
        ]
    if terminal.as_json:
        terminal.json({"skipped": found})
    elif found:
        terminal.table("Skipped songs", ["song", "reason", "detail"], [list(each.values()) for each in found])
    else:
        terminal.say("No song was skipped.")


@command("train-classifier")
def train_classifier(shell: Shell) -> None:
    """Learn from your ratings and predict every song."""
    terminal = shell.terminal
    with shell.engine() as engine, stopped_by_interrupt() as control:
        events = engine.train_classifier(control=control)
        result = _result(terminal.follow(events, what="Learning", kind=TrainingFinished))
    if terminal.as_json:
        names = ("checkpoint", "primary_metric", "primary_metric_name", "epochs", "seconds")
        terminal.json({"version": result["model_version"], **{name: result[name] for name in names}})
    else:
        terminal.say(
            f"Learned from {result['songs']} ratings in {result['seconds']:.1f} s ({result['epochs']} epochs, "
            f"held-out error {result['primary_metric']:.4f}); {result['predicted']} songs have a prediction."
        )


@command("evaluate")
def evaluate(shell: Shell) -> None:
    """Measure the predictions on songs that were held out, against predictors that do not listen."""
    terminal = shell.terminal
    with shell.engine() as engine, stopped_by_interrupt() as control:
        result = _result(terminal.follow(engine.evaluate(control=control), what="Evaluating", kind=TrainingFinished))
    if terminal.as_json:
        terminal.json({name: value for name, value in result.items() if name != "seconds"})
        return
    for name in ("unseen_artist", "known_artist"):
        if not result[name]:
            terminal.say(f"{name}: there are too few ratings to hold any out.")
            continue
        lines = {"model": result[name]["model"], **result[name]["baselines"]}
        columns = list(result[name]["model"])
        rows = [
            [who, *("-" if line[column] is None else line[column] for column in columns)] for who, line in lines.items()
        ]
        terminal.table(f"{name} ({result[name]['songs']} songs; errors in stars)", ["", *columns], rows)


@command("recommend")
def recommend(
    shell: Shell,
    top_n: Annotated[int, typer.Option(min=1, help="How many songs.")] = 100,
    min_rating: Annotated[float, typer.Option(min=0, max=1, help="The least predicted rating, 0 to 1.")] = 0.7,
    output: Annotated[Path | None, typer.Option(help="The playlist: .xspf or .m3u8.")] = None,
    genre: Annotated[str, typer.Option(help="Only songs whose genre contains this.")] = "",
    max_per_artist: Annotated[int | None, typer.Option(min=1, help="At most so many of one artist.")] = None,
    open_player: Annotated[bool, typer.Option("--open", help="Open it in the player as a new tab.")] = False,
) -> None:
    """Write a playlist of the unrated songs that you would probably like best."""
    terminal = shell.terminal
    with shell.engine() as engine, stopped_by_interrupt() as control:
        terminal.follow(engine.update_predictions(control=control), what="Learning", kind=Finished)
        playlist = engine.recommend(Wish(top_n, min_rating, genre, max_per_artist), output=output)
        if open_player and playlist.path is not None:
            engine.open_in_player(playlist.path)
    _tell_playlist(terminal, playlist)
    if playlist.path is None:
        raise typer.Exit(ACT)


@command("watch")
def watch(shell: Shell, workers: Annotated[int | None, typer.Option(min=1, help="Processes.")] = None) -> None:
    """Keep everything up to date while the player is used, without a window; Ctrl+C ends it."""
    terminal = shell.terminal
    changes: SimpleQueue[LibraryChange | None] = SimpleQueue()
    with shell.engine() as engine, stopped_by_interrupt(lambda: changes.put(None)) as control:
        watcher = engine.watch(on_change=changes.put, on_notice=terminal.warn)
        watcher.start()
        try:
            while not control.stopped:
                terminal.follow(engine.update(workers=workers, control=control), what="Updating", kind=Finished)
                terminal.say("Up to date; watching.")
                change = changes.get()
                if change is not None:
                    terminal.say(describe(change))
        finally:
            watcher.stop()


@command("visualize-embeddings")
def visualize_embeddings(shell: Shell, output: Annotated[Path, typer.Option(help="A PNG, SVG or PDF file.")]) -> None:
    """Draw the library as a map (t-SNE of the embeddings)."""
    terminal = shell.terminal
    with shell.engine() as engine:
        finished = terminal.follow(engine.draw_map(output), what="Drawing the map", kind=Finished)
    _require(finished)
    terminal.json({"output": str(output.absolute())}) if terminal.as_json else terminal.say(f"The map is at {output}.")


def main() -> None:
    """Run the command line; what the owner can mend ends in one sentence and exit code 1."""
    try:
        application()
    except UserError as error:
        Terminal(as_json=True).warn(str(error))
        sys.exit(ACT)


def describe(change: LibraryChange) -> str:
    """One line on what became different."""
    counts = {
        "new": change.new,
        "changed": change.changed_files,
        "gone": change.gone,
        "back": change.back,
        "rated": change.rated,
    }
    return "Songs " + ", ".join(f"{name}: {len(songs)}" for name, songs in counts.items() if songs) + "."


def _require(finished: Any) -> Any:  # noqa: ANN401 - whatever the work ends with
    if finished is None:
        raise UserError("The work ended before it was done.")
    return finished


def _result(finished: TrainingFinished | None) -> dict[str, Any]:
    result = _require(finished).result
    if not finished or not finished.complete:
        raise UserError("Stopped before the end; what was learned before stays in use.")
    return dict(result)


def _path(url: str, path: Path) -> str:
    return str(path) if url.startswith("file:///") else url


def _tell_scan(terminal: Terminal, done: ScanFinished) -> None:
    if not done.songs:
        terminal.say("Every song is known; nothing is new or changed.")
        return
    parts = [f"{done.analysed:,} of {done.songs:,} songs analysed"]
    parts += [f"{done.damaged:,} of them damaged in part"] if done.damaged else []
    parts += [f"{done.skipped:,} skipped (“marmalade skipped” says why)"] if done.skipped else []
    speed = f"{done.seconds:.1f} s, {done.songs_per_second:.1f} songs a second, {done.workers} workers"
    terminal.say(f"{', '.join(parts)}. {speed}.")
    if not done.complete:
        terminal.say("Stopped; start the scan again to continue.")


def _tell_playlist(terminal: Terminal, playlist: Playlist) -> None:
    ranking = playlist.ranking
    if terminal.as_json:
        output = str(playlist.path) if playlist.path else None
        songs = [_song_facts(each) for each in ranking.recommendations]
        terminal.json({"output": output, "songs": songs, "notice": ranking.notice})
    elif playlist.path is not None:
        terminal.say(f"{len(ranking.recommendations)} songs are in {playlist.path}.")
    if ranking.notice:
        terminal.warn(ranking.notice)


def _song_facts(each: Recommendation) -> dict[str, object]:
    return {
        "rank": each.rank,
        "path": str(each.song.filepath),
        "title": each.song.title,
        "artist": each.song.artist,
        "album": each.song.album,
        "predicted": each.predicted_rating,
        "low": each.low,
        "high": each.high,
        "why": each.why,
    }


if __name__ == "__main__":
    main()
