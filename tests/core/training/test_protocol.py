"""The job on its way to the child and back: nothing is lost, and another version is refused."""

import json
from pathlib import Path

import pytest

from core.analysis.facts import ExcerptChoice
from core.errors import UserError
from core.training.protocol import VERSION, TrainingJob, TrainingSong, require_ratings

JOB = TrainingJob(
    kind="evaluate",
    embeddings_db=Path("/profile/embeddings.db"),
    companion_db=Path("/profile/caf\udce9/companion.db"),  # a folder whose name is not UTF-8
    checkpoint_dir=Path("/profile/models"),
    embedding_version="spectral-1",
    songs=[
        TrainingSong(
            "file:///m/Bj%C3%B6rk.mp3#t=12", 0.7, "björk", "", albums=(("Björk", "Debut"), ("Various", "90s"))
        ),
        TrainingSong("file:///m/a.mp3", -1, "", "", path="/m/\udce9.mp3", beginning=12.5, length=30.0, year=1993),
    ],
    classifier_class="own:Classifier",
    hyperparameters={"dropout": 0.3},
    folder=Path("/config"),
    cache_dir=Path("/cache"),
    excerpt=ExcerptChoice(duration=20.0),
    options={"preset": "quick"},
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


@pytest.mark.parametrize(("count", "said"), [(0, "0 of your rated songs have"), (1, "1 of your rated songs has")])
def test_too_few_ratings_are_told_in_good_english(count: int, said: str) -> None:
    with pytest.raises(UserError, match=f"^Only {said} been listened to, and at least 10 are needed"):
        require_ratings(count)


def test_the_rated_songs_are_those_with_stars() -> None:
    assert [song.song_id for song in JOB.rated] == ["file:///m/Bj%C3%B6rk.mp3#t=12"]


@pytest.mark.parametrize("change", [-1, 1])
def test_a_song_of_another_number_of_values_is_refused(change: int) -> None:
    message = json.loads(json.dumps(JOB.to_message()))
    message["songs"][0] = message["songs"][0][:-1] if change < 0 else [*message["songs"][0], 1]
    with pytest.raises(ValueError, match="a song has"):
        TrainingJob.from_message(message)
