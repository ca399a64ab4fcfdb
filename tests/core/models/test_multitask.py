"""Heads for labels, and their loss against the plan's definition, song by song and album by album."""

import pytest
import torch
from torch import Tensor, nn

from core.models.losses import NTXentLoss
from core.models.multitask import LabelHeads, MultiTaskEncoder, MultiTaskLoss

SIZES = {"num_artists": 5, "num_albums": 9, "num_genres": 13, "num_periods": 12}
ALBUMS = [[0], [], [3, 8, 1], [8, 8], [2]]
ARTISTS = torch.tensor([0, 4, -1, 2, -1])
GENRES = torch.tensor([12, -1, 3, -1, -1])
PERIODS = torch.tensor([-1, 11, 0, 5, 5])
WEIGHTS = {"contrastive": 1.0, "artist": 0.3, "album": 0.3, "genre": 0.2, "period": 0.1}
KEYS = {
    *("total_loss", "contrastive_loss", "artist_loss", "album_loss", "genre_loss", "period_loss"),
    *("artist_valid_pct", "album_valid_pct", "album_avg_count", "genre_valid_pct", "period_valid_pct"),
}


class Mean(nn.Module):
    """An encoder of no cost: means of eight parts."""

    def forward(self, audio: Tensor) -> Tensor:
        return audio.reshape(len(audio), 8, -1).mean(dim=2)


def outputs(*, seed: int, songs: int = 5) -> dict[str, Tensor]:
    torch.manual_seed(seed)
    with torch.random.fork_rng():
        heads = LabelHeads(8, **SIZES)
        return {name: value.detach().double() for name, value in heads(4 * torch.randn(songs, 8)).items()}


def classes_by_definition(logits: Tensor, labels: Tensor) -> Tensor:
    known = labels >= 0
    return nn.CrossEntropyLoss()(logits[known], labels[known]) if known.any() else torch.tensor(0.0)


def albums_by_definition(logits: Tensor, albums: list[list[int]]) -> Tensor:
    """As the plan says it: a loss for each album of a song, their mean, and the mean over songs that have any."""
    means = [
        torch.stack([nn.CrossEntropyLoss()(row.unsqueeze(0), torch.tensor([album])) for album in of_song]).mean()
        for row, of_song in zip(logits, albums, strict=True)
        if of_song
    ]
    return torch.stack(means).mean() if means else torch.tensor(0.0)


def by_definition(first: dict[str, Tensor], second: dict[str, Tensor]) -> dict[str, float]:
    terms = {
        "contrastive": NTXentLoss(0.5)(first["embedding"], second["embedding"]),
        "artist": classes_by_definition(first["artist_logits"], ARTISTS),
        "album": albums_by_definition(first["album_logits"], ALBUMS),
        "genre": classes_by_definition(first["genre_logits"], GENRES),
        "period": classes_by_definition(first["period_logits"], PERIODS),
    }
    total = sum(WEIGHTS[name] * term for name, term in terms.items())
    return {"total_loss": float(total)} | {f"{name}_loss": float(term) for name, term in terms.items()}


def test_the_loss_is_the_plans() -> None:
    first, second = outputs(seed=1), outputs(seed=2)
    found = MultiTaskLoss()(first, second, ARTISTS, ALBUMS, GENRES, PERIODS)
    assert set(found) == KEYS
    for name, expected in by_definition(first, second).items():
        assert float(found[name]) == pytest.approx(expected, abs=1e-6), name


def test_statistics_of_missing_labels() -> None:
    found = MultiTaskLoss()(outputs(seed=1), outputs(seed=2), ARTISTS, ALBUMS, GENRES, PERIODS)
    assert found["artist_valid_pct"] == pytest.approx(60)
    assert found["album_valid_pct"] == pytest.approx(80)
    assert found["album_avg_count"] == pytest.approx(7 / 4)
    assert found["genre_valid_pct"] == pytest.approx(40)
    assert found["period_valid_pct"] == pytest.approx(80)
    assert all(isinstance(value, float) for name, value in found.items() if name != "total_loss")


def test_without_labels_only_the_contrast_counts() -> None:
    missing = torch.full((5,), -1)
    found = MultiTaskLoss()(outputs(seed=1), outputs(seed=2), missing, [[]] * 5, missing, missing)
    assert float(found["total_loss"]) == pytest.approx(float(found["contrastive_loss"]))
    assert [found[f"{label}_loss"] for label in ("artist", "album", "genre", "period")] == [0] * 4
    assert found["album_valid_pct"] == found["album_avg_count"] == 0


def test_weights_and_related_pairs_count() -> None:
    first, second = outputs(seed=1), outputs(seed=2)
    related = torch.zeros(5, 5, dtype=torch.bool)
    related[0, 3] = True
    weighted = MultiTaskLoss(contrastive_weight=2.0, artist_weight=0.0, album_weight=1.0)
    labels = (ARTISTS, ALBUMS, GENRES, PERIODS)
    plain, found = by_definition(first, second), weighted(first, second, *labels, related=related)
    contrast = float(NTXentLoss()(first["embedding"], second["embedding"], related))
    assert contrast < plain["contrastive_loss"]
    expected = 2 * contrast + plain["album_loss"] + 0.2 * plain["genre_loss"] + 0.1 * plain["period_loss"]
    assert float(found["total_loss"]) == pytest.approx(expected, abs=1e-6)


def test_the_gradient_reaches_the_heads_of_known_labels_alone() -> None:
    torch.manual_seed(0)
    model = MultiTaskEncoder(8, **SIZES, encoder=Mean())
    audio = torch.randn(5, 800)
    missing = torch.full((5,), -1)
    found = MultiTaskLoss()(model(audio), model(audio + 0.01), ARTISTS, [[]] * 5, missing, PERIODS)
    found["total_loss"].backward()
    sizes = {name: float(value.grad.abs().sum()) for name, value in model.heads.named_parameters()}
    assert sizes["artist_classifier.weight"] > 0
    assert sizes["period_classifier.weight"] > 0
    assert sizes["album_classifier.weight"] == sizes["genre_classifier.weight"] == 0


def test_the_encoder_answers_as_the_plan_says() -> None:
    model = MultiTaskEncoder(embedding_dim=8, **SIZES, encoder=Mean())
    answer = model(torch.randn(3, 800))
    assert {name: tuple(value.shape) for name, value in answer.items()} == {
        "embedding": (3, 8),
        "artist_logits": (3, 5),
        "album_logits": (3, 9),
        "genre_logits": (3, 13),
        "period_logits": (3, 12),
    }
    assert model.get_embedding_dim() == 8


def test_without_an_encoder_it_brings_its_own() -> None:
    model = MultiTaskEncoder(embedding_dim=16, num_artists=2, num_albums=2)
    assert model(torch.randn(2, 22050))["embedding"].shape == (2, 16)


def test_a_label_without_classes_costs_nothing() -> None:
    torch.manual_seed(0)
    model = MultiTaskEncoder(8, num_artists=0, num_albums=0, num_genres=0, num_periods=0, encoder=Mean())
    missing = torch.full((5,), -1)
    first, second = model(torch.randn(5, 800)), model(torch.randn(5, 800))
    found = MultiTaskLoss()(first, second, missing, [[]] * 5, missing, missing)
    assert first["artist_logits"].shape == (5, 0)
    assert float(found["total_loss"]) == pytest.approx(float(found["contrastive_loss"]))
