"""The known sounds are what the models' checks need: two seconds, audible, the same every time."""

import numpy as np

from core.analysis.known_sound import RATE, SECONDS, no_speech, vowels


def test_the_sounds_are_short_and_audible() -> None:
    for sound in (vowels(), no_speech()):
        assert sound.dtype == np.float32
        assert sound.shape == (int(SECONDS * RATE),)
        assert 0.1 < np.abs(sound).max() < 1


def test_the_sounds_never_change() -> None:
    assert np.array_equal(vowels(), vowels())
    assert np.array_equal(no_speech(), no_speech())
