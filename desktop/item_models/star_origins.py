"""Where the stars of a song come from, as far as they are not simply the player's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from core.analysis.rating_statements import RatingStatements, Source
from core.song import UNRATED, Song, SongId
from desktop import wording

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class StarsOrigin:
    """Of a song about whose stars something was said here, or whose stars the player has lost."""

    source: Source
    """Whose stars count."""
    own: float = UNRATED
    """What was said here; 0.1 to 1.0, UNRATED for nothing."""
    player: float = UNRATED
    """What the player has."""

    @property
    def is_said_here(self) -> bool:
        return self.own > 0


Origins = Mapping[SongId, StarsOrigin]


@dataclass(frozen=True)
class CountingStars:
    """What differs from the player's stars, by song."""

    stars: Mapping[SongId, float]
    origins: Origins


def counting_stars(statements: RatingStatements, songs: Sequence[Song]) -> CountingStars:
    """The stars that count where they are not the player's, and where they come from; ``songs`` are the player's."""
    spoken_of = statements.own.keys() | statements.remembered.keys()
    stars: dict[SongId, float] = {}
    origins: dict[SongId, StarsOrigin] = {}
    for song in songs if spoken_of else ():
        song_id = song.song_id
        counting = statements.counting(song) if song_id in spoken_of else None
        if counting is None:
            continue
        own = statements.own.get(song_id)
        said = own.rating if own is not None else UNRATED
        if said > 0 or counting.source is Source.REMEMBERED:
            origins[song_id] = StarsOrigin(counting.source, said, song.rating)
        if counting.source is not Source.PLAYER:
            stars[song_id] = counting.rating
    return CountingStars(stars, origins)


def in_words(origin: StarsOrigin, *, player: str) -> str:
    """A sentence about the difference: You said 4 stars here; Clementine has 3."""
    if origin.source is Source.REMEMBERED:
        return translate("StarOrigins", "{player} has lost these stars; they are remembered here.").format(
            player=player
        )
    own = wording.stars_in_words(origin.own)
    if origin.player <= 0:
        return translate("StarOrigins", "You said {own} here; {player} has none.").format(own=own, player=player)
    theirs = wording.stars(origin.player)
    if origin.source is Source.PLAYER:
        return translate("StarOrigins", "You said {own} here; {player} has {theirs}, which you gave later.").format(
            own=own, player=player, theirs=theirs
        )
    return translate("StarOrigins", "You said {own} here; {player} has {theirs}.").format(
        own=own, player=player, theirs=theirs
    )
