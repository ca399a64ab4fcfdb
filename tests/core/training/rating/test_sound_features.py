"""Features of embeddings: even in scale, unharmed by odd values, near where songs are near."""

import numpy as np
import pytest

from core.training.rating.sound_features import fit_sound_features, gaussian, present_rows

RANDOM = np.random.default_rng(0)
VECTORS = (RANDOM.normal(size=(60, 6)) * np.geomspace(1e-4, 1e4, 6) + 10).astype(np.float32)


def test_each_kernel_has_a_variance_of_about_one() -> None:
    sound = fit_sound_features(VECTORS, kernel="rbf", seed=0)
    features, _ = sound.of(VECTORS)
    linear, near = features[:, : sound.linear_count], features[:, sound.linear_count :]
    assert (linear**2).sum(axis=1).mean() == pytest.approx(1, rel=0.05)
    assert (near**2).sum(axis=1).mean() == pytest.approx(1, rel=0.05)
    assert near.mean(axis=0) == pytest.approx(0, abs=1e-4)


def test_the_units_of_a_value_do_not_matter() -> None:
    one = fit_sound_features(VECTORS, kernel="linear", seed=0).of(VECTORS)[0]
    scaled = VECTORS * np.float32(256)
    other = fit_sound_features(scaled, kernel="linear", seed=0).of(scaled)[0]
    assert one @ one.T == pytest.approx(other @ other.T, abs=1e-3)


def test_with_a_landmark_for_each_song_nearness_is_the_kernel_itself() -> None:
    sound = fit_sound_features(VECTORS, kernel="rbf", seed=0)
    linear = sound.of(VECTORS)[0][:, : sound.linear_count]
    raw = gaussian(linear, sound.landmarks, width=sound.width) @ sound.whitening
    assert raw @ raw.T == pytest.approx(gaussian(linear, linear, width=sound.width), abs=5e-3)


def test_far_from_all_songs_nothing_is_explained() -> None:
    sound = fit_sound_features(VECTORS, kernel="rbf", seed=0)
    _, at_home = sound.of(VECTORS)
    _, far = sound.of((VECTORS.mean(axis=0) + 100 * VECTORS.std(axis=0))[None].astype(np.float32))
    assert far[0] > 10 * at_home.max()


def test_a_missing_row_is_zero_and_a_missing_value_counts_as_the_mean() -> None:
    vectors = VECTORS.copy()
    vectors[3], vectors[4, 0], vectors[5, 0] = np.nan, np.inf, 1e35
    sound = fit_sound_features(vectors, kernel="rbf", seed=0)
    features, unexplained = sound.of(vectors)
    assert present_rows(vectors).sum() == 59
    assert np.abs(features[3]).max() == 0
    assert unexplained[3] == 0
    vectors[4:6, 0] = sound.center[0]
    assert features[4:6] == pytest.approx(sound.of(vectors)[0][4:6])
    assert np.isfinite(features).all()


def test_each_aspect_has_a_kernel_of_its_own() -> None:
    sound = fit_sound_features(VECTORS, kernel="rbf", seed=0, aspects=(2, 4))
    linear = sound.of(VECTORS)[0][:, : sound.linear_count]
    assert sound.aspects.tolist() == [2, 4]
    for aspect, alone in ((linear[:, :2], VECTORS[:, :2]), (linear[:, 2:], VECTORS[:, 2:])):
        expected = fit_sound_features(alone, kernel="linear", seed=0).of(alone)[0]
        assert aspect @ aspect.T == pytest.approx(expected @ expected.T, abs=1e-5)


@pytest.mark.parametrize(
    "vectors", [VECTORS[:1], VECTORS[:0], np.full((5, 3), 2, np.float32)], ids=["one", "none", "equal"]
)
def test_too_little_to_tell_apart_gives_features_all_the_same(vectors: np.ndarray) -> None:
    sound = fit_sound_features(vectors, kernel="rbf", seed=0)
    features, _ = sound.of(np.zeros((2, vectors.shape[1]), np.float32))
    assert np.isfinite(features).all()
