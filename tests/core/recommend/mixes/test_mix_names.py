"""What mixes are called."""

import unicodedata
from dataclasses import replace

import numpy as np
import pytest

from core.recommend.mixes.mix_names import LONGEST, Naming
from core.song import Song
from tests.planted_stock import planted_song


def song(row: int, *, artist: str = "", genre: str = "", albumartist: str = "") -> Song:
    return replace(planted_song(row), artist=artist, genre=genre, albumartist=albumartist)


def library(*kinds: tuple[str, str], each: int = 6) -> list[Song]:
    """So many songs of each pair of artist and genre, one kind after the other."""
    return [
        song(number * each + row, artist=artist, genre=genre)
        for number, (artist, genre) in enumerate(kinds)
        for row in range(each)
    ]


METAL = library(
    ("Electric Wizard", "Doom Metal"), ("Sleep", "Doom Metal; Stoner"), ("Nils Frahm", "Piano"), ("X", "Rock")
)
OF_METAL = list(range(12))


def test_genre_and_the_two_artists() -> None:
    assert Naming(METAL).name_of(OF_METAL) == "Doom Metal with Electric Wizard and Sleep"


def test_the_artists_of_more_songs_come_first_and_the_most_typical_of_equals() -> None:
    naming = Naming(METAL)
    assert naming.name_of([0, *range(6, 12)]) == "Stoner with Sleep and Electric Wizard"
    assert Naming(METAL).name_of([6, 7, 0, 1]).endswith("Sleep and Electric Wizard")


def test_a_tag_without_capitals_begins_a_sentence() -> None:
    songs = library(("A", "doom metal"), ("B", "piano"))
    assert Naming(songs).name_of(range(6)) == "Doom metal with A"
    tempi = np.array([160.0] * 6 + [80.0] * 20 + [120.0] * 4)[:12]
    assert Naming(songs, tempi=tempi).name_of(range(6)) == "Fast doom metal with A"


def test_a_genre_that_all_songs_have_or_that_says_nothing_is_not_named() -> None:
    assert Naming(library(("A", "Soundtrack"), ("B", "Soundtrack"))).name_of(range(6)) == "A"
    assert Naming(library(("A", "Other"), ("B", "Rock"))).name_of(range(6)) == "A"


def test_the_genre_of_a_few_of_the_songs_is_not_promised() -> None:
    songs = library(("A", ""), ("B", "Polka"), ("C", "Rock"), each=10)
    assert Naming(songs).name_of([*range(10), 10, 11]) == "A and B"


@pytest.mark.parametrize(("own", "word"), [(80.0, "Slow "), (150.0, "Fast "), (100.0, ""), (120.0, "")])
def test_only_a_tempo_that_stands_out_is_named(own: float, word: str) -> None:
    tempi = np.concatenate([np.full(6, own), np.linspace(85, 145, 18)])
    name = Naming(METAL, tempi=tempi).name_of(range(6))
    assert name == f"{word}Doom Metal with Electric Wizard"


def test_a_tempo_that_few_songs_have_been_measured_for_is_not_named() -> None:
    tempi = np.concatenate([[80.0, 80.0], np.full(4, np.nan), np.linspace(85, 145, 18)])
    assert Naming(METAL, tempi=tempi).name_of(range(6)) == "Doom Metal with Electric Wizard"
    assert Naming(METAL, tempi=np.full(24, np.nan)).name_of(range(6)) == "Doom Metal with Electric Wizard"


def test_slow_songs_without_a_genre() -> None:
    songs = library(("A", ""), ("B", ""))
    tempi = np.array([70.0] * 6 + [120.0] * 6)
    assert Naming(songs, tempi=tempi).name_of(range(6)) == "Slow songs with A"


def test_names_are_all_different() -> None:
    naming = Naming(METAL)
    names = [naming.name_of(OF_METAL) for _ in range(9)]
    assert len({name.casefold() for name in names}) == 9
    assert all(names)


def test_nothing_known_is_numbered() -> None:
    naming = Naming([song(row) for row in range(4)])
    assert [naming.name_of([0, 1]), naming.name_of([2, 3]), naming.name_of([])] == ["Mix 1", "Mix 2", "Mix 3"]


def test_compilations_and_unknown_artists_name_nobody() -> None:
    songs = [song(0, artist="Various Artists"), song(1, artist="Unknown Artist"), song(2, albumartist="Ótmar")]
    assert Naming(songs).name_of([0, 1, 2]) == "Ótmar"


@pytest.mark.parametrize(
    ("artist", "genre"),
    [
        ("群星たち", "演歌"),
        ("Пётр Ильич Чайковский", "Классика"),
        ("أم كلثوم", "طرب"),
        ("A" * 90, "Rock"),
        ("Wolfgang Amadeus Mozart with the Academy of Saint Martin in the Fields and others", "Classical"),
        ("A", "Progressive psychedelic instrumental post-metal of the northern parts of Europe"),
        ("e\N{COMBINING ACUTE ACCENT}" * 60, ""),
        ("\N{WOMAN}\N{ZERO WIDTH JOINER}\N{WOMAN}" * 40, ""),
        ("Two\nlines\tand\0more", "R&B"),
        ("\udcff\udcfe", "\udcff"),
    ],
)
def test_names_in_any_script_fit_one_line(artist: str, genre: str) -> None:
    songs = library((artist, genre), ("B", "Other things"))
    name = Naming(songs).name_of(range(6))
    assert 0 < len(name) <= LONGEST
    assert name.isprintable() or "\N{ZERO WIDTH JOINER}" in name
    assert name == name.strip()
    name.encode()
    if name.endswith("…"):
        whole = f"{genre} {artist}"
        kept = name.removesuffix("…").split(" with ")[-1]
        after = whole[whole.index(kept) + len(kept) :][:1]
        assert unicodedata.category(after) not in {"Mn", "Me"}


def test_a_long_name_ends_after_a_word() -> None:
    songs = library(
        ("Wolfgang Amadeus Mozart with the Academy of Saint Martin in the Fields", "Classical"), ("B", "Rock")
    )
    assert Naming(songs).name_of(range(6)) == "Classical with Wolfgang Amadeus Mozart with the Academy of…"


def test_the_second_artist_is_left_out_where_there_is_no_room() -> None:
    long = "The Orchestra of the Age of Enlightenment"
    songs = library((long, "Baroque"), (f"{long} II", "Baroque"), ("C", "Rock"))
    assert Naming(songs).name_of(range(12)) == f"Baroque with {long}"
