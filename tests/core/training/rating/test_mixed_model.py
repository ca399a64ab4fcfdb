"""The predictor finds planted tastes, claims nothing where there is nothing, and says honestly how sure it is."""

import numpy as np
import pytest
from numpy.typing import NDArray

from core.training.metrics import spearman
from core.training.rating.mixed_model import MixedModel, Names, Predicted, fit

DIMENSION = 8
SIZES = np.geomspace(0.01, 100, DIMENSION)


class World:
    """Songs of artists with three albums each, of which stars come from sound, from the artist, or from both."""

    def __init__(
        self, *, songs: int = 240, artists: int = 40, sound: float = 0, artist: float = 0, seed: int = 0
    ) -> None:
        random = np.random.default_rng(seed)
        self.artists = random.integers(0, artists, songs)
        self.albums = random.integers(0, 3, songs)
        of_artist = random.normal(size=(artists, DIMENSION))[self.artists]
        standard = (of_artist + random.normal(size=(songs, DIMENSION))) / np.sqrt(2)
        self.vectors = (standard * SIZES + 5 * SIZES).astype(np.float32)
        liking = sound * standard[:, 0] + artist * random.normal(size=artists)[self.artists]
        self.ratings = np.clip(np.round((0.6 + 0.1 * (liking + random.normal(size=songs))) * 10), 1, 10) / 10

    def names(self, rows: NDArray[np.intp]) -> Names:
        artists = [f"artist {each}" for each in self.artists[rows]]
        albums = [f"{name}\nalbum {each}" for name, each in zip(artists, self.albums[rows], strict=True)]
        return Names(artists, albums, ["Rock; Pop" if each % 2 else "Jazz" for each in self.artists[rows]])

    def fitted(self, rows: NDArray[np.intp]) -> MixedModel:
        names = self.names(rows)
        return fit(self.ratings[rows], vectors=self.vectors[rows], names=names, groups=names.artists, seed=0)

    def asked(self, model: MixedModel, rows: NDArray[np.intp]) -> Predicted:
        return model.predict(self.vectors[rows], names=self.names(rows))

    def half_the_artists(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        unseen = self.artists % 2 == 0
        return np.flatnonzero(~unseen), np.flatnonzero(unseen)

    def two_albums_and_the_third(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Two albums of each artist to learn from, and the third."""
        known = np.isin(self.artists, self.artists[self.albums > 0])
        return np.flatnonzero(self.albums > 0), np.flatnonzero((self.albums == 0) & known)


def skill(world: World, *, unseen: bool) -> float:
    train, test = world.half_the_artists() if unseen else world.two_albums_and_the_third()
    return spearman(world.ratings[test], world.asked(world.fitted(train), test).ratings)


def test_a_taste_for_sound_is_found_with_artists_never_heard() -> None:
    assert skill(World(sound=2), unseen=True) > 0.75


def test_a_taste_for_artists_is_what_the_shrunk_artist_mean_says() -> None:
    world = World(songs=400, artist=2)
    train, test = world.two_albums_and_the_third()
    predicted = world.asked(world.fitted(train), test).ratings
    overall = world.ratings[train].mean()
    shrunk = []
    for row in test:
        own = world.ratings[train][world.artists[train] == world.artists[row]]
        shrunk.append((own.sum() + 0.25 * overall) / (len(own) + 0.25))
    assert np.abs(predicted - shrunk).mean() < 0.03
    assert spearman(world.ratings[test], predicted) > spearman(world.ratings[test], np.array(shrunk)) - 0.02


def test_shuffled_ratings_give_no_skill() -> None:
    found = []
    for seed in range(20):
        world = World(songs=120, artists=20, sound=2, artist=1, seed=seed)
        world.ratings = np.random.default_rng(seed).permutation(world.ratings)
        found.append(skill(world, unseen=True))
    assert abs(np.mean(found)) < 2 * np.std(found) / np.sqrt(len(found)) + 1e-9


@pytest.mark.parametrize("unseen", [True, False])
def test_nine_of_ten_ratings_lie_in_their_interval(unseen: bool) -> None:
    inside = []
    for seed in range(12):
        world = World(songs=200, sound=seed % 3, artist=seed % 2, seed=seed)
        train, test = world.half_the_artists() if unseen else world.two_albums_and_the_third()
        predicted = world.asked(world.fitted(train), test)
        inside += [(predicted.low - 1e-9 <= world.ratings[test]) & (world.ratings[test] <= predicted.high + 1e-9)]
    assert 0.85 < np.concatenate(inside).mean() < 0.95


def test_the_interval_of_an_unseen_artist_is_wider() -> None:
    world = World(artist=2)
    rows = np.arange(len(world.ratings))
    model = world.fitted(rows)
    known = world.asked(model, rows)
    unknown = model.predict(world.vectors, names=Names.unknown(len(rows)))
    assert (unknown.high - unknown.low).mean() > 1.2 * (known.high - known.low).mean()


def test_a_sound_unlike_any_that_was_rated_is_less_sure() -> None:
    world = World(sound=1, seed=2)
    rows = np.arange(len(world.ratings))
    strange = world.vectors.copy()
    strange[:, 1:] += 3 * SIZES[1:].astype(np.float32)
    model, nobody = world.fitted(rows), Names.unknown(len(rows))
    usual, odd = model.predict(world.vectors, names=nobody), model.predict(strange, names=nobody)
    assert (odd.high - odd.low).mean() > 1.1 * (usual.high - usual.low).mean()


def test_a_song_without_embedding_is_predicted_by_its_names() -> None:
    world = World(sound=1, artist=2)
    rows = np.arange(len(world.ratings))
    world.vectors[::3] = np.nan
    predicted = world.asked(world.fitted(rows), rows)
    assert np.isfinite(predicted.ratings).all()
    assert np.abs(predicted.parts["sound"][::3]).max() == 0
    assert spearman(world.ratings[::3], predicted.ratings[::3]) > 0.6


def test_the_parts_add_up() -> None:
    world = World(sound=1, artist=1)
    predicted = world.asked(world.fitted(np.arange(len(world.ratings))), np.arange(len(world.ratings)))
    total = np.sum(list(predicted.parts.values()), axis=0)
    assert list(predicted.parts) == ["global", "genre", "artist", "album", "sound"]
    assert predicted.ratings == pytest.approx(np.clip(total, 0, 1), abs=1e-5)


def test_ratings_that_are_all_equal_are_predicted_again() -> None:
    world = World()
    world.ratings[:] = 0.8
    predicted = world.asked(world.fitted(np.arange(20)), np.arange(40))
    assert predicted.ratings == pytest.approx(0.8, abs=0.01)
    assert (predicted.high > 0.8).all()


def test_ten_ratings_are_enough_for_a_wide_interval() -> None:
    world = World(sound=1)
    predicted = world.asked(world.fitted(np.arange(10)), np.arange(10, 100))
    assert np.isfinite(predicted.ratings).all()
    assert (predicted.high - predicted.low).mean() > 0.3


def test_one_artist_alone_is_told_apart_by_sound() -> None:
    world = World(artists=1, sound=2)
    model = world.fitted(np.arange(120))
    assert spearman(world.ratings[120:], world.asked(model, np.arange(120, 240)).ratings) > 0.7


def test_predictions_as_embeddings_need_the_linear_kernel_alone() -> None:
    world = World(sound=2)
    train, test = world.half_the_artists()
    own = world.vectors[:, :1]
    names = world.names(train)
    model = fit(world.ratings[train], vectors=own[train], names=names, groups=names.artists, seed=0, kernel="linear")
    assert spearman(world.ratings[test], model.predict(own[test], names=world.names(test)).ratings) > 0.75


def test_wild_values_do_not_hide_the_others() -> None:
    world = World(sound=2)
    world.vectors[3, 0] = 1e20
    world.vectors[:, 5] = 7
    assert skill(world, unseen=True) > 0.7


def test_two_fits_with_one_seed_agree() -> None:
    world = World(sound=1, artist=1)
    rows = np.arange(len(world.ratings))
    one, other = (world.asked(world.fitted(rows), rows) for _ in range(2))
    assert (one.ratings == other.ratings).all()
    assert (one.low == other.low).all()


def test_the_half_that_helps_is_chosen() -> None:
    rows = np.arange(240)
    assert World(sound=2).fitted(rows).figures["uses_sound"] == 1
    assert World(artist=2).fitted(rows).figures["uses_names"] == 1
    figures = World(sound=2, artist=1).fitted(rows).figures
    assert figures["val_mse"] == min(value for name, value in figures.items() if name.startswith("val_mse_"))


def test_embeddings_without_names_for_each_are_refused() -> None:
    world = World()
    with pytest.raises(ValueError, match="240 embeddings, but the names of 2 songs"):
        world.fitted(np.arange(30)).predict(world.vectors, names=Names.unknown(2))


def test_a_taste_of_one_aspect_is_found_beside_another_that_says_nothing() -> None:
    random = np.random.default_rng(5)
    noise, heard = random.normal(size=(240, 200)), random.normal(size=(240, 3))
    ratings = np.clip(0.6 + 0.15 * heard[:, 0] + 0.05 * random.normal(size=240), 0.1, 1)
    groups = [f"artist {number % 40}" for number in range(240)]
    names, vectors = Names(groups, [""] * 240, [""] * 240), np.concatenate([noise, heard], axis=1).astype(np.float32)
    known = list(range(180))

    def skill(aspects: tuple[int, ...]) -> float:
        model = fit(
            ratings[:180], vectors=vectors[:180], names=names.at(known), groups=groups[:180], seed=1, aspects=aspects
        )
        predicted = model.predict(vectors[180:], names=Names.unknown(60)).ratings
        return float(np.corrcoef(predicted, ratings[180:])[0, 1])

    assert skill((200, 3)) > skill(()) + 0.05
    assert skill((200, 3)) > 0.9
