"""Commands about the library: count it, listen to it, keep up with it, say what was skipped."""

from dataclasses import asdict
from queue import SimpleQueue
from typing import Annotated

import typer

from core.analysis.scan import ScanFinished
from core.cli.shell import ACT, Shell, command, required
from core.cli.terminal import Terminal, stopped_by_interrupt
from core.file_url import is_local
from core.jobs.events import Finished
from core.library.changes import LibraryChange
from core.song import Song


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
        engine.require_music()
        events = engine.scan(workers=workers, encoder=encoder_module, control=control)
        done = required(terminal.follow(events, what="Listening", kind=ScanFinished))
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
        found = [{"path": _path(each.song), "reason": each.reason, "detail": each.detail} for each in engine.skipped()]
    if terminal.as_json:
        terminal.json({"skipped": found})
    elif found:
        terminal.table("Skipped songs", ["song", "reason", "detail"], [list(each.values()) for each in found])
    else:
        terminal.say("No song was skipped.")


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
                if not control.stopped:
                    terminal.say("Up to date; watching.")
                change = changes.get()
                if change is not None:
                    terminal.say(describe(change))
        finally:
            watcher.stop()


def describe(change: LibraryChange) -> str:
    """One line on what became different."""
    counts = {
        "new": change.new,
        "changed": change.changed_files,
        "gone": change.gone,
        "back": change.back,
        "rated": change.rated,
        "described anew": change.described,
    }
    told = [f"{name}: {len(songs)}" for name, songs in counts.items() if songs]
    return f"Songs {', '.join(told)}." if told else "The music folders of the player have changed."


def _path(song: Song) -> str:
    """The absolute path of a file; what is no file of this machine (a stream) has only its URL."""
    return str(song.filepath) if is_local(song.filename) else song.filename


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
