"""The real MLflow, where the extra is installed: it keeps a run in its file and tries no connection."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REAL = """
import json, socket, sys
from pathlib import Path
tried = []
socket.socket.connect = lambda self, address: tried.append(str(address)) or sys.exit("connected")
socket.getaddrinfo = lambda *values, **named: tried.append(str(values)) or sys.exit("looked up")
from core.training.context import Silence
from core.training.protocol import TrainingSong
from core.training.tracking import open_tracker
songs = [TrainingSong("file:///a.mp3", 0.8, "a", "")]
with open_tracker({}, run_name="first", default_folder=Path(sys.argv[1]), reporter=Silence(), songs=songs) as tracker:
    tracker.log_params({"encoder_lr": 0.001})
    for step in range(3):
        tracker.log_metrics({"train/total_loss": 1.0 / (step + 1), "val/mse": float("nan")}, step=step)
from mlflow import MlflowClient
client = MlflowClient(f"sqlite:///{sys.argv[1]}/mlflow.db")
run = client.get_run(tracker.run_id)
history = client.get_metric_history(tracker.run_id, "train/total_loss")
print(json.dumps([run.info.status, run.info.run_name, run.info.artifact_uri, run.data.params,
                  [(each.step, each.value) for each in history], tried]))
"""


@pytest.mark.skipif(importlib.util.find_spec("mlflow") is None, reason="the extra tracking is not installed")
def test_the_real_mlflow_keeps_a_run_and_tries_no_connection(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    # MLflow's telemetry is silent in tests and on build machines anyway: here it must not know that it is in one.
    hidden = {"PYTEST_CURRENT_TEST", "CI", "GITHUB_ACTIONS", "MLFLOW_DISABLE_TELEMETRY", "DO_NOT_TRACK"}
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    finished = subprocess.run(
        [sys.executable, "-c", REAL, str(tmp_path)],
        cwd=root,
        env=env | {"HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    status, name, artifacts, params, history, tried = json.loads(finished.stdout.splitlines()[-1])
    assert (status, name) == ("FINISHED", "first")
    assert artifacts.startswith((tmp_path / "artifacts").as_uri())
    assert (params["encoder_lr"], params["data_rated"]) == ("0.001", "1")
    assert history == [[0, 1.0], [1, 0.5], [2, pytest.approx(1 / 3)]]
    assert tried == []
    assert not (tmp_path / "home").exists()
