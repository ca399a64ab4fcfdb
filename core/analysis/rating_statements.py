"""Which of the owner's statements about a song counts: the stars in the player, those given here, those once known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import inf

from core.song import Song, SongId
from core.store.own_ratings import Statement

OLDEST = -2.0
"""The time of a remembered rating without one: before the -1 that ``merge_ratings`` gives what was there before us."""


class Source(StrEnum):
    """Where a rating was given."""

    PLAYER = "player"
    MARMALADE = "marmalade"
    REMEMBERED = "remembered"
    """In the player, which has lost it since."""


@dataclass(frozen=True, slots=True)
class CountingRating:
    """The rating of a song that counts, when it was given (None: before our first look), and where."""

    rating: float
    at: float | None
    source: Source


def counting_rating(
    *, player: Statement | None = None, own: Statement | None = None, remembered: Statement | None = None
) -> CountingRating | None:
    """The rule: of the stars that a song has, those that were given last count.

    - The player's stars were given when they were seen to change; those that were there before our first look are
      older than anything that has a time.
    - Own stars were given when they were said here. At the same time they count before the player's.
    - Own stars that were taken back leave the player's, and no stars in the player leave one's own.
    - Remembered stars, which the player has lost, count where the player has none, and by the same rule: when they were
      given. A statement made here since then, be it that stars are taken back, stands above them.
    """
    found: list[tuple[float, int, CountingRating]] = []
    if own is not None and own.rating > 0:
        found.append((_moment(own), 2, CountingRating(own.rating, own.at, Source.MARMALADE)))
    if player is not None and player.rating > 0:
        found.append((_moment(player), 1, CountingRating(player.rating, player.at, Source.PLAYER)))
    elif remembered is not None and remembered.rating > 0 and (own is None or _moment(own) < _moment(remembered)):
        found.append((_moment(remembered), 0, CountingRating(remembered.rating, remembered.at, Source.REMEMBERED)))
    return max(found, key=lambda each: each[:2])[2] if found else None


def _moment(statement: Statement) -> float:
    return -inf if statement.at is None else statement.at


def differ(own: Statement, player: Statement) -> bool:
    """Whether two statements give a song different stars; what was taken back gives none."""
    return own.rating > 0 and player.rating > 0 and round(own.rating, 3) != round(player.rating, 3)


@dataclass(frozen=True)
class RatingStatements:
    """All that was said about the songs of a library, besides the stars that the player has."""

    own: Mapping[SongId, Statement] = field(default_factory=dict)
    """What was said here last; -1 took stars back."""
    changed_at: Mapping[SongId, float] = field(default_factory=dict)
    """When the player's rating of a song was seen to change last, in Unix seconds."""
    remembered: Mapping[SongId, Statement] = field(default_factory=dict)
    """The stars that the player has lost, of the songs that it has without."""

    def of_player(self, song: Song) -> Statement | None:
        """What the player says of a song of its own."""
        return Statement(song.rating, self.changed_at.get(song.song_id)) if song.is_rated else None

    def counting(self, song: Song) -> CountingRating | None:
        """The rating of a song that counts, as ``counting_rating`` has it; None for an unrated one."""
        song_id = song.song_id
        return counting_rating(
            player=self.of_player(song), own=self.own.get(song_id), remembered=self.remembered.get(song_id)
        )

    def merged(self, songs: Sequence[Song]) -> list[Song]:
        """The songs with the ratings that count."""
        changed = self._changed(songs)
        return [
            replace(song, rating=changed[song.song_id].rating) if song.song_id in changed else song for song in songs
        ]

    def times(self, songs: Iterable[Song]) -> dict[SongId, float]:
        """When the ratings that count were given, for ``merge_ratings``: the newest of a song's copies counts."""
        changed = self._changed(songs)
        given = {song_id: OLDEST if found.at is None else found.at for song_id, found in changed.items()}
        return dict(self.changed_at) | given

    def _changed(self, songs: Iterable[Song]) -> dict[SongId, CountingRating]:
        """The songs that count with other stars, or others' time, than the player's."""
        if not self.own and not self.remembered:
            return {}
        spoken_of = self.own.keys() | self.remembered.keys()
        counting = {song.song_id: self.counting(song) for song in songs if song.song_id in spoken_of}
        return {
            song_id: found
            for song_id, found in counting.items()
            if found is not None and found.source is not Source.PLAYER
        }
