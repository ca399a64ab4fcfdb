"""Comma-separated values, as RFC 4180 has them, for programs and for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - some spreadsheets take the wide ones too
"""What a spreadsheet begins a formula with, or skips before one."""

Cell = str | int | float | bool | None


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A header line and the rows; bytes of a path that are not UTF-8 leave as the bytes that they are.

    Titles come from files that came from anywhere, and a spreadsheet runs a cell that begins with ``=``: such a text
    gets an apostrophe in front (as OWASP advises). Numbers, and paths, which begin with a slash, are never touched.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue().encode(errors="surrogateescape")


def _written(cell: Cell) -> Cell:
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case str() if cell.startswith(FORMULA):
            return f"'{cell}"
    return cell
