"""Rows of a backup: checked when they are made, and renamed for another machine."""

import pytest

from core.song import SongId
from core.store.keepsakes import (
    ChoiceRow,
    Keepsakes,
    KeptCopyRow,
    NotDuplicatesRow,
    OwnRatingRow,
    PlayerRatingRow,
    PlaylistRow,
    SpeechRow,
)

A, B = "file:///old/a.mp3", "file:///old/b.mp3"
Z = "file:///a%20new/z.mp3"
"""What ``B`` is called here: it comes before ``A``."""
SAID = Keepsakes(
    (OwnRatingRow("one", B, 0.8, 5.0), OwnRatingRow(B, B, 0.8, 5.0)),
    (PlayerRatingRow(B, None, 0.4, None, 6.0), PlayerRatingRow(A, "two", 0.4, 5.0, 6.0)),
    (NotDuplicatesRow(A, B, A, B, 5.0),),
    (KeptCopyRow("one", B, 5.0),),
    (SpeechRow(B, B, "music", 5.0),),
    (ChoiceRow("recipe:one", "{}"),),
    (PlaylistRow("One", "{}", f'{{"like": ["{B}"], "name": "B"}}', (A, B), 5.0, keep_up_to_date=True),),
)


def rename(song_id: SongId) -> SongId:
    return SongId(Z) if song_id == B else song_id


def test_songs_get_the_names_that_they_have_here_and_sounds_stay() -> None:
    assert SAID.renamed(rename) == Keepsakes(
        (OwnRatingRow("one", Z, 0.8, 5.0), OwnRatingRow(Z, Z, 0.8, 5.0)),
        (PlayerRatingRow(Z, None, 0.4, None, 6.0), PlayerRatingRow(A, "two", 0.4, 5.0, 6.0)),
        (NotDuplicatesRow(Z, A, Z, A, 5.0),),
        (KeptCopyRow("one", Z, 5.0),),
        (SpeechRow(Z, Z, "music", 5.0),),
        (ChoiceRow("recipe:one", "{}"),),
        (PlaylistRow("One", "{}", f'{{"like": ["{Z}"], "name": "B"}}', (A, Z), 5.0, keep_up_to_date=True),),
    )


def test_the_songs_that_are_spoken_of_come_with_their_sounds() -> None:
    assert SAID.songs() == {(B, "one"), (B, None), (A, "two"), (A, None)}
    assert SAID.counts() == {
        "own_ratings": 2,
        "player_ratings": 2,
        "not_duplicates": 1,
        "kept_copies": 1,
        "speech": 1,
        "choices": 1,
        "playlists": 1,
    }


@pytest.mark.parametrize(("rating", "at"), [(1.5, 1.0), (-2.0, 1.0), (0.5, float("inf")), (float("nan"), 1.0)])
def test_what_nobody_ever_said_is_refused(rating: float, at: float) -> None:
    with pytest.raises(ValueError, match="is no rating"):
        OwnRatingRow("one", A, rating, at)
    with pytest.raises(ValueError, match="is no rating"):
        PlayerRatingRow(A, None, rating, None, at)
    with pytest.raises(ValueError, match="is no verdict"):
        SpeechRow("one", A, "noise", 1.0)
