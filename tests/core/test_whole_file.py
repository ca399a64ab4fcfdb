"""A file is written whole or not at all."""

from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from core.whole_file import written_whole


def write(path: Path, content: bytes) -> None:
    with written_whole(path) as stream:
        stream.write(content)


def test_what_was_there_stays_until_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write(path, b"old")
    with written_whole(path) as stream:
        stream.write(b"new")
        stream.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_there_stays_after_an_error_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write(path, b"old")
    with suppress(ZeroDivisionError), written_whole(path) as stream:
        stream.write(b"new")
        _ = 1 // 0
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_may_be_as_long_as_names_can_be(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 255)
    write(path, b"content")
    assert path.read_bytes() == b"content"


def test_two_threads_do_not_write_to_one_file(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    with written_whole(first) as stream:
        stream.write(b"first")
        thread = Thread(target=write, args=(second, b"second"))
        thread.start()
        thread.join()
    assert (first.read_bytes(), second.read_bytes()) == (b"first", b"second")


@pytest.mark.parametrize("place", ["nowhere/file", "file/file"])
def test_a_place_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match=r"No such file|Not a directory"):
        write(tmp_path / place, b"content")
