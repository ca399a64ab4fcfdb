"""MLflow's pages on this machine: whether somebody serves them, and starting them bound to 127.0.0.1 for the owner."""

import http.client
import json
import logging
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil

logger = logging.getLogger(__name__)

THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
DEFAULT_PORT = 5000
PATIENCE = 60.0
"""Seconds in which the pages have to answer: 15 were seen on two busy cores."""
ANSWER_WITHIN = 2.0
"""Seconds for one look."""

SILENT = {"MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true"}
"""MLflow collects usage data from version 3.2 on; it reads these when it is imported."""


@dataclass(frozen=True)
class Address:
    """Where pages are served."""

    host: str
    port: int
    is_plain: bool = True
    """HTTP without encryption: all that can be started here."""

    @property
    def is_here(self) -> bool:
        return self.host in THIS_MACHINE or self.host.startswith("127.")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def address_of(uri: str) -> Address | None:
    """The address in a tracking URI; None for one that names a database or a folder."""
    parts = urlsplit(uri)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    is_plain = parts.scheme == "http"
    try:
        port = parts.port
    except ValueError:  # beyond 65535, or no number
        return None
    # Without a port a URI means the port of its scheme; the owner who wrote it means MLflow.
    return Address(parts.hostname, port or (DEFAULT_PORT if parts.hostname in THIS_MACHINE else 443), is_plain)


def answers(address: Address) -> bool:
    """Whether an MLflow server answers there: another program's pages do not count."""
    connection = http.client.HTTPConnection(
        address.host if address.host != "localhost" else "127.0.0.1", address.port, timeout=ANSWER_WITHIN
    )
    try:
        connection.request("GET", "/health")
        reply = connection.getresponse()
        return reply.status == 200 and reply.read(16).strip() == b"OK"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


class PagesServer:
    """A server that outlives the training, so that its owner can look at the run afterwards.

    It is not waited for: what a run says goes into the database itself, which the server only shows.
    """

    def __init__(self, folder: Path, address: Address, *, database_uri: str) -> None:
        self._folder, self._address, self._database_uri = folder, address, database_uri
        self._process: subprocess.Popen[bytes] | None = None
        self._deadline = 0.0
        self._is_settled = True

    def is_running(self) -> bool:
        """Whether one that was started for this folder and port is still there."""
        try:
            known = json.loads(self._note.read_text(encoding="utf-8"))
            command = psutil.Process(int(known["pid"])).cmdline()
        except (OSError, ValueError, KeyError, TypeError, psutil.Error):
            return False
        return self._database_uri in command and str(self._address.port) in command

    def start(self) -> None:
        """Start the server in a session of its own; raises OSError when the machine does not let us."""
        arguments = ["--host", "127.0.0.1", "--port", str(self._address.port), "--workers", "1"]
        arguments += ["--backend-store-uri", self._database_uri]
        arguments += ["--artifacts-destination", (self._folder / "artifacts").as_uri()]
        with (self._folder / "server.log").open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "mlflow", "server", *arguments],
                cwd=self._folder,
                env=os.environ | SILENT | {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._note.write_text(
            json.dumps({"pid": self._process.pid, "port": self._address.port, "url": self._address.url}),
            encoding="utf-8",
        )
        self._deadline = time.monotonic() + PATIENCE
        self._is_settled = False

    def news(self) -> str | None:
        """One sentence, once: where the pages are and how they are stopped, or that they did not come."""
        if self._is_settled or self._process is None:
            return None
        if self._process.poll() is None and answers(self._address):
            self._is_settled = True
            return f"MLflow shows this run at {self._address.url}; end it with “kill {self._process.pid}”."
        if self._process.poll() is None and time.monotonic() < self._deadline:
            return None
        self._is_settled = True
        log = self._folder / "server.log"
        return (
            f"MLflow's pages could not be started at {self._address.url}: {log} says why; the run is kept all the same."
        )

    @property
    def is_awaited(self) -> bool:
        return not self._is_settled

    @property
    def _note(self) -> Path:
        return self._folder / "server.json"
