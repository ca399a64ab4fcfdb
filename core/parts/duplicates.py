"""Duplicates: find the copies of songs, and remember what the owner says to them."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations

from core.analysis import copies_by_name
from core.analysis.duplicate_groups import CopyGroup, group_copies, possible_duplicates
from core.analysis.duplicates import Comparison, Pair, comparison_of
from core.analysis.fingerprint import NO_LIBRARY, is_available
from core.analysis.likeness import Doubt, Likeness
from core.curation import Copies
from core.jobs.events import Control, Event, Notice, Stage
from core.library.songs_table import Library
from core.parts.duplicate_search import DuplicateSearch
from core.parts.workforce import Workforce
from core.parts.workplace import Workplace
from core.song import Song, SongId


@dataclass(frozen=True)
class PossibleDuplicate:
    """Two songs of which the owner may say what they are."""

    first: Song
    second: Song
    score: float
    doubt: str


class Duplicates:
    """A part of the engine."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._stores = workplace.stores

    @property
    def is_enabled(self) -> bool:
        return self._workplace.config.music.deduplicate

    # ------------------------------------------------------------------------------------------------- what is known

    def groups(self, songs: Sequence[Song]) -> list[CopyGroup]:
        """The copies that were found, without those that the owner called different songs.

        Where copies are not looked for, a file and the rows of its old names are still one song.
        """
        if not self.is_enabled:
            return self._renamed(songs)
        apart, comparisons = self._apart(songs), self._comparisons({song.song_id for song in songs})
        if comparisons or is_available():
            return group_copies(comparisons, apart=apart)
        return [*_groups_by_name(songs, apart=apart), *self._renamed(songs)]

    def possible(self, songs: Sequence[Song]) -> list[PossibleDuplicate]:
        """The pairs in doubt, for the owner to decide on, the most alike first."""
        if not self.is_enabled:
            return []
        by_id = {song.song_id: song for song in songs if not song.unavailable}
        comparisons, apart = self._comparisons(set(by_id)), self._apart(songs)
        pairs = possible_duplicates(comparisons, group_copies(comparisons, apart=apart), apart=apart)
        return [
            PossibleDuplicate(by_id[pair.first], by_id[pair.second], pair.score, pair.doubt.value) for pair in pairs
        ]

    def _comparisons(self, present: set[SongId]) -> list[Comparison]:
        records = self._stores.fingerprints.comparisons()
        return [comparison_of(record) for record in records if record.first in present and record.second in present]

    def _apart(self, songs: Sequence[Song]) -> set[Pair]:
        available = {song.song_id for song in songs if not song.unavailable}
        return self._stores.companion.verdicts.not_duplicates(available)

    def _renamed(self, songs: Sequence[Song]) -> list[CopyGroup]:
        """Each available song with the gone ones of exactly its sound, where no other available one has it."""
        gone = {song.song_id for song in songs if song.unavailable}
        if not gone:
            return []
        sounds = self._stores.companion.checksums(gone)
        bearers = self._stores.companion.songs_of(set(sounds.values()))
        available = {song.song_id for song in songs if not song.unavailable}
        return [
            CopyGroup(tuple(sorted(found & (available | gone))), 1.0, Likeness.IDENTICAL)
            for found in bearers.values()
            if found & gone and len(found & available) == 1
        ]

    def not_searched(self) -> set[SongId]:
        """The songs that were listened to, and not compared with others yet: a scan is under way, or was stopped."""
        return self._stores.fingerprints.unsearched() if self.is_enabled and is_available() else set()

    def unsettled(self, library: Library, *, new: AbstractSet[SongId]) -> set[SongId]:
        """Those of the ``new`` songs that may be copies of others; of new ones that may be copies, all but one."""
        known = new & {song.song_id for song in library.songs} & self._stores.fingerprints.known()
        if not known:
            return set()
        apart = self._apart(library.songs)
        pairs = DuplicateSearch(self._stores, library, new=known).candidates()
        return {max(pair & known) for pair in pairs if pair not in apart and pair & known}

    # ------------------------------------------------------------------------------------------------- the owner's word

    def said_different(self) -> set[Pair]:
        """The pairs of songs that the owner called different."""
        return self._stores.companion.verdicts.not_duplicates()

    def say_different(self, songs: Sequence[SongId]) -> None:
        """None of these songs is a copy of another of them, for ever."""
        self._stores.companion.verdicts.say_not_duplicates(map(frozenset, combinations(dict.fromkeys(songs), 2)))

    def take_back_different(self, songs: Sequence[SongId]) -> None:
        """Let what was heard decide about these songs again."""
        self._stores.companion.verdicts.take_back_not_duplicates(map(frozenset, combinations(dict.fromkeys(songs), 2)))

    def say_keep(self, song_id: SongId, *, copies: Copies | None) -> None:
        """This is the one to keep of its copies."""
        others = [song.song_id for song in (copies.keep, *copies.others, *copies.gone)] if copies else []
        self._stores.companion.verdicts.say_keep(song_id, instead_of=[other for other in others if other != song_id])

    def take_back_keep(self, song_id: SongId) -> None:
        self._stores.companion.verdicts.take_back_keep(song_id)

    # ------------------------------------------------------------------------------------------------- the search

    def search(self, library: Library, *, workforce: Workforce, control: Control) -> Iterator[Event]:
        """Find the copies among the songs that were listened to; nothing happens where nothing is new.

        Stopping leaves what was heard in the store: the next search goes on from there.
        """
        if not self.is_enabled:
            return
        if not is_available():
            yield Notice(NO_LIBRARY)
            return
        library_ids = {song.song_id for song in library.songs}
        new = self._stores.fingerprints.unsearched() & library_ids
        new &= self._stores.fingerprints.known() if new else set()
        if not new and not any(each.doubt == Doubt.NOT_HEARD for each in self._stores.fingerprints.comparisons()):
            return
        search = DuplicateSearch(self._stores, library, new=new)
        if new or search.pairs_to_try_again():
            yield Stage("Looking for duplicates")
            yield from search.run(workforce=workforce, control=control)


def _groups_by_name(songs: Sequence[Song], *, apart: AbstractSet[Pair]) -> list[CopyGroup]:
    """What is left without libchromaprint."""
    groups = copies_by_name.group_by_name(song for song in songs if not song.unavailable)
    alike = [
        Comparison(one.song_id, other.song_id, Likeness.SAME_AUDIO, 0.0)
        for group in groups
        for one, other in combinations(sorted(group, key=lambda song: song.song_id), 2)
    ]
    return group_copies(alike, apart=apart)
