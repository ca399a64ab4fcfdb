"""Does a model keep its promise? One tiny batch, one sentence."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from core.errors import UserError
from core.models.checks import check_classifier, check_encoder
from core.models.classifiers import SimpleRatingClassifier
from core.models.encoders import SimpleAudioEncoder, SpectralEncoder


class Model(nn.Module):
    """A model that computes what a test tells it to."""

    def __init__(self, compute: Callable[[Tensor], object], dimension: int = 4) -> None:
        super().__init__()
        self.compute = compute
        self.dimension = dimension

    def forward(self, batch: Tensor) -> object:
        return self.compute(batch)

    def get_embedding_dim(self) -> int:
        return self.dimension


class WithoutDimension(nn.Module):
    def forward(self, audio: Tensor) -> Tensor:
        return audio


def test_shipped_models_keep_their_promise() -> None:
    encoder = SpectralEncoder()
    assert check_encoder(encoder, encoder.sample_rate, seconds=3) == encoder.get_embedding_dim()
    assert check_encoder(SimpleAudioEncoder(embedding_dim=64), 22050, seconds=5) == 64
    check_classifier(SimpleRatingClassifier(12), 12)


def test_the_mode_of_the_model_is_left_as_it_was() -> None:
    classifier = SimpleRatingClassifier(12).train()
    check_classifier(classifier, 12)
    assert classifier.training


@pytest.mark.parametrize(
    ("compute", "sentence"),
    [
        (lambda audio: audio[:, :3], r"\(2, 3\).*\(2, 4\)"),
        (lambda audio: audio[:, :4] / 0, "finite"),
        (lambda audio: audio[:, :4].long(), "finite"),
        (lambda _: "four", "returns str"),
        (lambda audio: audio @ torch.ones(3, 3), "fails on a batch"),
    ],
)
def test_a_wrong_encoder_gets_a_sentence(compute: Callable[[Tensor], object], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        check_encoder(Model(compute), 22050, seconds=1)


def test_an_encoder_has_to_say_its_dimension() -> None:
    with pytest.raises(UserError, match="get_embedding_dim"):
        check_encoder(WithoutDimension(), 22050, seconds=1)


@pytest.mark.parametrize(
    ("compute", "sentence"),
    [
        (lambda embeddings: embeddings[:, 0], r"\(4,\).*\(4, 1\)"),
        (lambda embeddings: embeddings[:, :1] * 100, "0 to 1"),
        (lambda embeddings: embeddings[:, :1] * float("nan"), "finite"),
    ],
)
def test_a_wrong_classifier_gets_a_sentence(compute: Callable[[Tensor], object], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        check_classifier(Model(compute), 6)
