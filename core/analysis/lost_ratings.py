"""The stars that the player has lost: files were moved, rows were made anew by a rescan, rows are gone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf

from core.analysis.canonical_copy import choose_canonical
from core.song import Song, SongId
from core.store.own_ratings import Statement
from core.store.rating_history import LastStars


class Loss(StrEnum):
    """How the stars were lost; the value is what a shell calls it."""

    MOVED = "moved"
    """The file has another name now; the player keeps the stars with the old one."""
    RESET = "reset"
    """The player has the file under the same name, without its stars: it was scanned anew."""
    REMOVED = "removed"
    """The player does not have the old row any more; the same sound is there under another name."""
    MISSING = "missing"
    """The sound is not there: its drive is unplugged, or it was deleted."""


@dataclass(frozen=True)
class LostRating:
    """Stars that the player had for a song and does not have for any file of it that is there."""

    last: LastStars
    loss: Loss
    old: Song | None
    """The song under its old name, where the player still has a row of it."""
    present: tuple[Song, ...] = ()
    """Every file of that sound that is there, all of them unrated; none for what is missing."""
    by_tags: bool = False
    """Whether names, length and size tell that it is the same, where the old sound was never heard."""

    @property
    def song(self) -> Song | None:
        """The one to rate again."""
        return choose_canonical(self.present) if self.present else None


def may_be_lost(stars: Iterable[LastStars], *, by_id: Mapping[SongId, Song]) -> list[LastStars]:
    """The stars that do not plainly lie on the file that they were given to: few, where a library has 10,000."""
    return [each for each in stars if not _is_there_with_stars(by_id.get(each.song_id)) or _is_another_sound(each)]


def lost_ratings(
    candidates: Iterable[LastStars],
    *,
    songs: Sequence[Song],
    bearers: Mapping[str, AbstractSet[SongId]],
    own: Mapping[SongId, Statement],
    by_tags: bool = True,
) -> list[LostRating]:
    """The stars among ``candidates`` (the oldest first) that no file which is there carries.

    ``bearers`` are the songs of each sound, as they were last heard. What the owner has said here since then (``own``)
    stands above lost stars, and what has stars again is not lost. Without ``by_tags`` only its sound tells a file.
    """
    by_id, alike = {song.song_id: song for song in songs}, _Alike(songs if by_tags else ())
    newest = {each.sound or each.song_id: each for each in candidates}
    found = (_lost(each, by_id=by_id, bearers=bearers, alike=alike) for each in newest.values())
    kept = [each for each in found if each is not None and not _is_overruled(each, own)]
    order = {song.song_id: number for number, song in enumerate(songs)}
    last = len(order)
    return sorted(kept, key=lambda each: (each.song is None, _place(each, order, last), each.last.song_id))


def without_other_sounds(lost: Iterable[LostRating], *, heard: AbstractSet[SongId]) -> list[LostRating]:
    """Names and lengths say nothing where both sounds are known: ``heard`` are songs whose sound is, and is another."""
    return [
        replace(each, loss=Loss.MISSING, present=(), by_tags=False)
        if each.by_tags and each.last.sound is not None and any(song.song_id in heard for song in each.present)
        else each
        for each in lost
    ]


def remembered(lost: Iterable[LostRating]) -> dict[SongId, Statement]:
    """For each song whose very sound has lost its stars with its row: these stars, and when they were given.

    A row that is there without its stars is the player's word, and counts until the owner says otherwise: it may have
    lost them, which is reported, or somebody may have taken them away.
    """
    return {
        song.song_id: Statement(each.last.rating, each.last.seen_at)
        for each in lost
        if each.last.sound is not None and not each.by_tags and each.loss is not Loss.RESET
        for song in each.present
    }


def _lost(
    last: LastStars,
    *,
    by_id: Mapping[SongId, Song],
    bearers: Mapping[str, AbstractSet[SongId]],
    alike: "_Alike",
) -> LostRating | None:
    old = by_id.get(last.song_id)
    names = bearers.get(last.sound, frozenset()) if last.sound is not None else {last.song_id}
    present = tuple(song for name in sorted(names) if (song := by_id.get(name)) is not None and not song.unavailable)
    if any(song.is_rated for song in present):
        return None
    if present:
        is_same_name = any(song.song_id == last.song_id for song in present)
        loss = Loss.RESET if is_same_name else Loss.MOVED if old is not None else Loss.REMOVED
        return LostRating(last, loss, old, present)
    if _is_there_with_stars(old):
        return None  # a better file lies under the old name, and the player has kept the stars for it
    same = alike.to(old) if old is not None and old.unavailable else ()
    if any(song.is_rated for song in same):
        return None
    return LostRating(last, Loss.MOVED if same else Loss.MISSING, old, same, by_tags=bool(same))


def _is_there_with_stars(song: Song | None) -> bool:
    return song is not None and song.is_rated and not song.unavailable


def _is_another_sound(last: LastStars) -> bool:
    """Whether another sound lies under the name of the one that was rated."""
    return last.sound is not None and last.sound_now not in (None, last.sound)


def _is_overruled(lost: LostRating, own: Mapping[SongId, Statement]) -> bool:
    # What is said of the old name speaks of another sound, if that is what lies there now.
    old = () if _is_another_sound(lost.last) else (lost.last.song_id,)
    said = [own[name] for name in (*old, *(song.song_id for song in lost.present)) if name in own]
    seen_at = -inf if lost.last.seen_at is None else lost.last.seen_at
    return any((statement.at or -inf) >= seen_at for statement in said)


def _place(lost: LostRating, order: Mapping[SongId, int], last: int) -> int:
    song = lost.song or lost.old
    return order[song.song_id] if song is not None else last


class _Alike:
    """Finds the file that a row was of before it was moved: same names, kind, size and length."""

    def __init__(self, songs: Iterable[Song]) -> None:
        self._all = songs
        self._songs: dict[tuple[object, ...], list[Song]] | None = None

    def to(self, song: Song) -> tuple[Song, ...]:
        if self._songs is None:
            self._songs = defaultdict(list)
            for each in self._all:
                if not each.unavailable and each.filesize > 0:
                    self._songs[_signature(each)].append(each)
        return tuple(self._songs.get(_signature(song), ())) if song.filesize > 0 else ()


def _signature(song: Song) -> tuple[object, ...]:
    kind = song.filename.rpartition(".")[2].casefold()
    return song.title, song.artist, song.album, kind, song.filesize, round(song.duration * 1000), song.beginning
