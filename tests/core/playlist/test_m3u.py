"""M3U8 takes two lines for each song, whatever its tags hold."""

from pathlib import Path

from core.playlist.m3u import export_to_m3u, render
from tests.core.playlist.conftest import MakeSong


def test_a_song_takes_two_lines(recommend: MakeSong) -> None:
    assert render([recommend("/music/a #1.mp3")]).decode().splitlines() == [
        "#EXTM3U",
        "#EXTINF:180,Artist - Title",
        "file:///music/a%20%231.mp3",
    ]


def test_an_unknown_length_is_minus_one(recommend: MakeSong) -> None:
    assert b"#EXTINF:-1,Artist - Title\n" in render([recommend(duration=-1.0)])


def test_tags_stay_in_their_line(recommend: MakeSong) -> None:
    lines = render([recommend(title=" two\nlines\r\n ", artist="\ud800")]).decode().splitlines()
    assert len(lines) == 3
    assert lines[1] == "#EXTINF:180,? - two lines"


def test_what_cannot_be_named_is_left_out(recommend: MakeSong) -> None:
    songs = [recommend(filename="http://radio/live"), recommend("/m/back\\slash.mp3"), recommend()]
    assert len(render(songs).splitlines()) == 3


def test_it_is_written_in_utf_8(recommend: MakeSong, tmp_path: Path) -> None:
    assert export_to_m3u([recommend(title="Größe 日本")], tmp_path / "mine.m3u8")
    assert "Artist - Größe 日本" in (tmp_path / "mine.m3u8").read_text(encoding="utf-8")
    assert not export_to_m3u([recommend(title="Größe 日本")], tmp_path / "mine.m3u8")
