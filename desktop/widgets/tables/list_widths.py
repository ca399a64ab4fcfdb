"""How wide the columns of a list are: the reasons get what they need, title and artist share the rest."""

from collections.abc import Mapping

from desktop.item_models.list_rows import ListColumn

TITLE_TO_ARTIST = (4, 3)
LEAST_FOR_NAMES = 260
"""Pixels that title and artist have together beside the reasons."""
LEAST_FOR_REASONS = 120
"""In less, a reason could not be read at all: the column gives way."""


def list_widths(room: int, *, reasons: int) -> Mapping[ListColumn, int]:
    """Widths in pixels that fill the room; ``reasons`` is what the longest reason takes. 0 where there is no room."""
    for_reasons = min(max(reasons, LEAST_FOR_REASONS), room - LEAST_FOR_NAMES)
    if for_reasons < LEAST_FOR_REASONS:
        for_reasons = 0
    names = room - for_reasons
    title = names * TITLE_TO_ARTIST[0] // sum(TITLE_TO_ARTIST)
    return {ListColumn.TITLE: title, ListColumn.ARTIST: names - title, ListColumn.REASON: for_reasons}
