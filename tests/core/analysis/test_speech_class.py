"""The verdict on a song: what the evidence, the tags and the owner make of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.speech_class import DEFAULT_THRESHOLD, SpeechClass, classify
from core.store.speech import SpeechFacts

MUSIC, SPOKEN, DOUBTFUL = SpeechClass.MUSIC, SpeechClass.SPOKEN, SpeechClass.DOUBTFUL

READING = SpeechFacts(0.8, 30.0, speech=0.95, singing=0.01, background=-60.0, bass=-30.0)
INSTRUMENTS = SpeechFacts(0.02, 30.0)


def heard(ratio: float, speech: float, singing: float, background: float, bass: float) -> SpeechFacts:
    return SpeechFacts(ratio, 30.0, speech=speech, singing=singing, background=background, bass=bass)


MEASURED = {
    # What was measured on real files, with the classes that they must get: ratio, speech, singing, background, bass.
    "a reading with pauses": (heard(0.2, 0.89, 0.0, -65.0, -23.0), SPOKEN),
    "a radio play": (heard(0.71, 0.8, 0.17, -38.0, -19.0), SPOKEN),
    "a podcast over music": (heard(0.78, 0.9, 0.12, -13.0, -16.0), SPOKEN),
    "a voice over loud music": (heard(0.93, 0.9, 0.15, -8.0, -13.0), DOUBTFUL),
    "a cabaret song": (heard(0.71, 0.12, 0.88, -6.9, -11.0), MUSIC),
    "a loud song": (heard(0.97, 0.39, 0.76, -6.3, -7.0), MUSIC),
    "a voice over techno": (heard(0.62, 0.55, 0.47, -2.6, -8.0), MUSIC),
    "a flute that silero hears": (heard(0.48, 0.07, 0.01, -13.0, -29.0), MUSIC),
    "the radio from the moon": (heard(0.45, 0.45, 0.53, -15.0, -20.0), DOUBTFUL),
    "a rap over a beat": (heard(0.85, 0.9, 0.1, -12.0, -6.0), MUSIC),
    "instruments": (INSTRUMENTS, MUSIC),
}


@pytest.mark.parametrize("name", MEASURED)
def test_what_was_measured_on_real_files(name: str) -> None:
    facts, expected = MEASURED[name]
    assert classify(facts) is expected


@pytest.mark.parametrize("verdict", SpeechClass)
@pytest.mark.parametrize("facts", [READING, INSTRUMENTS])
def test_the_owners_word_wins(facts: SpeechFacts, verdict: SpeechClass) -> None:
    assert classify(facts, genre="Podcast", verdict=verdict) is verdict


@pytest.mark.parametrize(
    "genre",
    [
        *("Audiobook", "audio-book", "Children's Audiobooks", "Podcast; Society", "Spoken Word", "Livre audio"),
        *("Hörspiel", "HÖRSPIEL", "Horspiel", "Äänikirja", "Słuchowisko", "Аудиокнига", "오디오북", "有声书"),
    ],
)
def test_a_spoken_genre_settles_a_doubt_and_raises_one(genre: str) -> None:
    doubtful = MEASURED["a voice over loud music"][0]
    assert classify(doubtful, genre=genre) is SPOKEN
    assert classify(INSTRUMENTS, genre=genre) is DOUBTFUL
    assert classify(READING, genre=genre) is SPOKEN


@pytest.mark.parametrize(
    "genre", ["Hip-Hop", "Rap", "Gangsta Rap", "Vocal", "Opera", "A Cappella", "Singer/Songwriter"]
)
def test_what_is_called_a_song_is_never_taken_out_unasked(genre: str) -> None:
    assert classify(READING, genre=genre) is DOUBTFUL
    assert classify(INSTRUMENTS, genre=genre) is MUSIC


@pytest.mark.parametrize("genre", ["", "Rock", "Trance", "Rapture", "Stalk", "Operating Systems", "Speechless"])
def test_other_genres_change_nothing(genre: str) -> None:
    assert classify(READING, genre=genre) is SPOKEN
    assert classify(INSTRUMENTS, genre=genre) is MUSIC


def test_a_higher_threshold_makes_doubts_of_little_speech() -> None:
    little = MEASURED["a reading with pauses"][0]
    assert classify(little, threshold=DEFAULT_THRESHOLD) is SPOKEN
    assert classify(little, threshold=0.5) is DOUBTFUL
    assert classify(READING, threshold=0.5) is SPOKEN


def test_one_word_is_no_audiobook() -> None:
    word = replace(READING, seconds=2.0)
    assert classify(word) is DOUBTFUL
    assert classify(READING, duration=2.0) is DOUBTFUL
    assert classify(READING, duration=240.0) is SPOKEN


def test_much_speech_without_evidence_is_a_doubt() -> None:
    assert classify(SpeechFacts(0.9, 0.0)) is DOUBTFUL


shares = st.floats(0, 1)
levels = st.floats(-80, 0)


@given(st.builds(SpeechFacts, shares, st.floats(0.5, 30), shares, shares, levels, levels), st.floats(0.05, 1))
def test_more_music_never_makes_a_song_more_spoken(facts: SpeechFacts, louder: float) -> None:
    order = [MUSIC, DOUBTFUL, SPOKEN]
    assert facts.background is not None
    assert facts.singing is not None
    more_music = replace(facts, background=facts.background + 20 * louder, singing=facts.singing + louder)
    assert order.index(classify(more_music)) <= order.index(classify(facts))
