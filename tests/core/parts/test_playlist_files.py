"""Files of playlists: of one format or several, all of them ours or none written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.engine import Engine
from core.errors import UserError
from core.parts.playlist_files import PlaylistFiles
from core.playlist.files import ChangedByOthers
from core.recommend.suggestion import SongList, Suggestion
from core.song import Song
from core.store.made_playlists import MadePlaylist
from tests.planted_library import PlantedLibrary

LIST = SongList("One", (Suggestion(Song(1, "Title", "Artist", "Album", 2001, 0.5, "file:///music/a.mp3")),))
OTHER = SongList("One", (Suggestion(Song(2, "Other", "Artist", "Album", 2001, 0.5, "file:///music/b.mp3")),))
BOTH = ("xspf", "m3u8")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with PlantedLibrary.create(tmp_path, songs=2, rated=1).open() as engine:
        yield engine


@pytest.fixture
def files(engine: Engine) -> PlaylistFiles:
    return PlaylistFiles(engine._workplace)


def write(files: PlaylistFiles, *, formats: tuple[str, ...] = BOTH, overwrite: bool = False) -> MadePlaylist:
    return files.write(LIST, name="Evening", formats=formats, folder=None, overwrite=overwrite)


def test_each_format_is_a_file(files: PlaylistFiles, engine: Engine) -> None:
    written = write(files)
    xspf, m3u8 = written.files
    assert (xspf, m3u8) == tuple(engine.playlist_folder / f"Evening.{ending}" for ending in BOTH)
    assert "<title>Title</title>" in xspf.read_text()
    assert m3u8.read_text().startswith("#EXTM3U")


def test_of_several_files_none_is_written_when_one_is_not_ours(files: PlaylistFiles, engine: Engine) -> None:
    engine.playlist_folder.mkdir(parents=True)
    foreign = engine.playlist_folder / "Evening.m3u8"
    foreign.write_text("mine")
    with pytest.raises(ChangedByOthers, match=r"There is a Evening\.m3u8 already"):
        write(files)
    assert not (engine.playlist_folder / "Evening.xspf").exists()
    assert foreign.read_text() == "mine"
    write(files, overwrite=True)
    assert foreign.read_text() != "mine"


def test_what_is_there_already_may_be_written_again(files: PlaylistFiles) -> None:
    assert write(files).files == write(files).files


def test_rewriting_leaves_a_deleted_file_deleted(files: PlaylistFiles) -> None:
    row = write(files)
    xspf, m3u8 = row.files
    m3u8.unlink()
    renewed = files.rewrite(row, OTHER)
    assert "Other" in xspf.read_text()
    assert not m3u8.exists()
    assert renewed[xspf] != row.files[xspf]
    assert renewed[m3u8] == row.files[m3u8]


def test_a_list_that_no_playlist_can_name_is_refused(files: PlaylistFiles) -> None:
    stream = SongList("x", (Suggestion(Song(1, "x", "", "", 0, -1.0, "http://example.org/stream")),))
    with pytest.raises(UserError, match="that a playlist can name"):
        files.write(stream, name="x", formats=BOTH, folder=None, overwrite=False)
    with pytest.raises(ValueError, match="wav is no format"):
        write(files, formats=("wav",))
