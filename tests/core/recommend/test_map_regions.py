"""Names of regions: planted genres are named where they lie, few from afar, none beside its like."""

import numpy as np
import pytest

from core.recommend.map_regions import LEVELS, Region, regions

RANDOM = np.random.default_rng(7)
PLACES = {"Jazz": (-0.6, -0.6), "Rock": (0.6, 0.6), "Ambient": (-0.6, 0.6)}
KINDS = np.repeat(list(PLACES), 200)
POSITIONS = np.clip(np.array([PLACES[kind] for kind in KINDS]) + RANDOM.normal(scale=0.12, size=(600, 2)), -1, 1)
POSITIONS = POSITIONS.astype(np.float32)


@pytest.fixture(scope="module")
def found() -> list[Region]:
    artists = [f"Artist {number // 100}" for number in range(600)]
    return regions(POSITIONS, genres=KINDS.tolist(), artists=artists)


def test_the_planted_genres_are_named_where_they_lie(found: list[Region]) -> None:
    for genre, place in PLACES.items():
        best = next(each for each in found if each.text == genre)
        assert best.level == 0
        assert np.allclose((best.x, best.y), place, atol=0.15)


def test_names_of_a_level_leave_each_other_room(found: list[Region]) -> None:
    for level in range(LEVELS):
        cell = 2 / (4 * 2**level)
        shown = [each for each in found if each.level <= level]
        for number, one in enumerate(shown):
            for other in shown[:number]:
                if max(one.level, other.level) == level:
                    assert abs(one.x - other.x) >= 0.8 * cell - 1e-9 or abs(one.y - other.y) >= 0.3 * cell - 1e-9
                    if one.text == other.text:
                        assert max(abs(one.x - other.x), abs(one.y - other.y)) >= 2 * cell - 1e-9


def test_there_are_few_from_afar(found: list[Region]) -> None:
    assert 3 <= sum(each.level == 0 for each in found) <= 12
    assert [each.weight for each in found] == sorted((each.weight for each in found), reverse=True)


def test_artists_are_named_where_they_are_among_themselves() -> None:
    artists = ["Björk" if place[0] > 0.55 else f"Band {number}" for number, place in enumerate(POSITIONS)]
    assert any(each.text == "Björk" and each.x > 0.5 for each in regions(POSITIONS, genres=[""] * 600, artists=artists))


def test_a_map_without_tags_or_songs_has_no_names() -> None:
    assert regions(POSITIONS, genres=[""] * 600, artists=[""] * 600) == []
    assert regions(POSITIONS[:0], genres=[], artists=[]) == []
