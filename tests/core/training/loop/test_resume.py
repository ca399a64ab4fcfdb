"""A run that ends in the middle and is taken up reaches, bit for bit, what an undisturbed one reaches."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from core.models import checkpoint
from core.training.context import TrainingResult
from core.training.data.views import Interrupted
from core.training.encoder import fit
from core.training.loop import resume
from core.training.loop.devices import Device
from core.training.loop.distributed import Ranks
from core.training.loop.encoder_config import EncoderConfig
from core.training.loop.encoder_parts import Parts
from tests.planted_views import SMALL, Recorder, planted_context, planted_parts

STEPS = 4
"""Of an epoch."""
PROBED = 16
"""Songs; at the start, the loop asks after each of them whether to stop."""


class Killed(BaseException):
    """As sudden as a kill, for all that the loop can do about it."""


class Kills(Recorder):
    """Ends everything in a step, without a word to the loop."""

    def stopped(self) -> bool:
        if super().stopped():
            raise Killed
        return False


def run(
    folder: Path, *, config: EncoderConfig = SMALL, reporter: Recorder | None = None, parts: Parts | None = None
) -> TrainingResult:
    ctx = planted_context(folder, reporter=reporter)
    return fit(ctx, parts or planted_parts(), config=config, device=Device("cpu"), ranks=Ranks())


def assert_same(one: TrainingResult, other: TrainingResult) -> None:
    assert one.primary_metric == other.primary_metric
    assert one.details == other.details
    left, right = (checkpoint.load(each.best_model_path) for each in (one, other))
    assert left.config == right.config
    assert all(torch.equal(left.state[name], right.state[name]) for name in left.state)


@pytest.mark.parametrize("after", [1, STEPS, STEPS + 2, 3 * STEPS - 1])
def test_a_run_that_was_stopped_and_taken_up_is_as_if_nothing_had_been(tmp_path: Path, after: int) -> None:
    whole = run(tmp_path / "whole")
    first = run(tmp_path / "parts", reporter=Recorder(stop_after=PROBED + after))
    assert first.details["stopped"] is True
    assert (tmp_path / "parts" / "models" / "encoder_last.pt").is_file()
    said = Recorder()
    assert_same(run(tmp_path / "parts", reporter=said), whole)
    assert said.of("started")[0]["epochs_done"] == (after - 1) // STEPS


@pytest.mark.parametrize("after", [2, STEPS + 1, 2 * STEPS + 3])
def test_a_run_that_was_killed_goes_on_from_its_last_state(tmp_path: Path, after: int) -> None:
    whole = run(tmp_path / "whole")
    with pytest.raises(Killed):
        run(tmp_path / "parts", reporter=Kills(stop_after=PROBED + after))
    said = Recorder()
    assert_same(run(tmp_path / "parts", reporter=said), whole)
    assert said.of("started")[0]["epochs_done"] == (after - 1) // STEPS


def test_states_are_written_within_an_epoch_too_when_it_takes_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run(tmp_path / "whole")
    monkeypatch.setattr(resume, "SECONDS_BETWEEN", 0.0)
    with pytest.raises(Killed):
        run(tmp_path / "parts", reporter=Kills(stop_after=PROBED + STEPS + 3))
    parts = planted_parts()
    assert_same(run(tmp_path / "parts", parts=parts), whole)
    assert parts.material.views.asked[0][:2] == (1, 2), "the second epoch's third step"  # type: ignore[attr-defined]


def test_a_best_epoch_before_the_kill_is_kept_although_another_run_came_between(tmp_path: Path) -> None:
    whole = run(tmp_path / "whole")
    run(tmp_path / "parts", reporter=Recorder(stop_after=PROBED + 3 * STEPS - 1))
    state = (tmp_path / "parts" / "models" / "encoder_last.pt").read_bytes()
    run(tmp_path / "parts", config=replace(SMALL, seed=8))
    (tmp_path / "parts" / "models" / "encoder_last.pt").write_bytes(state)
    result = run(tmp_path / "parts")
    assert_same(result, whole)


def test_a_run_that_is_through_leaves_no_state(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    for name in (".encoder_last.pt.abc", ".encoder_best.pt.abc"):
        (tmp_path / "models" / name).touch()  # what a kill in the middle of a write leaves
    run(tmp_path)
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["encoder_best.pt"]


def test_what_another_run_left_is_not_taken_up(tmp_path: Path) -> None:
    for change in ({"learning_rate": 0.02}, {"seed": 3}, {"objective": {"temperature": 0.1}}):
        run(tmp_path, reporter=Recorder(stop_after=PROBED + STEPS + 1))
        said = Recorder()
        run(tmp_path, config=replace(SMALL, **change), reporter=said)
        assert said.of("started")[0]["epochs_done"] == 0


def test_other_songs_are_another_run(tmp_path: Path) -> None:
    run(tmp_path, reporter=Recorder(stop_after=PROBED + STEPS + 1))
    parts = planted_parts()
    songs = [replace(parts.material.songs[0], rating=-1.0), *parts.material.songs[1:]]
    said = Recorder()
    run(tmp_path, parts=replace(parts, material=replace(parts.material, songs=songs)), reporter=said)
    assert said.of("started")[0]["epochs_done"] == 0


def test_a_damaged_state_is_as_good_as_none(tmp_path: Path) -> None:
    whole = run(tmp_path / "whole")
    run(tmp_path / "parts", reporter=Recorder(stop_after=PROBED + STEPS + 1))
    path = tmp_path / "parts" / "models" / "encoder_last.pt"
    path.write_bytes(path.read_bytes()[:1000])
    assert_same(run(tmp_path / "parts"), whole)


def test_a_stop_before_the_first_step_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Interrupted):
        run(tmp_path, reporter=Recorder(stop_after=3))
    assert not (tmp_path / "models").exists()
