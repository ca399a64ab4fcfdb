"""Where songs stand after a verdict: in or out of training and playlists, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.cli.named_songs import name_of, path_of
from core.curation import Copies, Curation
from core.engine import Engine
from core.song import Song, SongId


@dataclass(frozen=True)
class Standing:
    """What becomes of a song, as a word for programs and as a sentence."""

    song: Song
    word: str
    sentence: str

    def facts(self) -> dict[str, object]:
        return {"path": path_of(self.song), "song": self.song.song_id, "now": self.word, "meaning": self.sentence}


class Standings:
    """A library with its curation as it is now."""

    def __init__(self, engine: Engine) -> None:
        library = engine.library()
        self._songs = {song.song_id: song for song in library.songs}
        self._curation: Curation = engine.curation(library)
        self._skipped = {each.song.song_id: each.reason for each in engine.skipped(library)}

    def copies_of(self, song_id: SongId) -> Copies | None:
        """The copies that a song is one of."""
        groups = self._curation.copies
        return next((each for each in groups if song_id in {song.song_id for song in members(each)}), None)

    def of(self, song_ids: Sequence[SongId]) -> list[Standing]:
        """Where each of these songs stands; without those that the library does not have any more."""
        return [self._standing(self._songs[song_id]) for song_id in song_ids if song_id in self._songs]

    def _standing(self, song: Song) -> Standing:
        word, what = self._verdict(song)
        return Standing(song, word, f"{name_of(song)} {what}.")

    def _verdict(self, song: Song) -> tuple[str, str]:
        curation, song_id = self._curation, song.song_id
        if song.unavailable:
            return "unavailable", "is not there now; this counts when it is back"
        if song_id in self._skipped:
            return "skipped", f"stays out, for it could not be listened to: {self._skipped[song_id]}"
        if song_id in curation.copy_of:
            kept = self._songs[curation.copy_of[song_id]]
            return "copy", f"stays out of training and playlists as a copy of {name_of(kept)}"
        if curation.is_spoken(song_id):
            return "spoken", "stays out of training and playlists, for it is spoken"
        copies = self.copies_of(song_id)
        if copies is not None and copies.others:
            return "kept", "stands for all its copies in training and playlists"
        return "in", "is learned from and played like any other song"


def members(group: Copies) -> tuple[Song, ...]:
    return (group.keep, *group.others, *group.gone)
