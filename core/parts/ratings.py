"""Ratings: what the owner says here of songs, in the player of songs, and which of the two counts."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.analysis.lost_ratings import LostRating, lost_ratings, may_be_lost, remembered, without_other_sounds
from core.analysis.rating_statements import CountingRating, RatingStatements, Source, counting_rating, differ
from core.errors import UserError
from core.library.cleared import cleared_songs
from core.parts.workplace import Workplace
from core.song import UNRATED, Song, SongId
from core.store.own_ratings import Statement
from core.store.rating_history import LastStars

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class KnownRating:
    """One song with all that is known of its stars."""

    song_id: SongId
    song: Song | None
    """As the player has it; None where the song of an own rating is not in the library."""
    counting: CountingRating | None
    """None for an unrated song."""
    player: Statement | None
    own: Statement | None

    @property
    def is_conflict(self) -> bool:
        """Whether the song has other stars here than in the player."""
        return self.player is not None and self.own is not None and differ(self.own, self.player)


@dataclass(frozen=True)
class Telling:
    """One statement of the history of a song."""

    source: Source
    statement: Statement


class Ratings:
    """A part of the engine."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace, self._companion = workplace, workplace.stores.companion

    # ------------------------------------------------------------------------------------------------- the owner's word

    def say(self, song_ids: Sequence[SongId], rating: float) -> None:
        """These songs have this rating, 0.1 to 1.0; -1 takes back what was said here.

        What the owner did in the player before is noted first, or it would be found later and taken for newer. Where
        the player's database is away, that is left out: the owner's word is kept whatever else is not there.
        """
        wanted = set(song_ids)
        try:
            songs = [song for song in self._workplace.noted_library().songs if song.song_id in wanted]
        except UserError:
            logger.warning("Stars are kept without a look at the player's database, which cannot be read.")
            songs = []
        self._companion.own_ratings.say(song_ids, rating, changed=self._companion.ratings.changed_since_heard(songs))

    def take_back(self, song_ids: Sequence[SongId]) -> None:
        """Let the player's stars count again."""
        self.say(song_ids, UNRATED)

    # ------------------------------------------------------------------------------------------------- what counts

    def statements(self, songs: Sequence[Song]) -> RatingStatements:
        """All that was said about the songs of a library; a part of it would take what lies elsewhere for lost."""
        own = self._companion.own_ratings.statements()
        lost = self._lost(songs, rows=songs, own=own, by_tags=False)
        return RatingStatements(own, self._companion.ratings.changed_at(), remembered(lost))

    def merged(self, songs: Sequence[Song]) -> list[Song]:
        """The songs of a library with the stars that count; copies keep what is theirs."""
        return self.statements(songs).merged(songs)

    def known(self, songs: Sequence[Song]) -> list[KnownRating]:
        """Every song that has stars here or in the player, then own ratings whose songs the library does not have."""
        statements = self.statements(songs)
        found = [
            KnownRating(
                song.song_id,
                song,
                statements.counting(song),
                statements.of_player(song),
                statements.own.get(song.song_id),
            )
            for song in songs
        ]
        return [each for each in found if each.counting] + self._elsewhere(songs)

    def history(self, song_id: SongId) -> list[Telling]:
        """All that was ever said of a song, here and in the player, the oldest first; what has no time comes first."""
        player = [Telling(Source.PLAYER, Statement(*each)) for each in self._companion.ratings.of_sound(song_id)]
        own = [Telling(Source.MARMALADE, each) for each in self._companion.own_ratings.history(song_id)]
        return sorted(player + own, key=lambda each: each.statement.at or 0.0)

    def spoken_of(self) -> set[SongId]:
        """Every song that ever had stars, in the library or not: what the owner may still speak of."""
        own = {said.song_id for said in self._companion.own_ratings.newest()}
        return own | {stars.song_id for stars in self._companion.ratings.last_stars()}

    def _elsewhere(self, songs: Iterable[Song]) -> list[KnownRating]:
        """Own ratings of sounds that no song of the library has: they are kept, for the music may come back."""
        present = {song.song_id for song in songs}
        return [
            KnownRating(each.song_id, None, counting_rating(own=each.statement), None, each.statement)
            for each in self._companion.own_ratings.newest()
            if each.statement.rating > 0 and not present & each.bearers
        ]

    # ------------------------------------------------------------------------------------------------- what was lost

    def lost(self) -> list[LostRating]:
        """The stars that the player has lost, those that can be given again first."""
        library = self._workplace.library()
        own = self._companion.own_ratings.statements()
        return self._lost(library.songs, rows=[*library.repeated, *library.songs], own=own)

    def _lost(
        self, songs: Sequence[Song], *, rows: Sequence[Song], own: dict[SongId, Statement], by_tags: bool = True
    ) -> list[LostRating]:
        """``rows`` are those of the player that may have stars of their own, though their file is not there."""
        by_id = {song.song_id: song for song in songs}
        stars = self._companion.ratings.last_stars()
        candidates = self._never_noted(rows, noted=stars) + may_be_lost(stars, by_id=by_id)
        if not candidates:
            return []
        bearers = self._companion.songs_of({each.sound for each in candidates if each.sound is not None})
        found = lost_ratings(candidates, songs=songs, bearers=bearers, own=own, by_tags=by_tags)
        guessed = self._companion.checksums(song.song_id for each in found if each.by_tags for song in each.present)
        found = without_other_sounds(found, heard=guessed.keys())
        cleared = self._cleared() if any(each.present for each in found) else set()
        return [each for each in found if not cleared.intersection(song.song_id for song in each.present)]

    def _cleared(self) -> set[SongId]:
        """The songs of which the owner clicked the stars away in the player, as far as its database can be read."""
        try:
            return cleared_songs(self._workplace.database.path)
        except UserError:
            return set()

    def _never_noted(self, rows: Iterable[Song], *, noted: Iterable[LastStars]) -> list[LastStars]:
        """The stars of rows whose file is gone, where nobody has noted them yet."""
        known = {each.song_id for each in noted}
        gone = [song for song in rows if song.unavailable and song.is_rated and song.song_id not in known]
        sounds = self._companion.checksums(song.song_id for song in gone)
        return [
            LastStars(song.song_id, sounds.get(song.song_id), sounds.get(song.song_id), song.rating, None, None)
            for song in gone
        ]
