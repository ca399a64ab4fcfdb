"""What altering sound costs beside a training step: processor time for a batch of 32 crops of 5 s, both in one run."""

import time
from collections.abc import Callable

import torch
from torch import Tensor

from core.audio.augment import AudioAugmentor
from core.models.mel import MelEncoder

RATE = 22050
SONGS = 32
SECONDS = 5
WHOLE = 10
"""Seconds that the crops are taken from."""
REPEATS = 9


def run() -> None:
    """Print the processor time of each way, and its share of a step on one view: altering, forward and backward."""
    torch.set_num_threads(1)
    audio = 0.1 * torch.randn(SONGS, WHOLE * RATE, generator=torch.Generator().manual_seed(0))
    encoder = MelEncoder()
    network = _quickest(lambda: _learn(encoder, audio[:, : SECONDS * RATE]), repeats=4)
    print(f"forward and backward of MelEncoder  {network * 1e3:7.0f} ms")
    print("altering a batch                         ms   share of the step")
    for name, augmentor, repeats in _ways():
        seconds = _quickest(lambda augmentor=augmentor: augmentor(audio, seed=1), repeats=repeats)  # type: ignore[misc]
        print(f"{name:34} {seconds * 1e3:8.1f} {seconds / (seconds + network):10.1%}")


def _ways() -> list[tuple[str, AudioAugmentor, int]]:
    crop, still = SECONDS * RATE, {"pitch_shift_range": (0, 0), "time_stretch_range": (1, 1)}
    return [
        ("as on a CPU (resample)", AudioAugmentor(crop_samples=crop, method="resample"), REPEATS),
        ("without pitch and tempo", AudioAugmentor(**still, crop_samples=crop), REPEATS),  # type: ignore[arg-type]
        ("exact (vocoder)", AudioAugmentor(crop_samples=crop, method="vocoder"), 2),
    ]


def _learn(encoder: MelEncoder, audio: Tensor) -> None:
    encoder.zero_grad()
    encoder(audio).square().mean().backward()


def _quickest(work: Callable[[], object], *, repeats: int) -> float:
    """Processor seconds, the best of some: the machine may be shared."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    run()
