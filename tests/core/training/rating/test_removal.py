"""Songs that are named speak as they are said to: the prediction moves that way when it is learned without them."""

from collections.abc import Sequence

import numpy as np
import pytest

from core.training.rating.removal import Lesson, removal, unlimited
from tests.planted_taste import PlantedTaste

TASTE = PlantedTaste(songs=90, artists_count=15)
RATED = 70
NAMES = [f"{number}" for number in range(TASTE.songs)]
SONGS = TASTE.rated(NAMES)


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return Lesson(SONGS[:RATED], TASTE.vectors[:RATED], (), seed=1)


def test_without_songs_nothing_else_changes(lesson: Lesson) -> None:
    fewer = lesson.without([0, 69, 3])
    assert [song.song_id for song in fewer.songs[:3]] == ["1", "2", "4"]
    assert (fewer.vectors == np.delete(TASTE.vectors[:RATED], [0, 3, 69], axis=0)).all()
    assert len(fewer.ratings) == len(fewer.names) == 67


def test_what_the_model_was_not_given_is_not_learned_from_again(lesson: Lesson) -> None:
    silent = lesson.vectors.copy()
    silent[:, 3] = 0
    model = Lesson(lesson.songs, silent, (), seed=1).learned()
    assert (lesson.as_heard_by(model).vectors == silent).all()


@pytest.mark.parametrize("asked", [72, 88])
@pytest.mark.parametrize("sign", [1, -1])
def test_removing_what_is_named_moves_the_prediction_as_it_says(lesson: Lesson, asked: int, sign: int) -> None:
    model, songs, vector = lesson.learned(), [SONGS[asked]], TASTE.vectors[asked : asked + 1]
    influence = lesson.influence(model, vectors=vector, songs=songs)
    before = unlimited(model, vector, songs=songs)[0]

    def measured(rows: Sequence[int]) -> float:
        return float(before - unlimited(lesson.without(rows).learned(), vector, songs=songs)[0])

    found = removal(
        influence.changes[0], sign=sign, reckoned=lambda rows: float(influence.without(rows)[0]), measured=measured
    )
    assert found.rows
    assert found.measured
    again = unlimited(lesson.without(found.rows).learned(), vector, songs=songs)[0]
    assert sign * (before - again) > 0
    assert before - again == pytest.approx(found.together)
    assert [abs(change) for change in found.changes] == sorted(map(abs, found.changes), reverse=True)


CHANGES = np.array([0.04, 0.0, 0.02, -0.03, 0.0004, 0.01])


def test_only_what_is_noticed_is_named() -> None:
    assert removal(CHANGES, sign=1, reckoned=len, measured=None).rows == (0, 2, 5)
    against = removal(CHANGES, sign=-1, reckoned=lambda rows: -len(rows), measured=None)
    assert (against.rows, against.changes, against.measured) == ((3,), (-0.03,), False)
    assert removal(CHANGES[[1, 4]], sign=1, reckoned=len, measured=None).rows == ()


def test_what_does_not_hold_when_it_is_learned_again_is_not_said() -> None:
    def measured(rows: Sequence[int]) -> float:
        return 0.03 if list(rows) == [0, 2] else -0.01

    assert removal(CHANGES, sign=1, reckoned=len, measured=measured).rows == (0, 2)
    assert removal(CHANGES, sign=1, reckoned=len, measured=lambda _: -0.01).rows == ()
