"""What a shell shows: progress on stderr, tables for people, one JSON object for programs."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from core.cli.hints import with_hint
from core.cli.spreadsheet import Cell, to_csv
from core.jobs.events import Control, Event, Finished, Notice, SongSkipped, Stage, Waiting, WorkMode
from core.jobs.events import Progress as ProgressEvent
from core.song import SongId
from core.training.process import EpochDone, PresetChosen

BETWEEN_LINES = 10.0
"""Seconds."""

NAMED_SONGS = 50
"""Skipped songs that are named one by one: with a drive unplugged there may be 60,000."""

ORDERS = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {ord("\n")}, "?")
"""Characters that a terminal obeys: a title may hold them."""

BESIDE_DIGITS = str.maketrans("", "", ".,-")

ENDINGS = (signal.SIGINT, signal.SIGTERM)
"""Ctrl+C; and what ``kill``, a service manager and a logout send."""

STDERR = 2
STOPPING = b" stopping; once more ends it at once\n"

Done = TypeVar("Done", bound=Finished)


class Terminal:
    """One command's output; with ``as_json`` stdout holds nothing but the object."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.errors = Console(stderr=True, highlight=False, soft_wrap=True)
        self._tables = Console(highlight=False)

    def say(self, sentence: str) -> None:
        """A sentence for people; with JSON it goes to stderr."""
        (self.errors if self.as_json else self._tables).print(_text(sentence), markup=False, soft_wrap=True)

    def warn(self, sentence: str) -> None:
        self.errors.print(sentence, markup=False, style="yellow")

    def json(self, value: dict[str, object]) -> None:
        """The one object; bytes of a path that are not UTF-8 leave as the bytes that they are."""
        text = json.dumps(value, ensure_ascii=False, indent=2)
        _write(text.encode(errors="surrogateescape") + b"\n")

    def csv(self, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        """Rows for spreadsheets, see ``to_csv``."""
        _write(to_csv(columns, rows))

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Rows for people; numbers on the right."""
        table = Table(title=title, title_justify="left")
        cells = [[_text(cell) for cell in row] for row in rows]
        for number, name in enumerate(columns):
            is_number = all(row[number].translate(BESIDE_DIGITS).isdigit() for row in cells)
            table.add_column(name, justify="right" if cells and is_number else "left", overflow="fold")
        for row in cells:
            # As Text, for a title may hold [brackets], which rich takes for markup.
            table.add_row(*map(Text, row))
        self._tables.print(table)

    def follow(self, events: Iterator[Event], *, what: str, kind: type[Done]) -> Done | None:
        """Show long work while it goes on; returns its last event if it is of ``kind``."""
        finished: Done | None = None
        told, skipped = time.monotonic(), 0
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"),
            TimeRemainingColumn(),
            console=self.errors,
            transient=True,
            disable=not self.errors.is_terminal,
        ) as bar:
            task = bar.add_task(what, total=None, note="")
            for event in events:
                skipped += isinstance(event, SongSkipped)
                if skipped <= NAMED_SONGS or not isinstance(event, SongSkipped):
                    self._show(event, bar, task)
                if isinstance(event, ProgressEvent) and time.monotonic() - told > BETWEEN_LINES:
                    told = self._tell_progress(event, what=bar.tasks[task].description)
                if isinstance(event, kind):
                    finished = event
        if skipped > NAMED_SONGS:
            self.warn(f"… and {skipped - NAMED_SONGS:,} more: “marmalade skipped” lists them all.")
        return finished

    def _tell_progress(self, event: ProgressEvent, *, what: str) -> float:
        """A line now and then where no bar can be drawn: a log file, a pipe. Returns when it was told."""
        if not self.errors.is_terminal:
            speed = f", {event.per_second:.1f}/s" if event.per_second else ""
            left = f", {event.seconds_left / 60:.0f} min left" if event.seconds_left is not None else ""
            self.errors.print(f"{what}: {event.done:,} of {event.total:,}{speed}{left}", markup=False)
        return time.monotonic()

    def _show(self, event: Event, bar: Progress, task: TaskID) -> None:
        match event:
            case PresetChosen():
                self.warn(f"Preset {event.name}: {event.reason}")
            case Notice():
                self.warn(with_hint(event.sentence, event.cause))
            case ProgressEvent():
                note = f"{event.per_second:.1f}/s" if event.per_second else ""
                bar.update(task, completed=event.done, total=event.total, note=note)
            case Stage():
                bar.reset(task, description=event.name, total=None, note="")
            case Waiting():
                self.warn(f"Waiting: {event.reason}." if event.reason else "Going on.")
            case EpochDone():
                values = "  ".join(f"{name} {value:.4f}" for name, value in event.values.items())
                bar.update(task, completed=event.number, note=values)
            case SongSkipped():
                self.warn(f"skipped ({event.reason}): {_readable(event.song_id)}")


@contextmanager
def stopped_by_interrupt(
    also: Callable[[], None] = lambda: None, *, mode: WorkMode = WorkMode.FULL
) -> Iterator[Control]:
    """Reins that the first Ctrl+C or SIGTERM pulls, so that the work ends in order; the second one ends the program."""
    control = Control(mode)

    def stop(number: int, _frame: FrameType | None) -> None:
        control.stop()
        also()
        give_back()
        if number == signal.SIGINT and os.isatty(STDERR):
            # The songs in work end first, which may take some seconds; the terminal has just shown ^C.
            os.write(STDERR, STOPPING)

    def give_back() -> None:
        for number, handler in previous.items():
            signal.signal(number, handler)

    previous = {number: signal.getsignal(number) for number in ENDINGS}
    for number in ENDINGS:
        signal.signal(number, stop)
    try:
        yield control
    finally:
        give_back()


def _readable(song_id: SongId) -> str:
    from core.file_url import is_local, path_from_url

    return str(path_from_url(song_id)) if is_local(song_id) else song_id


def _text(cell: object) -> str:
    text = f"{cell:.3f}" if isinstance(cell, float) else str(cell)
    return text.encode(errors="replace").decode().translate(ORDERS)


def _write(output: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(output)
    sys.stdout.buffer.flush()
