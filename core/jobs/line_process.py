"""A child process that reports in JSON lines on stdout, obeys lines on stdin, and logs on stderr."""

import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType, TracebackType
from typing import IO, Any, Self

logger = logging.getLogger(__name__)

KEPT_LINES = 40
PATIENCE = 10.0
"""Seconds in which a child may end by itself."""


class LineProcessError(Exception):
    """The child ended without saying that it had finished; the message holds the end of its log."""

    def __init__(self, sentence: str, *, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code
        """As the operating system gives it: below 0 for a signal."""


class LineProcess:
    """``python -m MODULE`` with one JSON object on its first line of stdin, a message a line on stdout."""

    def __init__(
        self,
        module: str,
        *,
        job: dict[str, Any],
        arguments: Sequence[str] = (),
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """``environment`` is added to the parent's."""
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="backslashreplace",
            env={**os.environ, **environment},
            process_group=0,  # Ctrl+C in a shell reaches its whole group; the parent alone says when the child ends
        )
        self._log: deque[str] = deque(maxlen=KEPT_LINES)
        self._log_reader = threading.Thread(target=self._keep_log, name=f"{module} log", daemon=True)
        self._log_reader.start()
        self.say(job)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.end()

    def say(self, message: dict[str, Any]) -> None:
        """Send one message; a child that has already ended does not mind."""
        stream = _open_stream(self._process.stdin)
        try:
            stream.write(json.dumps(message) + "\n")
            stream.flush()
        except BrokenPipeError:
            logger.debug("the child had ended before it was told %s", sorted(message))

    def messages(self) -> Iterator[dict[str, Any]]:
        """Every message of the child; raises LineProcessError when it ends with an error code."""
        for line in _open_stream(self._process.stdout):
            message = _parsed(line)
            if message is None:
                logger.warning("not a message: %s", line.rstrip())
            else:
                yield message
        code = self._process.wait()
        self._log_reader.join(PATIENCE)
        if code != 0:
            sentence = f"the process ended with code {code}:\n" + "".join(self._log)
            raise LineProcessError(sentence, code=code)

    def end(self, *, patience: float = PATIENCE) -> None:
        """Close the child's stdin, wait for it to end by itself, then insist."""
        # What was not sent to a child that has ended cannot be sent by closing either.
        with contextlib.suppress(BrokenPipeError):
            _open_stream(self._process.stdin).close()
        try:
            self._process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        # A process that the child left behind may hold its end of the log open.
        self._log_reader.join(patience)
        _open_stream(self._process.stdout).close()
        if not self._log_reader.is_alive():
            _open_stream(self._process.stderr).close()

    def _keep_log(self) -> None:
        for line in _open_stream(self._process.stderr):
            self._log.append(line)
            logger.info("child: %s", line.rstrip())


def _parsed(line: str) -> dict[str, Any] | None:
    """The message in a line, or None for one that a library printed, or that broke off when the child was killed."""
    try:
        message = json.loads(line)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None


def _open_stream(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        message = "the child was started without pipes"
        raise RuntimeError(message)
    return stream
