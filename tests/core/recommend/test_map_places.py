"""Approximate places: beside the neighbors by sound, not midway between two regions, never upon each other."""

import numpy as np

from core.recommend.map_places import nearest_rows, places_among

RANDOM = np.random.default_rng(6)
KIND = np.repeat([0, 1], 50)
SOUND = (KIND[:, None] * 10 + RANDOM.normal(size=(100, 8))).astype(np.float32)
POSITIONS = (np.array([[-0.8, 0.0], [0.8, 0.0]])[KIND] + RANDOM.normal(scale=0.05, size=(100, 2))).astype(np.float32)


def test_the_neighbors_are_the_nearest_by_sound_in_their_order() -> None:
    asked = SOUND[[3, 70]] + np.float32(0.01)
    found = nearest_rows(asked, SOUND)
    distances = np.linalg.norm(asked[:, None] - SOUND, axis=2)
    assert np.array_equal(found, distances.argsort(axis=1)[:, :10])


def test_a_new_song_lies_beside_its_neighbors() -> None:
    asked = (np.array([0, 1, 1])[:, None] * 10 + RANDOM.normal(size=(3, 8))).astype(np.float32)
    places = places_among(nearest_rows(asked, SOUND), POSITIONS)
    assert np.allclose(places, [[-0.8, 0], [0.8, 0], [0.8, 0]], atol=0.12)


def test_neighbors_in_two_regions_do_not_put_it_between_them() -> None:
    neighbors = np.array([[0, 1, 2, 3, 60, 4, 61, 5, 62, 6]])
    assert places_among(neighbors, POSITIONS)[0, 0] < -0.6


def test_songs_with_the_same_neighbors_do_not_coincide() -> None:
    neighbors = np.tile(nearest_rows(SOUND[:1], SOUND), (20, 1))
    places = places_among(neighbors, POSITIONS)
    assert len(np.unique(places.round(5), axis=0)) == 20
    assert np.array_equal(places, places_among(neighbors, POSITIONS))


def test_nobody_new_is_placed_nowhere() -> None:
    assert places_among(nearest_rows(SOUND[:0], SOUND), POSITIONS).shape == (0, 2)
