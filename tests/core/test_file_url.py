"""File URLs: what the players store, and back to the very bytes of the name."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.file_url import is_local, name_from_url, path_from_url, url_from_path

OBSERVED = {
    "back\\slash.ogg": "back%5Cslash.ogg",
    "semi;amp&plus+eq=at@comma,bang!dollar$(p).mp3": "semi;amp&plus+eq=at@comma,bang!dollar$(p).mp3",
    "nfd e\u0301.ogg": "nfd%20e%CC%81.ogg",
    "nfc \u00e9.ogg": "nfc%20%C3%A9.ogg",
    "ha#sh ? q.ogg": "ha%23sh%20%3F%20q.ogg",
    " lead trail .opus": "%20lead%20trail%20.opus",
    'quo\'te "d".ogg': "quo'te%20%22d%22.ogg",
    "per%41cent%.mp3": "per%2541cent%25.mp3",
    "new\nline.mp3": "new%0Aline.mp3",
    "caret^back`tick<gt>.mp3": "caret%5Eback%60tick%3Cgt%3E.mp3",
    "br[a]{b}|c.ogg": "br[a]%7Bb%7D%7Cc.ogg",
    "日本語 🎵.ogg": "%E6%97%A5%E6%9C%AC%E8%AA%9E%20%F0%9F%8E%B5.ogg",
    "tilde~star*.ogg": "tilde~star*.ogg",
}
"""Names, and what Clementine 1.4.0~rc1 and Strawberry 1.0.14 wrote into their databases for them."""

names = st.binary(min_size=1, max_size=60).filter(lambda name: b"\0" not in name and b"/" not in name)


@pytest.mark.parametrize(("name", "escaped"), OBSERVED.items())
def test_urls_are_those_of_the_players(name: str, escaped: str) -> None:
    assert url_from_path(Path("/music") / name) == f"file:///music/{escaped}"
    assert path_from_url(f"file:///music/{escaped}") == Path("/music") / name


@given(st.lists(names, min_size=1, max_size=4))
def test_every_name_comes_back_byte_for_byte(parts: list[bytes]) -> None:
    path = Path(os.fsdecode(b"/" + b"/".join(parts)))
    url = url_from_path(path)
    assert os.fsencode(path_from_url(url)) == os.fsencode(path)
    assert url.isascii()
    assert not set(url) & set(' #?%"\\{}|\n') - {"%"}


@given(st.text(alphabet=st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1))
def test_the_name_of_a_url_is_always_text_that_can_be_shown(name: str) -> None:
    assert name_from_url(url_from_path(Path("/music") / name)).encode()


@pytest.mark.parametrize(
    "url", ["http://host/a.mp3", "file://host/a.mp3", "a.mp3", "", "cdda://1", "file:", "FILE:///a"]
)
def test_what_is_not_local_is_refused(url: str) -> None:
    assert not is_local(url)
    with pytest.raises(ValueError, match="not a local file"):
        path_from_url(url)


def test_composed_and_decomposed_names_stay_apart() -> None:
    assert url_from_path(Path("/\u00e9")) != url_from_path(Path("/e\u0301"))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("file:///music/A%20B/01%20-%20Song%20%231.mp3", "01 - Song #1"),
        ("file:///music/.hidden", ".hidden"),
        ("file:///music/two.dots.flac", "two.dots"),
        ("file:///music/%FF.mp3", "\ufffd"),
        ("http://radio.example/live/stream.ogg?a=1", "stream"),
        ("http://radio.example/", "radio"),
        ("cdda://1", "1"),
        ("", ""),
    ],
)
def test_the_name_of_a_url(url: str, name: str) -> None:
    assert name_from_url(url) == name
