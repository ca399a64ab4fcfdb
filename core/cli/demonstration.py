"""The command that shows everything on a library made in code."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from core.cli.shell import Shell, command, required
from core.cli.terminal import stopped_by_interrupt
from core.demo.session import DemoFinished, demo_profile, run_demo
from core.log import start_logging


@command("demo")
def demo(
    shell: Shell, out: Annotated[Path | None, typer.Option(help="The folder that the demo is made in.")] = None
) -> None:
    """Make a small library in code, then scan, train, evaluate, recommend and draw it."""
    terminal = shell.terminal
    folder = (out or shell.places.cache / "demo").expanduser().absolute()
    start_logging(demo_profile(folder).state, debug=shell.debug)
    with stopped_by_interrupt() as control:
        events = run_demo(folder, config_file=shell.config, control=control)
        done = required(terminal.follow(events, what="Demo", kind=DemoFinished))
    if terminal.as_json:
        facts = asdict(done).items()
        terminal.json({name: str(value) if isinstance(value, Path) else value for name, value in facts})
    else:
        terminal.say(_playlist_line(done))
        terminal.say(_evaluation_line(done))
        terminal.say(f"The map of the library is the picture {done.picture}.")


def _playlist_line(done: DemoFinished) -> str:
    if done.playlist is None:
        return f"There is no playlist. {done.notice}"
    return f"The playlist is {done.playlist}: open it in Clementine. {done.notice}".rstrip()


def _evaluation_line(done: DemoFinished) -> str:
    unseen = (done.evaluation or {}).get("unseen_artist")
    if not unseen:
        return "There were too few ratings to say how good the predictions are."
    model, baselines = unseen["model"], unseen["baselines"]
    errors = ", ".join(f"{name.replace('_', ' ')} {baselines[name]['mae']:.2f}" for name in baselines)
    return (
        f"On artists that it has never heard, predictions are off by {model['mae']:.2f} stars ({errors}) "
        f"and their order agrees by {model['spearman']:.2f} (Spearman; means have 0)."
    )
