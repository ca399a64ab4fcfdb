"""``python -m core.training``: one job in on stdin, messages out on stdout, logs on stderr."""

import json
import logging
import os
import sys
import threading
import time
from typing import Any

from core.errors import UserError
from core.training.protocol import VERSION, TrainingJob

logger = logging.getLogger("core.training")


class Reporter:
    """The child's end of the line: messages to the parent, and its wish to stop."""

    def __init__(self) -> None:
        # Nothing but messages may reach the parent: whatever a library or the owner's own code prints goes to the log.
        self._out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        self._stop = threading.Event()

    def say(self, event: str, **values: Any) -> None:  # noqa: ANN401 - whatever JSON can say
        self._out.write(json.dumps({"version": VERSION, "event": event, **values}) + "\n")
        self._out.flush()

    def stopped(self) -> bool:
        return self._stop.is_set()

    def listen(self) -> None:
        """Take ``stop`` from stdin, and its end (the parent is gone) as the same."""
        for line in sys.stdin:
            if json.loads(line) == {"say": "stop"}:
                break
        self._stop.set()


def main() -> int:
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(name)s: %(message)s")
    reporter = Reporter()
    job = TrainingJob.from_message(json.loads(sys.stdin.readline()))
    threading.Thread(target=reporter.listen, name="stdin", daemon=True).start()
    started = time.monotonic()
    try:
        result = run(job, reporter)
    except UserError as error:
        reporter.say("failed", sentence=str(error))
        return 0
    reporter.say("finished", seconds=time.monotonic() - started, **result)
    return 0


def run(job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Do what the job asks for; torch is imported only now, so that the parent hears of a bad job at once."""
    from core.training import tasks

    tasks.use_few_threads()
    return {"train-classifier": tasks.train_classifier, "evaluate": tasks.evaluate_classifier}[job.kind](job, reporter)


if __name__ == "__main__":
    sys.exit(main())
