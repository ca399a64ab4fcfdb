"""Commands about learning: train a classifier, evaluate, check that the evaluation can be trusted."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from core.cli.encoders import ClassifierModule, train_by
from core.cli.shell import NamedConfig, Shell, command, required
from core.cli.terminal import Terminal, stopped_by_interrupt
from core.errors import UserError
from core.jobs.events import Event
from core.training.process import TrainingFinished
from core.training.protocol import Kind

KIND_OF: dict[str, Kind] = {"encoder": "train-encoder", "joint": "train-joint"}
"""By the ``training_mode`` of the configuration."""
QUESTIONS = {
    "unseen_artist": "Artists that it has not heard of",
    "known_artist": "New albums of artists that it knows",
}
FIGURES = ("spearman", "ndcg20", "mae", "macro_mae", "auc4", "ece", "coverage90")
"""In the order in which they are shown."""
ELSEWHERE = ("seconds", "version")


@command("train")
def train(shell: Shell, config_file: NamedConfig = None) -> None:
    """Train what training_mode in the configuration says: an encoder, a classifier, or both together."""
    with shell.engine(config_file) as engine:
        mode = engine.config.training_mode
    if mode == "classifier":
        train_classifier(shell, config_file)
    else:
        train_by(shell, KIND_OF[mode], config_file)


@command("train-classifier")
def train_classifier(shell: Shell, config_file: NamedConfig = None, classifier_module: ClassifierModule = None) -> None:
    """Train a rating classifier on the embeddings, and predict every song."""
    terminal = shell.terminal
    with shell.engine(config_file) as engine, stopped_by_interrupt() as control:
        events = engine.learning.train_classifier(classifier=classifier_module, control=control)
        result = _result(terminal, events, what="Learning")
    if terminal.as_json:
        names = ("checkpoint", "primary_metric", "primary_metric_name", "epochs", "seconds")
        terminal.json({"version": result["model_version"], **{name: result[name] for name in names}})
    else:
        terminal.say(
            f"Learned from {result['songs']} ratings in {result['seconds']:.1f} s ({result['epochs']} epochs, "
            f"held-out error {result['primary_metric']:.4f}); {result['predicted']} songs have a prediction."
        )


@command("evaluate")
def evaluate(
    shell: Shell,
    self_check: Annotated[
        bool, typer.Option("--self-check", help="Shuffled ratings must give no skill, a planted taste must be found.")
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Without the plan's classifier, which is trained ten times.")
    ] = False,
) -> None:
    """Measure the predictions on songs that were held out, against simpler predictors."""
    terminal = shell.terminal
    with shell.engine() as engine, stopped_by_interrupt() as control:
        if self_check:
            result = _result(terminal, engine.learning.self_check(control=control), what="Checking")
        else:
            events = engine.evaluate(thorough=not quick, control=control)
            result = _result(terminal, events, what="Evaluating")
    if terminal.as_json:
        terminal.json({name: value for name, value in result.items() if name not in ELSEWHERE})
    elif self_check:
        _tell_check(terminal, result)
    else:
        for name, question in QUESTIONS.items():
            _tell_question(terminal, question, result[name])
        _tell_retrieval(terminal, result["retrieval"])
    if self_check and not result["passed"]:
        raise UserError("The evaluation cannot be trusted on this library: see the checks above.")


def _tell_question(terminal: Terminal, question: str, answer: dict[str, Any]) -> None:
    if not answer:
        terminal.say(f"{question}: there are too few ratings to hold any out.")
        return
    lines = {"Marmalade": answer["model"], **_by_quality(answer["baselines"])}
    rows = [[who.replace("_", " "), *(_figure(line[key]) for key in FIGURES)] for who, line in lines.items()]
    terminal.table(f"{question} ({answer['songs']} songs; errors in stars)", ["", *FIGURES], rows)


def _by_quality(baselines: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    return dict(sorted(baselines.items(), key=lambda each: -each[1]["spearman"]))


def _tell_retrieval(terminal: Terminal, figures: dict[str, Any]) -> None:
    rows = [
        [name.replace("_", " "), *(_figure(answer[figure]) for figure in ("value", "chance", "queries"))]
        for name, answer in figures.items()
        if "value" in answer
    ]
    terminal.table("Whether songs that belong together lie together", ["", "share", "by chance", "songs"], rows)
    for name in (name for name, answer in figures.items() if "value" not in answer):
        terminal.say(f"{name.replace('_', ' ').capitalize()}: {_figures(figures[name])}.")


def _tell_check(terminal: Terminal, result: dict[str, Any]) -> None:
    checks = {name: check for name, check in result.items() if isinstance(check, dict)}
    rows = [
        [name.replace("_", " "), "passed" if check["passed"] else "FAILED", _figures(check)]
        for name, check in checks.items()
    ]
    terminal.table("Self-check", ["", "", ""], rows)


def _figures(check: dict[str, Any]) -> str:
    figures = {name: value for name, value in check.items() if isinstance(value, float)}
    return ", ".join(f"{name.replace('_', ' ')} {value:.3f}" for name, value in figures.items())


def _figure(value: object) -> str:
    match value:
        case None:
            return "-"
        case float():
            return f"{value:.3f}"
        case _:
            return f"{value:,}"


def _result(terminal: Terminal, events: Iterator[Event], *, what: str) -> dict[str, Any]:
    finished = required(terminal.follow(events, what=what, kind=TrainingFinished))
    if not finished.complete:
        raise UserError("Stopped before the end; what was learned before stays in use.")
    return dict(finished.result)
