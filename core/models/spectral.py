"""``SpectralEncoder``: the embedding of the first day, made of measured properties of the sound; nothing is trained."""

import torch
from torch import Tensor, nn

from core.models.filterbanks import cosine_transform, mel_bands, pitch_classes
from core.models.protocols import SAMPLE_RATE
from core.models.sound import at_least, deviation_over_time, even_loudness, mean_over_time, sounding_frames

WINDOW = 2048
HOP = 512
BANDS = 96
COEFFICIENTS = 20


class SpectralEncoder(nn.Module):
    """Statistics of timbre, harmony and rhythm over the sounding frames of an excerpt, all from one STFT."""

    version = 1
    window: Tensor
    mel: Tensor
    chroma: Tensor
    cepstrum: Tensor

    def __init__(self, sample_rate: int = SAMPLE_RATE) -> None:
        super().__init__()
        self.sample_rate = sample_rate
        bins = WINDOW // 2 + 1
        self.register_buffer("window", torch.hann_window(WINDOW), persistent=False)
        mel = mel_bands(bins, bands=BANDS, lowest=30.0, sample_rate=sample_rate)
        self.register_buffer("mel", mel, persistent=False)
        chroma = pitch_classes(bins, lowest=65.0, highest=4000.0, sample_rate=sample_rate)
        self.register_buffer("chroma", chroma, persistent=False)
        cepstrum = cosine_transform(BANDS, coefficients=COEFFICIENTS)
        self.register_buffer("cepstrum", cepstrum, persistent=False)

    def forward(self, audio: Tensor) -> Tensor:
        """Waveforms (batch, samples) at ``sample_rate`` in; embeddings (batch, get_embedding_dim()) out."""
        audio = even_loudness(at_least(audio, 2 * WINDOW))
        frames = audio.unfold(-1, WINDOW, HOP)
        spectrum = torch.fft.rfft(frames * self.window)
        power = spectrum.real.square() + spectrum.imag.square()
        weights = sounding_frames(power.sum(dim=-1) / WINDOW**2)
        mel = (power @ self.mel + 1e-5).log()
        coefficients = mel @ self.cepstrum
        chroma = nn.functional.normalize(power @ self.chroma, dim=-1)
        change = coefficients.diff(dim=1)
        parts = (
            mean_over_time(coefficients, weights),
            deviation_over_time(coefficients, weights),
            deviation_over_time(change, weights[:, 1:]),
            mean_over_time(chroma, weights),
            deviation_over_time(chroma, weights),
        )
        return torch.cat(parts, dim=-1)

    def get_embedding_dim(self) -> int:
        """The number of values in one embedding."""
        return 3 * COEFFICIENTS + 2 * 12
