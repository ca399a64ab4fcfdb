"""Tracking: what is kept in MLflow, that nothing leaves this machine, and that no failure of it stops a training."""

import importlib.util
import os
import sys
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import torch

from core.training import tracking
from core.training.experiments.tracking_server import PagesServer
from core.training.protocol import TrainingSong
from core.training.tracking import MLflowTracker, Untracked, fingerprint_of, open_tracker, switch_telemetry_off
from tests.recorded_messages import Messages

SONGS = [TrainingSong("file:///a.mp3", 0.8, "a", ""), TrainingSong("file:///b.mp3", -1.0, "b", "")]


@dataclass
class StandIn:
    """MLflow's client, as far as it is used."""

    uri: str
    kept: dict[str, Any] = field(default_factory=lambda: {"params": {}, "metrics": [], "artifacts": [], "status": ""})
    is_broken: bool = False

    def get_experiment_by_name(self, _: str) -> None:
        return None

    def create_experiment(self, name: str, artifact_location: str | None) -> str:
        self.kept |= {"experiment": name, "artifact_location": artifact_location}
        return "1"

    def create_run(self, identity: str, *, run_name: str, tags: dict[str, str]) -> SimpleNamespace:
        self.kept |= {"run_name": run_name, "tags": tags, "in": identity}
        return SimpleNamespace(info=SimpleNamespace(run_id="abc"))

    def log_batch(self, _: str, metrics: Any = (), params: Any = ()) -> None:  # noqa: ANN401 - as MLflow has it
        if self.is_broken:
            message = "connection refused"
            raise ConnectionError(message)
        self.kept["metrics"] += metrics
        self.kept["params"] |= dict(params)

    def log_artifacts(self, _: str, folder: str, artifact_path: str) -> None:
        self.kept["artifacts"].append((artifact_path, sorted(path.name for path in Path(folder).iterdir())))

    def set_terminated(self, _: str, *, status: str) -> None:
        self.kept["status"] = status


@pytest.fixture
def clients(monkeypatch: pytest.MonkeyPatch) -> list[StandIn]:
    """Puts a module in the place of MLflow; the clients that were made of it."""
    made: list[StandIn] = []

    def client(uri: str, *, registry_uri: str) -> StandIn:
        assert registry_uri == uri
        made.append(StandIn(uri))
        return made[-1]

    def save_model(_: object, path: str, **__: object) -> None:
        Path(path).mkdir()
        (Path(path) / "MLmodel").touch()

    parts: dict[str, dict[str, Any]] = {
        "mlflow": {"MlflowClient": client},
        "mlflow.entities": {"Metric": lambda *values: values, "Param": lambda *values: values},
        "mlflow.pytorch": {"save_model": save_model},
    }
    for name, content in parts.items():
        module = ModuleType(name)
        module.__spec__ = ModuleSpec(name, None)
        vars(module).update(content)
        monkeypatch.setitem(sys.modules, name, module)
    for name in ("entities", "pytorch"):
        monkeypatch.setattr(sys.modules["mlflow"], name, sys.modules[f"mlflow.{name}"], raising=False)
    for name in tracking.SILENT | tracking.PATIENT:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv(name, os.environ.get(name, ""))  # so that what is set here is taken back afterwards
        monkeypatch.delenv(name)
    return made


@pytest.fixture
def reports() -> Messages:
    return Messages()


def opened(folder: Path, reports: Messages, **settings: object) -> Any:  # noqa: ANN401 - the stand-in's too
    return open_tracker(settings, run_name="train-encoder", default_folder=folder, reporter=reports, songs=SONGS)


def test_a_run_is_kept_below_the_profile(clients: list[StandIn], reports: Messages, tmp_path: Path) -> None:
    with opened(tmp_path / "tracking", reports) as tracker:
        tracker.log_params({"encoder_lr": 0.001, "encoder_class": TrainingSong, "hidden": [4, 2]})
        tracker.log_metrics({"train/total_loss": torch.tensor(0.5), "odd (name)": 1.0}, step=7)
        tracker.log_model(torch.nn.Linear(1, 1), artifact_path="encoder", framework="pytorch", signature=None)
    (client,) = clients
    assert client.uri == f"sqlite:///{tmp_path}/tracking/mlflow.db"
    assert client.kept["artifact_location"] == (tmp_path / "tracking" / "artifacts").as_uri()
    assert (client.kept["experiment"], client.kept["run_name"]) == ("music_recommendation", "train-encoder")
    params = client.kept["params"]
    assert params["encoder_lr"] == "0.001"
    assert params["encoder_class"] == "core.training.protocol:TrainingSong"
    assert params["data_fingerprint"] == fingerprint_of(SONGS)["data_fingerprint"]
    assert [(name, value, step) for name, value, _, step in client.kept["metrics"]] == [
        ("train/total_loss", 0.5, 7),
        ("odd _name_", 1.0, 7),
    ]
    assert client.kept["artifacts"] == [("encoder", ["MLmodel"])]
    assert client.kept["status"] == "FINISHED"
    assert reports.said == []


def test_telemetry_is_off_before_mlflow_is_imported(
    clients: list[StandIn], reports: Messages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, str]] = []
    monkeypatch.setattr(tracking, "_begin", lambda *_, **__: seen.append(dict(os.environ)) or Untracked())
    monkeypatch.setenv("MLFLOW_DISABLE_TELEMETRY", "false")
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "3")
    opened(tmp_path, reports)
    assert seen[0]["MLFLOW_DISABLE_TELEMETRY"] == "true"
    assert seen[0]["DO_NOT_TRACK"] == "true"
    assert seen[0]["MLFLOW_HTTP_REQUEST_MAX_RETRIES"] == "3"  # how patient it is stays the owner's choice
    switch_telemetry_off()


def test_metrics_wait_to_be_written_together(
    clients: list[StandIn], reports: Messages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracking, "WRITTEN_EVERY", 1000.0)
    with opened(tmp_path, reports) as tracker:
        for step in range(tracking.KEPT_BACK - 1):
            tracker.log_metrics({"loss": 1.0}, step=step)
        assert clients[0].kept["metrics"] == []
        tracker.log_metrics({"loss": 1.0}, step=999)
        assert len(clients[0].kept["metrics"]) == tracking.KEPT_BACK
        tracker.log_metrics({"loss": 1.0}, step=1000)
    assert len(clients[0].kept["metrics"]) == tracking.KEPT_BACK + 1


def test_the_first_value_of_a_parameter_stays(clients: list[StandIn], reports: Messages, tmp_path: Path) -> None:
    with opened(tmp_path, reports) as tracker:
        tracker.log_params({"batch": 32})
        tracker.log_params({"batch": 16, "other": "x" * 9000})
    assert clients[0].kept["params"]["batch"] == "32"
    assert len(clients[0].kept["params"]["other"]) == tracking.LONGEST_VALUE


def test_a_training_that_fails_is_marked(clients: list[StandIn], reports: Messages, tmp_path: Path) -> None:
    with pytest.raises(KeyError), opened(tmp_path, reports):
        raise KeyError
    assert clients[0].kept["status"] == "FAILED"


def test_a_server_that_goes_away_costs_one_warning(
    clients: list[StandIn], reports: Messages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracking, "WRITTEN_EVERY", 0.0)
    with opened(tmp_path, reports) as tracker:
        clients[0].is_broken = True
        for step in range(5):
            tracker.log_metrics({"loss": 1.0}, step=step)
        tracker.log_model(torch.nn.Linear(1, 1), artifact_path="encoder")
    assert len(reports.sentences) == 1
    assert "does not answer any more" in reports.sentences[0]
    assert clients[0].kept["artifacts"] == []


def test_a_model_that_cannot_be_kept_is_a_warning_and_the_metrics_go_on(
    clients: list[StandIn], reports: Messages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        message = "cannot pickle"
        raise TypeError(message)

    monkeypatch.setattr(sys.modules["mlflow.pytorch"], "save_model", refuse)
    with opened(tmp_path, reports) as tracker:
        for _ in range(2):
            tracker.log_model(torch.nn.Linear(1, 1), artifact_path="encoder")
        tracker.log_metrics({"loss": 1.0}, step=1)
    assert reports.sentences == ["MLflow could not keep the model: TypeError: cannot pickle."]
    assert len(clients[0].kept["metrics"]) == 1


def test_a_run_that_cannot_begin_goes_on_untracked(
    clients: list[StandIn], reports: Messages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        message = "the schema is newer"
        raise RuntimeError(message)

    monkeypatch.setattr(sys.modules["mlflow"], "MlflowClient", refuse)
    with opened(tmp_path, reports) as tracker:
        tracker.log_metrics({"loss": 1.0}, step=1)
    assert isinstance(tracker, Untracked)
    assert len(reports.sentences) == 1
    assert "the schema is newer" in reports.sentences[0]


@pytest.mark.parametrize(("settings", "warnings"), [({}, 0), ({"auto_start": True}, 1)])
def test_without_mlflow_only_who_asked_for_it_is_told(
    reports: Messages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, Any], warnings: int
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert isinstance(opened(tmp_path / "tracking", reports, **settings), Untracked)
    assert len(reports.sentences) == warnings
    assert not (tmp_path / "tracking").exists()


@pytest.mark.parametrize(
    ("settings", "there", "expected"),
    [
        ({"tracking_uri": "http://tracking.example:5000"}, (False, False), ("http://tracking.example:5000", False, 0)),
        ({"tracking_uri": "sqlite:////elsewhere.db"}, (False, False), ("sqlite:////elsewhere.db", False, 0)),
        ({"tracking_uri": "http://localhost:5000"}, (False, True), ("http://localhost:5000", False, 0)),
        ({"tracking_uri": "http://localhost:5000"}, (False, False), ("local", False, 1)),
        ({"tracking_uri": "http://localhost:5000", "auto_start": True}, (False, False), ("local", True, 0)),
        ({"tracking_uri": "http://localhost:5000", "auto_start": True}, (True, True), ("local", False, 0)),
        (
            {"tracking_uri": "http://localhost:5000", "auto_start": True},
            (False, True),
            ("http://localhost:5000", False, 0),
        ),
        ({"auto_start": True}, (False, False), ("local", True, 0)),
        ({"tracking_uri": None, "auto_start": False}, (False, False), ("local", False, 0)),
    ],
)
def test_where_a_run_is_kept_and_shown(
    clients: list[StandIn],
    reports: Messages,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, Any],
    there: tuple[bool, bool],
    expected: tuple[str, bool, int],
) -> None:
    (running, answering), (kept_in, started, warnings) = there, expected
    starts: list[PagesServer] = []
    monkeypatch.setattr(PagesServer, "is_running", lambda _: running)
    monkeypatch.setattr(PagesServer, "start", lambda self: starts.extend([self]))
    monkeypatch.setattr(tracking, "answers", lambda _: answering)
    with opened(tmp_path, reports, **settings):
        pass
    local = f"sqlite:///{tmp_path / 'mlflow.db'}"
    assert clients[0].uri == (local if kept_in == "local" else kept_in)
    assert (clients[0].kept["artifact_location"] is not None) == (kept_in == "local")
    assert bool(starts) == started
    assert len(reports.sentences) == warnings


def test_the_fingerprint_is_of_songs_and_ratings_alone() -> None:
    first = fingerprint_of(SONGS)
    assert first == fingerprint_of(reversed(SONGS))
    assert (first["data_songs"], first["data_rated"]) == (2, 1)
    changed = [TrainingSong("file:///a.mp3", 1.0, "a", ""), SONGS[1]]
    assert fingerprint_of(changed)["data_fingerprint"] != first["data_fingerprint"]


def test_nothing_is_pending_after_a_stop(clients: list[StandIn], tmp_path: Path) -> None:
    """Pages that are still starting are not waited for when the owner wants an end."""
    server = SimpleNamespace(is_awaited=True, news=lambda: None)
    stopping = Messages(stop_after=("epoch", 0))
    tracker = MLflowTracker(StandIn("sqlite://"), "abc", reporter=stopping, server=server)  # type: ignore[arg-type]
    tracker.close()
    assert server.is_awaited
