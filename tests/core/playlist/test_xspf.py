"""XSPF holds what Clementine needs of a song, in the form that it reads, whatever the tags and names are."""

from pathlib import Path
from urllib.parse import quote, unquote_to_bytes
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.errors import UserError
from core.playlist.xspf import export_to_xspf, location, render, unplayable_reason
from core.recommend.ranking import Recommendation
from core.song import UNRATED, Song
from tests.core.playlist.conftest import MakeSong

SPACE = "{http://xspf.org/ns/0/}"
MAGIC = 512
"""Bytes in which Clementine looks for what kind of playlist a file is."""


def tracks(document: bytes) -> list[dict[str, str | None]]:
    """What a parser finds, in the order of the file."""
    root = ET.fromstring(document)  # noqa: S314 - our own
    return [{field.tag.removeprefix(SPACE): field.text for field in track} for track in root.iter(f"{SPACE}track")]


def test_every_field_is_written(recommend: MakeSong) -> None:
    assert tracks(render([recommend("/music/a b.mp3")], title="Mine")) == [
        {
            "location": "file:///music/a%20b.mp3",
            "title": "Title",
            "creator": "Artist",
            "album": "Album",
            "duration": "180250",
            "trackNum": "7",
            "annotation": "Predicted rating: 0.89",
        }
    ]


def test_unknown_fields_are_written_too(recommend: MakeSong) -> None:
    """Clementine shows a song without title, artist, album or length when the playlist has none."""
    (track,) = tracks(render([recommend(title="", artist="", album="", duration=-1.0, track=-1)], title="Mine"))
    assert {name: track[name] for name in ("title", "creator", "album")} == dict.fromkeys(("title", "creator", "album"))
    assert (track["duration"], track["trackNum"]) == ("0", "0")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/m/%41 100%.mp3", "file:///m/%2541%20100%25.mp3"),
        ("/m/#1?.mp3", "file:///m/%231%3F.mp3"),
        ("/m/a&b<c>\"d'.mp3", "file:///m/a%26b%3Cc%3E%22d%27.mp3"),
        ("/m/u\u0308\u00fc.mp3", "file:///m/u%CC%88%C3%BC.mp3"),
        ("/m/new\nline .mp3", "file:///m/new%0Aline%20.mp3"),
        ("/m/[a] {b};c+d=e@f.mp3", "file:///m/%5Ba%5D%20%7Bb%7D%3Bc%2Bd%3De%40f.mp3"),
        ("/m/\udcff.mp3", "file:///m/%FF.mp3"),
    ],
)
def test_a_location_holds_unreserved_characters_only(recommend: MakeSong, path: str, expected: str) -> None:
    assert location(recommend(path).song) == expected


def test_the_path_is_the_players_not_the_one_of_this_machine(recommend: MakeSong) -> None:
    assert location(recommend("/music/a.mp3", mapped_path="/mnt/a.mp3").song) == "file:///music/a.mp3"


def test_strawberry_gets_an_escaped_path_without_scheme(recommend: MakeSong) -> None:
    (track,) = tracks(render([recommend("/m/#1 %41.mp3")], title="Mine", player="Strawberry"))
    assert track["location"] == quote("/m/#1 %41.mp3")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"filename": "http://radio/live"}, "no local file"),
        ({"filename": "file:///m/back%5Cslash.mp3"}, "backslash"),
        ({"filename": "file:///m/back\\slash.mp3"}, "backslash"),
        ({"is_cue_track": True, "beginning": 3.0}, "first track"),
    ],
)
def test_what_a_playlist_cannot_name_is_left_out(recommend: MakeSong, fields: dict[str, object], words: str) -> None:
    assert words in unplayable_reason(recommend(**fields).song)
    assert len(tracks(render([recommend(**fields), recommend()], title="Mine"))) == 1


def test_the_first_track_of_a_cue_sheet_can_be_named(recommend: MakeSong) -> None:
    assert unplayable_reason(recommend(is_cue_track=True, beginning=0.0).song) == ""


def test_a_name_with_an_escaped_backslash_in_it_can_be_named(recommend: MakeSong) -> None:
    """``%5C`` in the name itself is ``%255C`` in its URL: no backslash at all."""
    assert unplayable_reason(recommend("/m/100%5Cotton.mp3").song) == ""


def test_a_backslash_of_this_machine_is_none_of_the_players(recommend: MakeSong) -> None:
    assert unplayable_reason(recommend("/music/a.mp3", mapped_path="/mnt/back\\slash/a.mp3").song) == ""


@given(some.text(), some.text(), some.text())
def test_any_tags_make_a_document_that_is_read(title: str, artist: str, album: str) -> None:
    song = Song(1, title, artist, album, 2001, UNRATED, "file:///music/a.mp3")
    document = render([Recommendation(song, 0.5, 1)] * 2, title=title)
    found = tracks(document)
    assert len(found) == 2
    assert b"<trackList" in document[:MAGIC]
    assert b"<playlist" in document[:MAGIC]


@given(some.binary(min_size=1).filter(lambda name: b"\0" not in name))
def test_any_name_is_found_again(name: bytes) -> None:
    song = Song(1, "", "", "", 2001, UNRATED, "file:///m/" + "".join(f"%{byte:02X}" for byte in name))
    assert unquote_to_bytes(location(song).removeprefix("file://")) == b"/m/" + name


@pytest.mark.parametrize("text", ["a\x01b", "a\x00b", "a\x1fb", "a\ufffeb", "a\ud800b"])
def test_characters_that_xml_cannot_hold_are_dropped(recommend: MakeSong, text: str) -> None:
    """One of them made Clementine lose all tracks after it."""
    assert tracks(render([recommend(title=text)], title=text))[0]["title"] == "ab"


def test_markup_in_a_tag_stays_text(recommend: MakeSong) -> None:
    text = "]]> </title><location>x</location> &amp; <!-- "
    (track,) = tracks(render([recommend(title=text)], title=text))
    assert (track["title"], track["location"]) == (text, "file:///music/song.mp3")


def test_equal_suggestions_are_written_once(recommend: MakeSong, tmp_path: Path) -> None:
    assert export_to_xspf([recommend()], tmp_path / "mine.xspf")
    assert not export_to_xspf([recommend()], tmp_path / "mine.xspf")
    assert export_to_xspf([recommend(predicted=0.5)], tmp_path / "mine.xspf")


def test_no_song_is_no_file(recommend: MakeSong, tmp_path: Path) -> None:
    for songs in ([], [recommend(filename="http://radio/live")]):
        with pytest.raises(UserError, match="no song"):
            export_to_xspf(songs, tmp_path / "mine.xspf")
    assert list(tmp_path.iterdir()) == []


def test_without_a_place_it_lies_in_the_music_folder(recommend: MakeSong, own_home: Path) -> None:
    assert export_to_xspf([recommend()])
    assert (own_home / "Music/recommendations/test.xspf").is_file()
