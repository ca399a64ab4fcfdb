"""The kinds of songs that somebody likes: clusters by sound, as many as stand out from an even cloud."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.recommend.mixes.diversity import Rows, Vectors
from core.recommend.mixes.lots import lots
from core.recommend.stock import Mask, Stock, Values

LIKED = 0.7
"""Three and a half stars."""
DISLIKED = 0.5
"""Two and a half stars."""
ENOUGH = 60
"""Liked songs; where fewer are rated so well, those of the best predictions count too, by half."""
SEARCHED = 600
FEWEST = 10
"""Liked songs for each cluster, on average."""
SMALLEST = 5
"""Songs of a cluster; those of a smaller one go to the others."""
OUTLIERS = 0.1
"""Of the songs of a cluster, those that lie beyond its border."""
DIMENSIONS = 5
"""Principal components; six groups need no more. On real music three ratings less change a tenth of the pairs of songs
that are together, where eight or twelve components made it a fifth to a third."""
RESTARTS = 20
ROUNDS = 50
CLOUDS = 6
RESTARTS_OF_CLOUDS = 5
STANDS_OUT = 0.05
"""Of the silhouette above that of normal clouds of the same shape. What has no clusters comes to 0.045, the liked songs
of planted tastes over real music to between 0.08 and 0.11, and planted clusters to between 0.13 and 0.3."""

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Cluster:
    """Liked songs that sound alike."""

    rows: Rows
    """Of the stock, the most typical first."""
    center: Vectors
    """(dim,) of length 1, or 0 where all songs sound the same."""
    border: float
    """The closeness within which nine of ten of its songs lie."""

    @property
    def medoid(self) -> int:
        return int(self.rows[0])

    def closeness(self, stock: Stock) -> Values:
        """(songs,): the cosine of each song of the stock with the center."""
        return (stock.space.units @ self.center).astype(np.float64)


def liked_clusters(stock: Stock, *, allowed: Mask, most: int, seed: int) -> list[Cluster]:
    """Up to ``most`` clusters of the liked songs among the allowed, the largest first; none where nothing is liked.

    Of equal size, the one comes first whose most typical song has the lesser name.
    """
    rows, weights = _liked(stock, allowed)
    if not len(rows):
        return []
    if len(rows) > SEARCHED:
        kept = np.sort(
            np.argsort(lots((stock.songs[row] for row in rows.tolist()), seed=seed), kind="stable")[:SEARCHED]
        )
        rows, weights = rows[kept], weights[kept]
    points = _principal(stock.space.units[rows], dimensions=max(DIMENSIONS, most - 1))
    kinds = _kinds(points, weights, most=min(most, len(rows) // FEWEST), seed=seed)
    found = [_cluster(stock, rows[kinds == kind], weights[kinds == kind]) for kind in np.unique(kinds)]
    return sorted(found, key=lambda each: (-len(each.rows), stock.songs[each.medoid].song_id))


def _liked(stock: Stock, allowed: Mask) -> tuple[Rows, Values]:
    """Rows and weights of liked songs, in the order of their names."""
    with_stars = np.flatnonzero(allowed & (np.nan_to_num(stock.stars) >= LIKED))
    weight_of = {row: float(stock.stars[row]) for row in with_stars.tolist()}
    if len(with_stars) < ENOUGH:
        rest = allowed & np.isfinite(stock.liking) & ~(np.nan_to_num(stock.stars) >= LIKED)
        rest &= ~(stock.is_rated & (stock.stars < DISLIKED))
        others = sorted(np.flatnonzero(rest).tolist(), key=lambda row: (-stock.liking[row], stock.songs[row].song_id))
        # The better half of them: of a library without stars, not every song is liked.
        chosen = others[: min(ENOUGH - len(with_stars), -(-len(others) // 2))]
        weight_of |= {row: float(stock.liking[row]) / 2 for row in chosen}
    rows = sorted(weight_of, key=lambda row: stock.songs[row].song_id)
    return np.array(rows, dtype=np.intp), np.maximum([weight_of[row] for row in rows], 1e-3)


def _cluster(stock: Stock, rows: Rows, weights: Values) -> Cluster:
    units = stock.space.units[rows]
    mean = np.average(units, axis=0, weights=weights)
    length = float(np.linalg.norm(mean))
    center = (mean / length if length > 1e-6 else np.zeros_like(mean)).astype(np.float32)
    closeness = (units @ center).round(6)
    names = [stock.songs[row].song_id for row in rows.tolist()]
    order = sorted(range(len(rows)), key=lambda number: (-closeness[number], names[number]))
    return Cluster(rows[order], center, float(np.quantile(closeness, OUTLIERS)))


def _principal(units: Vectors, *, dimensions: int) -> Points:
    """(songs, dimensions at most)."""
    centered = units.astype(np.float64) - units.mean(axis=0, dtype=np.float64)
    _, directions = np.linalg.eigh(centered.T @ centered)
    points: Points = centered @ directions[:, ::-1][:, :dimensions]
    return points


def _kinds(points: Points, weights: Values, *, most: int, seed: int) -> NDArray[np.intp]:
    """The number of each point's cluster (songs,); how many there are is what stands out best from even clouds."""
    best, kinds = STANDS_OUT, np.zeros(len(points), dtype=np.intp)
    # The same draws whatever has been rated since: else chance alone would change how many kinds there are.
    drawn = np.random.default_rng(seed).normal(size=(CLOUDS, SEARCHED, points.shape[1]))[:, : len(points)]
    clouds = drawn * points.std(axis=0)
    for count in range(2, most + 1):
        centers = _centers(points, weights, count=count, runs=RESTARTS, seed=seed)
        of_clouds = [
            _silhouette(cloud, _centers(cloud, weights, count=count, runs=RESTARTS_OF_CLOUDS, seed=seed))
            for cloud in clouds
        ]
        excess = _silhouette(points, centers) - float(np.mean(of_clouds))
        if excess > best:
            best, kinds = excess, _without_small(points, centers)
    return kinds


def _without_small(points: Points, centers: Points) -> NDArray[np.intp]:
    sizes = np.bincount(_distances(points, centers).argmin(axis=1), minlength=len(centers))
    kept = centers[sizes >= min(SMALLEST, sizes.max())]
    found: NDArray[np.intp] = _distances(points, kept).argmin(axis=1)
    return found


def _silhouette(points: Points, centers: Points) -> float:
    """Its mean by distances to centers instead of all points (Hruschka 2004); 0 for a single cluster."""
    if len(centers) < 2:
        return 0.0
    nearest = np.sqrt(np.partition(_distances(points, centers), 1, axis=1)[:, :2])
    return float(np.mean((nearest[:, 1] - nearest[:, 0]) / np.maximum(nearest[:, 1], 1e-12)))


def _centers(points: Points, weights: Values, *, count: int, runs: int, seed: int) -> Points:
    """The tightest of several runs of k-means; scikit-learn's would take longer to import than this takes."""
    random = np.random.default_rng(seed)
    found = [_run(points, weights, count=count, random=random) for _ in range(runs)]
    return min(found, key=lambda centers: float(weights @ _distances(points, centers).min(axis=1)))


def _run(points: Points, weights: Values, *, count: int, random: np.random.Generator) -> Points:
    centers = np.array(list(_spread(points, weights, count=count, random=random)))
    for _ in range(ROUNDS):
        nearest = _distances(points, centers).argmin(axis=1)
        members = (nearest[:, None] == np.arange(len(centers))) * weights[:, None]
        totals = members.sum(axis=0)
        moved = np.where(totals[:, None] > 0, members.T @ points / np.maximum(totals, 1e-12)[:, None], centers)
        if np.abs(moved - centers).max() < 1e-9:
            break
        centers = moved
    return centers


def _spread(points: Points, weights: Values, *, count: int, random: np.random.Generator) -> Iterator[Points]:
    """Points to start from, each drawn by its squared distance to those before it (k-means++, Arthur 2007)."""
    chances = weights
    left = np.full(len(points), np.inf)
    for _ in range(count):
        if chances.sum() <= 1e-12:
            return
        chosen = points[random.choice(len(points), p=chances / chances.sum())]
        yield chosen
        left = np.minimum(left, ((points - chosen) ** 2).sum(axis=1))
        chances = weights * left


def _distances(points: Points, centers: Points) -> Points:
    """Squared, (points, centers)."""
    squares = (points**2).sum(axis=1)[:, None] + (centers**2).sum(axis=1)
    found: Points = np.maximum(squares - 2 * points @ centers.T, 0)
    return found
