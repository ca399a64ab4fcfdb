"""Training on planted tastes: it finds them, it says the same twice, it keeps the best, it stops, it distrusts."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from core.errors import UserError
from core.training import classifier
from core.training.classifier import ClassifierConfig, Epoch, Examples, FittedClassifier, predict, train
from core.training.split import held_out_groups
from tests.planted_taste import PlantedTaste

TASTE = PlantedTaste(songs=200)
ASKED = held_out_groups(TASTE.artists, share=0.3, seed=3)
"""Artists that no training sees, neither as an example nor to stop at."""
SMALL = ClassifierConfig(hidden_dims=[16], learning_rate=0.003)


def examples(taste: PlantedTaste = TASTE) -> Examples:
    known = ~ASKED if taste is TASTE else np.ones(taste.songs, dtype=bool)
    artists = [artist for artist, is_known in zip(taste.artists, known, strict=True) if is_known]
    return Examples(taste.vectors[known], taste.ratings[known], held_out_groups(artists, share=0.2, seed=1))


def share_of_the_mean(fitted: FittedClassifier) -> float:
    """The squared error on unseen artists over that of the mean rating of what was trained on; below 1 is skill."""
    truth = TASTE.ratings[ASKED]
    error = ((fitted.predict(TASTE.vectors[ASKED]) - truth) ** 2).mean()
    return float(error / ((TASTE.ratings[~ASKED].mean() - truth) ** 2).mean())


def test_a_planted_taste_is_found_on_unseen_artists() -> None:
    assert share_of_the_mean(train(examples(), config=ClassifierConfig(patience=20))) < 0.5


def test_the_plans_twenty_epochs_alone_find_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "LEAST_STEPS", 0)
    fitted = train(examples(), config=ClassifierConfig(patience=0))
    assert fitted.epochs == 20
    assert share_of_the_mean(fitted) > 0.8


def test_shuffled_ratings_are_not_found() -> None:
    known = examples()
    shuffled = np.random.default_rng(1).permutation(known.ratings)
    assert share_of_the_mean(train(replace(known, ratings=shuffled), config=SMALL)) > 0.9


def test_equal_seeds_give_equal_predictions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "LEAST_STEPS", 100)
    config = replace(SMALL, patience=50)
    first, again, other = (
        train(examples(), config=each).predict(TASTE.vectors) for each in (config, config, replace(config, seed=1))
    )
    assert (first == again).all()
    assert (first != other).any()


def test_the_weights_with_the_least_held_out_error_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "LEAST_STEPS", 150)
    # Far too fast and without dropout, so that the held-out error goes up and down.
    config = replace(SMALL, learning_rate=0.1, dropout=0.0, patience=50)
    known, seen = examples(), list[Epoch]()
    fitted = train(known, config=config, on_epoch=seen.append)
    errors = [epoch.val_mse for epoch in seen]
    assert [epoch.number for epoch in seen] == list(range(1, fitted.epochs + 1))
    assert errors[-1] > min(errors)
    assert fitted.val_mse == min(errors)
    residuals = fitted.predict(known.embeddings[known.held_out]) - known.ratings[known.held_out]
    assert (residuals**2).mean() == pytest.approx(fitted.val_mse)


def test_training_lasts_a_thousand_steps_at_least() -> None:
    config = replace(SMALL, batch_size=64, patience=1)
    # 120 songs or so in batches of 64 are two steps an epoch.
    assert train(examples(), config=config).epochs == 500


def test_equal_ratings_are_not_learned_for_long() -> None:
    known = examples(PlantedTaste(songs=22, artists_count=11))
    flat = replace(known, ratings=np.full(22, 0.8))
    fitted = train(flat, config=ClassifierConfig())
    assert (flat.are_alike, known.are_alike, fitted.epochs) == (True, False, 20)
    # A twentieth of the five stars is a quarter of one.
    assert np.abs(fitted.predict(known.embeddings) - 0.8).max() < 0.05
    barely = replace(flat, ratings=np.where(np.arange(22) == np.flatnonzero(~flat.held_out)[0], 0.9, 0.8))
    assert not barely.are_alike


def test_the_epochs_of_the_owner_are_a_minimum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "LEAST_STEPS", 0)
    assert train(examples(), config=replace(SMALL, epochs=37, patience=0)).epochs == 37


def test_training_waits_for_its_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "LEAST_STEPS", 0)
    seen: list[Epoch] = []
    fitted = train(examples(), config=replace(SMALL, learning_rate=0.05, patience=30), on_epoch=seen.append)
    best = min(seen, key=lambda epoch: epoch.val_mse).number
    assert fitted.epochs == max(best + 30, 20)


def test_creeping_gains_do_not_keep_training_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    errors = iter(0.1 - 1e-6 * step for step in range(10_000))
    monkeypatch.setattr(classifier, "LEAST_STEPS", 0)
    monkeypatch.setattr(classifier, "_held_out_error", lambda *_: next(errors))
    # A thousandth of the error is gained every hundred epochs: patience for thirty runs out after the first.
    assert train(examples(), config=replace(SMALL, patience=30)).epochs == 31


def test_stopping_keeps_the_best_so_far() -> None:
    seen: list[Epoch] = []
    fitted = train(examples(), config=SMALL, on_epoch=seen.append, stopped=lambda: len(seen) == 30)
    assert fitted.epochs == 30
    assert fitted.val_mse == min(epoch.val_mse for epoch in seen)
    assert np.isfinite(fitted.predict(TASTE.vectors)).all()


def test_the_interval_covers_songs_of_the_held_out_groups() -> None:
    fitted = train(examples(PlantedTaste(songs=400, seed=11)), config=SMALL)
    taste = PlantedTaste(songs=400, seed=11)
    low, high = fitted.interval(fitted.predict(taste.vectors))
    held = examples(taste).held_out
    inside = (taste.ratings >= low) & (taste.ratings <= high)
    assert 0.88 <= inside[held].mean() <= 0.97
    assert low.min() >= 0
    assert high.max() <= 1


def test_few_held_out_songs_give_no_interval() -> None:
    taste = PlantedTaste(songs=20, artists_count=10)
    fitted = train(examples(taste), config=replace(SMALL, epochs=1))
    assert fitted.radius == float("inf")
    low, high = fitted.interval(np.array([0.3]))
    assert (low.tolist(), high.tolist()) == ([0.0], [1.0])


def test_a_classifier_of_the_owners_needs_only_forward(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "LEAST_STEPS", 300)
    known = examples()
    # One song more than a batch holds: the rest of a batch of one song cannot be normalized.
    size = int((~known.held_out).sum()) - 1
    config = replace(
        SMALL, reference="own_classifiers:Plain", folder=own_folder, learning_rate=0.05, batch_size=size, patience=20
    )
    assert share_of_the_mean(train(known, config=config)) < 0.5


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("NotNumbers", '"NotNumbers" returns values that are not finite'),
        ("TooHigh", '"TooHigh" returns ratings from 1'),
    ],
)
def test_a_promise_broken_on_real_embeddings_is_one_sentence(own_folder: Path, name: str, sentence: str) -> None:
    config = replace(SMALL, reference=f"own_classifiers:{name}", folder=own_folder)
    with pytest.raises(UserError, match=sentence) as caught:
        train(examples(), config=config)
    assert str(caught.value).count("\n") == 0


def test_predictions_do_not_depend_on_how_many_are_made_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(16, 1), torch.nn.Sigmoid())
    whole = predict(model, TASTE.vectors)
    monkeypatch.setattr(classifier, "PREDICTED_AT_ONCE", 7)
    assert predict(model, TASTE.vectors) == pytest.approx(whole)
    assert predict(model, TASTE.vectors[:0]).shape == (0,)


def test_a_mapped_matrix_is_read_only_and_can_be_predicted(tmp_path: Path) -> None:
    np.save(tmp_path / "vectors.npy", TASTE.vectors)
    mapped = np.load(tmp_path / "vectors.npy", mmap_mode="r")
    model = torch.nn.Sequential(torch.nn.Linear(16, 1), torch.nn.Sigmoid())
    assert predict(model, mapped).shape == (200,)
