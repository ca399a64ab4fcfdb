"""What a step minimizes: figures by hand, metrics under the plan's names, gradients into encoder and heads."""

import math
from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from core.models.losses import NTXentLoss
from core.models.multitask import LabelHeads, MultiTaskLoss
from core.training.data.batch import Batch
from core.training.loop.objectives import Contrastive, Distillation, MultiTask, WeakRatings, objective_for

DIMENSION = 6
SEED_KEYS = {"contrastive_weight": 1.0, "artist_weight": 0.3, "album_weight": 0.3, "genre_weight": 0.2}
SEED_KEYS |= {"period_weight": 0.1, "encoder_lr": 0.001, "use_multitask": True}


def encoder() -> nn.Module:
    torch.manual_seed(0)
    return nn.Linear(20, DIMENSION)


def batch(songs: int = 4, **values: Any) -> Batch:  # noqa: ANN401 - any field of a batch
    first = torch.randn(songs, 20, generator=torch.Generator().manual_seed(1))
    plain = Batch(
        first=first,
        second=first + 0.3 * torch.randn(songs, 20, generator=torch.Generator().manual_seed(2)),
        artist=torch.tensor([0, 1, -1, 0][:songs]),
        albums=[[0], [1, 2], [], [0]][:songs],
        genre=torch.tensor([3, -1, -1, 3][:songs]),
        period=torch.tensor([7, 8, 9, -1][:songs]),
        rating=torch.tensor([0.8, -1.0, 0.4, -1.0][:songs]),
        related=torch.zeros(songs, songs, dtype=torch.bool),
    )
    return replace(plain, **values)


def gradient_of(model: nn.Module, loss: Tensor) -> float:
    return sum(float(value.abs().sum()) for value in torch.autograd.grad(loss, list(model.parameters())))


class TestContrastive:
    def test_is_the_loss_of_both_views(self) -> None:
        model, songs = encoder(), batch()
        loss, metrics = Contrastive(0.2, DIMENSION)(model, songs)
        expected = NTXentLoss(0.2)(model(songs.first), model(songs.second))
        assert torch.equal(loss, expected)
        assert metrics == {"train/total_loss": loss.item(), "train/contrastive_loss": loss.item()}

    def test_a_projector_stands_between_and_learns(self) -> None:
        objective, model = Contrastive(embedding_dim=DIMENSION, projection_dim=3, projector=True), encoder()
        assert objective.projector(torch.zeros(2, DIMENSION)).shape == (2, 3)
        loss, _ = objective(model, batch())
        assert gradient_of(objective, loss) > 0
        assert not list(Contrastive(embedding_dim=DIMENSION).parameters())

    def test_one_song_is_finite(self) -> None:
        loss, _ = Contrastive(embedding_dim=DIMENSION, projector=True)(encoder(), batch(1))
        assert loss.item() == 0


class TestMultiTask:
    def objective(self) -> MultiTask:
        torch.manual_seed(1)
        return MultiTask(LabelHeads(DIMENSION, num_artists=2, num_albums=3), MultiTaskLoss())

    def test_is_the_plans_loss_around_the_encoder_that_it_is_given(self) -> None:
        objective, model, songs = self.objective(), encoder(), batch()
        loss, metrics = objective(model, songs)
        outputs = [objective.heads(model(view)) for view in (songs.first, songs.second)]
        expected = MultiTaskLoss()(*outputs, songs.artist, songs.albums, songs.genre, songs.period)
        assert torch.equal(loss, expected["total_loss"])
        expected["total_loss"] = loss.item()
        assert metrics == {f"train/{name}": value for name, value in expected.items()}

    def test_reports_under_the_plans_names(self) -> None:
        _, metrics = self.objective()(encoder(), batch())
        terms = ("total", "contrastive", "artist", "album", "genre", "period")
        assert {f"train/{term}_loss" for term in terms} <= set(metrics)
        assert metrics["train/artist_valid_pct"] == pytest.approx(75)
        assert metrics["train/album_valid_pct"] == pytest.approx(75)
        assert metrics["train/album_avg_count"] == pytest.approx(4 / 3)
        assert metrics["train/genre_valid_pct"] == pytest.approx(50)

    def test_encoder_and_heads_learn(self) -> None:
        objective, model = self.objective(), encoder()
        loss, _ = objective(model, batch())
        assert gradient_of(nn.ModuleList([objective, model]), loss) > 0


class TestWeakRatings:
    def test_only_rated_songs_count(self) -> None:
        objective, model, songs = WeakRatings(DIMENSION, 3.0), encoder(), batch()
        loss, metrics = objective(model, songs)
        stars = objective.rating(model(songs.first)).squeeze(1).sigmoid()
        by_hand = ((stars[0] - 0.8) ** 2 + (stars[2] - 0.4) ** 2) / 2
        assert metrics["train/rating_loss"] == pytest.approx(by_hand.item(), abs=1e-6)
        assert metrics["train/rating_valid_pct"] == pytest.approx(50)
        assert loss.item() == pytest.approx(metrics["train/contrastive_loss"] + 3 * by_hand.item(), abs=1e-6)

    def test_a_batch_without_stars_is_contrastive(self) -> None:
        objective = WeakRatings(DIMENSION)
        loss, metrics = objective(encoder(), batch(rating=torch.full((4,), -1.0)))
        assert metrics["train/rating_loss"] == 0
        assert loss.item() == pytest.approx(Contrastive()(encoder(), batch())[0].item(), abs=1e-6)
        assert torch.autograd.grad(loss, objective.rating.weight)[0].abs().sum() == 0


class TestDistillation:
    def test_a_student_that_repeats_its_teacher_has_no_loss(self) -> None:
        objective, model, songs = Distillation(DIMENSION, 10), encoder(), batch()
        target = objective.teacher(model(songs.first)).detach()
        loss, metrics = objective(model, replace(songs, target=target))
        assert loss.item() == pytest.approx(0, abs=1e-6)
        opposite, metrics = objective(model, replace(songs, target=-target))
        assert metrics["train/distillation_cosine"] == pytest.approx(2, abs=1e-5)
        assert metrics["train/distillation_mse"] == pytest.approx(float(4 * target.square().mean()), rel=1e-5)
        assert opposite.item() == pytest.approx(sum(metrics.values()) - metrics["train/total_loss"], rel=1e-5)

    def test_the_contrast_is_added_when_asked_for(self) -> None:
        songs = batch(target=torch.randn(4, 10, generator=torch.Generator().manual_seed(3)))
        objective = Distillation(DIMENSION, 10, contrastive=Contrastive(0.5), contrastive_weight=0.25)
        loss, metrics = objective(encoder(), songs)
        terms = metrics["train/distillation_mse"] + metrics["train/distillation_cosine"]
        assert loss.item() == pytest.approx(terms + 0.25 * metrics["train/contrastive_loss"], rel=1e-5)

    def test_a_batch_without_its_teacher_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="teacher"):
            Distillation(DIMENSION, 10)(encoder(), batch())


class TestObjectiveFor:
    @pytest.mark.parametrize(
        ("mode", "expected"),
        [
            ("contrastive", Contrastive),
            ("multitask", MultiTask),
            ("supervised", WeakRatings),
            ("distill", Distillation),
        ],
    )
    def test_every_mode_takes_a_step(self, mode: Any, expected: type) -> None:  # noqa: ANN401 - a literal
        objective = objective_for(
            mode, embedding_dim=DIMENSION, hyperparameters=SEED_KEYS, num_artists=2, num_albums=3, teacher_dim=10
        )
        loss, metrics = objective(encoder(), batch(target=torch.ones(4, 10)))
        assert isinstance(objective, expected)
        assert math.isfinite(loss.item())
        assert metrics["train/total_loss"] == pytest.approx(loss.item())

    def test_the_plans_weights_count(self) -> None:
        keys = {"contrastive_weight": 0.0, "artist_weight": 2.0, "album_weight": 0.0, "genre_weight": 0.0}
        objective = objective_for(
            "multitask",
            embedding_dim=DIMENSION,
            hyperparameters=keys | {"period_weight": 0.0},
            num_artists=2,
            num_albums=3,
        )
        loss, metrics = objective(encoder(), batch())
        assert loss.item() == pytest.approx(2 * metrics["train/artist_loss"])

    def test_a_library_without_labels_still_learns(self) -> None:
        missing = torch.full((4,), -1)
        objective = objective_for(
            "multitask", embedding_dim=DIMENSION, hyperparameters=SEED_KEYS, num_genres=0, num_periods=0
        )
        loss, metrics = objective(encoder(), batch(artist=missing, albums=[[]] * 4, genre=missing, period=missing))
        assert loss.item() == pytest.approx(metrics["train/contrastive_loss"])

    def test_other_keys(self) -> None:
        keys = {"temperature": 0.1, "projector": True, "projection_dim": 3, "rating_weight": 0.5}
        objective = objective_for("supervised", embedding_dim=DIMENSION, hyperparameters=keys)
        assert isinstance(objective, WeakRatings)
        assert (objective.weight, objective.contrastive.loss.temperature) == (0.5, 0.1)
        assert objective.contrastive.projector(torch.zeros(1, DIMENSION)).shape == (1, 3)

    def test_distilling_needs_a_teacher(self) -> None:
        with pytest.raises(ValueError, match="teacher"):
            objective_for("distill", embedding_dim=DIMENSION, hyperparameters={})


@pytest.mark.parametrize("mode", ["contrastive", "multitask", "supervised", "distill"])
def test_related_songs_are_no_negatives(mode: Any) -> None:  # noqa: ANN401 - a literal
    keys = {"distill_contrastive_weight": 1.0}
    sizes = {"num_artists": 2, "num_albums": 3, "teacher_dim": 10}
    objective = objective_for(mode, embedding_dim=DIMENSION, hyperparameters=keys, **sizes)
    related = torch.zeros(4, 4, dtype=torch.bool)
    related[0, 3] = related[3, 0] = True
    songs = batch(target=torch.ones(4, 10))
    plain, _ = objective(encoder(), songs)
    found, _ = objective(encoder(), replace(songs, related=related))
    assert found.item() < plain.item() - 1e-3


def test_half_precision_gives_a_finite_loss_in_single() -> None:
    for mode in ("contrastive", "multitask", "supervised", "distill"):
        objective = objective_for(
            mode, embedding_dim=DIMENSION, hyperparameters={}, num_artists=2, num_albums=3, teacher_dim=10
        )
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss, _ = objective(encoder(), batch(target=torch.ones(4, 10)))
        assert loss.dtype == torch.float32
        assert loss.isfinite()
