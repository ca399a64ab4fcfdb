"""MLflow's pages: whether they answer, started on 127.0.0.1 alone, and a sentence when they cannot be."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import psutil
import pytest

from core.training.experiments import tracking_server
from core.training.experiments.tracking_server import Address, PagesServer, address_of, answers

STAND_IN = """
import os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Pages(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"OK")

options = dict(zip(sys.argv[2::2], sys.argv[3::2]))
print(sys.argv[1], options, os.environ["MLFLOW_DISABLE_TELEMETRY"], os.environ["DO_NOT_TRACK"], flush=True)
HTTPServer((options["--host"], int(options["--port"])), Pages).serve_forever()
"""


@contextmanager
def pages(text: bytes) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Not into the test's output."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, port: int) -> Iterator[PagesServer]:
    package = tmp_path / "stand-in" / "mlflow"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(STAND_IN)
    monkeypatch.setenv("PYTHONPATH", str(package.parent))
    made = PagesServer(tmp_path, Address("localhost", port), database_uri=f"sqlite:///{tmp_path}/mlflow.db")
    yield made
    if made._process is not None:
        made._process.kill()
        made._process.wait()


def news_of(server: PagesServer) -> str:
    while server.is_awaited:
        sentence = server.news()
        if sentence:
            return sentence
    pytest.fail("it is settled and nothing was said")


@pytest.mark.parametrize(
    ("uri", "address"),
    [
        ("http://localhost:5000", Address("localhost", 5000)),
        ("http://127.0.0.1", Address("127.0.0.1", 5000)),
        ("https://tracking.example:8443/x", Address("tracking.example", 8443, is_plain=False)),
        ("sqlite:////somewhere/mlflow.db", None),
        ("file:///somewhere", None),
        ("/somewhere", None),
        ("http://localhost:99999", None),
    ],
)
def test_addresses(uri: str, address: Address | None) -> None:
    assert address_of(uri) == address


@pytest.mark.parametrize(
    ("host", "is_here"),
    [("localhost", True), ("127.0.0.1", True), ("127.1.2.3", True), ("::1", True), ("192.168.1.2", False)],
)
def test_this_machine_is_known(host: str, is_here: bool) -> None:
    assert Address(host, 5000).is_here is is_here


def test_only_mlflow_answers(port: int) -> None:
    with pages(b"OK") as own:
        assert answers(Address("localhost", own))
    with pages(b"<html>something else</html>") as foreign:
        assert not answers(Address("localhost", foreign))
    assert not answers(Address("localhost", port))


def test_it_is_started_for_this_machine_alone_and_silent(server: PagesServer, tmp_path: Path, port: int) -> None:
    server.start()
    sentence = news_of(server)
    assert f"http://127.0.0.1:{port}" in sentence
    assert server._process is not None
    assert f"kill {server._process.pid}" in sentence
    log = (tmp_path / "server.log").read_text()
    assert "server" in log
    assert "'--host': '127.0.0.1'" in log
    assert log.splitlines()[0].endswith("true true")
    assert server.news() is None
    # It has a session of its own: what ends the training does not reach it.
    assert os.getsid(server._process.pid) == server._process.pid


def test_one_that_runs_is_found_again_and_one_that_is_gone_is_not(server: PagesServer) -> None:
    assert not server.is_running()
    server.start()
    assert server.is_running()
    assert server._process is not None
    psutil.Process(server._process.pid).kill()
    server._process.wait()
    assert not server.is_running()


@pytest.mark.parametrize("note", ["", "[]", '{"pid": "x"}', '{"pid": 1}'])
def test_a_damaged_note_means_none(server: PagesServer, tmp_path: Path, note: str) -> None:
    (tmp_path / "server.json").write_text(note)
    assert not server.is_running()


def test_one_that_ends_at_once_is_one_sentence(server: PagesServer, tmp_path: Path) -> None:
    (tmp_path / "stand-in" / "mlflow" / "__main__.py").write_text("raise SystemExit(2)")
    server.start()
    assert "could not be started" in news_of(server)
    assert server.news() is None


def test_one_that_never_answers_is_waited_for_no_longer_than_the_bound(
    server: PagesServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracking_server, "PATIENCE", 0.0)
    (tmp_path / "stand-in" / "mlflow" / "__main__.py").write_text("import time; time.sleep(60)")
    server.start()
    assert str(tmp_path / "server.log") in news_of(server)
