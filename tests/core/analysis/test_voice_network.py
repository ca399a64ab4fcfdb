"""Our form of silero's network gives what silero's own ONNX model gives, and refuses weights that are not its own."""

import numpy as np
import pytest
import torch

from core.analysis import voice_network
from core.analysis.known_sound import RATE, no_speech, vowels
from core.analysis.voice_activity import FRAME
from core.analysis.voice_network import VoiceNetwork, load_network


@pytest.fixture(scope="module")
def network() -> VoiceNetwork:
    return load_network()


def sound_of(seconds: float) -> np.ndarray:
    """Voice, pauses, a tone and noise."""
    some = np.concatenate([vowels(), np.zeros(RATE, np.float32), no_speech(), 0.01 * vowels()])
    return np.resize(some, int(seconds * RATE)).astype(np.float32)


@pytest.mark.parametrize("seconds", [30.0, 16.384, 5.888, 0.7, 0.01])
def test_it_gives_what_the_onnx_model_gives(network: VoiceNetwork, seconds: float) -> None:
    from silero_vad import load_silero_vad

    samples = sound_of(seconds)
    expected = load_silero_vad(sequence=True).audio_forward(samples)
    np.testing.assert_allclose(network.audio_forward(samples), expected, atol=1e-5)
    assert seconds < 2 or (expected.max() > 0.9 and expected.min() < 0.1)


def test_what_was_heard_before_counts(network: VoiceNetwork) -> None:
    after_voice = network.audio_forward(np.concatenate([vowels(), no_speech()]))[-63:]
    assert np.abs(after_voice - network.audio_forward(no_speech())).max() > 1e-3


def test_nothing_has_no_frames(network: VoiceNetwork) -> None:
    assert network.audio_forward(np.zeros(0, np.float32)).shape == (0,)
    assert network.audio_forward(np.zeros(FRAME + 1, np.float32)).shape == (2,)


def test_a_part_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice_network, "_weights", dict)
    with pytest.raises(KeyError, match=r"_model\.stft"):
        load_network()


def test_weights_of_another_shape_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = voice_network._weights()
    weights["_model.decoder.rnn.weight_hh"] = torch.zeros(256, 64)
    monkeypatch.setattr(voice_network, "_weights", lambda: weights)
    with pytest.raises(RuntimeError, match="memory"):
        load_network()
