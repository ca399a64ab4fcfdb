"""The shipped classifier: range, standardized input, and the start at the mean rating."""

import pytest
import torch

from core.models.classifiers import SimpleRatingClassifier


def embeddings(songs: int = 50) -> torch.Tensor:
    generator = torch.Generator().manual_seed(0)
    return torch.randn(songs, 6, generator=generator) * torch.tensor([1e-3, 1, 1e3, 1, 1, 0]) + 5


def test_ratings_lie_between_0_and_1() -> None:
    ratings = SimpleRatingClassifier(6).eval()(embeddings() * 1e6)
    assert ratings.shape == (50, 1)
    assert 0 <= ratings.min() <= ratings.max() <= 1


@pytest.mark.parametrize("mean", [0.3, 0.85])
def test_starts_at_the_mean_rating(mean: float) -> None:
    classifier = SimpleRatingClassifier(6).eval()
    classifier.fit_input(embeddings())
    classifier.start_at(mean)
    ratings = classifier(embeddings())
    assert ratings.mean().item() == pytest.approx(mean, abs=0.01)
    assert ratings.std() < 0.02


@pytest.mark.parametrize("mean", [0.0, 1.0])
def test_starts_at_an_extreme_mean_without_infinities(mean: float) -> None:
    classifier = SimpleRatingClassifier(6)
    classifier.start_at(mean)
    assert classifier(embeddings()).isfinite().all()


def test_the_scale_of_an_embedding_does_not_matter_once_it_is_fitted() -> None:
    plain, scaled = SimpleRatingClassifier(6).eval(), SimpleRatingClassifier(6).eval()
    plain.fit_input(embeddings())
    scaled.fit_input(embeddings() * 100)
    torch.testing.assert_close(plain(embeddings()), scaled(embeddings() * 100), rtol=1e-3, atol=1e-3)


def test_a_value_that_never_changes_is_no_division_by_zero() -> None:
    classifier = SimpleRatingClassifier(6).eval()
    classifier.fit_input(embeddings())
    assert classifier(embeddings() + 1).isfinite().all()


def test_what_was_fitted_travels_with_the_weights() -> None:
    fitted, other = SimpleRatingClassifier(6).eval(), SimpleRatingClassifier(6, seed=1).eval()
    fitted.fit_input(embeddings())
    fitted.start_at(0.8)
    other.load_state_dict(fitted.state_dict())
    assert torch.equal(fitted(embeddings()), other(embeddings()))


def test_the_layers_are_those_that_were_asked_for() -> None:
    linear = [layer for layer in SimpleRatingClassifier(6, [5, 4]).network if isinstance(layer, torch.nn.Linear)]
    assert [(layer.in_features, layer.out_features) for layer in linear] == [(6, 5), (5, 4), (4, 1)]
