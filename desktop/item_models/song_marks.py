"""What was decided about single songs, by the analysis or by their owner, as far as the window shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.analysis.speech_class import SpeechClass
from core.song import Song, SongId

if TYPE_CHECKING:
    from core.curation import Copies
    from core.engine import Engine
    from core.library.songs_table import Library
    from core.parts.duplicates import PossibleDuplicate


@dataclass(frozen=True, slots=True)
class Possible:
    """Another song that may be the same, and what speaks against it."""

    song: Song
    doubt: str


@dataclass(frozen=True, slots=True)
class SongMark:
    """One song; a song of which there is nothing to say is ``UNMARKED``."""

    copy_of: Song | None = None
    """The copy that is kept, if this one is not."""
    copies: tuple[SongId, ...] = ()
    """Every other copy that is there, whichever is kept."""
    stars_differ: bool = False
    """Whether this is the kept one of copies with different stars, and its owner has not said that it is."""
    speech: SpeechClass | None = None
    """Spoken or doubtful; None for music."""
    ratio: float = 0.0
    """The share of speech in what was heard, 0 to 1."""
    possible: tuple[Possible, ...] = ()
    said_apart: frozenset[SongId] = frozenset()
    """The songs that the owner called other songs than this one."""
    said_keep: bool = False
    said_speech: SpeechClass | None = None

    @property
    def is_kept(self) -> bool:
        return bool(self.copies) and self.copy_of is None

    @property
    def is_spoken(self) -> bool:
        return self.speech is SpeechClass.SPOKEN

    @property
    def is_left_out(self) -> bool:
        """Whether nothing is learned from it and no playlist has it."""
        return self.copy_of is not None or self.is_spoken

    @property
    def is_in_doubt(self) -> bool:
        """Whether the owner's word would help."""
        is_open = self.stars_differ or self.speech is SpeechClass.DOUBTFUL or bool(self.possible)
        return is_open and not self.is_spoken

    @property
    def related(self) -> set[SongId]:
        """Every song that a verdict on this one may change too."""
        return {*self.copies, *(each.song.song_id for each in self.possible), *self.said_apart}


UNMARKED = SongMark()
Marks = Mapping[SongId, SongMark]


def read_marks(engine: "Engine", library: "Library") -> dict[SongId, SongMark]:
    """The marks of all songs that have one, as the stores say it now."""
    verdicts = engine.stores.companion.verdicts
    available = {song.song_id for song in library.songs if not song.unavailable}
    marks, kept = _Marking(), verdicts.kept_copies(available)
    for copies in engine.curation(library).duplicates:
        marks.note_copies(copies, kept=kept)
    marks.note_possible(engine.duplicates.possible(library.songs))
    for spoken in engine.speech.listed(library.songs):
        marks.change(spoken.song.song_id, speech=spoken.speech_class, ratio=spoken.ratio)
    present = {song.song_id for song in library.songs}
    for song_id in kept & present:
        marks.change(song_id, said_keep=True)
    for song_id, said in verdicts.speech().items():
        if song_id in present:
            marks.change(song_id, said_speech=SpeechClass(said))
    for pair in verdicts.not_duplicates(available):
        if pair <= present:
            marks.note_apart(*pair)
    return marks.found


def songs_around(engine: "Engine", songs: Sequence[Song], *, wanted: set[SongId], marks: Marks) -> list[Song]:
    """The songs that a verdict on the wanted ones can change, in the order of the library.

    Copies and possible copies hang together: what is said of one can change what is kept of others.
    """
    neighbors = {song_id: set(mark.related) for song_id, mark in marks.items()}
    for each in engine.stores.fingerprints.comparisons():
        if each.likeness != "different":
            neighbors.setdefault(each.first, set()).add(each.second)
            neighbors.setdefault(each.second, set()).add(each.first)
    found, waiting = set(wanted), list(wanted)
    while waiting:
        new = neighbors.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return [song for song in songs if song.song_id in found]


class _Marking:
    def __init__(self) -> None:
        self.found: dict[SongId, SongMark] = {}

    def change(self, song_id: SongId, **facts: object) -> None:
        self.found[song_id] = replace(self.found.get(song_id, UNMARKED), **facts)  # type: ignore[arg-type]

    def note_copies(self, copies: "Copies", *, kept: set[SongId]) -> None:
        together = (copies.keep.song_id, *(song.song_id for song in copies.others))
        for song_id in together:
            others = tuple(other for other in together if other != song_id)
            self.change(song_id, copies=others, copy_of=None if song_id == copies.keep.song_id else copies.keep)
        is_open = copies.rating.is_conflict and copies.keep.song_id not in kept
        self.change(copies.keep.song_id, stars_differ=is_open)

    def note_possible(self, pairs: "Sequence[PossibleDuplicate]") -> None:
        for pair in pairs:
            for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
                known = self.found.get(one.song_id, UNMARKED).possible
                self.change(one.song_id, possible=(*known, Possible(other, pair.doubt)))

    def note_apart(self, first: SongId, second: SongId) -> None:
        for one, other in ((first, second), (second, first)):
            self.change(one, said_apart=self.found.get(one, UNMARKED).said_apart | {other})
