"""Where the engine works: a profile, its configuration and stores, and the player's database."""

from dataclasses import dataclass

from core.config import Config
from core.errors import UserError
from core.library.clementine import read_library
from core.library.locate import FoundDatabase, missing_files_notice, missing_folder_notices
from core.library.songs_table import Library
from core.paths import Profile
from core.store.stores import Stores

ACTIVE_EMBEDDINGS = "active_embeddings"


@dataclass(frozen=True)
class Workplace:
    """What every part of the engine needs; the library is read anew each time, in one short look."""

    profile: Profile
    config: Config
    database: FoundDatabase
    stores: Stores

    def library(self) -> Library:
        """The player's library as it is now; only read, so that a question works with a read-only profile too."""
        return read_library(self.database.path, path_map=self.config.music.path_map)

    def note_ratings(self, library: Library) -> Library:
        """Remember what is new among the ratings with its time; a scan and a watcher do, after each look."""
        self.stores.companion.ratings.note(library.songs)
        return library

    def notices(self, library: Library) -> list[str]:
        """What the owner should know before anything else is done."""
        missing = missing_files_notice(library.songs)
        found = [*self.database.notices, *library.notices, *missing_folder_notices(library.directories)]
        return found + ([missing] if missing else []) + self.config.notices()

    @property
    def active_version(self) -> str | None:
        """The embeddings that predictions are made from; None before the first scan."""
        version = self.stores.companion.setting(ACTIVE_EMBEDDINGS)
        return version if isinstance(version, str) else None

    def require_version(self) -> str:
        """The active version; raises UserError before the first scan."""
        if self.active_version is None:
            raise UserError("No song has been listened to yet: run “marmalade scan” first.")
        return self.active_version
