"""Which songs to ask the owner about: those whose ratings would teach the most about all others, and a few at random.

They are asked one after the other, each as if those before it were answered, so that ten questions differ. On planted
tastes over 353 songs that nothing was tuned on, 50 ratings, of which 40 were asked for so, taught as much of unseen
artists as 67 random ones (57 to 78); tests/benchmarks/bench_asking.py draws both curves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.training.rating.asking_doubt import Doubt, doubt
from core.training.rating.asking_hypotheses import Listened, scales_of
from core.training.rating.effects import Array, Integers, Mask
from core.training.rating.sound_features import SoundFeatures, fit_sound_features
from core.training.rating.vectors_beside import AnyVectors

RANDOM_SHARE = 0.1
ROUND = 10
"""Questions of which that share is random."""
CANDIDATES = 2000
SONGS = 3000
"""Drawn at random from the library to stand for it."""
RATED = 1000
"""Ratings that are looked at: of more, so many drawn at random."""
NOTICEABLE = 0.05
"""The share of the doubt about a song that must go for a rating to tell about it."""
LEAST_DEVIATION = 0.1
"""Half a star."""


@dataclass(frozen=True)
class Pool:
    """Songs by row."""

    vectors: AnyVectors
    """(songs, dim), as ``mixed_model.fit`` takes them; a row of NaN is a song without embedding."""
    artists: Sequence[str]
    """(songs,): keys, empty where none is known."""
    aspects: Sequence[int] = ()
    rows: Integers | None = None
    """Those of the songs that are to be known; without a word all."""

    @property
    def counted(self) -> Integers:
        return np.arange(len(self.vectors), dtype=np.intp) if self.rows is None else self.rows

    def listened(self, rows: Integers, *, sound: SoundFeatures) -> Listened:
        """Some of the songs as they are compared."""
        features, _ = sound.of(np.asarray(self.vectors[rows], dtype=np.float32))
        return Listened(features.astype(np.float64), self._artist_numbers[rows])

    @cached_property
    def _artist_numbers(self) -> Integers:
        """(songs,): a number for each artist, and one of its own for each song of which none is known."""
        numbers: dict[str | int, int] = {}
        keys = (name or row for row, name in enumerate(self.artists))
        count = len(self.artists)
        return np.fromiter((numbers.setdefault(key, len(numbers)) for key in keys), dtype=np.intp, count=count)


@dataclass(frozen=True, slots=True)
class Question:
    """A song that the owner is asked about."""

    row: int
    worth: float
    """The share of the doubt about all songs that the answer would take away after the questions before it, 0 to 1."""
    tells: int
    """How many other songs without a rating it would tell about: a noticeable share of the doubt about each goes."""
    open_share: float
    """How much of what its sound says the ratings leave open: 1 where nothing like it is rated."""
    is_random: bool


@dataclass(frozen=True)
class _Drawn:
    """Rows of the library that are looked at."""

    candidates: Integers
    """What may be asked, at random; sorted."""
    songs: Integers
    """Those that stand for the library."""
    rated: Integers
    """Positions among the rated songs."""
    by_chance: Integers
    """The candidates in a random order of which all of what may be asked were equally likely."""


def questions(
    pool: Pool,
    *,
    rated: Integers,
    ratings: Array,
    askable: Integers,
    random_share: float = RANDOM_SHARE,
    seed: int,
) -> Iterator[Question]:
    """Ask until nothing is left to ask about, in rounds of ten: the most telling songs first, the random ones between.

    ``rated`` and ``askable`` are rows of the pool, ``ratings`` (rated,) are 0 to 1; there may be none.
    ``random_share`` is 0 to 1.
    """
    drawn = _draw(pool.counted, rated=rated, askable=np.unique(askable), random=np.random.default_rng(seed))
    if not len(drawn.candidates):
        return
    sound = fit_sound_features(pool.vectors[drawn.songs], kernel="rbf", seed=seed, aspects=pool.aspects)
    songs, candidates, known = (
        pool.listened(rows, sound=sound) for rows in (drawn.songs, drawn.candidates, rated[drawn.rated])
    )
    units = _units(np.asarray(ratings, dtype=np.float64)[drawn.rated])
    open_doubt = doubt(songs=songs, questions=candidates, rated=known, ratings=units, scales=scales_of(sound))
    unrated = ~np.isin(drawn.songs, rated)
    stands_for = len(np.setdiff1d(pool.counted, rated)) / max(int(unrated.sum()), 1)
    yield from _Session(open_doubt, drawn, unrated=unrated, stands_for=stands_for).rounds(random_share)


@dataclass(frozen=True)
class _Session:
    """What is asked within, and how the answers would be counted."""

    doubt: Doubt
    drawn: _Drawn
    unrated: Mask
    """(songs,)."""
    stands_for: float
    """Unrated songs of the library for each of those that were drawn."""

    def rounds(self, random_share: float) -> Iterator[Question]:
        """What is random is drawn first, so that the others are chosen to go with it."""
        left = np.ones(len(self.drawn.candidates), dtype=bool)
        while left.any():
            count = min(ROUND, int(left.sum()))
            chance = self.drawn.by_chance[left[self.drawn.by_chance]][: round(random_share * count)]
            left[chance] = False
            at_random = {
                int((number + 0.5) * count / len(chance)): self._question(each, is_random=True)
                for number, each in enumerate(chance.tolist())
            }
            for place in range(count):
                yield at_random.get(place) or self._best(left)

    def _best(self, left: Mask) -> Question:
        best = int(np.argmax(np.where(left, self.doubt.worth(), -1)))
        left[best] = False
        return self._question(best, is_random=False)

    def _question(self, number: int, *, is_random: bool) -> Question:
        """The question about a candidate, which is taken for answered from now on."""
        row = int(self.drawn.candidates[number])
        others = self.unrated & (self.drawn.songs != row)
        told = int((self.doubt.told(number)[others] >= NOTICEABLE).sum())
        worth, open_share = float(self.doubt.worth()[number]), float(self.doubt.open_share[number])
        self.doubt.settle(number)
        return Question(row, worth, round(self.stands_for * told), open_share, is_random)


def _draw(counted: Integers, *, rated: Integers, askable: Integers, random: np.random.Generator) -> _Drawn:
    candidates = np.sort(random.permutation(askable)[:CANDIDATES])
    return _Drawn(
        candidates=candidates,
        songs=np.sort(random.permutation(counted)[:SONGS]),
        rated=np.sort(random.permutation(len(rated))[:RATED]),
        by_chance=random.permutation(len(candidates)),
    )


def _units(ratings: Array) -> Array:
    if not len(ratings):
        return ratings
    found: Array = (ratings - ratings.mean()) / max(float(ratings.std()), LEAST_DEVIATION)
    return found
