"""The address of other machines, and the sentences for what is not as it has to be there."""

import pickle
import socket
import sys
import threading
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from core.errors import UserError
from core.jobs import scheduler
from core.jobs.cluster import LOCAL, answer, cluster_pool, parse_executor
from core.jobs.scheduler import NO_DISTRIBUTED, notice_of, require_paths, require_version, unreadable


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """Something that takes calls on the loopback and is no scheduler."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def address_of(server: socket.socket) -> str:
    return f"127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (LOCAL, LOCAL),
        ("dask://localhost:8786", "localhost:8786"),
        ("dask://192.168.1.5:1", "192.168.1.5:1"),
        ("dask://[::1]:8786", "[::1]:8786"),
    ],
)
def test_an_executor_is_named_by_its_address(text: str, address: str) -> None:
    assert parse_executor(text) == address


@pytest.mark.parametrize("text", ["", "dask", "localhost:8786", "tcp://localhost:8786", "http://localhost", "Local"])
def test_another_scheme_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="is no executor"):
        parse_executor(text)


@pytest.mark.parametrize(
    "text",
    [
        "dask://",
        "dask://host",
        "dask://host:",
        "dask://:8786",
        "dask://host:0",
        "dask://host:port",
        "dask://host:70000",
        "dask://host:8786/path",
        "dask://host:8786?query",
        "dask://me@host:8786",
        "dask://[::1:8786",
    ],
)
def test_an_address_without_host_and_port_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="does not name a host and a port"):
        parse_executor(text)


def test_without_the_extra_its_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UserError) as caught:
        cluster_pool("127.0.0.1:8786")
    assert str(caught.value) == NO_DISTRIBUTED
    assert "marmalade[cluster]" in NO_DISTRIBUTED


def test_where_nobody_listens_is_no_scheduler(
    server: socket.socket, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    monkeypatch.setattr(scheduler, "CONNECTING", 0.3)
    address = address_of(server)
    server.close()
    with pytest.raises(UserError, match=f"No Dask scheduler answers at {address}"):
        cluster_pool(address)
    assert capfd.readouterr() == ("", "")


def test_one_that_says_nothing_is_no_scheduler(server: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    monkeypatch.setattr(scheduler, "CONNECTING", 0.3)
    with pytest.raises(UserError, match="No Dask scheduler answers"):
        cluster_pool(address_of(server))


def test_a_web_server_is_no_scheduler(server: socket.socket, capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")

    def greet() -> None:
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

    thread = threading.Thread(target=greet)
    thread.start()
    with pytest.raises(UserError, match="No Dask scheduler answers"):
        cluster_pool(address_of(server))
    thread.join()
    assert capfd.readouterr() == ("", "")


def test_workers_of_this_version_are_taken() -> None:
    require_version({"tcp://a:1": version("marmalade"), "tcp://b:1": version("marmalade")})


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ("0.0.1", f"tcp://b:1 has Marmalade 0.0.1, but here it is {version('marmalade')}"),
        (PackageNotFoundError("marmalade"), "not installed on the Dask worker tcp://b:1"),
        (OSError("Stream is closed"), "tcp://b:1 cannot be asked for its version: Stream is closed"),
    ],
)
def test_a_worker_of_another_version_is_named(found: object, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        require_version({"tcp://a:1": version("marmalade"), "tcp://b:1": found})


def test_a_worker_without_the_music_is_named() -> None:
    require_paths({"tcp://a:1": []})
    with pytest.raises(UserError, match="The Dask worker tcp://b:1 cannot read /music/x: mount"):
        require_paths({"tcp://a:1": [], "tcp://b:1": ["/music/x", "/music/y"]})
    with pytest.raises(UserError, match="tcp://b:1 cannot be asked for the music: gone"):
        require_paths({"tcp://b:1": OSError("gone")})


def test_what_is_not_there_is_unreadable(tmp_path: Path) -> None:
    assert unreadable([str(tmp_path), str(tmp_path / "a\udcff")]) == [str(tmp_path / "a\udcff")]


def test_workers_with_idle_threads_are_told() -> None:
    assert notice_of({"tcp://a:1": 1, "tcp://b:1": 1}) == ""
    assert "Of the 4 threads of the Dask worker tcp://b:1 one is used" in notice_of({"tcp://a:1": 1, "tcp://b:1": 4})


def test_an_answer_is_a_value_or_an_error() -> None:
    given = [answer(pickle.dumps((divmod, numbers, {}))) for numbers in [(17, 5), (17, 0)]]
    (is_value, value), (is_other, error) = map(pickle.loads, given)
    assert (is_value, value) == (True, (3, 2))
    assert not is_other
    assert isinstance(error, ZeroDivisionError)
