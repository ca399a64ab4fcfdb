"""Whether songs that belong together lie together, measured without any rating."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.training.data.genres import map_genre_to_category
from core.training.judgment.hubness import hubness
from core.training.judgment.neighbors import Similarity, first_hits, nearest, rank_of_partner, standardized, vote
from core.training.protocol import TrainingSong
from core.training.rating.names import names_several

NEIGHBORS = 10
QUERIES = 2000
"""Songs asked for at most; more would only sharpen the third digit."""
AT_ONCE = 100
"""Songs asked for at a time: all at once would take 2 GB with 60,000 songs."""
EXCERPTS = 300
"""Tracks among which two excerpts of one have to find each other."""
LONGEST_ENDING = 4

Numbers = NDArray[np.int64]
Answers = NDArray[np.float64]
"""One a song asked for; NaN where it cannot be asked."""
Answer = dict[str, float | int]


@dataclass(frozen=True)
class Kinds:
    """What each song (songs,) is of, as numbers; -1 where it is not known."""

    artists: Numbers
    albums: Numbers
    formats: Numbers
    """The ending of the file's name."""
    genres: Numbers
    """The category, as ``core.training.data.genres`` has it."""

    @classmethod
    def of(cls, songs: Sequence[TrainingSong]) -> "Kinds":
        """Songs of a compilation go by their own artist, and songs without an artist by their group."""
        categories = [map_genre_to_category(song.genre) for song in songs]
        return cls(
            _numbered([song.artist.casefold() if names_several(song.group) else song.group for song in songs]),
            _numbered([f"{song.group}\n{song.album}" if song.album else "" for song in songs]),
            _numbered([_ending(song.path) for song in songs]),
            np.array([-1 if category is None else category for category in categories], dtype=np.int64),
        )


def measure_retrieval(
    songs: Sequence[TrainingSong],
    embeddings: NDArray[np.floating],
    *,
    seed: int,
    second: NDArray[np.floating] | None = None,
) -> dict[str, Answer]:
    """What lies near what in ``embeddings`` (songs, dim), by cosine of standardized values; NaN rows are left out.

    Each answer tells its value, what chance would reach, and of how many songs it is the mean:
    ``album_mates_at_10``: the share of the ten nearest songs that are of the song's album, over the possible;
    ``album_mates_at_10_across_formats``: the same for mates in another file format; those in its own are no candidates,
    for they share the codec;
    ``same_artist``: the nearest song is by the artist; ``same_artist_other_album``: the same without album mates;
    ``genre``: most of the ten nearest songs by other artists have the song's genre;
    ``excerpts``, with ``second`` (another excerpt of each song): two excerpts of a track find each other among 300.
    Beside them stands ``hubness``.
    """
    heard = np.flatnonzero(np.isfinite(embeddings).all(axis=1))
    kinds = Kinds.of([songs[row] for row in heard.tolist()])
    answers = neighborhood(embeddings[heard], kinds, seed=seed) | {"hubness": hubness(embeddings[heard], seed=seed)}
    return answers if second is None else answers | {"excerpts": excerpt_recall(embeddings, second, seed=seed)}


def neighborhood(
    embeddings: NDArray[np.floating], kinds: Kinds, *, seed: int, asked: Numbers | None = None
) -> dict[str, Answer]:
    """The answers that one look at the neighbors of up to 2,000 songs gives, of the rows ``asked`` or of all."""
    return looked_at(embeddings, kinds, seed=seed, asked=asked).means()


@dataclass(frozen=True)
class Looked:
    """What each of the songs that were asked for answers: the rows of two versions are the same for one seed."""

    rows: Numbers
    """(asked,)."""
    answers: dict[str, tuple[Answers, Answers]]
    """By figure, the songs' own and what chance would answer, (asked,) each."""

    def means(self) -> dict[str, Answer]:
        return {name: _mean(*answer) for name, answer in self.answers.items()}

    def shares(self, name: str, *, songs: int) -> Answers:
        """What each song (songs,) gives to a figure, which is their sum."""
        found, (value, _) = np.zeros(songs), self.answers[name]
        known = np.isfinite(value)
        found[self.rows[known]] = value[known] / known.sum()
        return found


def looked_at(embeddings: NDArray[np.floating], kinds: Kinds, *, seed: int, asked: Numbers | None = None) -> Looked:
    """As ``neighborhood``, song by song."""
    rows: list[Numbers] = []
    found: dict[str, list[tuple[Answers, Answers]]] = {}
    for part, similarity in _looks(embeddings, seed=seed, rows=asked):
        rows.append(part)
        for name, answer in _look(similarity, part, kinds).items():
            found.setdefault(name, []).append(answer)
    both = {name: tuple(np.concatenate(side) for side in zip(*parts, strict=True)) for name, parts in found.items()}
    return Looked(
        np.concatenate(rows) if rows else np.zeros(0, np.int64),
        {name: (value, chance) for name, (value, chance) in both.items()},
    )


def excerpt_recall(first: NDArray[np.floating], second: NDArray[np.floating], *, seed: int) -> Answer:
    """How often an excerpt finds the other one of its track at once, or among ten, of 300 tracks, both ways."""
    both = np.flatnonzero(np.isfinite(first).all(axis=1) & np.isfinite(second).all(axis=1))
    chosen = np.random.default_rng(seed).permutation(both)[:EXCERPTS]
    if chosen.size < 2:
        return {"recall_at_1": 0.0, "recall_at_10": 0.0, "chance": 0.0, "queries": 0}
    together = np.concatenate([first[chosen], second[chosen]])
    unit = standardized(together)
    similarity: Similarity = unit[: chosen.size] @ unit[chosen.size :].T
    own = np.arange(chosen.size)
    ranks = np.concatenate([rank_of_partner(similarity, own), rank_of_partner(similarity.T, own)])
    return {
        "recall_at_1": float((ranks < 1).mean()),
        "recall_at_10": float((ranks < NEIGHBORS).mean()),
        "chance": 1 / chosen.size,
        "queries": 2 * int(chosen.size),
    }


def _looks(
    embeddings: NDArray[np.floating], *, seed: int, rows: Numbers | None
) -> Iterator[tuple[Numbers, Similarity]]:
    """Some of the songs (asked,), with their similarity to all (asked, songs); to themselves it is -inf."""
    if len(embeddings) < 2:
        return
    unit = standardized(embeddings)
    asked = np.random.default_rng(seed).permutation(len(unit) if rows is None else rows)[:QUERIES]
    for part in np.split(asked, range(AT_ONCE, asked.size, AT_ONCE)):
        similarity: Similarity = unit[part] @ unit.T
        similarity[np.arange(part.size), part] = -np.inf
        yield part, similarity


def _look(similarity: Similarity, asked: Numbers, kinds: Kinds) -> dict[str, tuple[Answers, Answers]]:
    """For each figure, what each song asked for answers, and what chance would."""
    album, artist = _same(kinds.albums, asked), _same(kinds.artists, asked)
    same_format = (kinds.formats[asked][:, None] == kinds.formats) | (kinds.formats[asked] < 0)[:, None]
    off_album = np.where(album, np.float32(-np.inf), similarity)
    own_codec = np.where(album & same_format, np.float32(-np.inf), similarity)
    return {
        "album_mates_at_10": _share_of_possible(similarity, album),
        "album_mates_at_10_across_formats": _share_of_possible(own_codec, album & ~same_format),
        "same_artist": _at_once(similarity, artist),
        "same_artist_other_album": _at_once(off_album, artist & ~album),
        "genre": _genre(np.where(artist, np.float32(-np.inf), similarity), asked, kinds.genres),
    }


def _share_of_possible(similarity: Similarity, mates: NDArray[np.bool_]) -> tuple[Answers, Answers]:
    """The share of the ten nearest that are mates, over as many as there can be."""
    wanted = min(NEIGHBORS, similarity.shape[1] - 1)
    found = np.take_along_axis(mates, nearest(similarity, wanted=wanted), axis=1).sum(axis=1)
    number, candidates = mates.sum(axis=1), np.isfinite(similarity).sum(axis=1)
    possible = np.where(number > 0, np.minimum(number, wanted), np.nan)
    drawn = np.minimum(wanted, candidates) / np.maximum(candidates, 1)
    return found / possible, number * drawn / possible


def _at_once(similarity: Similarity, wanted: NDArray[np.bool_]) -> tuple[Answers, Answers]:
    """Whether the nearest song is a wanted one."""
    number, candidates = wanted.sum(axis=1), np.isfinite(similarity).sum(axis=1)
    known = np.where(number > 0, 1.0, np.nan)
    hits = np.where(first_hits(similarity, wanted=wanted), known, 0 * known)
    return hits, number / np.maximum(candidates, 1) * known


def _genre(similarity: Similarity, asked: Numbers, genres: Numbers) -> tuple[Answers, Answers]:
    """Whether most of the nearest songs of known genre have the song's; chance is the commonest genre."""
    known = genres >= 0
    if np.unique(genres[known]).size < 2:
        blank = np.full(asked.size, np.nan)
        return blank, blank
    candidates = similarity[:, known]
    own = np.where(known[asked] & np.isfinite(candidates).any(axis=1), genres[asked], np.nan)
    voted = vote(candidates, genres[known], neighbors=NEIGHBORS)
    commonest = np.bincount(genres[known]).max() / known.sum()
    return np.where(np.isnan(own), np.nan, voted == own), np.where(np.isnan(own), np.nan, commonest)


def _mean(value: Answers, chance: Answers) -> Answer:
    known = np.isfinite(value)
    if not known.any():
        return {"value": 0.0, "chance": 0.0, "queries": 0}
    return {"value": float(value[known].mean()), "chance": float(chance[known].mean()), "queries": int(known.sum())}


def _same(kinds: Numbers, asked: Numbers) -> NDArray[np.bool_]:
    """Which songs (asked, songs) are of the same known kind as those asked for, themselves left out."""
    own = kinds[asked][:, None]
    same: NDArray[np.bool_] = (own == kinds) & (own >= 0)
    same[np.arange(asked.size), asked] = False
    return same


def _numbered(names: Sequence[str]) -> Numbers:
    _, numbers = np.unique(np.asarray(names, dtype=str), return_inverse=True)
    return np.where([bool(name) for name in names], numbers, -1)


def _ending(path: str) -> str:
    """What the file's name ends with (``flac``), or nothing."""
    stem, dot, ending = path.rpartition(".")
    return ending.casefold() if stem and dot and ending.isalnum() and len(ending) <= LONGEST_ENDING else ""
