"""What of a library is learned from and played: one copy of each song, with the stars of all, and nothing spoken.

Nothing is dropped silently: everything that is left out is in a Curation, with its reason, and the owner can object.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from core.analysis.canonical_copy import MergedRating, albums_of, choose_canonical, merge_ratings
from core.analysis.duplicate_groups import CopyGroup
from core.analysis.likeness import Likeness
from core.analysis.rating_statements import RatingStatements
from core.analysis.speech_class import SpeechClass
from core.song import Song, SongId


@dataclass(frozen=True)
class Copies:
    """One song that the library has several times."""

    keep: Song
    """The copy that is learned from and played."""
    others: tuple[Song, ...]
    """The other copies that are there."""
    gone: tuple[Song, ...]
    """Rows of the player whose file is gone: often the same file under its old name."""
    score: float
    likeness: Likeness
    rating: MergedRating
    albums: tuple[tuple[str, str], ...]
    """(Album artist or artist, album) of every copy."""

    @property
    def id(self) -> str:
        """A short name that stays while the copies do."""
        names = sorted(song.song_id for song in (self.keep, *self.others))
        return sha256("\n".join(names).encode(errors="surrogateescape")).hexdigest()[:8]


@dataclass(frozen=True)
class Curation:
    """A library with what is left out of it, and why."""

    songs: list[Song]
    """One available copy of each song that is not spoken, with the rating of all its copies."""
    copies: list[Copies] = field(default_factory=list)
    copy_of: Mapping[SongId, SongId] = field(default_factory=dict)
    """For each copy that is not kept, the one that is."""
    speech: Mapping[SongId, SpeechClass] = field(default_factory=dict)
    """The class of each song that is not plainly music."""

    @property
    def duplicates(self) -> list[Copies]:
        """The songs that are there several times, so that there is something to see and to decide."""
        return [each for each in self.copies if each.others]

    def is_spoken(self, song_id: SongId) -> bool:
        return self.speech.get(song_id) is SpeechClass.SPOKEN


def curate(
    songs: Sequence[Song],
    *,
    groups: Iterable[CopyGroup] = (),
    speech: Mapping[SongId, SpeechClass] | None = None,
    said: Mapping[SongId, SpeechClass] | None = None,
    kept: Collection[SongId] = frozenset(),
    stated: RatingStatements | None = None,
    merge: bool = True,
) -> Curation:
    """Choose the songs to learn from and play.

    ``said`` are the classes that the owner gave, which count for all copies of a song. ``kept`` are the copies that the
    owner chose. Each song first gets the stars that count of those in the player, those given here and those that the
    player has lost (``stated``, see ``counting_rating``); then the newest of a song's copies counts for all. Without
    ``merge`` a song has the rating of the copy that is kept.
    """
    statements = stated or RatingStatements()
    given_at = statements.times(songs)
    songs = statements.merged(songs)
    by_id = {song.song_id: song for song in songs}
    copies = [found for group in groups if (found := _copies(group, by_id, kept=kept, changed_at=given_at)) is not None]
    copy_of = {song.song_id: each.keep.song_id for each in copies for song in (*each.others, *each.gone)}
    ratings = {each.keep.song_id: each.rating.rating for each in copies} if merge else {}
    classes = _with_word(copies, speech or {}, said or {})
    chosen = [
        replace(song, rating=ratings[song.song_id]) if song.song_id in ratings else song
        for song in songs
        if not song.unavailable and song.song_id not in copy_of and classes.get(song.song_id) is not SpeechClass.SPOKEN
    ]
    return Curation(chosen, copies, copy_of, classes)


def _with_word(
    copies: Iterable[Copies], speech: Mapping[SongId, SpeechClass], said: Mapping[SongId, SpeechClass]
) -> dict[SongId, SpeechClass]:
    """The classes with the owner's word on one copy taken for the one that is kept, of which they said nothing."""
    classes = dict(speech)
    for each in copies:
        words = {said[song.song_id] for song in (*each.others, *each.gone) if song.song_id in said}
        if len(words) == 1 and each.keep.song_id not in said:
            classes |= dict.fromkeys([each.keep.song_id], *words)
    return {song_id: found for song_id, found in classes.items() if found is not SpeechClass.MUSIC}


def _copies(
    group: CopyGroup, by_id: Mapping[SongId, Song], *, kept: Collection[SongId], changed_at: Mapping[SongId, float]
) -> Copies | None:
    """The group as far as the library still has it; None if fewer than two rows or no file are left of it."""
    songs = [by_id[member] for member in group.members if member in by_id]
    available = [song for song in songs if not song.unavailable]
    if len(songs) < 2 or not available:
        return None
    keep = choose_canonical(songs, chosen=kept)
    return Copies(
        keep=keep,
        others=tuple(song for song in available if song.song_id != keep.song_id),
        gone=tuple(song for song in songs if song.unavailable),
        score=group.score,
        likeness=group.likeness,
        rating=merge_ratings(songs, changed_at=changed_at),
        albums=tuple(albums_of(songs)),
    )
