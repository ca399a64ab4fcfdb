"""Commands that train what listens: an encoder, an encoder with a classifier, a function of the owner's own."""

from pathlib import Path
from typing import Annotated, Any

import typer

from core.cli.shell import NamedConfig, Shell, command, required
from core.cli.terminal import Terminal, stopped_by_interrupt
from core.errors import UserError
from core.jobs.events import Finished
from core.parts.encoders import EncoderFinished
from core.training.protocol import Kind

FIGURES = ("checkpoint", "primary_metric", "primary_metric_name", "epochs", "seconds")

EncoderModule = Annotated[
    str | None, typer.Option(help="The encoder: package.module:Class, or the name of one of Marmalade's.")
]
ClassifierModule = Annotated[str | None, typer.Option(help="The classifier: package.module:Class, or one of ours.")]
BatchSize = Annotated[int | None, typer.Option(min=1, help="Songs that are embedded at a time after the training.")]
Preset = Annotated[str | None, typer.Option(help="quick, overnight or gpu; without it the machine decides.")]
Mode = Annotated[str | None, typer.Option(help="contrastive, supervised, multitask or distill.")]
Processes = Annotated[int, typer.Option(min=1, help="Training processes, one for each GPU, by torchrun.")]


@command("train-encoder")
def train_encoder(
    shell: Shell,
    config_file: NamedConfig = None,
    encoder_module: EncoderModule = None,
    batch_size: BatchSize = None,
    preset: Preset = None,
    mode: Mode = None,
    processes: Processes = 1,
) -> None:
    """Train an encoder on your library, listen to every song with it, and use it if it is better."""
    wishes = {"preset": preset, "mode": mode, "processes": processes, "embed_batch_size": batch_size}
    train_by(shell, "train-encoder", config_file, encoder_class=encoder_module, **wishes)


@command("train-joint")
def train_joint(
    shell: Shell,
    config_file: NamedConfig = None,
    encoder_module: EncoderModule = None,
    classifier_module: ClassifierModule = None,
    batch_size: BatchSize = None,
    processes: Processes = 1,
) -> None:
    """Train an encoder and a classifier together on your rated songs, and use them if they are better."""
    models = {"encoder_class": encoder_module, "classifier_class": classifier_module}
    train_by(shell, "train-joint", config_file, processes=processes, embed_batch_size=batch_size, **models)


@command("run")
def run(
    shell: Shell,
    config_file: Annotated[Path, typer.Argument(metavar="CONFIG", help="A YAML file, as --config.")],
    train_fn: Annotated[str, typer.Option(help="Your own training function: package.module:function.")],
) -> None:
    """Run a training function of your own."""
    train_by(shell, "run", config_file, train_fn=train_fn)


def train_by(shell: Shell, kind: Kind, config: Path | None, **options: object) -> None:
    """Train by a child of this kind, tell what came of it; options that are None are not passed on."""
    wishes = {name: value for name, value in options.items() if value is not None}
    terminal = shell.terminal
    with shell.engine(config) as engine, stopped_by_interrupt() as control:
        events = engine.encoders.train(kind, control=control, **wishes)
        finished = required(terminal.follow(events, what="Training", kind=EncoderFinished))
        if finished.complete and finished.is_used:
            terminal.follow(engine.learn_if_possible(control=control), what="Learning", kind=Finished)
    if not finished.complete:
        raise UserError("Stopped before the end; the same command goes on where it was.")
    _tell(terminal, finished)


def _tell(terminal: Terminal, finished: EncoderFinished) -> None:
    result: dict[str, Any] = finished.result or {}
    if terminal.as_json:
        told = {"version": result.get("embedding_version")} | {name: result.get(name) for name in FIGURES}
        more = {"preset": result.get("preset"), "used": finished.is_used, "comparison": result.get("comparison")}
        terminal.json({**told, **more})
        return
    name, value = result["primary_metric_name"], result["primary_metric"]
    terminal.say(f"Trained in {result['seconds']:.0f} s: {name} {value:.4f}. The model is {result['checkpoint']}.")
    if finished.is_used:
        terminal.say(f"{result['embedding_version']} is in use now.")
