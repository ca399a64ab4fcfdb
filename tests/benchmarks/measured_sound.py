"""Plain measurements of timbre, tempo and harmony that no encoder uses, for tastes to be planted on."""

import torch
from torch import Tensor
from torchaudio.functional import melscale_fbanks

RATE = 22050
WINDOW, HOP = 2048, 512
MEL_BANDS = 40
COEFFICIENTS = 6
FRAMES_PER_SECOND = RATE / HOP
MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
"""How well each step of the scale fits a key: Krumhansl, "Cognitive Foundations of Musical Pitch", 1990."""


def measured_sound(audio: Tensor) -> Tensor:
    """Samples in; 17 values out: 10 of timbre, 4 of tempo and rhythm, 3 of harmony."""
    window = torch.hann_window(WINDOW)
    magnitude = torch.stft(audio, WINDOW, HOP, window=window, return_complex=True).abs() + 1e-6
    mel = (melscale_fbanks(WINDOW // 2 + 1, 20.0, 10000.0, MEL_BANDS, RATE).T @ magnitude.square() + 1e-8).log()
    return torch.cat([_timbre(magnitude, mel), _rhythm(mel), _harmony(magnitude)])


def _timbre(magnitude: Tensor, mel: Tensor) -> Tensor:
    """Brightness and its change, noisiness, dynamics, and the shape of the spectrum."""
    frequencies = torch.linspace(0, RATE / 2, len(magnitude))
    centroid = ((frequencies[:, None] * magnitude).sum(dim=0) / magnitude.sum(dim=0) + 50).log()
    flatness = magnitude.log().mean(dim=0) - magnitude.mean(dim=0).log()
    loudness = magnitude.square().sum(dim=0).log()
    steps = (torch.arange(MEL_BANDS) + 0.5) * torch.pi / MEL_BANDS
    shape = torch.stack([(mel.mean(dim=1) * (steps * number).cos()).mean() for number in range(1, COEFFICIENTS + 1)])
    return torch.cat([torch.stack([centroid.mean(), centroid.std(), flatness.mean(), loudness.std()]), shape])


def _rhythm(mel: Tensor) -> Tensor:
    """The tempo's logarithm, how clear it is, how dense onsets are, and how strong."""
    onsets = mel.diff(dim=1).clamp(min=0).mean(dim=0)
    centered = onsets - onsets.mean()
    spectrum = torch.fft.rfft(centered, 2 * len(centered)).abs().square()
    correlation = torch.fft.irfft(spectrum)[: len(centered)]
    correlation = correlation / correlation[0].clamp(min=1e-9)
    lags = torch.arange(int(FRAMES_PER_SECOND * 60 / 220), int(FRAMES_PER_SECOND * 60 / 50))
    tempo = (60 * FRAMES_PER_SECOND / lags).log2()
    strength = correlation[lags] * (-0.5 * (tempo - 7).square()).exp()  # as people tap: around 120 a minute
    best = strength.argmax()
    above = onsets > onsets.mean() + onsets.std()
    density = (above[1:] & ~above[:-1]).sum() / len(onsets) * FRAMES_PER_SECOND
    return torch.stack([tempo[best], correlation[lags[best]], (density + 0.1).log(), onsets.std()])


def _harmony(magnitude: Tensor) -> Tensor:
    """Major against minor, how many notes there are, and how often they change."""
    frequencies = torch.linspace(0, RATE / 2, len(magnitude))
    heard = (frequencies > 65) & (frequencies < 2000)
    note = (12 * (frequencies.clamp(min=1) / 440).log2()).round().long() % 12
    chroma = torch.zeros(12, magnitude.shape[1]).index_add_(0, note[heard], magnitude[heard])
    chroma = chroma / chroma.sum(dim=0)
    mean = chroma.mean(dim=1)
    entropy = -(mean * mean.log()).sum()
    seconds = torch.nn.functional.avg_pool1d(chroma, int(FRAMES_PER_SECOND))
    change = 1 - torch.nn.functional.cosine_similarity(seconds[:, 1:], seconds[:, :-1], dim=0).mean()
    return torch.stack([_fit(mean, MAJOR) - _fit(mean, MINOR), entropy, change])


def _fit(chroma: Tensor, profile: tuple[float, ...]) -> Tensor:
    """The correlation with a profile in the key that fits best."""
    keys = torch.stack([torch.tensor(profile).roll(key) for key in range(12)])
    return torch.corrcoef(torch.cat([chroma[None], keys]))[0, 1:].max()
