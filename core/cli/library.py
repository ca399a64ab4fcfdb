"""Commands about the library: listen to it, keep up with it."""

from enum import StrEnum
from queue import SimpleQueue
from typing import Annotated

import typer

from core.analysis.scan import ScanFinished
from core.cli.hints import with_hint
from core.cli.shell import ACT, Shell, command, required
from core.cli.terminal import Terminal, stopped_by_interrupt
from core.jobs.cluster import LOCAL
from core.jobs.events import Finished, WorkMode
from core.library.changes import LibraryChange


class Mode(StrEnum):
    """How much of the machine the work may take; what runs in a shell is paused by Ctrl+Z."""

    FULL = WorkMode.FULL.value
    GENTLE = WorkMode.GENTLE.value


Workers = Annotated[int | None, typer.Option(min=1, help="Processes; 80 % of the cores if not named.")]
HowMuch = Annotated[Mode, typer.Option(help="gentle: half the processes, none on battery or a busy computer.")]


@command("scan")
def scan(
    shell: Shell,
    workers: Workers = None,
    mode: HowMuch = Mode.FULL,
    encoder_module: Annotated[str | None, typer.Option(help="module:Class, or the name of one of ours.")] = None,
    executor: Annotated[str, typer.Option(help="dask://HOST:PORT listens on a Dask cluster.")] = LOCAL,
) -> None:
    """Listen to every song that is new or changed."""
    terminal = shell.terminal
    with shell.engine() as engine, stopped_by_interrupt(mode=WorkMode(mode)) as control:
        engine.require_music()
        events = engine.scan(workers=workers, encoder=encoder_module, executor=executor, control=control)
        done = required(terminal.follow(events, what="Listening", kind=ScanFinished))
    if terminal.as_json:
        names = ("songs", "analysed", "recognized", "skipped", "failed", "seconds", "songs_per_second", "workers")
        terminal.json({name: getattr(done, name) for name in names})
    else:
        _tell_scan(terminal, done)
    if not done.complete:
        raise typer.Exit(ACT)


@command("watch")
def watch(shell: Shell, workers: Workers = None, mode: HowMuch = Mode.FULL) -> None:
    """Keep everything up to date while the player is used, without a window; Ctrl+C ends it."""
    terminal = shell.terminal
    changes: SimpleQueue[LibraryChange | None] = SimpleQueue()
    interrupted = stopped_by_interrupt(lambda: changes.put(None), mode=WorkMode(mode))
    with shell.engine() as engine, interrupted as control:
        watcher = engine.watch(
            on_change=changes.put,
            on_notice=terminal.warn,
            on_away=lambda error: terminal.warn(with_hint(str(error), error.cause)),
        )
        watcher.start()
        try:
            update = engine.update(workers=workers, control=control)
            while not control.stopped:
                terminal.follow(update, what="Updating", kind=Finished)
                if not control.stopped:
                    terminal.say("Up to date; watching.")
                told = _next_of(changes)
                for change in told:
                    terminal.say(describe(change))
                is_of_ratings = all(change.is_of_ratings for change in told)
                update = (
                    engine.follow_ratings(control=control)
                    if is_of_ratings
                    else engine.update(workers=workers, control=control)
                )
        finally:
            watcher.stop()


def _next_of(changes: "SimpleQueue[LibraryChange | None]") -> list[LibraryChange]:
    """The next changes, all that came meanwhile: one update serves them. None among them only wakes."""
    found = [changes.get()]
    while not changes.empty():
        found.append(changes.get())
    return [change for change in found if change is not None]


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


def _tell_scan(terminal: Terminal, done: ScanFinished) -> None:
    if not done.songs:
        terminal.say("Every song is known; nothing is new or changed.")
        return
    parts = [f"{done.analysed:,} of {done.songs:,} songs analysed"]
    parts += [f"{done.recognized:,} recognized by their sound, nothing to hear"] if done.recognized else []
    parts += [f"{done.damaged:,} of them damaged in part"] if done.damaged else []
    parts += [f"{done.skipped:,} skipped (“marmalade skipped” says why)"] if done.skipped else []
    workers = "1 worker" if done.workers == 1 else f"{done.workers} workers"
    speed = f"{done.seconds:.1f} s, {done.songs_per_second:.1f} songs a second, {workers}"
    terminal.say(f"{', '.join(parts)}. {speed}.")
    if not done.complete:
        terminal.say("Stopped; start the scan again to continue.")
