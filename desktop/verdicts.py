"""What the owner says about songs: which words apply, what each changes in the stores, and the way back."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING

from core.analysis.speech_class import SpeechClass
from core.song import UNRATED, Song, SongId
from desktop.item_models.song_marks import SongMark

if TYPE_CHECKING:
    from core.engine import Engine

Pair = frozenset[SongId]
MarkOf = Callable[[SongId], SongMark]


class Word(StrEnum):
    """A sentence that the owner can say about selected songs."""

    DIFFERENT = "not a duplicate"
    KEEP = "keep this copy"
    MUSIC = "this is music"
    SPOKEN = "this is spoken"
    TAKE_BACK = "take back what I said"


@dataclass(frozen=True)
class Change:
    """What becomes different among the verdicts; an empty one changes nothing."""

    apart: frozenset[Pair] = frozenset()
    """Pairs that are called different songs."""
    together: frozenset[Pair] = frozenset()
    """Pairs of which that is taken back."""
    keep: frozenset[SongId] = frozenset()
    unkeep: frozenset[SongId] = frozenset()
    speech: Mapping[SongId, SpeechClass | None] = field(default_factory=dict)
    """None takes back."""
    stars: Mapping[SongId, float] = field(default_factory=dict)
    """0.1 to 1.0; UNRATED takes back what was said here."""

    def __bool__(self) -> bool:
        return bool(self.apart or self.together or self.keep or self.unkeep or self.speech or self.stars)

    @property
    def is_of_stars(self) -> bool:
        """Whether it says nothing but stars."""
        return not (self.apart or self.together or self.keep or self.unkeep or self.speech)

    @property
    def songs(self) -> set[SongId]:
        """Every song that it says something of."""
        return {song_id for pair in self.apart | self.together for song_id in pair} | {
            *self.keep,
            *self.unkeep,
            *self.speech,
            *self.stars,
        }


def change_of(word: Word, songs: Collection[SongId], *, mark_of: MarkOf) -> Change:
    """What a word about selected songs changes; songs to which it does not apply are left alone."""
    chosen = list(dict.fromkeys(songs))
    match word:
        case Word.DIFFERENT:
            return Change(apart=frozenset(pair for each in chosen for pair in _pairs(each, chosen, mark_of=mark_of)))
        case Word.KEEP:
            return _keeping(chosen, mark_of=mark_of)
        case Word.MUSIC:
            return Change(speech={each: SpeechClass.MUSIC for each in chosen if mark_of(each).speech is not None})
        case Word.SPOKEN:
            return Change(speech={each: SpeechClass.SPOKEN for each in chosen if not mark_of(each).is_spoken})
        case Word.TAKE_BACK:
            return _taking_back(chosen, mark_of=mark_of)


def _pairs(song_id: SongId, chosen: Collection[SongId], *, mark_of: MarkOf) -> set[Pair]:
    """The pairs of one song that are called different: with selected songs, else those in doubt, else its copies."""
    mark = mark_of(song_id)
    possible = [each.song.song_id for each in mark.possible]
    selected = [each for each in (*mark.copies, *possible) if each in chosen]
    others = selected or possible or list(mark.copies)
    return {
        pair
        for other in others
        for pair in (_between(song_id, other, mark_of=mark_of) if other in possible else {frozenset((song_id, other))})
    }


def _between(song_id: SongId, other: SongId, *, mark_of: MarkOf) -> set[Pair]:
    """One pair in doubt speaks for all copies of both songs."""
    sides = ({song_id, *mark_of(song_id).copies}, {other, *mark_of(other).copies})
    return {frozenset(pair) for pair in product(*sides) if pair[0] != pair[1]}


def _keeping(chosen: Collection[SongId], *, mark_of: MarkOf) -> Change:
    """Of each group one song can be kept: nothing applies where two of one are selected."""
    wanted = {each for each in chosen if (mark := mark_of(each)).copies and not (mark.is_kept and mark.said_keep)}
    if any(other in wanted for each in wanted for other in mark_of(each).copies):
        return Change()
    others = {other for each in wanted for other in mark_of(each).copies if mark_of(other).said_keep}
    return Change(keep=frozenset(wanted), unkeep=frozenset(others))


def _taking_back(chosen: Collection[SongId], *, mark_of: MarkOf) -> Change:
    return Change(
        together=frozenset(frozenset((each, other)) for each in chosen for other in mark_of(each).said_apart),
        unkeep=frozenset(each for each in chosen if mark_of(each).said_keep),
        speech={each: None for each in chosen if mark_of(each).said_speech is not None},
    )


def apply(change: Change, engine: "Engine", *, songs: Sequence[Song]) -> Change:
    """Store a change; returns the one that undoes it. ``songs`` are all of the library."""
    undo = _inverse(change, engine, songs=songs)
    for pair in change.apart:
        engine.duplicates.say_different(sorted(pair))
    for pair in change.together:
        engine.duplicates.take_back_different(sorted(pair))
    for song_id in change.unkeep:
        engine.duplicates.take_back_keep(song_id)
    for song_id in change.keep:
        engine.duplicates.say_keep(song_id, copies=None)
    for song_id, said in change.speech.items():
        if said is None:
            engine.speech.take_back(song_id)
        else:
            engine.speech.say(song_id, said)
    for rating in set(change.stars.values()):
        engine.ratings.say([song_id for song_id, said in change.stars.items() if said == rating], rating)
    return undo


def _inverse(change: Change, engine: "Engine", *, songs: Sequence[Song]) -> Change:
    verdicts = engine.stores.companion.verdicts
    apart, kept, speech = verdicts.not_duplicates(), verdicts.kept_copies(), verdicts.speech()
    return Change(
        apart=change.together & apart,
        together=change.apart - apart,
        keep=change.unkeep & kept,
        unkeep=change.keep - kept,
        speech={each: SpeechClass(speech[each]) if each in speech else None for each in change.speech},
        stars=_stars_before(change, engine, songs=songs),
    )


def _stars_before(change: Change, engine: "Engine", *, songs: Sequence[Song]) -> dict[SongId, float]:
    """What has to be said for the stars to count again that count now.

    Older stars of one's own that the player's have overruled would overrule these if they were said once more; and
    stars that the player has lost would not come back by taking the new ones back.
    """
    if not change.stars:
        return {}
    from core.analysis.rating_statements import Source

    statements = engine.ratings.statements(songs)
    of_songs = {song.song_id: statements.counting(song) for song in songs if song.song_id in change.stars}
    counting = {each: of_songs.get(each) for each in change.stars}
    return {
        each: UNRATED if found is None or found.source is Source.PLAYER else found.rating
        for each, found in counting.items()
    }
