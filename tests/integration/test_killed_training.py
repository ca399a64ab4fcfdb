"""Training in a real process that is killed for real, and started again, ends where an undisturbed one does."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from core.models import checkpoint
from tests.integration.planted_training import train

EPOCHS = 12
ROOT = Path(__file__).parents[2]


def started(folder: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.integration.planted_training", str(folder), str(EPOCHS)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.mark.usefixtures("capfd")
def test_a_killed_run_is_taken_up_and_reaches_the_same_encoder_bit_for_bit(tmp_path: Path) -> None:
    torch.set_num_threads(1)
    with started(tmp_path / "killed") as victim:
        assert victim.stdout is not None
        for line in victim.stdout:
            message = json.loads(line)
            if message["event"] == "epoch" and message["epoch"] == 4:
                victim.kill()
                break
    assert victim.returncode == -9
    with started(tmp_path / "killed") as again:
        assert again.stdout is not None
        messages = [json.loads(line) for line in again.stdout]
    assert again.returncode == 0
    assert messages[0]["event"] == "started"
    assert 3 <= messages[0]["epochs_done"] < EPOCHS, "it goes on, and does not begin anew"
    train(tmp_path / "undisturbed", epochs=EPOCHS)
    left, right = (
        checkpoint.load(tmp_path / name / "models" / "encoder_best.pt") for name in ("killed", "undisturbed")
    )
    assert left.config == right.config
    assert all(torch.equal(left.state[name], right.state[name]) for name in right.state)
    assert [path.name for path in (tmp_path / "killed" / "models").iterdir()] == ["encoder_best.pt"]
