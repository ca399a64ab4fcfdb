"""Play sound faster or slower at its own pitch, each row of a batch at its own rate.

After Flanagan and Golden (1966), "Phase Vocoder": the frames of a short-time spectrum are read at another pace, and
each bin's phase goes on at the frequency that was measured there. torchaudio's has one rate for all rows.
"""

from math import ceil, pi

import torch
from torch import Tensor, nn

WINDOW = 1024
HOP = WINDOW // 4
ONSET = 1.2
"""From one frame to the next a bin grows so much only where something begins. Its phases are then taken as they are:
carried on from what was before, clicks came up to 60 ms early and half of them were gone. On 12 real songs the mel
spectrum then differs by 2.2 dB from the stretched one of the original; 2.5 dB with 1.5, 4.4 dB without."""


def stretched(audio: Tensor, *, rates: Tensor, length: int) -> Tensor:
    """(rows, samples) played ``rates`` (rows,) times as fast, cut or filled with silence to (rows, ``length``)."""
    window = torch.hann_window(WINDOW, device=audio.device)
    spectra = torch.stft(audio, WINDOW, HOP, window=window, pad_mode="constant", return_complex=True)
    frames = ceil(length / HOP) + 1
    paces = torch.arange(frames, device=audio.device) * rates.unsqueeze(1)
    return torch.istft(_read_at(spectra, paces), WINDOW, HOP, window=window, length=length)


def _read_at(spectra: Tensor, paces: Tensor) -> Tensor:
    """(rows, bins, frames) as they sound at the places (rows, new frames), which are counted in frames."""
    paces = paces.clamp(max=spectra.shape[2] - 1)
    before = paces.long()
    following = (before + 1).clamp(max=spectra.shape[2] - 1)
    shape = (-1, spectra.shape[1], -1)
    share = (paces - before).unsqueeze(1)
    left = spectra.gather(2, before.unsqueeze(1).expand(shape))
    right = spectra.gather(2, following.unsqueeze(1).expand(shape))
    soft, loud = left.abs(), right.abs()
    rising = loud > ONSET * soft
    magnitudes = torch.lerp(soft, loud, share.expand(soft.shape))
    return torch.polar(magnitudes, _phases(left.angle(), right.angle(), rising))


def _phases(left: Tensor, right: Tensor, rising: Tensor) -> Tensor:
    """From each frame to the next the advance that was heard there; as heard wherever a bin is ``rising``."""
    # Only the turn within one circle counts: whole turns would add up to 350,000 rad, and float32 keeps 0.03 of those.
    advances = _within_circle(right - left)[..., :-1].cumsum(dim=-1)
    ahead = nn.functional.pad(advances, (1, 0)) - left
    places = torch.arange(left.shape[-1], device=left.device)
    latest = torch.where(rising, places, 0).cummax(dim=-1).values
    return left + ahead - ahead.gather(-1, latest)


def _within_circle(angles: Tensor) -> Tensor:
    return torch.remainder(angles + pi, 2 * pi) - pi
