"""The way to a Dask scheduler, and what has to be the same on its workers as here."""

import asyncio
import logging
import os
import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from core.errors import UserError

if TYPE_CHECKING:
    from distributed import Client

logger = logging.getLogger(__name__)

NO_DISTRIBUTED = 'Dask is not installed here: pip install "marmalade[cluster]".'
CONNECTING = 5.0
"""Seconds in which a scheduler has to answer at the beginning."""
NOISY = ("distributed", "tornado")


def connect(address: str) -> "Client":
    """A client of the scheduler at HOST:PORT; raises UserError without the extra or a scheduler."""
    try:
        from distributed import Client
    except ImportError as error:
        raise UserError(NO_DISTRIBUTED) from error
    keep_quiet()
    try:
        with ThreadPoolExecutor(1) as thread:  # the caller's may have a loop of its own
            thread.submit(asyncio.run, _greet(address)).result()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of other versions of Python and Dask over there, which do not matter
            return Client(f"tcp://{address}", timeout=CONNECTING, set_as_default=False, name="marmalade")
    except UserError:
        raise
    except Exception as error:  # an OSError for silence, a MemoryError for a web server, whose greeting is no length
        logger.info("no scheduler at %s: %r", address, error)
        raise UserError(f"No Dask scheduler answers at {address}: start one with “dask scheduler”.") from error


async def _greet(address: str) -> None:
    """Raise an error unless a scheduler answers; Dask's own client waits for ever for what is silent."""
    from distributed import rpc

    async with rpc(f"tcp://{address}", timeout=CONNECTING) as other:
        identity = await asyncio.wait_for(other.identity(), CONNECTING)
    if identity["type"] != "Scheduler":
        raise UserError(f"At {address} a Dask {identity['type'].lower()} answers, not a scheduler.")


def require_version(found: dict[str, Any]) -> None:
    """Raise UserError for a worker that did not answer ``version("marmalade")`` with the one that is here."""
    here = version("marmalade")
    for worker, there in sorted(found.items()):
        if isinstance(there, PackageNotFoundError):
            raise UserError(f"Marmalade is not installed on the Dask worker {worker}: install version {here} there.")
        if isinstance(there, Exception):
            raise UserError(f"The Dask worker {worker} cannot be asked for its version: {there}") from there
        if there != here:
            raise UserError(f"The Dask worker {worker} has Marmalade {there}, but here it is {here}: make them equal.")


def require_paths(found: dict[str, Any]) -> None:
    """Raise UserError for a worker that found paths ``unreadable``."""
    for worker, missing in sorted(found.items()):
        if isinstance(missing, Exception):
            raise UserError(f"The Dask worker {worker} cannot be asked for the music: {missing}") from missing
        if missing:
            raise UserError(
                f"The Dask worker {worker} cannot read {missing[0]}: mount the music there at the same path as here."
            )


def unreadable(paths: Sequence[str]) -> list[str]:
    """Those of some paths that cannot be read on this machine."""
    return [path for path in paths if not os.access(path, os.R_OK)]


def notice_of(threads: dict[str, int]) -> str:
    """A sentence about the workers with several threads, of which only one is used; empty without such workers."""
    many = [worker for worker, count in sorted(threads.items()) if count > 1]
    if not many:
        return ""
    return (
        f"Of the {threads[many[0]]} threads of the Dask worker {many[0]} one is used, so that a crash costs one song: "
        "start workers with --nthreads 1 and --nworkers as many as there are cores."
    )


def keep_quiet() -> None:
    """Take Dask off stderr: a lost connection would fill the terminal with tracebacks."""
    logging.getLogger("asyncio").addHandler(logging.NullHandler())  # Dask logs there what is called off in a sleep
    for name in NOISY:
        for noisy in [name, *(other for other in logging.root.manager.loggerDict if other.startswith(f"{name}."))]:
            for handler in tuple(logging.getLogger(noisy).handlers):
                if type(handler) is logging.StreamHandler:
                    logging.getLogger(noisy).removeHandler(handler)
                    logging.getLogger(noisy).addHandler(logging.NullHandler())
