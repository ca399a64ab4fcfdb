"""What is looked up about one song in the background: it takes milliseconds, but no page reads files."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import UserError
from core.library.song_details import SongDetails, read_details
from core.song import Song

if TYPE_CHECKING:
    from core.engine import Engine
    from core.parts.ratings import Telling


@dataclass(frozen=True)
class Known:
    """Of one song."""

    details: SongDetails
    is_heard: bool
    history: "tuple[Telling, ...]"


def look_up(engine: "Engine", song: Song) -> Known:
    """A database that cannot be read now tells no details."""
    try:
        details = read_details(engine.database.path, song)
    except UserError:
        details = SongDetails()
    version = engine.active_version
    is_heard = version is not None and engine.stores.embeddings.has_embedding(song.song_id, version)
    return Known(details, is_heard, tuple(engine.ratings.history(song.song_id)))
