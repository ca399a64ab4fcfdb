"""The job on its way to the child and back: nothing is lost, and another version is refused."""

import json
from pathlib import Path

import pytest

from core.training.protocol import VERSION, RatedSong, TrainingJob

JOB = TrainingJob(
    kind="evaluate",
    embeddings_db=Path("/profile/embeddings.db"),
    companion_db=Path("/profile/caf\udce9/companion.db"),  # a folder whose name is not UTF-8
    checkpoint_dir=Path("/profile/models"),
    embedding_version="spectral-1",
    rated=[RatedSong("file:///m/Bj%C3%B6rk.mp3#t=12", 0.7, "björk", "")],
    classifier_class="own:Classifier",
    hyperparameters={"dropout": 0.3},
    folder=Path("/config"),
    device="cpu",
    seed=3,
)


@pytest.mark.parametrize("folder", [Path("/config"), None])
def test_a_job_arrives_as_it_was_sent(folder: Path | None) -> None:
    job = TrainingJob(**{**JOB.__dict__, "folder": folder})
    line = json.dumps(job.to_message())
    assert "\n" not in line
    assert json.loads(line)["version"] == VERSION
    assert TrainingJob.from_message(json.loads(line)) == job


@pytest.mark.parametrize("version", [VERSION + 1, 0, None])
def test_another_version_is_refused(version: int | None) -> None:
    with pytest.raises(ValueError, match=f"speaks version {VERSION}"):
        TrainingJob.from_message({**JOB.to_message(), "version": version})
