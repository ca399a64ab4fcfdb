"""Explanations in the sentences of the window."""

from dataclasses import replace

from core.recommend.reasons.explanation import Explanation, SoundExplanation, SoundPart, Witness, Witnesses
from core.song import Song
from desktop.item_models import reason_texts

SONG = Song(1, "Roads", "Portishead", "Dummy", 1994, -1.0, "file:///music/roads.mp3")
PARTS = {"global": 0.6, "genre": 0.0, "artist": -0.1, "album": 0.0, "sound": 0.2}
FOUND = Explanation(SONG, 0.86, 0.7, 1.0, 0.86, True, "sure", PARTS, Witnesses(), Witnesses(), 0)


def test_says_how_surely_and_why() -> None:
    assert reason_texts.sentences(FOUND) == [
        "Sure: nine of ten such songs get 3.5 to 5.0 from you. On average you give 3.0 stars.",
        "What lifts or lowers it, in stars: how it sounds (+1.0), the artist (−0.5).",
        "You have rated no other song by Portishead.",
    ]


def test_a_rated_song_is_explained_as_if_it_were_not() -> None:
    rated = replace(FOUND, song=replace(SONG, rating=0.8))
    assert reason_texts.sentences(rated)[0].startswith("Without your own stars it would be predicted 4.3 stars.")


def test_not_yet_names_no_number_but_the_average() -> None:
    said = reason_texts.sentences(replace(FOUND, is_said=False))[0]
    assert said.startswith("Not yet")
    assert "4.3" not in said


def test_what_songs_do_together() -> None:
    one = Witness(SONG, 0.1)
    assert reason_texts.together(Witnesses((one,), 0.1)) == ""
    assert "0.5 stars higher" in reason_texts.together(Witnesses((one, one), -0.1))
    assert "0.5 stars lower" in reason_texts.removal(0.1)


def test_of_a_sound_the_strongest_three_parts_are_told() -> None:
    parts = tuple(SoundPart(10.0 * n, 10.0 * n + 10, 0.01 * n, holds=n > 1) for n in range(1, 6))
    told = reason_texts.of_sound(SoundExplanation(SONG, 0.8, 0.0, 60.0, parts, ()))
    assert [each.partition(" speak")[0] for each in told] == [
        "Seconds 0:50 to 1:00",
        "Seconds 0:40 to 0:50",
        "Seconds 0:30 to 0:40",
    ]
    nothing = replace(SoundPart(0.0, 100.0, 0.01, holds=False))
    assert "No part of its sound" in reason_texts.of_sound(SoundExplanation(SONG, 0.8, 0.0, 60.0, (nothing,), ()))[0]
    assert "too little to be sure" in reason_texts.part_in_words(nothing, is_band=True)
