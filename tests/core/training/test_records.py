"""The records of trainings: curves as they were said, ends, and what a kill leaves."""

from pathlib import Path

import pytest

from core.jobs.events import Progress
from core.training.process import EpochDone, Probed, StepDone
from core.training.records import TrainingWriter, read_curves, read_records


@pytest.fixture
def writer(tmp_path: Path) -> TrainingWriter:
    return TrainingWriter(tmp_path / "trainings", {"what": "encoder", "preset": "quick"})


def test_curves_are_read_as_they_were_said(writer: TrainingWriter) -> None:
    for event in (
        StepDone(10, {"train/total_loss": 3.0, "train/artist_loss": 1.0}),
        Progress(1, 2),
        StepDone(20, {"train/total_loss": 2.0}),
        Probed(1, {"probe/score": 0.4}),
        Probed(2, {"probe/score": 0.6}),
        EpochDone(2, {"train/epoch_loss": 2.5}),
    ):
        writer.note(event)
    writer.end(complete=True, used=True, result={"songs": 208, "embedding_version": "adapted-1"})
    writer.close()
    curves = {curve.name: curve for curve in read_curves(writer.file)}
    assert curves["train/total_loss"].places.tolist() == [10, 20]
    assert curves["train/total_loss"].values.tolist() == [3.0, 2.0]
    assert not curves["train/total_loss"].by_epoch
    assert curves["train/artist_loss"].places.tolist() == [10]
    assert curves["probe/score"].by_epoch
    (record,) = read_records(writer.file.parent)
    assert (record.best, record.songs, record.version) == (0.6, 208, "adapted-1")
    assert (record.complete, record.used, record.failure) == (True, True, "")
    assert record.choice == {"what": "encoder", "preset": "quick"}


def test_what_is_said_again_after_a_kill_counts(writer: TrainingWriter) -> None:
    for value in (3.0, 2.0, 1.0):
        writer.note(StepDone(10, {"train/total_loss": value}))
    writer.close()
    (curve,) = read_curves(writer.file)
    assert (curve.places.tolist(), curve.values.tolist()) == ([10], [1.0])


def test_a_line_that_broke_off_costs_only_itself(writer: TrainingWriter) -> None:
    writer.note(Probed(1, {"probe/score": 0.4}))
    writer.close()
    with writer.file.open("a") as file:
        file.write('{"epoch": 2, "val')
    (record,) = read_records(writer.file.parent)
    assert (record.best, record.ended, record.seconds) == (0.4, None, None)


def test_two_trainings_of_one_second_have_two_files_and_the_newest_is_first(writer: TrainingWriter) -> None:
    folder = writer.file.parent
    second = TrainingWriter(folder, {"what": "joint"})
    for each in (writer, second):
        each.close()
    (folder / "letter.jsonl").write_text("Dear reader\n")
    assert [record.choice["what"] for record in read_records(folder)] == ["joint", "encoder"]


def test_there_are_none_before_the_first(tmp_path: Path) -> None:
    assert read_records(tmp_path / "nothing") == []


def test_a_full_disk_ends_no_training(writer: TrainingWriter, monkeypatch: pytest.MonkeyPatch) -> None:
    writer.note(Probed(1, {"probe/score": 0.4}))

    def fail(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.training.records.json.dumps", fail)
    writer.note(Probed(2, {"probe/score": 0.6}))
    writer.close()
    monkeypatch.undo()
    (record,) = read_records(writer.file.parent)
    assert record.best == 0.4
