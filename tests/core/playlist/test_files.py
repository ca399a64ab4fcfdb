"""Playlist files appear whole or not at all, only when something changed, and beside a marker for the player."""

import os
from pathlib import Path

import pytest

from core.errors import UserError
from core.playlist.files import MARKER, write_playlist


def test_content_is_written_into_folders_that_are_made(tmp_path: Path) -> None:
    path = tmp_path / "Music/recommendations/mine.xspf"
    assert write_playlist(path, b"one")
    assert path.read_bytes() == b"one"


def test_the_same_content_is_not_written_again(tmp_path: Path) -> None:
    """The player would take every write below a music folder for a change of the folder."""
    path = tmp_path / "recommendations/mine.xspf"
    write_playlist(path, b"one")
    before = path.stat(), path.parent.stat()
    assert not write_playlist(path, b"one")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before[0].st_ino, before[0].st_mtime_ns)
    assert path.parent.stat().st_mtime_ns == before[1].st_mtime_ns
    assert write_playlist(path, b"two")


def test_the_folder_of_recommendations_is_hidden_from_the_scan(tmp_path: Path) -> None:
    write_playlist(tmp_path / "recommendations/mine.xspf", b"one")
    marker = tmp_path / "recommendations" / MARKER
    assert marker.read_bytes() == b""
    before = marker.stat().st_mtime_ns
    write_playlist(tmp_path / "recommendations/other.xspf", b"one")
    assert marker.stat().st_mtime_ns == before


def test_a_folder_of_the_owner_is_not(tmp_path: Path) -> None:
    """It may hold music, which the player would then lose."""
    write_playlist(tmp_path / "mine.xspf", b"one")
    assert os.listdir(tmp_path) == ["mine.xspf"]  # noqa: PTH208 - names alone


def test_what_breaks_off_leaves_the_playlist_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.xspf"
    write_playlist(path, b"before")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match=r"^The playlist .*mine\.xspf cannot be written: No space left on device\."):
        write_playlist(path, b"after")
    assert path.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["mine.xspf"]


@pytest.mark.parametrize("place", ["file/mine.xspf", "folder"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(UserError, match=r"Choose another place for it\.$") as refused:
        write_playlist(tmp_path / place, b"one")
    assert str(tmp_path / place) in str(refused.value)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder"]


def test_the_longest_name_of_a_playlist_is_written(tmp_path: Path) -> None:
    """The hidden file beside it must not need a longer name than the file system has."""
    path = tmp_path / ("x" * 250 + ".xspf")
    assert write_playlist(path, b"one")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_link_is_written_through(tmp_path: Path) -> None:
    """Who keeps the playlist elsewhere and links to it finds it there."""
    (tmp_path / "elsewhere.xspf").write_bytes(b"before")
    link = tmp_path / "mine.xspf"
    link.symlink_to("elsewhere.xspf")
    assert write_playlist(link, b"after")
    assert link.is_symlink()
    assert (tmp_path / "elsewhere.xspf").read_bytes() == b"after"
