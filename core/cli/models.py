"""Commands about the versions of what listens: list, choose, compare, delete, send and take in."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from core.cli.shell import HELP, Shell, application, command, required
from core.cli.terminal import stopped_by_interrupt
from core.errors import UserError
from core.jobs.events import Finished
from core.parts.encoders import EncoderFinished, ModelVersion
from core.parts.transfer import EncoderExported, EncoderImported, ModelDownloaded
from core.training.process import TrainingFinished

models = typer.Typer(help="The encoders that have listened to your library.", context_settings=HELP)
application.add_typer(models, name="models")

Version = Annotated[str, typer.Argument(help="As “marmalade models list” names it.")]
LONGEST_NOTE = 60
"""Letters of a note in the list."""


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
            (each.version, each.encoder_class, each.dimension, f"{each.songs:,}", _day(each), _use(each), _note(each))
            for each in versions
        ]
        columns = ["version", "class", "values", "songs", "since", "", "note"]
        shown = len(columns) if any(each.note for each in versions) else len(columns) - 1
        terminal.table("Encoders", columns[:shown], [row[:shown] for row in rows])
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
    terminal.say(result["found"])


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


@command("export", of=models)
def export(
    shell: Shell,
    version: Version,
    file: Annotated[Path, typer.Argument(help="Where to write it: a name that ends in .safetensors.")],
    license_text: Annotated[
        str, typer.Option("--license", "--licence", help="What others may do with it, such as CC0-1.0.")
    ] = "",
    note: Annotated[str, typer.Option(help="A sentence for those who get it.")] = "",
) -> None:
    """Write a trained encoder to a file for others, with a card of what it is; your songs and stars stay here."""
    terminal = shell.terminal
    with shell.engine() as engine, stopped_by_interrupt() as control:
        events = engine.transfer.export(version, file, license_text=license_text, note=note, control=control)
        done = required(terminal.follow(events, what="Writing", kind=EncoderExported))
    if terminal.as_json:
        card = done.card.as_dict()
        terminal.json({"file": str(done.file), "card_file": str(done.card_file), "bytes": done.size, "card": card})
        return
    terminal.say(f"{done.file} is written, {done.size / 1e6:.1f} MB, and its card {done.card_file}.")
    terminal.say("Only the encoder is inside: what your stars taught Marmalade about your taste stays here.")
    if not done.card.license:
        terminal.say("You gave no license: --license says what others may do with it.")


@command("import", of=models)
def import_file(
    shell: Shell,
    file: Annotated[Path, typer.Argument(help="A file that “marmalade models export” wrote, or a checkpoint (.pt).")],
    name: Annotated[str, typer.Option(help="What to call it in the list, in the place of its maker's note.")] = "",
) -> None:
    """Take in an encoder that somebody else trained: weights only, nothing in the file is run."""
    terminal = shell.terminal
    with shell.engine() as engine, stopped_by_interrupt() as control:
        events = engine.transfer.take_in(file, name=name, control=control)
        done = required(terminal.follow(events, what="Trying it", kind=EncoderImported))
    if terminal.as_json:
        facts = {"version": done.version, "new": done.is_new, "songs": done.songs, "card": done.card.as_dict()}
        terminal.json(facts)
        return
    terminal.say(f"{done.version} is {'taken in' if done.is_new else 'here already'}. {done.card.terms}")
    if not done.songs:
        terminal.say(f"No song was listened to with it yet: “marmalade models use {done.version}” does that.")


@command("download", of=models)
def download(
    shell: Shell,
    name: Annotated[str, typer.Argument(help="As on the Hugging Face hub, such as m-a-p/MERT-v1-95M.")],
) -> None:
    """Fetch an audio model from the Hugging Face hub; nothing else in Marmalade uses the network."""
    terminal = shell.terminal
    with shell.engine() as engine, stopped_by_interrupt() as control:
        events = engine.transfer.download(name, control=control)
        done = required(terminal.follow(events, what="Fetching", kind=ModelDownloaded))
    if not done.complete:
        raise UserError("Stopped before the end; the same command goes on where it was.")
    if terminal.as_json:
        facts = {"reference": done.reference, "folder": str(done.folder), "bytes": done.size, "license": done.license}
        terminal.json(facts)
        return
    terminal.say(f"{done.reference} is here, {done.size / 1e6:,.0f} MB ({done.license}).")
    terminal.say(f"“marmalade scan --encoder-module {done.reference}” listens with it.")


def _facts(each: ModelVersion) -> dict[str, object]:
    return {
        "version": each.version,
        "encoder_class": each.encoder_class,
        "dimension": each.dimension,
        "songs": each.songs,
        "active": each.is_active,
        "created_at": each.created_at,
        "checkpoint": str(each.checkpoint) if each.checkpoint else None,
        "note": each.note,
    }


def _note(each: ModelVersion) -> str:
    line = " ".join(each.note.split())
    return line if len(line) <= LONGEST_NOTE else f"{line[: LONGEST_NOTE - 1]}…"


def _day(each: ModelVersion) -> str:
    return datetime.fromtimestamp(each.created_at, tz=UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def _use(each: ModelVersion) -> str:
    if each.is_active:
        return "in use"
    return "trained" if each.checkpoint else ""
