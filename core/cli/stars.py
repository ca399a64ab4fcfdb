"""Stars and moments, as a shell reads and writes them."""

from datetime import UTC, datetime
from typing import Final

import typer

from core.song import UNRATED

NONE: Final = ("0", "none")


def rating_of(text: str) -> float:
    """The rating (0.1 to 1.0) of a number of stars, -1 for none; raises BadParameter for what no player can show."""
    said = text.strip().lower().replace(",", ".")
    if said in NONE:
        return UNRATED
    try:
        stars = float(said)
    except ValueError:
        stars = 0.0
    if not (0.5 <= stars <= 5 and (2 * stars).is_integer()):
        message = f"{text} is no number of stars: say 0.5 to 5 in half stars, or 0 to take your stars back."
        raise typer.BadParameter(message)
    return stars / 5


def stars_of(rating: float) -> float:
    """The stars of a rating: 3.5 for 0.7, and 0 where there are none."""
    return round(max(rating, 0.0) * 10) / 2


def in_words(rating: float) -> str:
    """``4 stars``, ``3.5 stars``, ``1 star``, ``no stars``."""
    stars = stars_of(rating)
    return "no stars" if stars == 0 else f"{stars:g} star{'s' if stars != 1 else ''}"


def iso(moment: float | None) -> str | None:
    """A time in UTC to the second, for programs."""
    return None if moment is None else datetime.fromtimestamp(moment, tz=UTC).isoformat(timespec="seconds")


def day(moment: float | None) -> str:
    """A time for people; what was there before the first look has none."""
    if moment is None:
        return "from the start"
    return datetime.fromtimestamp(moment, tz=UTC).astimezone().strftime("%Y-%m-%d %H:%M")
