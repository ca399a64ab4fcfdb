"""Where a run is kept for its owner to look at: parameters, metrics, models and the data's fingerprint, in MLflow.

MLflow comes with the extra ``tracking``; without it a run goes on untracked. Nothing leaves this machine unless
``mlflow.tracking_uri`` names another one: its telemetry is off, and the default is a SQLite file below the profile.
"""

import hashlib
import importlib.util
import logging
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from core.models.own_module import brief
from core.training.context import NoTracker, Reporter, Tracker
from core.training.experiments.tracking_server import DEFAULT_PORT, SILENT, PagesServer, address_of, answers
from core.training.protocol import TrainingSong

if TYPE_CHECKING:
    from torch import nn

logger = logging.getLogger(__name__)

KEPT_BACK = 200
"""Metrics that wait to be written together: one alone costs 16 ms, 200 together 41 ms."""
WRITTEN_EVERY = 2.0
"""Seconds: what a killed run may lose."""
LONGEST_VALUE = 5000
"""Characters of a parameter; MLflow refuses more than 6,000."""
MISSING = 'This run is not tracked, because MLflow is missing: pip install "marmalade[tracking]" brings it.'
PATIENT = {
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",  # seven tries with growing pauses would hold up training for minutes
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "10",
    "GIT_PYTHON_REFRESH": "quiet",  # MLflow imports it, and it complains where there is no git
}


class OpenTracker(Tracker, Protocol):
    """A tracker that has to be closed; ``with`` does it, and tells MLflow how the run ended."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...

    def close(self, status: str = "FINISHED") -> None: ...


class Untracked(NoTracker):
    """What stands for MLflow where there is none."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Nothing was opened."""

    def close(self, status: str = "FINISHED") -> None:
        """Nothing was opened."""


def switch_telemetry_off() -> None:
    """Has to be called before MLflow is imported by anybody, the owner's own code included."""
    os.environ.update(SILENT)
    for name, value in PATIENT.items():
        os.environ.setdefault(name, value)


def open_tracker(
    settings: Mapping[str, Any],
    *,
    run_name: str,
    default_folder: Path,
    reporter: Reporter,
    songs: Sequence[TrainingSong] = (),
) -> OpenTracker:
    """Begin a run in MLflow; whatever stands in the way costs one warning and leaves the run untracked.

    ``settings`` are the keys that the owner gave in the section ``mlflow`` (``tracking_uri``, ``experiment_name``,
    ``auto_start``); with none of them a missing MLflow is no news. ``default_folder`` is below the profile and takes
    the database ``mlflow.db`` and the folder ``artifacts``; ``songs`` are what the fingerprint is made of.
    """
    if importlib.util.find_spec("mlflow") is None:
        if settings:
            sentence = (
                'This run is not tracked, because MLflow is missing: pip install "marmalade[tracking]" brings it.'
            )
            reporter.say("warning", sentence=sentence)
        return Untracked()
    switch_telemetry_off()
    try:
        default_folder.mkdir(parents=True, exist_ok=True)
        tracker = _begin(settings, run_name=run_name, folder=default_folder.absolute(), reporter=reporter)
    except Exception as error:  # a database, a network and a plug-in may raise anything
        logger.warning("tracking could not begin", exc_info=True)
        reporter.say("warning", sentence=f"This run is not tracked, because MLflow refuses: {brief(error)}.")
        return Untracked()
    if songs:
        tracker.log_params(fingerprint_of(songs))
    return tracker


def fingerprint_of(songs: Iterable[TrainingSong]) -> dict[str, Any]:
    """What a run learned from, as parameters: equal libraries with equal ratings have equal fingerprints."""
    known = sorted((song.song_id, round(song.rating, 4)) for song in songs)
    digest = hashlib.sha256(repr(known).encode())
    rated = sum(rating > 0 for _, rating in known)
    return {"data_fingerprint": digest.hexdigest()[:16], "data_songs": len(known), "data_rated": rated}


def _begin(settings: Mapping[str, Any], *, run_name: str, folder: Path, reporter: Reporter) -> "MLflowTracker":
    from mlflow import MlflowClient

    local = f"sqlite:///{folder / 'mlflow.db'}"
    uri, server = _place(settings, folder=folder, local=local, reporter=reporter)
    client = MlflowClient(uri, registry_uri=uri)
    name = str(settings.get("experiment_name") or "music_recommendation")
    experiment = client.get_experiment_by_name(name)
    # A server of the owner's knows by itself where it keeps models; the database has to be told.
    artifacts = (folder / "artifacts").as_uri() if uri == local else None
    identity = experiment.experiment_id if experiment else client.create_experiment(name, artifact_location=artifacts)
    run = client.create_run(identity, run_name=run_name, tags={"mlflow.source.name": "marmalade"})
    if server and not server.is_running():  # only now: two that make one database at the same time would collide
        _start(server, reporter)
    return MLflowTracker(client, run.info.run_id, reporter=reporter, server=server)


def _start(server: PagesServer, reporter: Reporter) -> None:
    try:
        server.start()
    except OSError as error:
        logger.warning("MLflow's pages could not be started", exc_info=True)
        reporter.say("warning", sentence=f"MLflow's pages could not be started: {brief(error)}; the run is kept.")


def _place(
    settings: Mapping[str, Any], *, folder: Path, local: str, reporter: Reporter
) -> tuple[str, PagesServer | None]:
    """The URI that the run is written to, and the server that is to show it."""
    asked, auto_start = settings.get("tracking_uri"), bool(settings.get("auto_start"))
    if asked is None and not auto_start:
        return local, None
    uri = str(asked or f"http://127.0.0.1:{DEFAULT_PORT}")
    address = address_of(uri)
    if address is None or not address.is_here:  # another machine, or a database, is the owner's own wish
        return uri, None
    server = PagesServer(folder, address, database_uri=local)
    if server.is_running():
        return local, None
    if answers(address) or not address.is_plain:
        return uri, None
    if auto_start:
        return local, server
    sentence = (
        f"Nothing answers at {uri}, so this run is kept in {folder / 'mlflow.db'}: "
        "“auto_start: true” in the section mlflow shows it there."
    )
    reporter.say("warning", sentence=sentence)
    return local, None


class MLflowTracker:
    """A run in MLflow; the first failure in the middle of it is a warning, and what follows is dropped."""

    def __init__(self, client: Any, run_id: str, *, reporter: Reporter, server: PagesServer | None = None) -> None:  # noqa: ANN401 - MLflow ships no types
        self.run_id = run_id
        self._client, self._reporter, self._server = client, reporter, server
        self._params = dict[str, str]()
        self._waiting: list[tuple[str, float, int, int]] = []
        self._written_at = time.monotonic()
        self._is_lost = False
        self._has_kept_models = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close("FINISHED" if kind is None else "FAILED")

    def log_params(self, params: Mapping[str, Any]) -> None:
        """Keep parameters; MLflow never changes one, so the first value of each stays."""
        from mlflow.entities import Param

        new = {_name(key): _text(value) for key, value in params.items() if _name(key) not in self._params}
        self._params |= new
        kept = [Param(key, value) for key, value in new.items()]
        for start in range(0, len(kept), 100):  # as many as MLflow takes at once
            part = kept[start : start + 100]
            self._attempt(self._client.log_batch, self.run_id, params=part)

    def log_metrics(self, metrics: Mapping[str, float], step: int | None = None) -> None:
        """Keep values (plain numbers or tensors of one value) at a step; they are written some at a time."""
        now = int(time.time() * 1000)
        self._waiting += [(_name(key), float(value), now, step or 0) for key, value in metrics.items()]
        if len(self._waiting) >= KEPT_BACK or time.monotonic() - self._written_at >= WRITTEN_EVERY:
            self._write()

    def log_model(self, model: "nn.Module", artifact_path: str = "model", **details: Any) -> None:  # noqa: ANN401 - as the plan
        """Keep a model as an artifact that ``mlflow.pytorch.load_model("runs:/RUN/ARTIFACT_PATH")`` reads.

        ``signature`` is one of MLflow's; ``framework`` may be named, but only "pytorch" is known.
        """
        if self._is_lost:
            return
        try:
            self._save_model(model, artifact_path, signature=details.get("signature"))
        except Exception as error:  # a model that cannot be pickled must not end its training
            logger.warning("a model could not be tracked", exc_info=True)
            if self._has_kept_models:
                self._reporter.say("warning", sentence=f"MLflow could not keep the model: {brief(error)}.")
            self._has_kept_models = False

    def close(self, status: str = "FINISHED") -> None:
        """Write what waits and end the run; pages that are still starting get the rest of their time."""
        self._write()
        self._attempt(self._client.set_terminated, self.run_id, status=status)
        while self._server and self._server.is_awaited and not self._reporter.stopped():
            self._tell_news()
            time.sleep(0.2)
        self._dispose()

    def _save_model(self, model: "nn.Module", artifact_path: str, *, signature: object) -> None:
        import mlflow.pytorch
        import torch

        with tempfile.TemporaryDirectory(prefix="marmalade-model-") as temporary:
            folder = Path(temporary) / "model"
            # With the requirements named, MLflow does not load the model in another process to find them out.
            mlflow.pytorch.save_model(
                model,
                str(folder),
                pip_requirements=[f"torch=={torch.__version__.partition('+')[0]}"],
                signature=signature,
                serialization_format="pickle",
            )
            self._client.log_artifacts(self.run_id, str(folder), artifact_path)

    def _write(self) -> None:
        from mlflow.entities import Metric

        waiting, self._waiting = self._waiting, []
        self._written_at = time.monotonic()
        for start in range(0, len(waiting), KEPT_BACK):
            part = [Metric(*values) for values in waiting[start : start + KEPT_BACK]]
            self._attempt(self._client.log_batch, self.run_id, metrics=part)
        self._tell_news()

    def _tell_news(self) -> None:
        sentence = self._server.news() if self._server else None
        if sentence:
            self._reporter.say("warning", sentence=sentence)

    def _attempt(self, work: Callable[..., object], *values: object, **named: object) -> None:
        if self._is_lost:
            return
        try:
            work(*values, **named)
        except Exception:  # a server that went away must not end the training
            self._is_lost = True
            logger.warning("tracking broke off", exc_info=True)
            sentence = "MLflow does not answer any more: training goes on, but the rest of this run is not tracked."
            self._reporter.say("warning", sentence=sentence)

    def _dispose(self) -> None:
        """Close the connections that SQLAlchemy keeps; a store behind a server has none."""
        store = getattr(getattr(self._client, "_tracking_client", None), "store", None)
        engine = getattr(store, "engine", None)
        if engine is not None:
            engine.dispose()


def _name(key: str) -> str:
    """MLflow takes letters, digits and some marks; of an owner's metric only the odd characters change."""
    return re.sub(r"[^\w\-. :/]", "_", str(key))[:250]


def _text(value: object) -> str:
    text = f"{value.__module__}:{value.__qualname__}" if isinstance(value, type) else str(value)
    return text[:LONGEST_VALUE]
