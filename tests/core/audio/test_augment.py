"""Altered sound: true semitones and tempos, one seed one result, and each change alone does what it says."""

import math

import pytest
import torch
from torch import Tensor

from core.audio.augment import AudioAugmentor

RATE = 22050
PLAIN = {"noise_level": 0.0, "gain_range": None, "equalizer_range": 0.0, "polarity": False}
STILL = {"pitch_shift_range": (0, 0), "time_stretch_range": (1, 1), **PLAIN}


@pytest.fixture(autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


def tone(frequency: float, *, seconds: float = 4.0) -> Tensor:
    time = torch.arange(int(seconds * RATE)) / RATE
    return 0.5 * torch.sin(2 * math.pi * frequency * time).unsqueeze(0)


def pips(a_second: float, *, seconds: float = 6.0) -> Tensor:
    """Short bursts of 1 kHz, so many a second."""
    audio = torch.zeros(1, int(seconds * RATE))
    burst = tone(1000, seconds=0.02)[0] * torch.hann_window(int(0.02 * RATE))
    for number in range(int((seconds - 0.1) * a_second)):
        start = round(number / a_second * RATE)
        audio[0, start : start + len(burst)] = burst
    return audio


def dominant_frequency(audio: Tensor) -> float:
    """Hz of the strongest partial, to 0.1 Hz."""
    windowed = audio * torch.hann_window(len(audio))
    return float(torch.fft.rfft(windowed, n=10 * RATE).abs().argmax()) / 10


def pips_a_second(audio: Tensor) -> float:
    """The strongest rhythm between 2 and 6 times a second, to 0.01."""
    hop = 49
    level = audio[: len(audio) // hop * hop].reshape(-1, hop).square().mean(dim=1).sqrt()
    spectrum = torch.fft.rfft((level - level.mean()) * torch.hann_window(len(level)), n=100 * RATE // hop).abs()
    return (200 + int(spectrum[200:600].argmax())) / 100


def noise(*, rows: int = 4, samples: int = RATE) -> Tensor:
    return 0.1 * torch.randn(rows, samples, generator=torch.Generator().manual_seed(0))


class TestExactly:
    @pytest.mark.parametrize(("semitones", "expected"), [(2, 493.9), (-2, 392.0), (0.5, 452.9)])
    def test_semitones_are_true(self, semitones: float, expected: float) -> None:
        augmentor = AudioAugmentor((semitones, semitones), (1, 1), method="vocoder", **PLAIN)
        assert dominant_frequency(augmentor(tone(440))[0]) == pytest.approx(expected, rel=0.004)

    @pytest.mark.parametrize("semitones", [2, -2])
    def test_a_shift_leaves_the_tempo(self, semitones: float) -> None:
        augmentor = AudioAugmentor((semitones, semitones), (1, 1), method="vocoder", **PLAIN)
        assert pips_a_second(augmentor(pips(4))[0]) == pytest.approx(4, abs=0.03)

    @pytest.mark.parametrize("tempo", [0.9, 1.1])
    def test_tempo_is_true_and_leaves_the_pitch(self, tempo: float) -> None:
        augmentor = AudioAugmentor((0, 0), (tempo, tempo), method="vocoder", **PLAIN)
        assert pips_a_second(augmentor(pips(4))[0][: 5 * RATE]) == pytest.approx(4 * tempo, abs=0.03)
        assert dominant_frequency(augmentor(tone(440))[0][: 3 * RATE]) == pytest.approx(440, abs=0.3)

    def test_both_at_once(self) -> None:
        augmentor = AudioAugmentor((2, 2), (0.9, 0.9), method="vocoder", **PLAIN)
        assert pips_a_second(augmentor(pips(4))[0]) == pytest.approx(3.6, abs=0.03)
        assert dominant_frequency(augmentor(tone(440))[0]) == pytest.approx(493.9, rel=0.004)

    def test_each_row_has_its_own_shift(self) -> None:
        augmentor = AudioAugmentor((-2, 2), (1, 1), method="vocoder", **PLAIN)
        frequencies = [dominant_frequency(row) for row in augmentor(tone(440, seconds=2).expand(6, -1), seed=3)]
        assert len({round(frequency) for frequency in frequencies}) > 3
        assert min(frequencies) > 390
        assert max(frequencies) < 496

    def test_the_level_stays(self) -> None:
        altered = AudioAugmentor((1, 1), (1.05, 1.05), method="vocoder", **PLAIN)(tone(440))[0, RATE : 2 * RATE]
        assert altered.square().mean().sqrt().item() == pytest.approx(0.5 / math.sqrt(2), rel=0.03)


class TestByResampling:
    @pytest.mark.parametrize(("tempo", "expected"), [(1.1, 484.0), (0.9, 396.0)])
    def test_pitch_and_tempo_go_together(self, tempo: float, expected: float) -> None:
        augmentor = AudioAugmentor((-2, 2), (tempo, tempo), method="resample", **PLAIN)
        assert dominant_frequency(augmentor(tone(440))[0][: 3 * RATE]) == pytest.approx(expected, rel=0.006)
        assert pips_a_second(augmentor(pips(4))[0][: 5 * RATE]) == pytest.approx(4 * tempo, abs=0.03)

    def test_the_rate_lies_within_both_ranges(self) -> None:
        augmentor = AudioAugmentor((-2, 1), (0.95, 1.5), method="resample", **PLAIN)
        frequencies = [dominant_frequency(row) for row in augmentor(tone(440, seconds=1).expand(20, -1), seed=1)]
        assert 0.94 < min(frequencies) / 440 < 0.98
        assert 1.03 < max(frequencies) / 440 < 2 ** (1 / 12) + 0.01

    def test_ranges_without_a_common_rate_are_refused(self) -> None:
        with pytest.raises(ValueError, match="no rate"):
            AudioAugmentor((3, 4), (0.9, 1.0), method="resample")(noise())

    def test_is_what_a_processor_does_by_itself(self) -> None:
        assert torch.equal(AudioAugmentor()(noise(), seed=1), AudioAugmentor(method="resample")(noise(), seed=1))

    def test_no_false_tones_when_played_faster(self) -> None:
        # 10.8 kHz would be 11.9 kHz, above half of the sample rate: a plain reading would fold it down to 10.2 kHz.
        augmentor = AudioAugmentor((-2, 2), (1.1, 1.1), method="resample", **PLAIN)
        assert augmentor(tone(10800))[0, RATE : 2 * RATE].abs().max() < 0.01


@pytest.mark.parametrize("method", ["resample", "vocoder"])
class TestSeeds:
    def test_one_seed_one_result(self, method: str) -> None:
        augmentor = AudioAugmentor(method=method, crop_samples=RATE // 2)
        assert torch.equal(augmentor(noise(), seed=7), augmentor(noise(), seed=7))
        assert not torch.equal(augmentor(noise(), seed=7), augmentor(noise(), seed=8))

    def test_a_generator_goes_on(self, method: str) -> None:
        augmentor, generator = AudioAugmentor(method=method), torch.Generator().manual_seed(7)
        first, second = augmentor(noise(), generator=generator), augmentor(noise(), generator=generator)
        assert torch.equal(first, augmentor(noise(), seed=7))
        assert not torch.equal(first, second)

    def test_torchs_own_state_is_left_alone(self, method: str) -> None:
        before = torch.get_rng_state()
        AudioAugmentor(method=method)(noise(), seed=7)
        assert torch.equal(before, torch.get_rng_state())

    def test_the_input_is_left_alone_and_the_output_finite(self, method: str) -> None:
        audio = torch.cat([noise(), torch.zeros(1, RATE)])
        before = audio.clone()
        altered = AudioAugmentor(method=method)(audio, seed=2)
        assert torch.equal(audio, before)
        assert altered.shape == audio.shape
        assert altered.isfinite().all()


class TestEachChangeAlone:
    def test_without_any_the_sound_is_the_same(self) -> None:
        assert torch.allclose(AudioAugmentor(**STILL)(noise(), seed=1), noise(), atol=1e-6)

    def test_a_crop_is_a_stretch_of_the_song(self) -> None:
        ramp = torch.linspace(0, 1, RATE).expand(8, -1)
        cropped = AudioAugmentor(**STILL, crop_samples=2000)(ramp, seed=1)
        assert cropped.shape == (8, 2000)
        assert torch.allclose(cropped.diff(), torch.full((8, 1999), 1 / (RATE - 1)), atol=1e-5)
        assert len(set(cropped[:, 0].tolist())) == 8

    def test_a_song_shorter_than_the_crop_begins_again(self) -> None:
        audio = noise(rows=1, samples=1000)
        cropped = AudioAugmentor(**STILL, crop_samples=2500)(audio, seed=1)
        assert torch.allclose(cropped, audio.repeat(1, 3)[:, :2500], atol=1e-6)

    def test_the_gain_lies_within_its_range(self) -> None:
        augmentor = AudioAugmentor(**(STILL | {"gain_range": (-6.0, -3.0)}))
        audio = noise(rows=16)
        gains = 20 * (augmentor(audio, seed=1) / audio).median(dim=1).values.log10()
        assert gains.min() >= -6.01
        assert gains.max() <= -2.99
        assert gains.max() - gains.min() > 1

    def test_polarity_turns_some_rows_and_nothing_else(self) -> None:
        audio = noise(rows=16)
        altered = AudioAugmentor(**(STILL | {"polarity": True}))(audio, seed=1)
        signs = (altered * audio).sum(dim=1).sign()
        assert 2 < int((signs < 0).sum()) < 14
        assert torch.allclose(altered, audio * signs.unsqueeze(1), atol=1e-6)

    def test_noise_is_within_its_level_and_each_rows_own(self) -> None:
        added = AudioAugmentor(**(STILL | {"noise_level": 0.02}))(torch.zeros(16, RATE), seed=1)
        levels = added.std(dim=1)
        assert levels.max() < 0.0202
        assert levels.max() > 0.01
        assert torch.corrcoef(added).fill_diagonal_(0).abs().max() < 0.05

    def test_the_equalizer_is_smooth_bounded_and_each_rows_own(self) -> None:
        click = torch.zeros(8, RATE)
        click[:, 0] = 1.0
        altered = AudioAugmentor(**(STILL | {"equalizer_range": 6.0}))(click, seed=1)
        decibels = 20 * torch.fft.rfft(altered).abs().log10()
        assert decibels.abs().max() <= 6.01
        assert decibels[:, 100:].diff().abs().max() < 0.2
        assert (decibels.amax(dim=1) - decibels.amin(dim=1)).min() > 2
        assert not torch.allclose(decibels[0], decibels[1], atol=1)


def test_an_odd_length_is_kept() -> None:
    assert AudioAugmentor()(noise(samples=10007), seed=1).shape == (4, 10007)


@pytest.mark.parametrize("ranges", [{"pitch_shift_range": (2, -2)}, {"time_stretch_range": (0.0, 1.0)}])
def test_a_range_that_makes_no_sense_is_refused(ranges: dict[str, tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match=r"lower end|above 0"):
        AudioAugmentor(**ranges)
