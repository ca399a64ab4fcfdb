"""Where the engine works: a profile, its configuration and stores, and the player's database."""

import logging
from dataclasses import asdict, dataclass, field, replace
from operator import attrgetter
from os.path import realpath
from pathlib import Path

from core.analysis.facts import AnalysisSettings, EncoderFacts, Part
from core.analysis.scan import embedding_version
from core.config import Config
from core.errors import Cause, UserError
from core.library.cleared import cleared_songs
from core.library.clementine import read_library
from core.library.locate import FoundDatabase, missing_files_notice, missing_folder_notices
from core.library.songs_table import Library
from core.models.registry import DEFAULT_ENCODER
from core.paths import Profile
from core.settings import analysis_settings, encoder_key
from core.song import Song, SongId
from core.store.companion import FileState
from core.store.known_values import KnownValues
from core.store.stores import Stores

logger = logging.getLogger(__name__)

ACTIVE_EMBEDDINGS = "active_embeddings"
ENCODER_IN_USE = "encoder_in_use"


@dataclass(frozen=True)
class EncoderInUse:
    """An encoder that was chosen: the version of its embeddings, and its class as the registry takes it."""

    version: str
    reference: str
    checkpoint: str = ""
    """The file with its trained weights; empty for one that is as its constructor makes it."""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class Workplace:
    """What every part of the engine needs; the library is read anew each time, in one short look."""

    profile: Profile
    config: Config
    database: FoundDatabase
    stores: Stores
    _songs: KnownValues[Song] = field(
        default_factory=lambda: KnownValues(attrgetter("rowid")), compare=False, repr=False
    )

    def library(self) -> Library:
        """The player's library as it is now, what is new among its ratings noted: of two words the last one counts.

        Nothing is written where nothing is new, and a profile that cannot be written answers with what it knows.
        """
        library = self.look()
        self.note_if_possible(library)
        return library

    def noted_library(self) -> Library:
        """The same where it must be noted, for what is said next would be taken for older; raises UserError."""
        return self.note_ratings(self.look())

    def look(self) -> Library:
        """The same with nothing noted yet, which whoever shows it first does right afterwards."""
        library = read_library(self.database.path, path_map=self.config.music.path_map)
        return replace(library, songs=self._songs.of(library.songs))

    def note_if_possible(self, library: Library) -> None:
        """Note what is new among the ratings of a library that was just read, where the profile can be written."""
        try:
            self.note_ratings(library)
        except UserError as error:
            logger.warning("what is new among the ratings was not noted: %s", error)

    def note_ratings(self, library: Library) -> Library:
        """Remember what is new among the ratings with its time, after each look at them."""
        self.stores.companion.own_ratings.hold_to_sounds()
        self.stores.companion.ratings.note(library.songs, cleared=lambda: cleared_songs(self.database.path))
        return library

    def hold_ratings(self) -> None:
        """Keep the stars that are known with the sounds that were heard since: under any name they stay theirs."""
        self.stores.companion.own_ratings.hold_to_sounds()
        self.stores.companion.ratings.hold_to_sounds()

    def require_outside_music(self, path: Path, *, what: str) -> None:
        """Raise UserError for a place in a music folder, where nothing of ours but a playlist is ever written."""
        place = Path(realpath(path))
        for folder in (*self.library().directories, *self.config.music.watched_folders):
            if place.is_relative_to(realpath(folder.expanduser())):
                raise UserError(
                    f"{path} lies in your music folder {folder}, where no {what} is written: name another place."
                )

    def notices(self, library: Library) -> list[str]:
        """What the owner should know before anything else is done."""
        missing = missing_files_notice(library.songs)
        found = [*self.database.notices, *library.notices, *missing_folder_notices(library.directories)]
        return found + ([missing] if missing else [])

    def analysis_settings(self, *, encoder: str | None = None) -> AnalysisSettings:
        """What songs are listened to with: the encoder that was chosen, unless another class is asked for.

        A class in the configuration that is not the chosen one's says that its owner has changed their mind.
        """
        plain, chosen = analysis_settings(self.config, encoder=encoder), self.encoder_in_use()
        settings = replace(plain, encoder=replace(plain.encoder, weights=self.profile.pretrained_weights))
        wanted = encoder or self.config.hyperparameters.encoder_class
        if chosen is None or wanted not in (None, chosen.reference):
            return settings
        weights = Path(chosen.checkpoint) if chosen.checkpoint else None
        return replace(settings, encoder=replace(settings.encoder, reference=chosen.reference, checkpoint=weights))

    def encoder_in_use(self) -> EncoderInUse | None:
        """The encoder that was chosen after a training or by hand; None if none was, or if its weights are gone."""
        saved = self.stores.companion.setting(ENCODER_IN_USE)
        encoder = EncoderInUse(**saved) if saved else None
        is_there = encoder is not None and (not encoder.checkpoint or Path(encoder.checkpoint).is_file())
        return encoder if is_there else None

    def known_encoder(self, settings: AnalysisSettings) -> EncoderFacts | None:
        """What was found when the encoder of these settings was built last; None if it has changed, or never was."""
        saved = self.stores.companion.setting(f"encoder {encoder_key(settings.encoder)}")
        return EncoderFacts(**saved) if saved else None

    def measured_version(self) -> str:
        """The version of the properties that are measured of each song; empty before the first scan."""
        settings = self.measuring_settings()
        facts = self.known_encoder(settings)
        return embedding_version(facts, settings.excerpt) if facts else ""

    def measuring_settings(self) -> AnalysisSettings:
        """What songs are measured with, beside the encoder in use: nothing else is listened for."""
        return replace(self.analysis_settings(encoder=DEFAULT_ENCODER), parts=Part.EMBEDDING)

    def skipped(self) -> dict[SongId, FileState]:
        """Every song that could not be listened to, with its reason: of now, not of another excerpt or encoder."""
        excerpt, version = analysis_settings(self.config).excerpt.name, self.active_version or ""
        found = self.stores.companion.skipped_states()
        return {song_id: state for song_id, state in found.items() if state.holds_for(excerpt, version)}

    def use_encoder(self, encoder: EncoderInUse) -> None:
        """Listen to new songs with this encoder, and predict from its embeddings."""
        self.stores.companion.save_setting(ENCODER_IN_USE, encoder.as_dict())
        self.stores.companion.save_setting(ACTIVE_EMBEDDINGS, encoder.version)

    @property
    def active_version(self) -> str | None:
        """The embeddings that predictions are made from; None before the first scan."""
        version = self.stores.companion.setting(ACTIVE_EMBEDDINGS)
        return version if isinstance(version, str) else None

    def require_version(self) -> str:
        """The active version; raises UserError before the first scan."""
        if self.active_version is None:
            raise UserError("No song has been listened to yet.", cause=Cause.NOT_HEARD)
        return self.active_version
