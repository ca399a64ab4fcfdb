"""Safekeeping: lost stars as a playlist to rate again, and backups of all that the owner said."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from core.analysis.lost_ratings import LostRating
from core.config import Config, load_config
from core.curation import Curation
from core.errors import UserError
from core.file_url import is_local, path_text, url_from_path
from core.library.songs_table import longest_first, mapped_path
from core.parts.ratings import Ratings
from core.parts.suggestions import Suggestions
from core.parts.workplace import Workplace
from core.playlist.xspf import unplayable_reason
from core.recommend.suggestion import Suggestion
from core.song import SECTION, Song, SongId
from core.store.backup_file import Backup, read_backup, write_backup
from core.store.database import sentences
from core.store.keepsakes import Keepsakes

PLAYLIST: Final = "Lost ratings.xspf"
FROM_BACKUP: Final = "marmalade.from-backup.yaml"


@dataclass(frozen=True)
class Restored:
    """What a restore did."""

    counts: Mapping[str, int]
    """How much of each part lies in the backup."""
    new: Mapping[str, int]
    """How much of it was not here yet."""
    without_song: tuple[SongId, ...]
    """What the library does not have, by the names that they would have here; what was said of them is kept."""
    configuration: Path | None = None
    """Where the configuration of the backup was put; None if there was nothing to put."""
    is_in_use: bool = False
    """Whether that is the configuration of this profile now."""


class Safekeeping:
    """A part of the engine; ``curation`` says which songs are copies of each other."""

    def __init__(
        self, workplace: Workplace, *, ratings: Ratings, suggestions: Suggestions, curation: Callable[[], Curation]
    ) -> None:
        self._workplace, self._ratings, self._suggestions, self._curation = workplace, ratings, suggestions, curation
        self._backups = workplace.stores.companion.backups

    # ------------------------------------------------------------------------------------------------- what was lost

    def lost(self) -> list[LostRating]:
        """The stars that the player has lost, those that can be given again first."""
        return self._ratings.lost()

    def to_rate_again(self, lost: Iterable[LostRating]) -> list[Song]:
        """The songs of those stars that a playlist can hold; of copies one, for its stars count for all of them."""
        songs = [each.song for each in lost if each.song is not None and not unplayable_reason(each.song)]
        kept = self._curation().copy_of if songs else {}
        found: dict[SongId, Song] = {}
        for song in songs:
            name = kept.get(song.song_id, song.song_id)
            found[name] = song if song.song_id == name else found.get(name, song)
        return list(found.values())

    def write_playlist(
        self, lost: Iterable[LostRating], *, output: Path | None = None, overwrite: bool = False
    ) -> Path | None:
        """A playlist of the songs to rate again; None, and nothing is written, if there are none."""
        songs = self.to_rate_again(lost)
        if not songs:
            return None
        path = (output or self._suggestions.playlist_folder / PLAYLIST).expanduser().absolute()
        self._suggestions.write_playlist([Suggestion(song) for song in songs], path, overwrite=overwrite)
        return path

    # ------------------------------------------------------------------------------------------------------- backups

    def back_up(self, path: Path) -> Keepsakes:
        """Write all that the owner said to one file, in the player as it is now too; returns what is in it.

        Raises UserError, before anything is written, for a place below the music.
        """
        self._workplace.noted_library()
        self._workplace.require_outside_music(path.expanduser(), what="backup")
        keepsakes, configuration = self._backups.collect(), self._workplace.profile.config_file
        text = configuration.read_bytes() if configuration.is_file() else None
        write_backup(Backup(keepsakes, text), path.expanduser(), made_by=f"Marmalade {version('marmalade')}")
        return keepsakes

    def restore(self, path: Path, *, path_map: Mapping[str, str] | None = None) -> Restored:
        """Add what a backup holds to what is here; ``path_map`` says which folder of then is which folder of now.

        Raises UserError, before anything is changed, for a file that cannot be restored.
        """
        backup = read_backup(path.expanduser())
        library = self._workplace.noted_library()
        names = _Names(library.songs, said=path_map or {}, configured=self._workplace.config.music.path_map)
        keepsakes = backup.keepsakes.renamed(names.here)
        new = self._backups.merge(keepsakes)
        place = self._put(backup.configuration)
        return Restored(
            keepsakes.counts(),
            new,
            tuple(self._without_song(keepsakes, library.songs)),
            place,
            place == self._workplace.profile.config_file,
        )

    def _without_song(self, keepsakes: Keepsakes, songs: Sequence[Song]) -> list[SongId]:
        spoken_of, present = keepsakes.songs(), {song.song_id for song in songs}
        bearers = self._workplace.stores.companion.songs_of({sound for _, sound in spoken_of if sound is not None})
        heard = {sound for sound, names in bearers.items() if names & present}
        return sorted({song for song, sound in spoken_of if song not in present and sound not in heard})

    def _put(self, text: bytes | None) -> Path | None:
        """Use the configuration if there is none and it fits every machine; else lay it beside to be read."""
        own = self._workplace.profile.config_file
        if text is None or (own.is_file() and own.read_bytes() == text):
            return None
        beside = own.with_name(FROM_BACKUP)
        with sentences(beside):
            beside.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(text)
            return beside if own.is_file() or not _fits_every_machine(beside) else beside.rename(own)


class _Names:
    """What a song of another machine is called here."""

    def __init__(self, songs: Iterable[Song], *, said: Mapping[str, str], configured: Mapping[str, str]) -> None:
        self._by_path: dict[str, SongId] = {}
        for song in songs:
            if is_local(song.filename):
                _, mark, section = song.song_id.partition(SECTION)
                self._by_path[path_text(song.filename) + mark + section] = song.song_id
        self._said = longest_first(said)
        there = {new: old for old, new in configured.items()}
        self._configured = (longest_first(configured), longest_first(there))

    def here(self, song_id: SongId) -> SongId:
        """By the map that was said; else as it is, or by the map of the configuration, if that is a song here."""
        url, mark, section = song_id.partition(SECTION)
        if not is_local(url):
            return song_id
        path = path_text(url)
        if said := mapped_path(path, self._said):
            return self._by_path.get(said + mark + section) or SongId(url_from_path(Path(said)) + mark + section)
        readings = (path, *(mapped_path(path, folders) for folders in self._configured))
        found = (self._by_path.get(reading + mark + section) for reading in readings if reading)
        return next((each for each in found if each is not None), song_id)


def _fits_every_machine(path: Path) -> bool:
    """Whether a configuration can be read, and names no folder, file or module of the machine that it comes from."""
    try:
        config = load_config(path)
    except UserError:
        return False
    music, hyper, plain = config.music, config.hyperparameters, Config()
    places = (music.database_path, music.playlist_folder, music.embedding_db_path, music.fingerprint_cache)
    more = (music.speech_detection.cache_path, hyper.encoder_class, hyper.classifier_class)
    is_empty = not (music.path_map or music.watched_folders)
    return is_empty and all(each is None for each in (*places, *more)) and config.mlflow == plain.mlflow
