"""The engine: one object that opens the stores and offers what the window, the command line and the tests call.

with Engine.open(profile=Profile.of_user()) as engine:
    for event in engine.scan():
        print(event)
    playlist = engine.recommend(Wish(top_n=50))
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from core.config import Config, load_config
from core.curation import Curation, curate
from core.errors import TooFewRatingsError, UserError
from core.jobs.cluster import LOCAL
from core.jobs.events import Control, Event, Notice, NotYet, Progress, Stage
from core.library.changes import LibraryChange
from core.library.locate import FoundDatabase, choose_database, require_music_folders
from core.library.songs_table import Library
from core.library.watch import LibraryWatcher
from core.parts.discoveries import Discoveries
from core.parts.duplicates import Duplicates
from core.parts.encoders import Encoders
from core.parts.explanations import Explanations
from core.parts.given_models import GivenModels
from core.parts.learning import Learning
from core.parts.maps import Maps
from core.parts.news import News
from core.parts.pantry import Pantry
from core.parts.questions import Questions
from core.parts.ratings import Ratings
from core.parts.recipes import Recipes
from core.parts.safekeeping import Safekeeping
from core.parts.scans import Scans
from core.parts.speech import Speech
from core.parts.stock import StockRoom
from core.parts.suggestions import Playlist, Source, Suggestions
from core.parts.trainings import Trainings
from core.parts.transfer import Transfer
from core.parts.workplace import Workplace
from core.paths import Profile
from core.recommend.ranking import Ranking, Recommendation, Wish
from core.settings import analysis_settings, open_stores
from core.song import Song, SongId
from core.statistics import MusicStats, count_songs
from core.store.companion import Prediction

logger = logging.getLogger(__name__)

FIRST_LESSON = 200
"""Songs to be listened to before anything is learned in the middle of a scan."""


@dataclass(frozen=True, slots=True)
class SkippedSong:
    """A song of the library that could not be listened to."""

    song: Song
    reason: str
    detail: str


class Engine:
    """All of Marmalade for one profile and one player's database; its parts may also be used by themselves."""

    def __init__(
        self, *, profile: Profile, config: Config, database: FoundDatabase, config_file: Path | None = None
    ) -> None:
        self.profile = profile
        self.config = config
        self.config_file = config_file or profile.config_file
        """Where the configuration is, or would be, written."""
        self.database = database
        self.stores = open_stores(config, profile)
        self._workplace = Workplace(profile, config, database, self.stores)
        self.speech = Speech(self._workplace)
        self.ratings = Ratings(self._workplace)
        self.duplicates = Duplicates(self._workplace)
        self.scans = Scans(self._workplace, duplicates=self.duplicates)
        self.learning = Learning(self._workplace, curation=self.curation)
        self.encoders = Encoders(self._workplace, curation=self.curation)
        self.trainings = Trainings(self._workplace, encoders=self.encoders, learning=self.learning)
        self.transfer = Transfer(self._workplace, encoders=self.encoders, curation=self.curation)
        self.given_models = GivenModels(self._workplace, curation=self.curation)
        self.pantry = Pantry(self._workplace, curation=self.curation)
        kept = self.pantry.curation
        self.stock = StockRoom(self._workplace, duplicates=self.duplicates, curation=kept, state=self.pantry.state)
        self.discoveries = Discoveries(self._workplace, stock=self.stock)
        self.explanations = Explanations(self._workplace, curation=self.curation)
        self.questions = Questions(self._workplace, stock=self.stock)
        self.suggestions = Suggestions(
            self._workplace,
            stock=self.stock,
            discoveries=self.discoveries,
            explanations=self.explanations,
            curation=kept,
        )
        self.news = News(self._workplace, stock=self.stock, suggestions=self.suggestions, curation=kept)
        self.recipes = Recipes(
            self._workplace, stock=self.stock, discoveries=self.discoveries, questions=self.questions
        )
        self.maps = Maps(self._workplace)
        self.safekeeping = Safekeeping(
            self._workplace, ratings=self.ratings, suggestions=self.suggestions, curation=kept
        )

    @classmethod
    def open(cls, *, profile: Profile, config_file: Path | None = None, database: Path | None = None) -> "Engine":
        """Open a profile; raises UserError for a bad configuration, no database, or stores that cannot be opened."""
        named = config_file or (profile.config_file if profile.config_file.is_file() else None)
        config = load_config(named) if named else Config()
        found = choose_database(database or config.music.database_path)
        return cls(profile=profile, config=config, database=found, config_file=config_file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.stores.close()

    # ------------------------------------------------------------------------------------------------- the library

    def library(self) -> Library:
        """The player's library as it is now, read in one short look; what is new among its ratings is noted."""
        return self._workplace.library()

    def look(self) -> Library:
        """The same for whoever cannot wait for the noting, a tenth of a second: ``note`` has to follow."""
        return self._workplace.look()

    def note(self, library: Library) -> None:
        """Note what is new among the ratings of a library that was just read by ``look``."""
        self._workplace.note_if_possible(library)

    def require_music(self) -> None:
        """Raise UserError when no music folder is there; while watching, that is only a notice, for a disk may come."""
        require_music_folders(self.library().directories)

    def notices(self, library: Library) -> list[str]:
        """What the owner should know before anything else is done."""
        return self._workplace.notices(library)

    def curation(self, library: Library | None = None) -> Curation:
        """What is learned from and played, and what is left out of it; of now if no library is given."""
        songs = (library or self.library()).songs
        verdicts = self.stores.companion.verdicts
        return curate(
            songs,
            groups=self.duplicates.groups(songs),
            speech=self.speech.classes(songs),
            said=self.speech.said(),
            kept=verdicts.kept_copies({song.song_id for song in songs if not song.unavailable}),
            stated=self.ratings.statements(songs),
            merge=self.config.music.merge_duplicate_ratings,
        )

    def stats(self) -> MusicStats:
        """Every row of the player's database, counted in exactly one class."""
        library, version = self.library(), self.active_version
        return count_songs(
            library,
            curation=self.curation(library),
            states=self.stores.companion.file_states(),
            embedded=self.stores.embeddings.filenames(version) if version else set(),
            excerpt=analysis_settings(self.config).excerpt.name,
            embeddings=self.stores.embeddings.counts(),
            active_version=version,
        )

    def skipped(self, library: Library | None = None) -> list[SkippedSong]:
        """Every available song that could not be listened to, with its reason; of now if no library is given."""
        states = self._workplace.skipped()
        songs = (library or self.library()).songs if states else []
        found = ((song, states.get(song.song_id)) for song in songs if not song.unavailable)
        return [SkippedSong(song, str(state.reason), state.detail) for song, state in found if state is not None]

    # ------------------------------------------------------------------------------------- listening and learning

    @property
    def active_version(self) -> str | None:
        """The embeddings that predictions are made from; None before the first scan."""
        return self._workplace.active_version

    def scan(
        self,
        *,
        workers: int | None = None,
        encoder: str | None = None,
        executor: str = LOCAL,
        control: Control | None = None,
    ) -> Iterator[Event]:
        """Listen to every song that is new or changed; ends with ScanFinished. Starting again continues."""
        yield from self.scans.run(workers=workers, encoder=encoder, executor=executor, control=control)

    def train_classifier(self, *, control: Control | None = None) -> Iterator[Event]:
        """Train a classifier, the plan's or the owner's, and predict every song; ends with TrainingFinished."""
        yield from self.learning.train_classifier(control=control)

    def update_predictions(self, *, control: Control | None = None) -> Iterator[Event]:
        """Learn and predict only what is needed: see ``Learning.update_predictions``."""
        yield from self.learning.update_predictions(control=control)

    def evaluate(self, *, thorough: bool = True, control: Control | None = None) -> Iterator[Event]:
        """Measure the predictor on held-out artists and albums against its baselines; ends with TrainingFinished."""
        yield from self.learning.evaluate(thorough=thorough, control=control)

    def update(self, *, workers: int | None = None, control: Control | None = None) -> Iterator[Event]:
        """Bring everything up to date: listen to what is new, then learn anew if anything changed.

        It learns in between too, as soon as the rated songs were listened to and whenever their number has doubled:
        a first scan takes long, and predictions should not. Ends with ScanFinished, or with the event that ended the
        learning. Too few ratings are a Notice.
        """
        reins, is_listening = control or Control(), True
        lesson: int | None = None
        for event in self.scan(workers=workers, control=reins):
            yield event
            is_listening = is_listening and not isinstance(event, Stage)
            if not (is_listening and isinstance(event, Progress)):
                continue
            lesson = lesson or self._first_lesson()
            if lesson <= event.done < event.total and not reins.stopped:
                with suppress(UserError):  # what stands in the way is told at the end, once
                    yield from self.update_predictions(control=reins)
                lesson = 2 * event.done
        try:
            yield from self.encoders.continue_candidate(control=reins)
        except UserError as error:
            yield Notice(str(error), error.cause)
        yield from self.follow_ratings(control=reins)

    def follow_ratings(self, *, control: Control | None = None) -> Iterator[Event]:
        """What an update does where nothing but stars has changed: a look at 60,000 files first would take seconds."""
        reins = control or Control()
        if not reins.stopped:
            yield from self.learn_if_possible(control=reins)
        if not reins.stopped:
            yield from self.stock.balance(control=reins)
        if not reins.stopped:
            yield from self.recipes.renew(control=reins)

    def learn_if_possible(self, *, control: Control | None = None) -> Iterator[Event]:
        """As ``update_predictions``, but what the owner has to mend first, such as too few ratings, is a Notice."""
        try:
            yield from self.update_predictions(control=control)
        except TooFewRatingsError as error:
            yield NotYet(str(error), error.cause)
        except UserError as error:
            yield Notice(str(error), error.cause)

    def _first_lesson(self) -> int:
        """The songs to be listened to before anything is learned in a scan: the rated ones, which come first."""
        return max(FIRST_LESSON, sum(song.is_rated and not song.unavailable for song in self.library().songs))

    def watch(
        self,
        *,
        on_change: Callable[[LibraryChange], None],
        on_notice: Callable[[str], None] = logger.warning,
        on_away: Callable[[UserError], None] = logger.warning,
        before: Library | None = None,
    ) -> LibraryWatcher:
        """A watcher of the player's database and the music folders, not yet started; it calls from its own thread.

        It tells what differs from ``before``, the snapshot that the caller shows; from the library of now if None.
        """
        known = before or self.library()
        return LibraryWatcher(
            self.database.path,
            read=self._workplace.noted_library,
            on_change=on_change,
            on_notice=on_notice,
            on_away=on_away,
            before=known,
            also=self.config.music.watched_folders,
        )

    # --------------------------------------------------------------------------------------------- the suggestions

    @property
    def playlist_folder(self) -> Path:
        return self.suggestions.playlist_folder

    def predictions(self) -> dict[SongId, Prediction]:
        """The newest prediction for each song that was listened to; empty before the first training."""
        return self.learning.predictions()

    def sure_predictions(self, songs: Iterable[Song]) -> dict[SongId, Prediction]:
        """Those of them that are said as a number; the others are “not yet”. ``songs`` are all of the library."""
        return self.stock.predictions(songs)

    def rank(self, wish: Wish) -> Ranking:
        """The songs that fit a wish, each with the reason why."""
        return self.suggestions.rank(wish)

    def recommend(
        self, wish: Wish, *, output: Path | None = None, source: Source | None = None, overwrite: bool = False
    ) -> Playlist:
        """Write the songs that fit a wish as XSPF, or as M3U8 if ``output`` ends so; nothing is written for none.

        ``source`` takes the place of the current predictor. What somebody else wrote is only replaced by ``overwrite``.
        """
        return self.suggestions.recommend(wish, output=output, source=source, overwrite=overwrite)

    def write_playlist(self, recommendations: list[Recommendation], path: Path) -> None:
        """Write chosen songs in the format that the ending of ``path`` names."""
        self.suggestions.write_playlist(recommendations, path)

    def open_in_player(self, playlist: Path) -> None:
        """Hand a playlist to the player as a new tab."""
        self.suggestions.open_in_player(playlist)

    def draw_map(self, output: Path) -> Iterator[Event]:
        """Lay out every song by t-SNE and draw the map to a PNG, SVG or PDF; ends with Finished."""
        yield from self.suggestions.draw_map(output)
