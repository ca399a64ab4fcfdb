"""The loop that trains an encoder: what it keeps, what it says, what it never learns from, and how it ends."""

import math
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from core.errors import UserError
from core.models import checkpoint
from core.training import encoder
from core.training.context import TrainingResult
from core.training.data.batch import Batch
from core.training.data.views import WaveformViews
from core.training.encoder import fit
from core.training.loop import run
from core.training.loop.devices import Device
from core.training.loop.distributed import Ranks
from core.training.loop.encoder_config import EncoderConfig
from core.training.loop.encoder_parts import Parts
from core.training.loop.material import split_off_probe
from tests.planted_views import SMALL, Recorder, Tiny, planted_context, planted_parts

CPU = Device("cpu")


def trained(
    folder: Path, parts: Parts, *, config: EncoderConfig = SMALL, reporter: Recorder | None = None
) -> TrainingResult:
    return fit(planted_context(folder, reporter=reporter), parts, config=config, device=CPU, ranks=Ranks())


def weights_in(path: Path) -> dict[str, Tensor]:
    return checkpoint.load(path).state


class LosesItsWay(nn.Module):
    """Sound for some steps, then no number."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.left = steps

    def forward(self, learner: nn.Module, batch: Batch) -> tuple[Tensor, dict[str, float]]:
        self.left -= 1
        loss = learner(batch.first).square().mean() * (1.0 if self.left >= 0 else math.nan)
        return loss, {"train/total_loss": loss.item()}


def test_an_encoder_learns_and_its_best_epoch_is_kept(tmp_path: Path) -> None:
    said = Recorder()
    result = trained(tmp_path, planted_parts(), config=replace(SMALL, epochs=6), reporter=said)
    scores = [message["probe/score"] for message in said.of("probe")]
    losses = [message["train/epoch_loss"] for message in said.of("epoch")]
    assert len(scores) == 7, "the start and six epochs"
    assert losses[-1] < losses[0] - 0.2
    best = result.details["best_epoch"]
    assert scores[best] == max(scores)
    assert (result.primary_metric_name, result.minimize) == ("encoder_loss", True)
    assert result.primary_metric == losses[best - 1]
    assert result.best_model_path == tmp_path / "models" / "encoder_best.pt"
    saved = checkpoint.load(result.best_model_path).config
    assert saved.metrics["probe/score"] == max(scores)
    assert saved.data["epoch"] == best
    assert saved.data["config"]["mode"] == "contrastive"


def test_the_start_may_stay_the_best(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scores = iter([0.9, 0.5, 0.6, 0.7])
    monkeypatch.setattr(encoder, "probe", lambda *_, **__: {"probe/score": next(scores), "probe/collapsed": 0.0})
    said, parts = Recorder(), planted_parts()
    begun = Tiny(seed=9).state_dict()
    monkeypatch.setattr(Parts, "begin", lambda parts, _: parts.encoder.load_state_dict(begun))
    result = trained(tmp_path, parts, reporter=said)
    assert result.details["best_epoch"] == 0
    assert result.primary_metric == said.of("step")[0]["train/total_loss"]
    assert all(torch.equal(weights_in(result.best_model_path)[name], begun[name]) for name in begun)
    assert "start" in said.of("warning")[0]["sentence"]


def test_groups_of_the_probe_are_never_learned_from(tmp_path: Path) -> None:
    parts = planted_parts()
    result = trained(tmp_path, parts)
    songs = parts.material.songs
    learned = {row for _, _, rows in parts.material.views.asked for row in rows}  # type: ignore[attr-defined]
    held_out = checkpoint.load(result.best_model_path).config.data["held_out"]
    assert held_out
    assert {songs[row].group for row in learned}.isdisjoint(held_out)
    assert {songs[row].group for row in learned} | set(held_out) == {song.group for song in songs}
    split = split_off_probe(songs, seed=SMALL.seed)
    assert sorted(learned) == split.learned
    assert split.groups == held_out


def test_every_epoch_has_each_song_once_in_another_order(tmp_path: Path) -> None:
    parts = planted_parts()
    trained(tmp_path, parts)
    orders = [
        [row for epoch, _, rows in parts.material.views.asked if epoch == number for row in rows]  # type: ignore[attr-defined]
        for number in range(SMALL.epochs)
    ]
    assert all(sorted(order) == sorted(orders[0]) for order in orders)
    assert len({tuple(order) for order in orders}) == SMALL.epochs


def test_equal_seeds_learn_the_same_and_others_not(tmp_path: Path) -> None:
    torch.manual_seed(1)
    first = trained(tmp_path / "first", planted_parts())
    torch.manual_seed(2)  # what another part of the program did with randomness is nothing to a run
    again = trained(tmp_path / "again", planted_parts())
    other = trained(tmp_path / "other", planted_parts(), config=replace(SMALL, seed=1))
    states = [weights_in(each.best_model_path) for each in (first, again, other)]
    assert all(torch.equal(states[0][name], states[1][name]) for name in states[0])
    assert not torch.equal(states[0]["layers.0.weight"], states[2]["layers.0.weight"])


def test_a_loss_that_is_no_number_ends_in_a_sentence_and_leaves_the_last_good_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="lower encoder_lr"):
        trained(tmp_path, planted_parts(objective=LosesItsWay(steps=6)))
    state = weights_in(tmp_path / "models" / "encoder_best.pt")
    assert all(bool(values.isfinite().all()) for values in state.values())
    assert not (tmp_path / "models" / "encoder_last.pt").exists()


def test_a_collapsed_run_is_called_so_and_never_the_best(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = iter([(0.2, 0.0), (0.9, 1.0), (0.9, 1.0), (0.9, 1.0)])
    monkeypatch.setattr(
        encoder, "probe", lambda *_, **__: dict(zip(("probe/score", "probe/collapsed"), next(found), strict=True))
    )
    said = Recorder()
    result = trained(tmp_path, planted_parts(), reporter=said)
    assert "collapsed" in said.of("warning")[0]["sentence"]
    assert result.details["best_epoch"] == 0
    assert result.details["collapsed"] is False, "what is kept has not collapsed"
    assert result.details["last_collapsed"] is True


def test_an_encoder_with_nothing_to_learn_is_refused(tmp_path: Path) -> None:
    fixed = Tiny().requires_grad_(requires_grad=False)
    with pytest.raises(UserError, match='"Tiny" has nothing to learn'):
        trained(tmp_path, planted_parts(encoder=fixed))


def test_steps_are_told_now_and_then_and_with_the_names_of_the_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(np.arange(1, 1000, 0.1).tolist())
    monkeypatch.setattr(run.time, "monotonic", lambda: next(clock))
    said = Recorder()
    trained(tmp_path, planted_parts(mode="supervised"), reporter=said)
    steps = said.of("step")
    assert 0 < len(steps) <= 12
    assert {"train/total_loss", "train/rating_loss", "train/rating_valid_pct", "train/learning_rate"} <= set(steps[0])


def test_all_modes_learn_from_the_same_material(tmp_path: Path) -> None:
    for mode in ("contrastive", "supervised", "multitask"):
        result = trained(tmp_path / mode, planted_parts(mode=mode), config=replace(SMALL, mode=mode, epochs=1))
        assert math.isfinite(result.primary_metric)


def test_what_was_left_out_of_the_sound_is_told() -> None:
    views = WaveformViews.__new__(WaveformViews)
    views._excerpts = SimpleNamespace(unheard={"a": "damaged", "b": "damaged"}, cache=SimpleNamespace(notice="Full."))  # type: ignore[assignment]  # only what is told
    told: list[str] = []
    encoder._warn_of_sound(SimpleNamespace(warn=told.append), views)  # type: ignore[arg-type]  # only what is told
    assert told == ["2 songs could not be heard, and others took their places: see the log.", "Full."]
