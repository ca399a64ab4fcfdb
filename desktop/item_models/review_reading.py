"""What the owner may look through: copies side by side, what is spoken, what was skipped, what was done; plain values.

Read in the background.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from core.analysis.speech_class import SpeechClass
from core.audio.probe import AudioMetadata
from core.audio.reasons import SkipReason
from core.song import Song, SongId
from desktop import core_texts
from desktop.item_models.song_marks import UNMARKED, SongMark
from desktop.item_models.song_rows import SongRows

if TYPE_CHECKING:
    from core.engine import Engine
    from core.store.companion import Run

Pair = frozenset[SongId]


class Standing(StrEnum):
    """How songs that sound alike stand to each other."""

    POSSIBLE = "possible"
    """Their owner may say."""
    COPIES = "copies"
    APART = "apart"
    """Their owner said that they are not the same."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One song of a group, and what its file is; None where that is not known."""

    song: Song
    file: AudioMetadata | None
    is_kept: bool
    said_keep: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Songs that are, may be or are not the same; the kept one stands first when they are read."""

    copies: tuple[Copy, ...]
    standing: Standing
    score: float | None = None
    """0 to 1: how well they fit when they lie on each other; None where they were not compared by ear."""
    doubt: str = ""
    """What speaks against it, of possible ones."""
    stars_differ: bool = False

    @property
    def song_ids(self) -> list[SongId]:
        return [each.song.song_id for each in self.copies]

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(sorted(self.song_ids))

    def as_seen(self, before: "Group") -> "Group":
        """The same copies where they stood before, and as alike as they were, while they are not compared anew."""
        places = {song_id: place for place, song_id in enumerate(before.song_ids)}
        copies = sorted(self.copies, key=lambda each: places.get(each.song.song_id, len(places)))
        score = before.score if self.score is None and self.key == before.key else self.score
        return replace(self, copies=tuple(copies), score=score)

    @property
    def is_open(self) -> bool:
        """Whether the owner's word would help."""
        return self.standing is Standing.POSSIBLE or self.stars_differ


@dataclass(frozen=True, slots=True)
class Spoken:
    """A song that is not plainly music, or of which its owner said what it is."""

    song: Song
    speech: SpeechClass
    ratio: float
    """The share of speech in what was heard, 0 to 1."""
    by_owner: bool

    @property
    def is_open(self) -> bool:
        return self.speech is SpeechClass.DOUBTFUL and not self.by_owner


@dataclass(frozen=True, slots=True)
class Skipped:
    """A song that could not be listened to."""

    song: Song
    reason: str

    @property
    def is_too_long(self) -> bool:
        """Whether nothing is wrong with it but that it is over the limit."""
        return self.reason.startswith(core_texts.skipped(SkipReason.TOO_LONG, ""))


@dataclass(frozen=True)
class Reviewed:
    """All of it, what waits for a word first."""

    groups: list[Group]
    spoken: list[Spoken]
    skipped: list[Skipped]
    runs: "list[Run]"


def read_reviews(engine: "Engine", rows: SongRows) -> Reviewed:
    """From the rows that are shown, and what only the stores know: scores, files, runs."""
    return Reviewed(
        sorted(_groups(engine, rows), key=_urgency),
        sorted(_spoken(rows), key=lambda each: (not each.is_open, each.by_owner, -each.ratio)),
        [Skipped(rows.songs[number], reason) for number, reason in rows.skipped.items()],
        engine.stores.companion.runs(),
    )


def _urgency(group: Group) -> tuple[bool, bool, float]:
    return not group.is_open, group.standing is Standing.APART, -(group.score or 0.0)


def _groups(engine: "Engine", rows: SongRows) -> Iterator[Group]:
    marks = {song_id: mark for song_id, mark in rows.marks_by_id().items() if song_id in rows.ids}
    wanted = {song_id for song_id, mark in marks.items() if mark.related}
    wanted |= {other for song_id in wanted for other in marks[song_id].related}
    if not wanted:
        return
    files = engine.stores.fingerprints.metadata(wanted)
    scores = {frozenset((each.first, each.second)): each.score for each in engine.stores.fingerprints.comparisons()}
    desk = _Sorting(rows, marks, files, scores)
    yield from desk.copies()
    yield from desk.possible()
    yield from desk.apart()


@dataclass(frozen=True)
class _Sorting:
    rows: SongRows
    marks: dict[SongId, SongMark]
    files: dict[SongId, AudioMetadata]
    scores: dict[Pair, float]

    def copies(self) -> Iterator[Group]:
        for song_id, mark in self.marks.items():
            if mark.is_kept:
                together = [song_id, *(other for other in mark.copies if other in self.rows.ids)]
                pairs = map(frozenset, combinations(together, 2))  # those of one copy hang on which one is kept
                known = [self.scores[pair] for pair in pairs if pair in self.scores]
                score = min(known, default=None)
                yield Group(self._side_by_side(together), Standing.COPIES, score, stars_differ=mark.stars_differ)

    def possible(self) -> Iterator[Group]:
        told = set[Pair]()
        for song_id, mark in self.marks.items():
            for each in mark.possible:
                other = each.song.song_id
                pair = frozenset((song_id, other))
                is_dull = mark.is_spoken and self.marks.get(other, UNMARKED).is_spoken
                if pair not in told and other in self.rows.ids and not is_dull:
                    told.add(pair)
                    yield Group(
                        self._side_by_side([song_id, other]), Standing.POSSIBLE, self.scores.get(pair), each.doubt
                    )

    def apart(self) -> Iterator[Group]:
        told = set[Pair]()
        for song_id, mark in self.marks.items():
            for other in mark.said_apart:
                pair = frozenset((song_id, other))
                if pair not in told and other in self.rows.ids:
                    told.add(pair)
                    yield Group(self._side_by_side([song_id, other]), Standing.APART, self.scores.get(pair))

    def _side_by_side(self, song_ids: list[SongId]) -> tuple[Copy, ...]:
        marks = [self.marks.get(song_id, UNMARKED) for song_id in song_ids]
        return tuple(
            Copy(self.rows.song(song_id), self.files.get(song_id), mark.is_kept, mark.said_keep)
            for song_id, mark in zip(song_ids, marks, strict=True)
        )


def _spoken(rows: SongRows) -> Iterator[Spoken]:
    for number, mark in rows.marks.items():
        if mark.speech is not None or mark.said_speech is not None:
            said = mark.said_speech
            yield Spoken(rows.songs[number], said or mark.speech or SpeechClass.MUSIC, mark.ratio, said is not None)
