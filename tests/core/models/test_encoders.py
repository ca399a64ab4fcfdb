"""The shipped encoders: shapes, silence, short files, loudness, padding, and what the spectral one can tell apart."""

import math

import pytest
import torch
from torch import Tensor

from core.models.encoders import MelEncoder, SimpleAudioEncoder, SpectralEncoder
from core.models.versions import model_version

RATE = 22050
ENCODERS = [SpectralEncoder, MelEncoder, SimpleAudioEncoder]


def encode(encoder: torch.nn.Module, audio: Tensor) -> Tensor:
    with torch.inference_mode():
        return encoder.eval()(audio)


def noise(seconds: float, *, songs: int = 1, seed: int = 0) -> Tensor:
    return torch.randn(songs, int(seconds * RATE), generator=torch.Generator().manual_seed(seed)) * 0.1


def tone(frequency: float, *, seconds: float = 8.0) -> Tensor:
    time = torch.arange(int(seconds * RATE)) / RATE
    overtones = [torch.sin(2 * math.pi * frequency * number * time) / number for number in (1, 2, 3, 4)]
    return torch.stack(overtones).sum(dim=0).unsqueeze(0) * 0.2


def clicks(beats_a_minute: float, *, seconds: float = 12.0) -> Tensor:
    audio = noise(seconds) * 0.01
    period = int(60 / beats_a_minute * RATE)
    for start in range(0, audio.shape[1] - 400, period):
        audio[:, start : start + 400] += noise(400 / RATE + 0.001)[:, :400] * 4
    return audio


@pytest.mark.parametrize("encoder_class", ENCODERS)
class TestEveryEncoder:
    def test_gives_one_embedding_for_each_excerpt(self, encoder_class: type) -> None:
        encoder = encoder_class()
        embeddings = encode(encoder, noise(5, songs=3))
        assert embeddings.shape == (3, encoder.get_embedding_dim())
        assert embeddings.dtype == torch.float32

    @pytest.mark.parametrize("seconds", [0.0, 0.5, 3.0])
    def test_silence_and_short_files_are_finite(self, encoder_class: type, seconds: float) -> None:
        encoder = encoder_class()
        samples = int(seconds * RATE)
        assert encode(encoder, torch.zeros(1, samples)).isfinite().all()
        assert encode(encoder, noise(seconds + 0.01)).isfinite().all()

    def test_a_full_scale_constant_is_finite(self, encoder_class: type) -> None:
        assert encode(encoder_class(), torch.ones(1, 4 * RATE)).isfinite().all()

    def test_does_not_depend_on_the_rest_of_the_batch(self, encoder_class: type) -> None:
        encoder = encoder_class()
        batch = torch.cat([noise(6), tone(220, seconds=6)])
        together, alone = encode(encoder, batch)[1], encode(encoder, batch[1:])[0]
        torch.testing.assert_close(together, alone, rtol=1e-3, atol=1e-3)

    def test_is_the_same_model_every_time(self, encoder_class: type) -> None:
        first, second = encoder_class(), encoder_class()
        assert model_version(first) == model_version(second)
        assert torch.equal(encode(first, noise(5)), encode(second, noise(5)))

    def test_making_it_leaves_the_random_numbers_of_others_alone(self, encoder_class: type) -> None:
        torch.manual_seed(3)
        expected = torch.rand(2)
        torch.manual_seed(3)
        encoder_class()
        assert torch.equal(torch.rand(2), expected)


@pytest.mark.parametrize("encoder_class", [SpectralEncoder, MelEncoder])
class TestLoudnessAndPadding:
    def test_loudness_does_not_matter(self, encoder_class: type) -> None:
        encoder, audio = encoder_class(), tone(220) + noise(8) * 0.3
        torch.testing.assert_close(encode(encoder, audio), encode(encoder, audio * 0.05), rtol=1e-2, atol=1e-2)

    def test_zeros_after_the_end_hardly_matter(self, encoder_class: type) -> None:
        encoder, audio = encoder_class(), noise(8) * (1 + torch.sin(torch.arange(8 * RATE) / 2000))
        plain = encode(encoder, audio)[0]
        padded = encode(encoder, torch.nn.functional.pad(audio, (0, 8 * RATE)))[0]
        other = encode(encoder, tone(220))[0]
        assert (plain - padded).norm() < 0.25 * (plain - other).norm()


class TestSpectralEncoder:
    def test_has_no_weights_to_train(self) -> None:
        assert list(SpectralEncoder().parameters()) == []

    def test_hears_more_difference_in_timbre_than_in_seed(self) -> None:
        encoder = SpectralEncoder()
        a, b, c = (encode(encoder, sound)[0] for sound in (noise(8), noise(8, seed=1), tone(220)))
        assert (a - b).norm() < 0.1 * (a - c).norm()

    def test_chords_do_not_depend_on_the_key(self) -> None:
        from core.models.frames import Filterbanks, analyse
        from core.models.harmony import chords
        from core.models.sound import even_loudness

        encoder = SpectralEncoder()

        def heard(root: float, *ratios: float) -> Tensor:
            audio = even_loudness(sum((tone(root * ratio) for ratio in ratios), torch.zeros(1, 1)))
            return chords(
                analyse(audio, window=encoder.window, filterbanks=Filterbanks(encoder.mel, encoder.semitones))
            )

        major, transposed, tritone = heard(320, 1, 1.26, 1.5), heard(360, 1, 1.26, 1.5), heard(320, 1, 1.414)
        assert (major - transposed).norm() < 0.5 * (major - tritone).norm()

    @pytest.mark.parametrize(("tempo", "other"), [(120, 75), (90, 140)])
    def test_the_tempogram_peaks_at_the_tempo(self, tempo: int, other: int) -> None:
        from core.models.frames import Filterbanks, analyse
        from core.models.rhythm import FASTEST, SLOWEST, TEMPI, beats
        from core.models.sound import even_loudness

        encoder = SpectralEncoder()
        frames = analyse(
            even_loudness(clicks(tempo)),
            window=encoder.window,
            filterbanks=Filterbanks(encoder.mel, encoder.semitones),
        )
        tempogram = beats(frames)[0, 13 : 13 + TEMPI]

        def strength(speed: float) -> Tensor:
            place = math.log2(speed / SLOWEST) / math.log2(FASTEST / SLOWEST) * (TEMPI - 1)
            return tempogram[round(place)]

        assert strength(tempo) > 0.2
        assert strength(tempo) > 2 * strength(other)


class TestMelEncoder:
    def test_has_about_a_million_and_a_half_weights(self) -> None:
        assert sum(weight.numel() for weight in MelEncoder().parameters()) == pytest.approx(1.5e6, rel=0.2)

    def test_learns(self) -> None:
        encoder = MelEncoder(embedding_dim=8)
        encoder(noise(3, songs=2)).square().mean().backward()
        assert all(weight.grad is not None and weight.grad.isfinite().all() for weight in encoder.parameters())

    def test_takes_another_size_and_rate(self) -> None:
        encoder = MelEncoder(embedding_dim=32, sample_rate=16000)
        assert encode(encoder, noise(4)).shape == (1, 32)

    def test_another_seed_is_another_model(self) -> None:
        assert model_version(MelEncoder(seed=1)) != model_version(MelEncoder())


@pytest.mark.parametrize("samples", [1024, 20_000, 3 * RATE])
def test_the_mel_encoder_sees_the_spectrogram_of_torchaudio(samples: int) -> None:
    encoder, audio = MelEncoder(), noise(samples / RATE, songs=2)
    expected = encoder.spectrogram(audio).transpose(1, 2)
    torch.testing.assert_close(encoder._mel(audio), expected, rtol=1e-4, atol=1e-5)
