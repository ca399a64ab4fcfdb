"""Options that several commands take, and get as one value."""

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeAlias

from core.cli.shell import Shell

Function: TypeAlias = Callable[..., None]


def grouped(name: str, make: Callable[..., object]) -> Callable[[Function], Function]:
    """Let a command ``function(shell, ..., NAME=)`` take the options of ``make`` in the place of what it makes of them.

    They come after the command's own ones.
    """
    options = inspect.signature(make).parameters

    def decorate(function: Function) -> Function:
        own = [each for each in inspect.signature(function).parameters.values() if each.name != name]

        @functools.wraps(function)
        def run(shell: Shell, **values: Any) -> None:  # noqa: ANN401 - whatever the options hold
            made = make(**{option: values.pop(option) for option in options})
            function(shell, **{name: made}, **values)

        run.__signature__ = inspect.Signature([*own, *options.values()])  # type: ignore[attr-defined]  # read by command
        return run

    return decorate
