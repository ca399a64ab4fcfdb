"""``SpectralEncoder``: the embedding of the first day, made of measured properties of the sound; nothing is trained."""

import torch
from torch import Tensor, nn

from core.models import harmony, rhythm, timbre
from core.models.filterbanks import cosine_transform, mel_bands, semitone_bands
from core.models.frames import SHORTEST, WINDOW, Filterbanks, analyse
from core.models.protocols import SAMPLE_RATE
from core.models.sound import at_least, even_loudness

MEL_BANDS = 48
COEFFICIENTS = 20


class SpectralEncoder(nn.Module):
    """Statistics of timbre, harmony and rhythm over the sounding frames of an excerpt, all from one STFT.

    The values have their natural units: whoever compares embeddings standardizes them over the library first.
    """

    version = 1
    sample_rate = SAMPLE_RATE
    window: Tensor
    mel: Tensor
    semitones: Tensor
    cosines: Tensor

    def __init__(self) -> None:
        super().__init__()
        bins = WINDOW // 2 + 1
        mel = mel_bands(bins, bands=MEL_BANDS, lowest=30.0, sample_rate=SAMPLE_RATE)
        semitones = semitone_bands(bins, lowest=80.0, highest=8000.0, sample_rate=SAMPLE_RATE)
        cosines = cosine_transform(MEL_BANDS, coefficients=COEFFICIENTS)
        # They follow from the code: left out of checkpoints, and told apart by ``version``.
        self.register_buffer("window", torch.hann_window(WINDOW), persistent=False)
        self.register_buffer("mel", mel, persistent=False)
        self.register_buffer("semitones", semitones, persistent=False)
        self.register_buffer("cosines", cosines, persistent=False)
        self.embedding_dim = self._measured_dim()

    def forward(self, audio: Tensor) -> Tensor:
        """Waveforms (batch, samples) at ``sample_rate`` in; embeddings (batch, get_embedding_dim()) out."""
        audio = even_loudness(at_least(audio, SHORTEST))
        frames = analyse(audio, window=self.window, filterbanks=Filterbanks(self.mel, self.semitones))
        groups = (
            timbre.mel_statistics(frames),
            timbre.cepstral_statistics(frames, self.cosines),
            timbre.contrast(frames),
            timbre.texture(frames),
            harmony.chords(frames),
            harmony.pitch(frames),
            rhythm.beats(frames),
            rhythm.modulation(frames),
        )
        return torch.cat(groups, dim=-1)

    def get_embedding_dim(self) -> int:
        """The number of values in one embedding."""
        return self.embedding_dim

    def _measured_dim(self) -> int:
        with torch.no_grad():
            return int(self(torch.zeros(1, SHORTEST)).shape[-1])
