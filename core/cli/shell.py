"""What every command has: the common options, the engine behind them, and its place in the program."""

import inspect
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from core.cli.terminal import Terminal
from core.engine import Engine
from core.errors import UserError
from core.log import start_logging
from core.paths import Profile

ACT = 1
"""The exit code when the owner must do something."""

ConfigFile = Annotated[Path | None, typer.Option(help="A YAML file with settings.")]
ProfileFolder = Annotated[Path | None, typer.Option(help="Keep all of Marmalade's files below this folder.")]
DatabaseFile = Annotated[Path | None, typer.Option(help="The player's database.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Debug = Annotated[bool, typer.Option("--debug", help="Write the log to stderr.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print comma-separated values.")]
"""An option of the commands that list songs."""


NamedConfig = Annotated[Path | None, typer.Argument(metavar="CONFIG", help="A YAML file, as --config.")]
"""The first word of the commands that the plan gives a configuration."""


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

    def require_one_format(self, csv: bool) -> None:
        """Refuse --csv beside --json."""
        if csv and self.terminal.as_json:
            raise typer.BadParameter("--csv and --json are two ways to print the same: choose one of them.")

    @property
    def places(self) -> Profile:
        return Profile.below(self.profile) if self.profile else Profile.of_user()

    def engine(self, config: Path | None = None) -> Engine:
        """Open the engine, with a log of what it does; ``config`` is a file that the command itself was given."""
        if config is not None and self.config is not None and config != self.config:
            raise typer.BadParameter(f"{config} and --config {self.config} are two configurations: give one of them.")
        start_logging(self.places.state, debug=self.debug)
        return Engine.open(profile=self.places, config_file=config or self.config, database=self.database)


COMMON = inspect.signature(Shell).parameters

HELP = {"help_option_names": ["-h", "--help"]}

application = typer.Typer(
    help="Marmalade learns your taste from your stars in Clementine and writes playlists.",
    pretty_exceptions_enable=False,
    context_settings=HELP,
)


def command(name: str, *, of: typer.Typer = application) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add a command ``function(shell, ...)`` that takes the common options besides its own.

    They may also stand before the command; what is said after it counts. ``of`` is the group that it belongs to.
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
        of.command(name)(run)
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


def required(finished: Any) -> Any:  # noqa: ANN401 - whatever the work ends with
    if finished is None:
        raise UserError("The work ended before it was done.")
    return finished
