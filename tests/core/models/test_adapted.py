"""``AdaptedEncoder`` on a stub backbone: its head finds what songs have in common, and survives small libraries."""

import io

import pytest
import torch
from torch import Tensor

from core.errors import UserError
from core.models import adapted
from core.models.adaptation import AdaptationHead, Block
from core.models.adapted import AdaptedEncoder
from core.models.registry import build
from core.models.versions import model_version

RATE = 22050
BLOCKS = (Block(12), Block(20, 0.5))
DIMENSION = 32
SONGS, EXCERPTS = 60, 3


def library(*, songs: int = SONGS, excerpts: int = EXCERPTS, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Features whose last block changes loudly within each song, and whose first values tell the songs apart."""
    random = torch.Generator().manual_seed(seed)
    numbers = torch.arange(songs).repeat_interleave(excerpts)
    features = torch.randn(songs, DIMENSION, generator=random)[numbers]
    noise = torch.randn(len(numbers), DIMENSION, generator=random)
    noise[:, :8] *= 0.2
    return (features + 1.5 * noise) * torch.linspace(1, 500, DIMENSION), numbers


def found_again(embeddings: Tensor, songs: Tensor) -> float:
    """The share of songs whose first two excerpts are nearest to each other."""
    standardized = (embeddings - embeddings.mean(dim=0)) / embeddings.std(dim=0).clamp(min=1e-6)
    unit = torch.nn.functional.normalize(standardized, dim=1)
    first = torch.tensor([int((songs == song).nonzero()[0]) for song in songs.unique()])
    return float(((unit[first] @ unit[first + 1].T).argmax(dim=1) == torch.arange(len(first))).float().mean())


@pytest.fixture
def spectral() -> AdaptedEncoder:
    return AdaptedEncoder(embedding_dim=16, backbone="spectral")


class TestHead:
    def test_finds_excerpts_of_songs_never_heard_better_than_before(self) -> None:
        head, start = AdaptationHead(BLOCKS, 24), AdaptationHead(BLOCKS, 24)
        features, songs = library()
        head.fit(features, songs)
        start.center.copy_(features.mean(dim=0))
        start.spread.copy_(features.std(dim=0))
        others, numbers = library(seed=1)
        with torch.no_grad():
            assert found_again(head(others), numbers) > found_again(start(others), numbers) + 0.15

    @pytest.mark.parametrize("embedding_dim", [4, 24, 200])
    def test_gives_values_of_even_variance_around_zero(self, embedding_dim: int) -> None:
        head = AdaptationHead(BLOCKS, embedding_dim)
        features, songs = library()
        head.fit(features, songs)
        with torch.no_grad():
            embeddings = head(features)
        assert embeddings.shape == (len(features), embedding_dim)
        assert embeddings.mean(dim=0).abs().max() < 0.01
        assert float(embeddings.var()) == pytest.approx(1.0, abs=0.05)

    def test_loses_nothing_where_there_is_room(self) -> None:
        head = AdaptationHead(BLOCKS, 64)
        head.fit(*library())
        assert torch.linalg.matrix_rank(head.start) == DIMENSION

    @pytest.mark.parametrize(("songs", "excerpts"), [(1, 1), (1, 3), (2, 1), (5, 2), (30, 1)])
    def test_survives_few_songs_with_few_excerpts(self, songs: int, excerpts: int) -> None:
        head = AdaptationHead(BLOCKS, 24)
        head.fit(*library(songs=songs, excerpts=excerpts))
        with torch.no_grad():
            assert head(library()[0]).isfinite().all()

    def test_survives_values_that_never_change_and_one_that_explodes(self) -> None:
        head = AdaptationHead(BLOCKS, 24)
        features, songs = library()
        features[:, 3], features[:, 25] = 7.0, 0.0
        features[0, 30] = 1e12
        head.fit(features, songs)
        with torch.no_grad():
            assert head(features).abs().max() < 100

    def test_is_the_same_for_a_seed(self) -> None:
        heads = [AdaptationHead(BLOCKS, 24, seed=seed) for seed in (1, 1, 2)]
        assert torch.equal(heads[0].start, heads[1].start)
        for head in heads:
            head.fit(*library())
        assert torch.equal(heads[0].start, heads[1].start)
        assert not torch.allclose(heads[0].start, heads[2].start)

    def test_learns_by_gradient_from_its_start(self) -> None:
        head = AdaptationHead(BLOCKS, 24)
        features, songs = library()
        head.fit(features, songs)
        losses = []
        for _ in range(3):
            loss = (head(features[::3]) - head(features[1::3])).square().mean()
            (gradient,) = torch.autograd.grad(loss, head.change)
            head.change.data -= 0.01 * gradient
            losses.append(float(loss.detach()))
        assert losses[-1] < losses[0]


class TestEncoder:
    def test_embeds_sound(self, spectral: AdaptedEncoder) -> None:
        audio = torch.randn(2, 5 * RATE, generator=torch.Generator().manual_seed(0)) * 0.1
        features = spectral.features(audio)
        with torch.no_grad():
            embeddings = spectral(audio)
            assert torch.equal(embeddings, spectral.head(features))
        assert embeddings.shape == (2, spectral.get_embedding_dim())
        assert embeddings.isfinite().all()

    def test_trains_only_its_head(self, spectral: AdaptedEncoder) -> None:
        trained = {name for name, parameter in spectral.named_parameters() if parameter.requires_grad}
        assert trained == {"head.change"}
        assert not spectral.features(torch.ones(1, RATE, requires_grad=True)).requires_grad

    def test_is_another_model_once_fitted_and_the_same_from_its_state(self, spectral: AdaptedEncoder) -> None:
        before = model_version(spectral)
        dimension = spectral.spectral.get_embedding_dim()
        features = torch.randn(12, dimension, generator=torch.Generator().manual_seed(0))
        spectral.fit_head(features, torch.arange(12) // 3, None)
        assert model_version(spectral) != before
        saved = io.BytesIO()
        torch.save(spectral.state_dict(), saved)
        saved.seek(0)
        again = build("AdaptedEncoder", embedding_dim=16, backbone=spectral.backbone)
        again.load_state_dict(torch.load(saved, weights_only=True))
        assert model_version(again) == model_version(spectral)

    def test_does_without_taggers_that_are_not_to_be_had(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(adapted, "musicnn_state", _not_to_be_had)
        assert AdaptedEncoder(embedding_dim=8).backbone == "spectral"
        named = AdaptedEncoder(embedding_dim=8, backbone="musicnn+spectral")
        with pytest.raises(UserError, match="nowhere"):
            named.features(torch.zeros(1, RATE))

    def test_hears_with_the_taggers_of_its_checkpoint(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(adapted, "musicnn_state", _not_to_be_had)
        encoder = AdaptedEncoder(embedding_dim=8, backbone="musicnn+spectral")
        encoder.load_state_dict(encoder.state_dict())
        with torch.no_grad():
            assert encoder(torch.zeros(1, 4 * RATE)).isfinite().all()

    def test_knows_no_other_backbone(self) -> None:
        with pytest.raises(UserError, match="no backbone"):
            AdaptedEncoder(backbone="whales")


def _not_to_be_had(_kept: object = None) -> dict[str, Tensor]:
    message = "The weights are nowhere."
    raise UserError(message)
