"""Devices without a GPU at hand: the choice, the notice, and batches that are halved when a device says it is full."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from core.errors import UserError
from core.training.data.batch import Batch
from core.training.encoder import fit
from core.training.loop import devices
from core.training.loop.devices import Device, Halving, choose_device
from core.training.loop.distributed import Ranks
from tests.planted_views import SMALL, Recorder, Tiny, planted_context, planted_parts


class Filling(nn.Module):
    """The mean over songs of a song's own loss, on a device that holds ``room`` songs."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room
        self.largest = 0

    def forward(self, learner: nn.Module, batch: Batch) -> tuple[Tensor, dict[str, float]]:
        if len(batch) > self.room:
            message = "CUDA out of memory"
            raise torch.OutOfMemoryError(message)
        self.largest = max(self.largest, len(batch))
        loss = (learner(batch.first) - batch.second[:, :8]).square().mean()
        return loss, {"train/total_loss": loss.item()}


class Plain(Tiny):
    """Without batch statistics or dropout, so that a batch in parts is the same as a whole one."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(self.layers[0], nn.Tanh(), self.layers[4])


def trained(folder: Path, objective: Filling, *, said: Recorder | None = None) -> dict[str, Tensor]:
    encoder = Plain()
    parts = planted_parts(encoder=encoder, objective=objective)
    fit(
        planted_context(folder, reporter=said),
        parts,
        config=replace(SMALL, epochs=2),
        device=Device("cpu"),
        ranks=Ranks(),
    )
    return encoder.state_dict()


def test_the_choice_is_the_cpu_where_there_is_no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    said: list[str] = []
    assert choose_device("auto", warn=said.append).name == "cpu"
    assert choose_device("cpu", warn=said.append).name == "cpu"
    assert said == []
    assert choose_device("cuda", memory_limit_gb=2, warn=said.append).name == "cpu"
    assert said == ["There is no CUDA device on this machine: training runs on the CPU."]


def test_a_gpu_is_taken_with_short_numbers_and_within_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    class Properties:
        total_memory = 8 * devices.GIGABYTE

    limits: list[tuple[float, str]] = []
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: False)
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda _: Properties)
    monkeypatch.setattr(torch.cuda, "set_per_process_memory_fraction", lambda share, name: limits.append((share, name)))
    precision = torch.get_float32_matmul_precision()
    try:
        monkeypatch.setenv("LOCAL_RANK", "1")
        chosen = choose_device("auto", memory_limit_gb=2)
        assert choose_device("cuda:0", memory_limit_gb=100).name == "cuda:0"
        assert choose_device("cpu").name == "cpu"
    finally:
        torch.set_float32_matmul_precision(precision)
    assert (chosen.name, chosen.short) == ("cuda:1", torch.float16)
    assert limits == [(0.25, "cuda:1"), (1.0, "cuda:0")]


def test_the_cpu_computes_exactly() -> None:
    device = Device("cpu")
    with device.autocast():
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype is torch.float32
    assert not device.scaler().is_enabled()


def test_a_batch_that_does_not_fit_is_halved_with_a_warning_and_learns_the_same(tmp_path: Path) -> None:
    said, full = Recorder(), Filling(room=5)
    halved = trained(tmp_path / "full", full, said=said)
    whole = trained(tmp_path / "whole", Filling(room=1000))
    sentences = [message["sentence"] for message in said.of("warning")]
    assert [sentence.partition(":")[0] for sentence in sentences] == [
        "The memory of the GPU is too small for 16 songs at a time",
        "The memory of the GPU is too small for 16 songs at a time",
    ]
    assert full.largest == 4
    assert all(torch.allclose(halved[name], whole[name], atol=1e-6) for name in whole)


def test_a_device_that_does_not_hold_two_songs_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not even hold two songs"):
        trained(tmp_path, Filling(room=1))


def test_parts_of_a_batch_hold_all_of_it_and_never_one_song_alone() -> None:
    halving = Halving(warn=lambda _: None)
    assert halving.of(7) == [slice(0, 7)]
    halving.halve(7)
    assert halving.of(7) == [slice(0, 3), slice(3, 7)]
    assert halving.of(3) == [slice(0, 3)]
    assert halving.of(1) == [slice(0, 1)]
    with pytest.raises(UserError):
        halving.halve(7)
