"""silero hears the known voice, and a model that is deaf or of another kind stops the feature."""

import numpy as np
import pytest

from core.analysis import voice_activity
from core.analysis.known_sound import RATE, SpeechModelError, no_speech, vowels
from core.analysis.voice_activity import FRAME, VoiceModel, speech_ratio, voice_model, windows


class FakeModel:
    """A model that gives one probability for everything."""

    def __init__(self, probability: float) -> None:
        self.probability = probability

    def audio_forward(self, samples: np.ndarray) -> np.ndarray:
        return np.full(-(-len(samples) // FRAME), self.probability, np.float32)


def test_the_model_hears_the_voice_and_nothing_else() -> None:
    model = voice_model()
    assert (model.probabilities(vowels()) > 0.5).mean() > 0.85
    assert (model.probabilities(no_speech()) > 0.5).mean() == 0
    assert voice_model() is model


def test_every_frame_gets_a_probability() -> None:
    assert voice_model().probabilities(np.zeros(10 * FRAME + 1, np.float32)).shape == (11,)


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_a_deaf_model_stops_the_feature(probability: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice_activity, "_load", lambda: FakeModel(probability))
    with pytest.raises(SpeechModelError, match="does not tell a voice from noise"):
        VoiceModel()


def test_a_model_that_cannot_be_loaded_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("no such file\nsecond line")

    monkeypatch.setattr("silero_vad.load_silero_vad", fail)
    with pytest.raises(SpeechModelError, match="no such file") as caught:
        VoiceModel()
    assert "\n" not in str(caught.value)


def test_the_ratio_is_the_share_of_the_segments() -> None:
    probabilities = np.zeros(100, np.float32)
    probabilities[20:70] = 0.9
    padded = 2 * 0.03 * RATE / FRAME
    assert speech_ratio(probabilities, length=100 * FRAME) == pytest.approx((50 + padded) / 100, abs=0.001)


def test_a_click_is_no_segment() -> None:
    probabilities = np.zeros(100, np.float32)
    probabilities[20:25] = 0.9
    assert speech_ratio(probabilities, length=100 * FRAME) == 0


def test_all_speech_is_one_and_nothing_is_zero() -> None:
    assert speech_ratio(np.ones(100, np.float32), length=100 * FRAME - 17) == 1
    assert speech_ratio(np.ones(0, np.float32), length=0) == 0


def test_windows_come_from_everywhere() -> None:
    samples = np.arange(30 * RATE, dtype=np.float32) / RATE
    taken = windows(samples)
    assert len(taken) == 4 * 46 * FRAME
    assert {int(second // 7.5) for second in taken} == {0, 1, 2, 3}
    assert len(np.unique(taken)) == len(taken)


@pytest.mark.parametrize("seconds", [0.5, 3.0, 5.88])
def test_a_short_excerpt_is_taken_whole(seconds: float) -> None:
    samples = np.zeros(int(seconds * RATE), np.float32)
    assert windows(samples) is samples
