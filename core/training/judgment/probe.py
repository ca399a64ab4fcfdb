"""What is measured of an encoder after each epoch, on songs of groups that it does not learn from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.training.judgment.neighbors import Similarity, first_hits, standardized, vote
from core.training.judgment.ridge import fit_ridge
from core.training.metrics import spearman
from core.training.protocol import TrainingSong
from core.training.split import group_folds

EXCERPTS = 300
"""Tracks among which the two excerpts of one have to find each other."""
NEIGHBORS = 10
FOLDS = 5
LEAST_ASKED = 10
"""Songs below which a share of them says nothing."""
LEAST_RATED = 30
LEAST_SPREAD = 1e-3
"""Of the embeddings around their mean, against their length."""
LEAST_RANK = 2.0
"""Dimensions in use below which an encoder has collapsed."""
SCORED = ("excerpt_recall", "artist_precision", "genre_knn", "rating_spearman")


@dataclass(frozen=True)
class Probed:
    """Held-out songs as an encoder hears them, and what is known of them; names may be empty, numbers -1."""

    first: NDArray[np.floating]
    """(songs, dim)."""
    second: NDArray[np.floating] | None
    """(songs, dim): another excerpt of each song."""
    groups: Sequence[str]
    artists: Sequence[str]
    albums: Sequence[str]
    """As names that tell the albums of different artists apart."""
    genres: NDArray[np.int64]
    """(songs,): the category, -1 where it is missing."""
    ratings: NDArray[np.floating]
    """(songs,): 0 to 1, -1 for unrated songs."""

    @classmethod
    def of(
        cls,
        songs: Sequence[TrainingSong],
        first: NDArray[np.floating],
        second: NDArray[np.floating] | None,
        *,
        genres: Sequence[int] | NDArray[np.int64],
    ) -> "Probed":
        """The probe of these songs; without an artist, a song's group stands for one."""
        return cls(
            first,
            second,
            [song.group for song in songs],
            [song.artist or song.group for song in songs],
            [f"{song.group}\n{song.album}" if song.album else "" for song in songs],
            np.asarray(genres, dtype=np.int64),
            np.array([song.rating for song in songs], dtype=np.float64),
        )


def probe(probed: Probed, *, seed: int = 0) -> dict[str, float]:
    """The figures of one epoch, named ``probe/...``; a figure for which there are too few labels is left out.

    ``probe/score`` is the plain mean of excerpt_recall, artist_precision, genre_knn and rating_spearman, as far as
    there are labels and second excerpts for them. Which ones there are does not depend on the embeddings, so that
    epochs of one run can be compared; runs over other songs cannot. A collapsed encoder has ``probe/collapsed`` 1.
    """
    if not len(probed.first):
        return {"probe/rank": 0.0, "probe/collapsed": 0.0, "probe/score": 0.0}
    figures = _shape_of_space(probed)
    quality = _quality(probed, seed=seed) if _is_finite(probed) else _worthless(probed, seed=seed)
    score = float(np.mean([quality[name] for name in SCORED if name in quality])) if quality else 0.0
    return {f"probe/{name}": value for name, value in (quality | figures | {"score": score}).items()}


def _worthless(probed: Probed, *, seed: int) -> dict[str, float]:
    """Zeros for every figure that a usable encoder would have had."""
    second = None if probed.second is None else np.zeros_like(probed.second)
    blank = replace(probed, first=np.zeros_like(probed.first), second=second)
    return dict.fromkeys(_quality(blank, seed=seed), 0.0)


def _quality(probed: Probed, *, seed: int) -> dict[str, float]:
    unit = standardized(probed.first)
    similarity: Similarity = unit @ unit.T
    np.fill_diagonal(similarity, -np.inf)
    found = {
        "excerpt_recall": _excerpt_recall(probed, seed=seed),
        "artist_precision": artist_precision(similarity, artists=probed.artists, albums=probed.albums),
        "genre_knn": genre_accuracy(similarity, genres=probed.genres, artists=probed.artists),
        "rating_spearman": _rating_spearman(probed, seed=seed),
    }
    return {name: value for name, value in found.items() if value is not None}


def _excerpt_recall(probed: Probed, *, seed: int) -> float | None:
    """How often an excerpt's most similar one, among the other excerpts of up to 300 tracks, is of its own track."""
    if probed.second is None or len(probed.first) < LEAST_ASKED:
        return None
    chosen = np.random.default_rng(seed).permutation(len(probed.first))[:EXCERPTS]
    first, second = probed.first[chosen], probed.second[chosen]
    both = np.concatenate([first, second])
    similarity: Similarity = standardized(first, like=both) @ standardized(second, like=both).T
    own = np.eye(len(chosen), dtype=bool)
    hits = np.concatenate([first_hits(similarity, wanted=own), first_hits(similarity.T, wanted=own)])
    return float(hits.mean())


def artist_precision(similarity: Similarity, *, artists: Sequence[str], albums: Sequence[str]) -> float | None:
    """How often a song's nearest neighbor is of its artist, over songs whose artist has another song here.

    Songs of one album share their mastering, by which a codec is recognized and no artist (the album effect, Kim 2006):
    where the artist has songs off the album, those on it are no candidates; where not, they are. ``similarity`` is
    (songs, songs) with -inf on the diagonal. None when fewer than ten songs can be asked for.
    """
    same_artist, same_album = _same(artists), _same(albums)
    elsewhere = same_artist & ~same_album
    asked = same_artist.any(axis=1)
    if asked.sum() < LEAST_ASKED:
        return None
    has_other = np.asarray(elsewhere.any(axis=1, keepdims=True))
    candidates = np.where(same_album & has_other, -np.inf, similarity)[asked]
    return float(first_hits(candidates, wanted=same_artist[asked] & np.isfinite(candidates)).mean())


def genre_accuracy(
    similarity: Similarity, *, genres: NDArray[np.int64], artists: Sequence[str], neighbors: int = NEIGHBORS
) -> float | None:
    """How often most of the nearest songs by other artists (Flexer 2007) have the song's genre.

    In small libraries fewer neighbors are asked: the square root of the songs. None when fewer than ten songs, or one
    genre only, are left.
    """
    known = np.flatnonzero(genres >= 0).tolist()
    if len(known) < LEAST_ASKED or np.unique(genres[known]).size < 2:
        return None
    others = np.where(_same([artists[row] for row in known]), -np.inf, similarity[np.ix_(known, known)])
    asked = np.isfinite(others).any(axis=1)
    if asked.sum() < LEAST_ASKED:
        return None
    fewer = min(neighbors, max(1, int(np.sqrt(len(known)))))
    return float((vote(others[asked], genres[known], neighbors=fewer) == genres[known][asked]).mean())


def _rating_spearman(probed: Probed, *, seed: int) -> float | None:
    """The order of ratings by a ridge on the embeddings, in folds of whole groups, as the mean over folds."""
    rated = np.flatnonzero(probed.ratings >= 0).tolist()
    groups = [probed.groups[row] for row in rated]
    if len(rated) < LEAST_RATED or len(set(groups)) < FOLDS:
        return None
    vectors, ratings = probed.first[rated], probed.ratings[rated].astype(np.float64)
    found = []
    for held in group_folds(groups, folds=FOLDS, seed=seed):
        kept = np.flatnonzero(~held).tolist()
        ridge = fit_ridge(vectors[kept], ratings[kept], groups=[groups[row] for row in kept], seed=seed)
        if held.sum() > 2:
            found.append(spearman(ratings[held], ridge.predict(vectors[held])))
    return float(np.mean(found)) if found else None


def _shape_of_space(probed: Probed) -> dict[str, float]:
    """Rank, alignment and uniformity of the embeddings as they are, not standardized; and whether they collapsed."""
    if not _is_finite(probed):
        return {"rank": 0.0, "collapsed": 1.0}
    first = probed.first.astype(np.float64)
    figures = {"rank": effective_rank(first), "collapsed": collapse_of(first), "uniformity": uniformity(first)}
    if probed.second is not None:
        figures["alignment"] = alignment(first, probed.second.astype(np.float64))
    return figures


def collapse_of(embeddings: NDArray[np.floating]) -> float:
    """1 if the embeddings (songs, dim) lie nearly in one point, or on a line; else 0, as for fewer than ten songs."""
    if len(embeddings) < LEAST_ASKED:
        return 0.0
    spread = ((embeddings - embeddings.mean(axis=0)) ** 2).sum(axis=1).mean()
    size = max(float((embeddings**2).sum(axis=1).mean()), 1e-30)
    return float(np.sqrt(spread / size) < LEAST_SPREAD or effective_rank(embeddings) < LEAST_RANK)


def effective_rank(embeddings: NDArray[np.floating]) -> float:
    """The number of dimensions in use: exp of the entropy of the singular values (Roy & Vetterli 2007), centered."""
    sizes = np.linalg.svd(embeddings - embeddings.mean(axis=0), compute_uv=False)
    if sizes.sum() <= 0:
        return 1.0
    shares = sizes[sizes > 0] / sizes.sum()
    return float(np.exp(-(shares * np.log(shares)).sum()))


def alignment(first: NDArray[np.floating], second: NDArray[np.floating]) -> float:
    """The mean squared distance of two excerpts of a song on the unit sphere (Wang & Isola 2020): 0 is closest."""
    return float(((_on_sphere(first) - _on_sphere(second)) ** 2).sum(axis=1).mean())


def uniformity(embeddings: NDArray[np.floating]) -> float:
    """The log of the mean of exp(-2 squared distance) over pairs (Wang & Isola 2020): 0 when all lie in one point."""
    unit = _on_sphere(embeddings)
    if len(unit) < 2:
        return 0.0
    pairs = np.triu_indices(len(unit), k=1)
    distances = np.maximum(2 - 2 * (unit @ unit.T)[pairs], 0)
    return float(np.log(np.exp(-2 * distances).mean()))


def _on_sphere(embeddings: NDArray[np.floating]) -> NDArray[np.floating]:
    unit: NDArray[np.floating] = embeddings / np.maximum(np.linalg.norm(embeddings, axis=1, keepdims=True), 1e-12)
    return unit


def _same(names: Sequence[str]) -> NDArray[np.bool_]:
    """Pairs (songs, songs) of one name; an empty name is nobody's, and nobody is his own other."""
    _, numbers = np.unique(np.asarray(names, dtype=str), return_inverse=True)
    named = np.array([bool(name) for name in names], dtype=bool)
    same: NDArray[np.bool_] = (numbers[:, None] == numbers) & named[:, None]
    np.fill_diagonal(same, val=False)
    return same


def _is_finite(probed: Probed) -> bool:
    parts = [probed.first] if probed.second is None else [probed.first, probed.second]
    return all(bool(np.isfinite(part).all()) for part in parts)
