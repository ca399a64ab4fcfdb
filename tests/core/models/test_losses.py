"""``NTXentLoss`` against its definition written out, with pairs that are no negatives, and in half precision."""

import math

import pytest
import torch
from torch import Tensor

from core.models.losses import NTXentLoss


def views(songs: int = 6, *, dimension: int = 8, seed: int = 0) -> tuple[Tensor, Tensor]:
    both = torch.randn(2, songs, dimension, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    return both[0], both[1]


def by_definition(z1: Tensor, z2: Tensor, *, temperature: float, related: set[tuple[int, int]] = frozenset()) -> float:
    """Equation (1) of Chen et al. (2020), a view and a term at a time."""
    songs, every = len(z1), [*z1, *z2]
    losses = []
    for i, view in enumerate(every):
        other = (i + songs) % (2 * songs)
        terms = {
            j: math.exp(float(torch.dot(view, every[j]) / view.norm() / every[j].norm()) / temperature)
            for j in range(2 * songs)
            if j == other or (j != i and (i % songs, j % songs) not in related)
        }
        losses.append(-math.log(terms[other] / sum(terms.values())))
    return sum(losses) / len(losses)


def mask(songs: int, *pairs: tuple[int, int]) -> Tensor:
    related = torch.zeros(songs, songs, dtype=torch.bool)
    for first, second in pairs:
        related[first, second] = related[second, first] = True
    return related


@pytest.mark.parametrize("temperature", [0.1, 0.5, 2.0])
def test_is_the_definition(temperature: float) -> None:
    found = NTXentLoss(temperature)(*views())
    assert found.item() == pytest.approx(by_definition(*views(), temperature=temperature), abs=1e-6)


def test_is_the_definition_in_single_precision() -> None:
    z1, z2 = views()
    found = NTXentLoss()(z1.float(), z2.float())
    assert found.item() == pytest.approx(by_definition(z1, z2, temperature=0.5), abs=1e-6)


def test_a_related_pair_is_no_negative() -> None:
    plain = NTXentLoss()(*views())
    found = NTXentLoss()(*views(), mask(6, (1, 4)))
    assert found.item() == pytest.approx(by_definition(*views(), temperature=0.5, related={(1, 4), (4, 1)}), abs=1e-6)
    assert found.item() < plain.item() - 0.01


def test_a_related_pair_by_hand() -> None:
    # Three songs, both views the same unit vector: songs 0 and 1 are alike, song 2 is at right angles to them.
    z = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    e = math.exp(1 / 0.5)
    apart = (2 * math.log((e + 2 * e + 2) / e) + math.log((e + 4) / e)) / 3
    together = (2 * math.log((e + 2) / e) + math.log((e + 4) / e)) / 3
    assert NTXentLoss(0.5)(z, z).item() == pytest.approx(apart, abs=1e-6)
    assert NTXentLoss(0.5)(z, z, mask(3, (0, 1))).item() == pytest.approx(together, abs=1e-6)


def test_one_direction_of_a_relation_is_enough() -> None:
    one_way = torch.zeros(6, 6, dtype=torch.bool)
    one_way[1, 4] = True
    assert torch.equal(NTXentLoss()(*views(), one_way), NTXentLoss()(*views(), mask(6, (1, 4))))


def test_a_songs_other_view_stays_whatever_the_mask_says() -> None:
    everything = torch.ones(6, 6, dtype=torch.bool)
    assert NTXentLoss()(*views(), everything).item() == pytest.approx(0, abs=1e-9)


def test_the_two_views_and_the_length_of_vectors_do_not_matter() -> None:
    z1, z2 = views()
    loss = NTXentLoss()
    assert torch.allclose(loss(z1, z2), loss(z2, z1))
    assert torch.allclose(loss(z1, z2), loss(z1 * 7, z2 * 0.1))


def test_gradients() -> None:
    z1, z2 = (z.requires_grad_() for z in views(3, dimension=4))
    assert torch.autograd.gradcheck(lambda a, b: NTXentLoss()(a, b, mask(3, (0, 2))), (z1, z2))


def test_one_song_has_no_loss_and_a_finite_gradient() -> None:
    z1, z2 = (z.requires_grad_() for z in views(1))
    loss = NTXentLoss()(z1, z2)
    loss.backward()
    assert loss.item() == 0
    assert z1.grad is not None
    assert z1.grad.isfinite().all()


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_is_computed_in_single(dtype: torch.dtype) -> None:
    # 1 / 0.05 = 20 and exp(20) is far above the 65,504 of float16.
    z1, z2 = (z.to(dtype).requires_grad_() for z in views(64))
    with torch.autocast("cpu", dtype=dtype):
        loss = NTXentLoss(0.05)(z1, z2)
    loss.backward()
    exact = by_definition(z1.detach().double(), z2.detach().double(), temperature=0.05)
    assert loss.dtype == torch.float32
    assert loss.item() == pytest.approx(exact, abs=1e-5)
    assert z1.grad is not None
    assert z1.grad.isfinite().all()


def test_silent_songs_are_finite() -> None:
    z1 = torch.zeros(4, 8, requires_grad=True)
    loss = NTXentLoss()(z1, torch.zeros(4, 8))
    loss.backward()
    assert loss.item() == pytest.approx(math.log(7))
    assert z1.grad is not None
    assert z1.grad.isfinite().all()
