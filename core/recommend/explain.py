"""Why a song was suggested: the rating that speaks most for it, else the liked song that it sounds most like."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from core.recommend.ranking import Recommendation
from core.recommend.reasons.explanation import Witness, removal_sentence
from core.recommend.space.neighbors import nearest_rated
from core.song import Song, SongId
from core.store.matrix import EmbeddingMatrix

LIKED = 0.8
"""Four stars: a song of fewer is no reason to suggest another."""
NO_WITNESSES: Mapping[SongId, Witness] = {}


def with_reasons(
    chosen: Sequence[Recommendation],
    *,
    songs: Iterable[Song],
    matrix: EmbeddingMatrix,
    witnesses: Mapping[SongId, Witness] = NO_WITNESSES,
) -> list[Recommendation]:
    """The same recommendations with a sentence each.

    ``witnesses`` are the ratings that speak most for some of them, see ``Explanations.reasons``; the others are told
    what they sound like, or nothing when no song of four stars was listened to.
    """
    liked = {str(song.song_id): song for song in songs if song.rating >= LIKED}
    others = [str(each.song.song_id) for each in chosen if each.song.song_id not in witnesses]
    nearest = nearest_rated(others, list(liked), matrix=matrix)
    return [
        replace(
            each,
            why=removal_sentence(witnesses[each.song.song_id])
            if each.song.song_id in witnesses
            else _sentence(liked.get(nearest.get(each.song.song_id, ""))),
        )
        for each in chosen
    ]


def _sentence(like: Song | None) -> str:
    if like is None:
        return ""
    return (
        f"Of the songs that you gave four stars or more, it sounds most like {like.name} ({like.rating * 5:g} stars)."
    )
