"""The options with which every command that makes a list says which songs it may hold."""

from typing import Annotated

import typer

from core.cli.option_groups import grouped
from core.recommend.filters import Filters

Genre = Annotated[str, typer.Option(help="Only songs whose genre contains this.")]
Artist = Annotated[str, typer.Option(help="Only songs of an artist whose name contains this.")]
FromYear = Annotated[int | None, typer.Option(help="Only songs of this year or later.")]
ToYear = Annotated[int | None, typer.Option(help="Only songs of this year or earlier.")]
LeastRating = Annotated[
    float | None, typer.Option(min=0, max=1, help="The least rating, your own or the predicted one, 0 to 1.")
]
Unrated = Annotated[bool, typer.Option("--unrated", help="Only songs that you have not rated.")]
NotPlayedFor = Annotated[
    int | None, typer.Option(min=0, metavar="DAYS", help="Only songs that you have not played for so many days.")
]
MaxPerArtist = Annotated[int | None, typer.Option(min=1, help="At most so many of one artist.")]
MaxPerAlbum = Annotated[int | None, typer.Option(min=1, help="At most so many of one album.")]


def _filters(  # noqa: PLR0917 - Typer reads the options from here
    genre: Genre = "",
    artist: Artist = "",
    from_year: FromYear = None,
    to_year: ToYear = None,
    min_rating: LeastRating = None,
    unrated: Unrated = False,
    not_played_for: NotPlayedFor = None,
    max_per_artist: MaxPerArtist = None,
    max_per_album: MaxPerAlbum = None,
) -> Filters:
    return Filters(
        genre=genre,
        artist=artist,
        first_year=from_year,
        last_year=to_year,
        min_rating=min_rating,
        unrated=unrated,
        not_played_for_days=not_played_for,
        max_per_artist=max_per_artist,
        max_per_album=max_per_album,
    )


filtered = grouped("filters", _filters)
"""Let a command take the options above as its ``filters``."""
