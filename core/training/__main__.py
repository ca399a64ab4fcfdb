"""``python -m core.training``: one job in on stdin, messages out on stdout, logs on stderr.

``python -m core.training --job FILE`` takes the job from a file: so ``torchrun`` starts it, whose processes share their
stdin.
"""

import argparse
import gc
import json
import logging
import os
import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any

from core.errors import UserError
from core.training.context import Silence
from core.training.protocol import VERSION, TrainingJob
from core.training.tasks import run
from core.training.tracking import switch_telemetry_off

logger = logging.getLogger("core.training")

NICENESS = 10
"""The player, and whatever else its owner does, comes first."""


class LineReporter:
    """The child's end of the line: messages to the parent, and its wish to stop."""

    def __init__(self) -> None:
        # Nothing but messages may reach the parent: whatever a library or the owner's own code prints goes to the log.
        self._out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        self._stop = threading.Event()
        self._saying = threading.Lock()

    def say(self, event: str, **values: Any) -> None:  # noqa: ANN401 - whatever JSON can say
        line = json.dumps({**values, "version": VERSION, "event": event}) + "\n"
        with self._saying:
            self._out.write(line)
            self._out.flush()

    def stopped(self) -> bool:
        return self._stop.is_set()

    def listen(self, *, until_end: bool) -> None:
        """Take ``stop`` from stdin, and, if the parent holds its other end, the end of it (the parent is gone) too."""
        said = any(json.loads(line) == {"say": "stop"} for line in sys.stdin)
        if said or until_end:
            self._stop.set()


def main() -> int:
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(name)s: %(message)s")
    os.nice(NICENESS)
    switch_telemetry_off()
    job_file = _job_file()
    gc.disable()
    job = TrainingJob.from_message(json.loads(job_file.read_text() if job_file else sys.stdin.readline()))
    # All of it stays to the end: looking for garbage among 60,000 songs took as long as reading them.
    gc.freeze()
    gc.enable()
    if int(os.environ.get("RANK", "0")) > 0:  # one of several processes of torchrun, of which the first one talks
        run(job, Silence())
        return 0
    reporter = LineReporter()
    listen = partial(reporter.listen, until_end=job_file is None)
    threading.Thread(target=listen, name="stdin", daemon=True).start()
    started = time.monotonic()
    try:
        result = run(job, reporter)
    except UserError as error:
        reporter.say("failed", sentence=str(error), cause=error.cause)
        return 0
    reporter.say("finished", seconds=time.monotonic() - started, **result)
    return 0


def _job_file() -> Path | None:
    parser = argparse.ArgumentParser(prog="python -m core.training", description=__doc__.splitlines()[0])
    parser.add_argument("--job", type=Path, help="the job as JSON, as it would come on stdin")
    found: Path | None = parser.parse_args().job
    return found


if __name__ == "__main__":
    sys.exit(main())
