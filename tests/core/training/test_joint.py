"""An encoder and a classifier that learn together: they find a planted taste, and both come out of one file."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from core.audio.reasons import SkipReason
from core.errors import UserError
from core.models import checkpoint
from core.models.classifiers import SimpleRatingClassifier
from core.training.context import TrainingResult
from core.training.joint import JointConfig, JointParts, fit_joint, train_joint
from core.training.loop.devices import Device
from core.training.loop.distributed import Ranks
from core.training.loop.encoder_config import EncoderConfig
from core.training.loop.material import Split
from core.training.protocol import TrainingSong
from tests.planted_views import Recorder, Tiny, planted_context, planted_parts

CONFIG = JointConfig(
    EncoderConfig(embedding_dim=8, reference="tests.planted_views:Tiny"),
    hidden_dims=[16],
    dropout=0.1,
    learning_rate=0.01,
    epochs=4,
    batch_size=16,
)


def planted_joint() -> JointParts:
    """The stars of a song are what its sound says, in half of its values."""
    parts = planted_parts()
    sound = parts.material.views.sound  # type: ignore[attr-defined]
    liking = sound[:, ::4].mean(dim=1)
    stars = ((liking.argsort().argsort().float() / len(sound)) * 5).ceil().clamp(1, 5) / 5
    songs = [replace(song, rating=float(star)) for song, star in zip(parts.material.songs, stars, strict=True)]
    parts.material.views.ratings = stars.tolist()  # type: ignore[attr-defined]
    classifier = SimpleRatingClassifier(8, [16], 0.1)
    return JointParts(replace(parts, material=replace(parts.material, songs=songs)), classifier)


def trained(folder: Path, *, config: JointConfig = CONFIG, said: Recorder | None = None) -> TrainingResult:
    ctx = planted_context(folder, reporter=said)
    return fit_joint(ctx, planted_joint(), config=config, device=Device("cpu"), ranks=Ranks())


def test_a_planted_taste_is_found_on_unseen_artists(tmp_path: Path) -> None:
    said = Recorder()
    result = trained(tmp_path, config=replace(CONFIG, epochs=12), said=said)
    errors = [message["val/mse"] for message in said.of("epoch")]
    ratings = [song.rating for song in planted_joint().parts.material.songs]
    assert result.primary_metric < 0.75 * np.var(ratings), "better than to name the mean"
    assert (result.primary_metric_name, result.minimize) == ("val_mse", True)
    assert math.isclose(result.primary_metric, min(errors), rel_tol=1e-6)
    assert result.best_model_path == tmp_path / "models" / "best_model.pt"
    assert {"train/mse", "val/mse", "epoch", "event"} <= set(said.of("epoch")[0])


def test_either_half_comes_out_of_the_one_file(tmp_path: Path) -> None:
    result = trained(tmp_path)
    encoder, classifier = (checkpoint.load(result.best_model_path, part=part) for part in ("encoder", "classifier"))
    assert (encoder.config.reference, classifier.config.reference) == ("tests.planted_views:Tiny", CONFIG.classifier)
    assert encoder.config.metrics == {"val_mse": result.primary_metric}
    assert classifier.config.input_version, "the version of the embeddings that it reads"
    joint = planted_joint()
    fresh = JointParts(replace(joint.parts, encoder=Tiny(), learner=Tiny()), SimpleRatingClassifier(8, [16], 0.1))
    fresh.parts.learner.load_state_dict(encoder.state)
    fresh.classifier.load_state_dict(classifier.state)
    songs = joint.parts.material.songs
    held_out = [row for row, song in enumerate(songs) if song.group in encoder.config.data["held_out"]]
    truth = np.array([songs[row].rating for row in held_out])
    error = ((fresh.ratings_of(held_out, device=Device("cpu")) - truth) ** 2).mean()
    assert math.isclose(error, result.primary_metric, rel_tol=1e-5)
    built = classifier.build()
    assert torch.equal(built.state_dict()["input_mean"], classifier.state["input_mean"])
    with pytest.raises(UserError, match="holds encoder and classifier"):
        checkpoint.load(result.best_model_path)


def test_a_run_that_was_stopped_and_taken_up_is_as_if_nothing_had_been(tmp_path: Path) -> None:
    whole = trained(tmp_path / "whole")
    first = trained(tmp_path / "parts", said=Recorder(stop_after=6))
    assert first.details["stopped"] is True
    again = trained(tmp_path / "parts")
    assert again.primary_metric == whole.primary_metric
    for part in ("encoder", "classifier"):
        left, right = (checkpoint.load(each.best_model_path, part=part) for each in (whole, again))
        assert left.config == right.config
        assert all(torch.equal(left.state[name], right.state[name]) for name in left.state)


def test_songs_that_cannot_be_heard_make_no_error() -> None:
    joint = planted_joint()
    material = joint.parts.material
    split = Split(list(range(60)), [60, 61, 62], [])
    truth = np.array([material.songs[row].rating for row in split.held_out])
    errors = (joint.ratings_of(split.held_out, device=Device("cpu")) - truth) ** 2
    assert joint.held_out_error(split, device=Device("cpu")) == pytest.approx(errors.mean())
    material.views.unheard = {material.songs[61].song_id: SkipReason.MISSING}  # type: ignore[attr-defined]
    assert joint.held_out_error(split, device=Device("cpu")) == pytest.approx(errors[[0, 2]].mean())
    with pytest.raises(UserError, match="held out could be heard"):
        joint.held_out_error(replace(split, held_out=[61]), device=Device("cpu"))


def test_too_few_ratings_are_a_sentence(tmp_path: Path) -> None:
    ctx = planted_context(tmp_path)
    ctx.songs = [TrainingSong(f"file:///{row}", 0.8 if row < 3 else -1.0, str(row), "") for row in range(30)]
    with pytest.raises(UserError, match="Only 3 of your rated songs"):
        train_joint(ctx)
