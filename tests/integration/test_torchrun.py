"""Two real processes, as ``torchrun`` starts them, train one encoder: the same that one process trains."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from tests.integration.planted_training import train

ROOT = Path(__file__).parents[2]
EPOCHS = 3


@pytest.mark.usefixtures("capfd")
def test_two_processes_train_what_one_does(tmp_path: Path) -> None:
    torch.set_num_threads(1)
    run = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    module = ["-m", "tests.integration.planted_training", str(tmp_path / "both"), str(EPOCHS), "--plain"]
    done = subprocess.run(
        [sys.executable, *run, *module], cwd=ROOT, capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode == 0, done.stderr
    messages = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    alone = train(tmp_path / "alone", epochs=EPOCHS, plain=True)
    first, second = (torch.load(tmp_path / "both" / f"rank-{rank}-of-2.pt", weights_only=True) for rank in (0, 1))
    for name, weights in alone.items():
        assert torch.equal(first[name], second[name])
        assert torch.allclose(first[name], weights, atol=1e-5)
    begun = [message for message in messages if message["event"] == "started"]
    assert [message["processes"] for message in begun] == [2], "the first process alone talks"
    assert len([message for message in messages if message["event"] == "epoch"]) == EPOCHS
    assert (tmp_path / "both" / "models" / "encoder_best.pt").is_file()
