"""``MusiCNNEncoder``: what two networks know that have learned to name the tags of music, from the package ``musicnn``.

Pons and Serra, "musicnn: pre-trained convolutional neural networks for music audio tagging", 2019; ISC license.
"""

from pathlib import Path

import torch
from torch import Tensor, nn
from torchaudio.functional import melscale_fbanks
from torchaudio.transforms import Resample

from core.models.musicnn_weights import NETWORKS, musicnn_state
from core.models.protocols import SAMPLE_RATE
from core.models.sound import at_least
from core.models.tagger import HIDDEN, MEL_BANDS, PATCH_FRAMES, Tagger

OWN_RATE = 16000
"""Hz of the sound that the networks have learned from."""
UNIT = 50
"""The greatest common divisor of both rates."""
WINDOW, HOP = 512, 256
SHORTEST = 1024
"""Samples that leave enough to mirror at the ends."""
DIMENSION = HIDDEN * len(NETWORKS)


class MusiCNN(nn.Module):
    """Both networks, with the weights yet to be loaded: their parameters are frozen, ``requires_grad_()`` thaws them.

    ``every`` leaves patches out: of three patches of 3 s only the one in the middle, for instance.
    """

    version = 1
    sample_rate = SAMPLE_RATE
    window: Tensor
    filters: Tensor
    kernel: Tensor

    def __init__(self, *, every: int = 1) -> None:
        super().__init__()
        self.every = every
        # They follow from the code: left out of checkpoints.
        filters = melscale_fbanks(WINDOW // 2 + 1, 0.0, OWN_RATE / 2, MEL_BANDS, OWN_RATE, "slaney", "slaney")
        self.register_buffer("window", torch.hann_window(WINDOW), persistent=False)
        self.register_buffer("filters", filters, persistent=False)
        resample = Resample(SAMPLE_RATE, OWN_RATE)
        self.register_buffer("kernel", resample.kernel, persistent=False)
        with torch.random.fork_rng(devices=[]):
            self.networks = nn.ModuleDict({name: Tagger() for name in NETWORKS})
        self.requires_grad_(requires_grad=False)

    def forward(self, audio: Tensor) -> Tensor:
        """Waveforms (batch, samples) at ``sample_rate`` in; the means of ``patches`` (batch, DIMENSION) out."""
        return self.patches(audio).mean(dim=1)

    def patches(self, audio: Tensor) -> Tensor:
        """The penultimate layers of both networks for each patch of 3 s: (batch, patches, DIMENSION)."""
        mel = self.mel(audio)
        together = mel.flatten(0, 1)
        heard = torch.cat([network(together) for network in self.networks.values()], dim=1)
        return heard.view(*mel.shape[:2], DIMENSION)

    def mel(self, audio: Tensor) -> Tensor:
        """Log-mel patches (batch, patches, PATCH_FRAMES, MEL_BANDS) as librosa's; a short song is repeated."""
        resampled = self._resampled(at_least(audio, SHORTEST))
        spectrum = torch.stft(resampled, WINDOW, HOP, window=self.window, return_complex=True, pad_mode="reflect")
        power = spectrum.real.square() + spectrum.imag.square()
        mel = torch.log10(10000 * (power.transpose(1, 2) @ self.filters) + 1)
        if mel.shape[1] < PATCH_FRAMES:
            mel = mel.repeat(1, -(-PATCH_FRAMES // mel.shape[1]), 1)
        count = mel.shape[1] // PATCH_FRAMES
        patches = mel[:, : count * PATCH_FRAMES].reshape(len(mel), count, PATCH_FRAMES, MEL_BANDS)
        first = self.every // 2
        return patches[:, first :: self.every] if count > first else patches

    def _resampled(self, audio: Tensor) -> Tensor:
        """What torchaudio's ``Resample`` gives, without computing its filters again."""
        step, phases = SAMPLE_RATE // UNIT, OWN_RATE // UNIT
        width = (self.kernel.shape[-1] - step) // 2
        padded = nn.functional.pad(audio, (width, width + step)).unsqueeze(1)
        samples = nn.functional.conv1d(padded, self.kernel, stride=step).transpose(1, 2).flatten(1)
        return samples[:, : -(-phases * audio.shape[1] // step)]

    def get_embedding_dim(self) -> int:
        """The number of values in one embedding."""
        return DIMENSION


class MusiCNNEncoder(MusiCNN):
    """``MusiCNN`` with its weights, from the package or from where they were ``kept`` once.

    Raises UserError when they are nowhere to be had. ``embedding_dim`` and ``seed`` change nothing: it has learned.
    """

    def __init__(
        self,
        embedding_dim: int = DIMENSION,  # noqa: ARG002 - every encoder is made so
        seed: int = 0,  # noqa: ARG002 - as above
        *,
        weights: Path | str | None = None,
        every: int = 1,
    ) -> None:
        super().__init__(every=every)
        self.load_state_dict(musicnn_state(None if weights is None else Path(weights)))
