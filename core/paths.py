"""Where Marmalade's own files live: the places that the desktop prescribes, or one throw-away folder."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

APPLICATION = "marmalade"
PRETRAINED = "musicnn.safetensors"
"""The file in the cache that the weights of the pretrained taggers are kept in."""


@dataclass(frozen=True)
class Profile:
    """The folders of one profile; nothing is created before it is needed."""

    data: Path
    """What must never be lost: the companion store, models."""
    cache: Path
    """What can be rebuilt: embeddings, fingerprints, the demo library."""
    config: Path
    state: Path
    """Logs."""
    playlists: Path

    @classmethod
    def of_user(cls) -> "Profile":
        """The places that the XDG base directories name, and ``~/Music/recommendations``."""
        return cls(
            data=platformdirs.user_data_path(APPLICATION),
            cache=platformdirs.user_cache_path(APPLICATION),
            config=platformdirs.user_config_path(APPLICATION),
            state=platformdirs.user_state_path(APPLICATION),
            playlists=platformdirs.user_music_path() / "recommendations",
        )

    @classmethod
    def below(cls, folder: Path) -> "Profile":
        """A profile of which every file lies below one folder, playlists included."""
        folder = folder.expanduser().absolute()
        return cls(
            data=folder / "data",
            cache=folder / "cache",
            config=folder / "config",
            state=folder / "state",
            playlists=folder / "recommendations",
        )

    @property
    def config_file(self) -> Path:
        """The configuration that is read when none is named."""
        return self.config / "marmalade.yaml"

    @property
    def companion_database(self) -> Path:
        return self.data / "companion.db"

    @property
    def scan_lock(self) -> Path:
        """Held by the one process that listens."""
        return self.data / "scan.lock"

    @property
    def embeddings_database(self) -> Path:
        return self.cache / "embeddings.db"

    @property
    def fingerprints_database(self) -> Path:
        return self.cache / "fingerprints.db"

    @property
    def speech_database(self) -> Path:
        return self.cache / "speech_cache.db"

    @property
    def pretrained_weights(self) -> Path:
        """Those of the taggers, which an encoder reads from here in a fraction of the time that their package takes."""
        return self.cache / PRETRAINED

    @property
    def checkpoints(self) -> Path:
        return self.data / "models"
