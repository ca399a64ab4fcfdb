"""How wide the columns of songs are: what they would like to be by what they hold, and what they get of the room."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView

from desktop.item_models.song_rows import Column
from desktop.style.measures import ICON_IN_ROW, SMALL

WIDTHS = {
    Column.TITLE: 300,
    Column.ARTIST: 180,
    Column.ALBUM: 180,
    Column.YEAR: 48,
    Column.GENRE: 96,
    Column.STARS: 104,
    Column.PREDICTED: 124,
    Column.PLAYS: 48,
    Column.REMARK: 240,
}
GROWING = (Column.GENRE, Column.TITLE, Column.ARTIST, Column.ALBUM)
"""These share what room there is."""
WIDEST = 480
"""To which a column of text grows at the first start."""
NARROWEST = 48
SORT_MARK = ICON_IN_ROW
"""Beside the name of a column."""
READABLE = {Column.TITLE: 160, Column.ARTIST: 104}
"""What is left to those by which a song is known; the others give way as far as their names can be read."""

MEASURED = 200
"""Cells of a column, evenly spread: it is done in the UI thread, and takes a millisecond for each column."""
MOST = 0.8
"""The share of cells that have room; the longest few would take it from all others."""


def wanted_width(texts: Sequence[str], *, metrics: QFontMetrics, least: int, most: int, beside: int) -> int:
    """The width, in pixels, that holds most of the texts with what stands ``beside`` them."""
    step = max(1, len(texts) // MEASURED)
    widths = sorted(metrics.horizontalAdvance(text) for text in texts[::step])
    if not widths:
        return least
    return min(most, max(least, widths[int(MOST * (len(widths) - 1))] + beside))


def heading_width(header: QHeaderView, column: Column) -> int:
    """What the name of a column needs, in any language."""
    name = str(header.model().headerData(column, Qt.Orientation.Horizontal))
    return header.fontMetrics().horizontalAdvance(name) + 2 * SMALL + SORT_MARK


def readable_width(header: QHeaderView, column: Column) -> int:
    """What a column of text keeps in the narrowest table."""
    return max(READABLE.get(column, NARROWEST), heading_width(header, column))


def shared_widths(
    room: int, *, shares: Mapping[Column, int], least: Mapping[Column, int], chosen: Mapping[Column, int]
) -> dict[Column, int]:
    """Fill the room in proportion to the shares, in pixels; more than the room where it leaves somebody too little.

    Nobody gets less than their least, and those whose width the owner has ``chosen`` get just that.
    """
    settled = {column: chosen[column] for column in shares if column in chosen}
    while poor := {column: least[column] for column in _too_narrow(room, shares, least, settled)}:
        settled |= poor
    return settled | _in_proportion(room, shares, settled)


def _too_narrow(
    room: int, shares: Mapping[Column, int], least: Mapping[Column, int], settled: Mapping[Column, int]
) -> list[Column]:
    return [column for column, width in _in_proportion(room, shares, settled).items() if width < least[column]]


def _in_proportion(room: int, shares: Mapping[Column, int], settled: Mapping[Column, int]) -> dict[Column, int]:
    """What those that are not settled get of what is left."""
    free = [column for column in shares if column not in settled]
    left, together = room - sum(settled.values()), sum(shares[column] for column in free)
    widths = {}
    for column in free:
        widths[column] = left * shares[column] // together
        left, together = left - widths[column], together - shares[column]
    return widths
