"""Explanations in sentences: the largest reason first, and nothing claimed that is not so."""

from dataclasses import replace

import pytest

from core.file_url import path_from_url
from core.recommend.reasons.explanation import (
    Explanation,
    SoundExplanation,
    SoundPart,
    Witness,
    Witnesses,
    removal_sentence,
)
from core.song import UNRATED, Song

PARTS = {"global": 0.74, "genre": 0.0, "artist": 0.04, "album": -0.002, "sound": 0.12}


def song(name: str, rating: float = UNRATED, artist: str = "Somebody") -> Song:
    url = f"file:///music/{name}.mp3"
    return Song(1, path_from_url(url).stem, artist, "Album", 2000, rating, url)


LIKED = Witness(song("liked", 0.9), 0.04)
DISLIKED = Witness(song("disliked", 0.3), -0.006)
EXPLANATION = Explanation(
    song=song("new"),
    predicted=0.898,
    low=0.62,
    high=1.0,
    unlimited=0.898,
    is_said=True,
    sure="sure",
    parts=PARTS,
    for_songs=Witnesses((LIKED, replace(LIKED, song=song("other", 1.0))), 0.062, is_measured=True),
    against_songs=Witnesses((DISLIKED,), -0.006, is_measured=True),
    rated_of_artist=2,
)


def test_the_sentences_say_what_the_values_say() -> None:
    assert EXPLANATION.sentences == (
        "Predicted 4.5 stars (sure: nine of ten such songs get 3.1 to 5.0 from you); on average you give 3.7 stars.",
        "Mostly because of how it sounds (+0.6 stars), a little because of the artist (+0.2).",
        "You gave “Somebody – liked” 4.5 stars: without that it would be predicted 0.2 stars lower.",
        "You gave “Somebody – other” 5 stars: without that it would be predicted 0.2 stars lower.",
        "Without both, learned again, it would be predicted 0.3 stars lower.",
        "You gave “Somebody – disliked” 1.5 stars: without that it would be predicted 0.03 stars higher.",
    )


def test_of_a_rated_song_it_is_said_what_would_be_without_its_rating() -> None:
    rated = replace(EXPLANATION, song=song("old", 0.8), predicted=0.72)
    assert rated.sentences[0].startswith("You gave it 4 stars; without that it would be 3.6 stars (sure: ")


def test_what_is_not_known_yet_is_no_number() -> None:
    sentence = replace(EXPLANATION, is_said=False, sure="not yet").sentences[0]
    assert sentence == "Not yet: your ratings do not tell enough about this song; on average you give 3.7 stars."


def test_an_artist_without_other_ratings_tells_nothing() -> None:
    cold = replace(EXPLANATION, rated_of_artist=0)
    assert "You have rated no other song by Somebody, so the artist tells nothing." in cold.sentences
    nobody = replace(cold, song=song("new", artist=""))
    assert not any("so the artist" in sentence for sentence in nobody.sentences)


@pytest.mark.parametrize(
    ("sound", "artist", "said"),
    [
        (-0.1, 0.0, "Because of how it sounds (−0.5 stars)."),
        (0.02, 0.1, "Mostly because of the artist (+0.5 stars), a little because of how it sounds (+0.1)."),
        (0.08, 0.1, "Mostly because of the artist (+0.5 stars), also because of how it sounds (+0.4)."),
        (0.001, -0.001, "Neither its names nor its sound set it apart from the average."),
    ],
)
def test_the_largest_part_comes_first(sound: float, artist: float, said: str) -> None:
    parts = PARTS | {"sound": sound, "artist": artist}
    assert replace(EXPLANATION, parts=parts).sentences[1] == said


def test_shares_are_of_what_lifts_or_lowers() -> None:
    parts = PARTS | {"sound": -0.06, "artist": 0.02, "album": -0.01, "genre": 0.01}
    assert replace(EXPLANATION, parts=parts).shares == {"names": pytest.approx(0.4), "sound": pytest.approx(0.6)}
    nothing = dict.fromkeys(PARTS, 0.0)
    assert replace(EXPLANATION, parts=nothing).shares == {"names": 0, "sound": 0}


def test_a_song_without_artist_goes_by_its_title() -> None:
    nameless = Witness(song("liked", 0.9, artist=""), 0.04)
    assert removal_sentence(nameless).startswith("You gave “liked” 4.5 stars")


SOUND = SoundExplanation(
    song=song("new"),
    predicted=0.9,
    start=61.0,
    stop=91.0,
    seconds=(SoundPart(61.0, 63.5, 0.02, True), SoundPart(63.5, 66.0, -0.04, False)),
    bands=(SoundPart(0, 287, -0.06, True), SoundPart(287, 691, 0.1, True)),
)


def test_only_what_holds_is_said_of_a_sound() -> None:
    assert SOUND.sentences == (
        "What sounds from 287 to 691 Hz: without, it would be predicted 0.5 stars lower.",
        "Its seconds 1:01.0 to 1:03.5: without, it would be predicted 0.1 stars lower.",
        "What sounds below 287 Hz: without, it would be predicted 0.3 stars higher.",
    )


def test_a_sound_of_which_nothing_tells() -> None:
    (only,) = replace(SOUND, seconds=SOUND.seconds[1:], bands=()).sentences
    assert only.startswith("No part of its sound tells by itself")
    (only,) = replace(SOUND, seconds=(SoundPart(0, 5, 0.0, False),), bands=()).sentences
    assert only.startswith("Its sound does not matter")


def test_a_rating_is_taken_from_the_copy_that_has_it() -> None:
    kept, copy = song("kept", 0.9), song("copy", 0.9)
    assert Witness(kept, 0.1).bearer is kept
    assert Witness(kept, 0.1, copies=(copy, kept)).bearer is kept
    assert Witness(kept, 0.1, copies=(copy,)).bearer is copy
