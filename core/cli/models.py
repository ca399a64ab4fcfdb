"""Commands about the versions of what listens: list them, choose one, compare two, delete one."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from core.cli.shell import HELP, Shell, application, command, required
from core.cli.terminal import stopped_by_interrupt
from core.errors import UserError
from core.jobs.events import Finished
from core.parts.encoders import EncoderFinished, ModelVersion
from core.training.process import TrainingFinished

models = typer.Typer(help="The encoders that have listened to your library.", context_settings=HELP)
application.add_typer(models, name="models")

Version = Annotated[str, typer.Argument(help="As “marmalade models list” names it.")]


@command("list", of=models)
def list_versions(shell: Shell) -> None:
    """List every version of the embeddings."""
    terminal = shell.terminal
    with shell.engine() as engine:
        versions = engine.encoders.versions()
    if terminal.as_json:
        terminal.json({"models": [_facts(each) for each in versions]})
    elif versions:
        rows = [
            (each.version, each.encoder_class, each.dimension, f"{each.songs:,}", _day(each), _use(each))
            for each in versions
        ]
        terminal.table("Encoders", ["version", "class", "values", "songs", "since", ""], rows)
    else:
        terminal.say("No song has been listened to yet: run “marmalade scan” first.")


@command("use", of=models)
def use(shell: Shell, version: Version) -> None:
    """Predict from this version from now on; songs that it has not heard are listened to first."""
    terminal = shell.terminal
    with shell.engine() as engine, stopped_by_interrupt() as control:
        events = engine.encoders.use(version, control=control)
        finished = required(terminal.follow(events, what="Listening", kind=EncoderFinished))
        if finished.is_used:
            terminal.follow(engine.learn_if_possible(control=control), what="Learning", kind=Finished)
    if not finished.is_used:
        raise UserError("Stopped before the end; the version that was in use stays so.")
    terminal.json({"active_version": version}) if terminal.as_json else terminal.say(f"{version} is in use now.")


@command("compare", of=models)
def compare(shell: Shell, first: Version, second: Version) -> None:
    """Measure two versions on the same artists, which neither was trained on."""
    terminal = shell.terminal
    with shell.engine() as engine, stopped_by_interrupt() as control:
        events = engine.encoders.compare(first, second, control=control)
        finished = required(terminal.follow(events, what="Comparing", kind=TrainingFinished))
    if not finished.complete:
        raise UserError("Stopped before the end.")
    result = finished.result
    if terminal.as_json:
        terminal.json({name: value for name, value in result.items() if name != "seconds"})
        return
    one, other = result[first], result[second]
    rows = [(name, one[name], other.get(name)) for name in one]
    terminal.table(f"On {result['songs']} songs of held-out artists", ["", first, second], rows)
    terminal.say(f"{result['better']} is better.")


@command("delete", of=models)
def delete(shell: Shell, version: Version) -> None:
    """Delete a version's embeddings and weights; they can be made again by listening again."""
    terminal = shell.terminal
    with shell.engine() as engine:
        songs = engine.encoders.delete(version)
    if terminal.as_json:
        terminal.json({"deleted": version, "songs": songs})
    else:
        terminal.say(f"{version} is deleted, with the embeddings of {songs:,} songs.")


def _facts(each: ModelVersion) -> dict[str, object]:
    return {
        "version": each.version,
        "encoder_class": each.encoder_class,
        "dimension": each.dimension,
        "songs": each.songs,
        "active": each.is_active,
        "created_at": each.created_at,
        "checkpoint": str(each.checkpoint) if each.checkpoint else None,
    }


def _day(each: ModelVersion) -> str:
    return datetime.fromtimestamp(each.created_at, tz=UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def _use(each: ModelVersion) -> str:
    if each.is_active:
        return "in use"
    return "trained" if each.checkpoint else ""
