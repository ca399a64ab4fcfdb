"""Stars as a shell reads and writes them."""

import pytest
import typer

from core.cli.stars import day, in_words, iso, rating_of, stars_of
from core.song import UNRATED


@pytest.mark.parametrize(
    ("text", "rating"),
    [("5", 1.0), ("0.5", 0.1), ("3.5", 0.7), ("3,5", 0.7), (" 4 ", 0.8), ("0", UNRATED), ("none", UNRATED)],
)
def test_stars_are_read(text: str, rating: float) -> None:
    assert rating_of(text) == rating


@pytest.mark.parametrize("text", ["5.5", "0.3", "3.7", "-1", "many", "", "nan", "inf", "1e1", "0.0"])
def test_what_no_player_can_show_is_refused(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="half stars"):
        rating_of(text)


@pytest.mark.parametrize(
    ("rating", "stars", "words"),
    [(0.7, 3.5, "3.5 stars"), (1.0, 5.0, "5 stars"), (0.2, 1.0, "1 star"), (0.0, 0.0, "no stars"), (-1, 0, "no stars")],
)
def test_ratings_are_written_as_stars(rating: float, stars: float, words: str) -> None:
    assert (stars_of(rating), in_words(rating)) == (stars, words)


def test_a_time_is_told_to_programs_and_to_people() -> None:
    assert (iso(None), iso(0.0)) == (None, "1970-01-01T00:00:00+00:00")
    assert day(None) == "from the start"
    assert day(86400.0 * 365).startswith("197")
