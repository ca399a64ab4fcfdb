"""What the owner types for a song, and which song that is."""

from pathlib import Path

import pytest

from core.cli.named_songs import NamedSongs, file_name_of_id, name_of, name_of_id, path_of
from core.errors import UserError
from core.file_url import url_from_path
from core.song import Song, SongId
from tests.shell_calls import STRANGE_NAME


def song(path: Path | str, *, beginning: float | None = None) -> Song:
    url = path if isinstance(path, str) else url_from_path(path)
    is_cue_track = beginning is not None
    return Song(1, "Title", "Artist", "Album", 2000, -1.0, url, beginning=beginning or 0.0, is_cue_track=is_cue_track)


PLAIN = song(Path("/music/a b#t=1.mp3"))
TRACKS = [song(Path("/music/album.flac"), beginning=second) for second in (0.0, 183.5)]
STREAM = song("http://radio.example/stream")
STRANGE = song(Path("/music") / STRANGE_NAME)
SONGS = [PLAIN, *TRACKS, STREAM, STRANGE]


@pytest.mark.parametrize("each", SONGS)
def test_the_name_and_the_key_of_a_song_find_it(each: Song) -> None:
    for text in (name_of(each), each.song_id):
        assert NamedSongs(SONGS).find([text]) == [each.song_id]


@pytest.mark.parametrize(
    "text",
    ["/music/a b#t=1.mp3", "/music/x/../a b#t=1.mp3", "file:///music/a%20b%23t=1.mp3", "file:///music/a b%23t=1.mp3"],
)
def test_one_file_has_many_names(text: str) -> None:
    assert NamedSongs(SONGS).find([text]) == [PLAIN.song_id]


def test_bytes_that_are_not_utf_8_are_found_as_they_are() -> None:
    assert NamedSongs(SONGS).find([f"/music/{STRANGE_NAME}"]) == [STRANGE.song_id]
    assert name_of(STRANGE) == "file:///music/caf%E9%20[live].wav"


def test_a_path_may_be_relative_or_begin_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = song(tmp_path / "a.mp3")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert NamedSongs([known]).find(["a.mp3", "~/a.mp3", "./a.mp3"]) == [known.song_id]


def test_a_link_leads_to_the_song(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk/a.mp3").touch()
    (tmp_path / "link").symlink_to(tmp_path / "disk")
    known = song(tmp_path / "link/a.mp3")
    assert NamedSongs([known]).find([str(tmp_path / "disk/a.mp3")]) == [known.song_id]


def test_a_file_of_one_cue_track_needs_no_section() -> None:
    assert NamedSongs(TRACKS[1:]).find(["/music/album.flac"]) == [TRACKS[1].song_id]


def test_a_file_of_several_songs_is_asked_about() -> None:
    with pytest.raises(UserError, match=r"holds 2 songs: say which.*such as /music/album\.flac#t=183\.5\."):
        NamedSongs(TRACKS).find(["/music/album.flac"])


@pytest.mark.parametrize(
    "text",
    ["/music/no.mp3", "/music/album.flac#t=7", "", "/", "/music", "http://radio.example", "file:///a%00b", "#t=0"],
)
def test_what_is_no_song_is_one_sentence(text: str) -> None:
    with pytest.raises(UserError, match=r"is no song of your library\.$"):
        NamedSongs(SONGS).find([PLAIN.song_id, text])
    with pytest.raises(UserError, match="is no song of your library, so nothing was changed"):
        NamedSongs(SONGS).find([PLAIN.song_id, text], else_unchanged=True)


def test_a_sentence_does_not_begin_with_a_blank() -> None:
    with pytest.raises(UserError, match=r"^“” is no song of your library"):
        NamedSongs(SONGS).find([""])


def test_a_song_that_is_gone_is_found_by_what_was_said_of_it() -> None:
    gone = [SongId("file:///music/old%20one.flac#t=60"), SongId("file:///music/x.mp3"), SongId("http://a.example/b")]
    names = ["/music/old one.flac#t=60", "/music/x.mp3", "http://a.example/b"]
    assert [name_of_id(each) for each in gone] == names
    assert NamedSongs([], also=gone).find(names) == gone


def test_a_sentence_names_a_path_and_not_a_url() -> None:
    with pytest.raises(UserError, match=r"^/no/such song\.mp3 is no song"):
        NamedSongs(SONGS).find(["file:///no/such%20song.mp3"])


def test_people_read_the_name_of_the_file() -> None:
    gone = [SongId("file:///music/old%20one.flac#t=60"), SongId("http://a.example/b"), SongId("http://a.example/")]
    assert [file_name_of_id(each) for each in gone] == ["old one.flac#t=60", "b", "a.example"]


def test_the_path_of_a_song_is_plain() -> None:
    assert [path_of(each) for each in (TRACKS[1], STREAM)] == ["/music/album.flac", "http://radio.example/stream"]
