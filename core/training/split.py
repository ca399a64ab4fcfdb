"""Splits that keep groups whole: a random split leaks artists and albums, and flatters every model."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from core.training.protocol import TrainingSong
from core.training.rating.names import Names, names_several

Mask = NDArray[np.bool_]


def joined_groups(names: Sequence[str], links: Iterable[Sequence[int]]) -> list[str]:
    """The group of each song: songs of one name belong together, and so do the songs of each link, and so on.

    ``names`` are album artists; an empty name joins nothing. ``links`` are rows that belong together, such as the
    copies of a recording: without them a copy on a sampler would tell what was held out. A group is called after its
    first named song; one without any name gets a name of its own.
    """
    joined = list(range(len(names)))

    def root(row: int) -> int:
        while joined[row] != row:
            joined[row] = joined[joined[row]]
            row = joined[row]
        return row

    first_of: dict[str, int] = {}
    same_name = [(first_of.setdefault(name, row), row) for row, name in enumerate(names) if name]
    for link in (*same_name, *links):
        for row in link[1:]:
            first, second = sorted((root(link[0]), root(row)))
            joined[second] = first
    named = {root(row): names[row] for row in range(len(names) - 1, -1, -1) if names[row]}
    return [named.get(root(row), f"\0{root(row)}") for row in range(len(names))]


def artist_groups(songs: Sequence[TrainingSong]) -> list[str]:
    """The group of each song that an unseen artist means: album artist, track artist on a sampler, artists of copies.

    A sampler is no artist: its songs go by their own, and are joined with these artists' albums. A recording with
    copies by several artists joins them all.
    """
    names = list(Names.of(songs).artists)
    rows: dict[str, list[int]] = {}
    for row, song in enumerate(songs):
        copies = {artist.strip().casefold() for artist, _ in song.albums} if len(song.albums) > 1 else set()
        for key in {names[row], song.group, *copies}:
            if key and not names_several(key):
                rows.setdefault(key, []).append(row)
    return joined_groups(names, rows.values())


def held_out_groups(groups: Sequence[str], *, share: float, seed: int) -> Mask:
    """Mark whole groups until about ``share`` of the songs is held out; shape (songs,).

    At least one group is held out and one is kept. With a single group the songs themselves are split, since nothing
    else can be held out; a single song is kept.
    """
    distinct, group_of, sizes = np.unique(np.asarray(groups, dtype=object), return_inverse=True, return_counts=True)
    if distinct.size < 2:
        group_of, sizes = np.arange(len(groups)), np.ones(len(groups), dtype=np.intp)
    if sizes.size < 2:
        return np.zeros(len(groups), dtype=bool)
    wanted, songs = share * len(groups), 0
    is_held = np.zeros(sizes.size, dtype=bool)
    for group in np.random.default_rng(seed).permutation(sizes.size):
        with_it = songs + int(sizes[group])
        # A group that overshoots the share by more than it fills it is left for training.
        if abs(with_it - wanted) < abs(songs - wanted) and with_it < len(groups):
            is_held[group], songs = True, with_it
    if not songs:
        is_held[sizes.argmin()] = True
    held: Mask = is_held[group_of]
    return held


def group_folds(groups: Sequence[str], *, folds: int, seed: int) -> list[Mask]:
    """Disjoint masks, one a fold, that together hold every song once; groups stay whole and folds near in size."""
    names = np.asarray(groups, dtype=object)
    distinct, counts = np.unique(names, return_counts=True)
    shuffled = np.random.default_rng(seed).permutation(distinct.size)
    largest_first = shuffled[np.argsort(-counts[shuffled], kind="stable")]
    sizes = np.zeros(min(folds, distinct.size))
    fold_of = {}
    for number in largest_first:
        fold_of[distinct[number]] = int(sizes.argmin())
        sizes[sizes.argmin()] += counts[number]
    assigned = np.array([fold_of[name] for name in names])
    return [assigned == fold for fold in range(sizes.size)]
