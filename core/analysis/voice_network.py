"""silero's network for 16 kHz with silero's weights: what its ONNX model computes, to 1e-6, in 0.4 of the time.

ONNX Runtime multiplies a small matrix for each frame; here all frames are one matrix: 4.1 ms against 10.6 for the
windows, 21 against 54 for 30 s. Runs in worker processes: importing this module imports torch.
"""

import warnings

import numpy as np
import torch
from torch import Tensor, nn

from core.analysis.known_sound import Samples
from core.analysis.voice_activity import FRAME

CONTEXT = 64
"""Samples of the frame before, and of the mirrored end of a frame, that are heard with it."""
WINDOW = 256
HOP = 128
BINS = WINDOW // 2 + 1
STATE = 128
CHANNELS = ((BINS, 128, 1), (128, 64, 2), (64, 64, 2), (64, STATE, 1))
"""Of the convolutions over the four spectra of a frame: in, out, stride."""
AT_ONCE = 512
"""Frames, 16 s: a long excerpt takes no more memory than a short one, and no longer by the frame."""


class VoiceNetwork(nn.Module):
    """Spectra, four convolutions, a memory from frame to frame, and a probability.

    The architecture is silero-vad's, versions 5 and 6 (https://github.com/snakers4/silero-vad).
    """

    def __init__(self) -> None:
        super().__init__()
        self.basis = nn.Parameter(torch.zeros(2 * BINS, 1, WINDOW))
        layers = [nn.Conv1d(before, after, 3, stride, padding=1) for before, after, stride in CHANNELS]
        self.convolutions = nn.Sequential(*(part for layer in layers for part in (layer, nn.ReLU(inplace=True))))
        self.memory = nn.LSTM(STATE, STATE)
        self.output = nn.Linear(STATE, 1)

    def forward(self, frames: Tensor) -> Tensor:
        """Consecutive frames with their contexts (n, 576) in, the probability of speech (n,) in each out."""
        features = torch.cat([self._features(some) for some in torch.split(frames, AT_ONCE)])
        states, _ = self.memory(features)
        probabilities: Tensor = self.output(states.relu()).sigmoid()
        return probabilities.squeeze(-1)

    def _features(self, frames: Tensor) -> Tensor:
        mirrored = nn.functional.pad(frames, (0, CONTEXT), mode="reflect")
        spectra = mirrored.unfold(-1, WINDOW, HOP) @ self.basis.squeeze(1).T
        magnitudes = (spectra[..., :BINS].square() + spectra[..., BINS:].square()).sqrt()
        features: Tensor = self.convolutions(magnitudes.transpose(1, 2))
        return features.squeeze(-1)

    def audio_forward(self, samples: Samples) -> Samples:
        """The probability of speech for each frame of mono samples (n,) at 16 kHz: (ceil(n / 512),)."""
        count = -(-len(samples) // FRAME)
        if count == 0:
            return np.zeros(0, np.float32)
        padded = torch.zeros(CONTEXT + count * FRAME)
        padded[CONTEXT : CONTEXT + len(samples)] = torch.as_tensor(samples)
        with torch.inference_mode():
            probabilities: Samples = self(padded.unfold(0, CONTEXT + FRAME, FRAME)).numpy()
        return probabilities


def load_network() -> VoiceNetwork:
    """The network with the weights of the installed silero-vad; KeyError or RuntimeError where they do not fit."""
    network = VoiceNetwork()
    network.load_state_dict(_renamed(_weights()))
    return network.eval()


def _weights() -> dict[str, Tensor]:
    """Those of silero's default model, which are its ONNX model's too; its safetensors hold another training."""
    from silero_vad import load_silero_vad

    with warnings.catch_warnings():
        # torch would rather see another format than the one in which silero comes.
        warnings.filterwarnings("ignore", message=".*torch.jit", category=FutureWarning)
        weights: dict[str, Tensor] = load_silero_vad().state_dict()
    return weights


def _renamed(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    layers = [(f"convolutions.{2 * number}", f"encoder.{number}.reparam_conv") for number in range(len(CHANNELS))]
    parts = [(f"{ours}.{part}", f"{theirs}.{part}") for ours, theirs in layers for part in ("weight", "bias")]
    gates = [(f"memory.{gate}_l0", f"decoder.rnn.{gate}") for gate in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    names = {
        "basis": "stft.forward_basis_buffer",
        "output.bias": "decoder.decoder.2.bias",
        **dict(parts),
        **dict(gates),
    }
    renamed = {ours: weights[f"_model.{theirs}"] for ours, theirs in names.items()}
    renamed["output.weight"] = weights["_model.decoder.decoder.2.weight"].squeeze(-1)
    return renamed
