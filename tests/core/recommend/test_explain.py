"""The sentence beside a suggestion: true, and never a song that the owner did not like."""

import numpy as np

from core.file_url import path_from_url
from core.recommend.explain import with_reasons
from core.recommend.ranking import Recommendation
from core.recommend.reasons.explanation import Witness
from core.song import UNRATED, Song
from core.store.matrix import EmbeddingMatrix


def song(name: str, rating: float = UNRATED) -> Song:
    url = f"file:///music/{name}.mp3"
    return Song(1, path_from_url(url).stem, "Somebody", "Album", 2000, rating, url)


def matrix_of(places: dict[Song, list[float]]) -> EmbeddingMatrix:
    return EmbeddingMatrix([each.song_id for each in places], np.array(list(places.values()), dtype=np.float32))


SUGGESTED, NEAR_BUT_BAD, NEAR, FAR = song("new"), song("bad", 0.3), song("near", 0.8), song("far", 1.0)
PLACES = {SUGGESTED: [1.0, 0.0], NEAR_BUT_BAD: [1.0, 0.0], NEAR: [0.9, 0.1], FAR: [0.0, 1.0]}
CHOSEN = [Recommendation(SUGGESTED, 0.9, 1)]


def test_the_nearest_liked_song_is_the_reason() -> None:
    (only,) = with_reasons(CHOSEN, songs=list(PLACES), matrix=matrix_of(PLACES))
    assert only.why == ("Of the songs that you gave four stars or more, it sounds most like Somebody – near (4 stars).")
    assert (only.song, only.predicted_rating, only.rank) == (SUGGESTED, 0.9, 1)


def test_where_nothing_is_liked_nothing_is_claimed() -> None:
    (only,) = with_reasons(CHOSEN, songs=[SUGGESTED, NEAR_BUT_BAD], matrix=matrix_of(PLACES))
    assert only.why == ""


def test_a_rating_that_speaks_for_a_song_is_a_better_reason() -> None:
    other = song("other")
    places = PLACES | {other: [0.8, 0.2]}
    chosen = [*CHOSEN, Recommendation(other, 0.8, 2)]
    witnesses = {SUGGESTED.song_id: Witness(FAR, 0.04)}
    first, second = with_reasons(chosen, songs=list(places), matrix=matrix_of(places), witnesses=witnesses)
    assert first.why == "You gave “Somebody – far” 5 stars: without that it would be predicted 0.2 stars lower."
    assert "sounds most like" in second.why
