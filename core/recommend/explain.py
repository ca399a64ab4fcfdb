"""Why a song was suggested: for now, the liked song that it sounds most like."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.recommend.neighbors import nearest_rated
from core.recommend.ranking import Recommendation
from core.song import Song
from core.store.matrix import EmbeddingMatrix

LIKED = 0.8
"""Four stars: a song of fewer is no reason to suggest another."""


def with_reasons(
    chosen: Sequence[Recommendation], *, songs: Iterable[Song], matrix: EmbeddingMatrix
) -> list[Recommendation]:
    """The same recommendations with a sentence each; it stays empty when no song of four stars was listened to."""
    liked = {str(song.song_id): song for song in songs if song.rating >= LIKED}
    nearest = nearest_rated([each.song.song_id for each in chosen], list(liked), matrix=matrix)
    return [replace(each, why=_sentence(liked.get(nearest.get(each.song.song_id, "")))) for each in chosen]


def _sentence(like: Song | None) -> str:
    if like is None:
        return ""
    name = f"{like.artist} – {like.title}" if like.artist else like.title
    return f"Of the songs that you gave four stars or more, it sounds most like {name} ({like.rating * 5:g} stars)."
