"""What the panel tells of: one song with all that the rows say of it."""

from dataclasses import dataclass

from core.song import Song, SongId
from core.store.companion import Prediction
from desktop.item_models.song_marks import SongMark
from desktop.item_models.song_rows import SongRows


@dataclass(frozen=True, slots=True)
class Subject:
    """Equal as long as nothing that is shown of the song has changed."""

    song: Song
    prediction: Prediction | None
    mark: SongMark
    skipped: str
    """Why it could not be listened to; empty if it could, or was not yet."""

    @property
    def can_be_compared(self) -> bool:
        """Whether anything is learned of its sound, as far as the rows know."""
        return not (self.mark.is_spoken or self.song.unavailable or self.skipped)

    @classmethod
    def of(cls, song_id: SongId, rows: SongRows) -> "Subject":
        """``song_id`` is one of the rows."""
        number = rows.ids[song_id]
        return cls(rows.songs[number], rows.predictions[number], rows.mark_of(song_id), rows.skipped.get(number, ""))
