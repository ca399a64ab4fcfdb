"""The engine: one object that opens the stores and offers what the window, the command line and the tests call.

with Engine.open(profile=Profile.of_user()) as engine:
    for event in engine.scan():
        print(event)
    playlist = engine.recommend(Wish(top_n=50))
"""

import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from pebble import ProcessExpired

from core.analysis import worker
from core.analysis.facts import AnalysisSettings, EncoderFacts, SongTask
from core.analysis.plan import plan_tasks
from core.analysis.scan import OutcomeRecorder, ScanFinished, embedding_version, scan
from core.config import Config, load_config
from core.errors import UserError
from core.jobs.events import Control, Event, Finished, Notice, Progress
from core.jobs.process_pool import WorkerPool, get_default_workers
from core.library.changes import LibraryChange
from core.library.clementine import read_library
from core.library.locate import (
    FoundDatabase,
    choose_database,
    missing_files_notice,
    missing_folder_notices,
    require_music_folders,
)
from core.library.songs_table import Library
from core.library.watch import LibraryWatcher
from core.paths import Profile
from core.playlist import m3u, xspf
from core.playlist.player import command_for, open_in_player
from core.recommend.explain import with_reasons
from core.recommend.map_layout import LEAST_SONGS, lay_out
from core.recommend.map_picture import draw_map, require_picture
from core.recommend.ranking import Ranking, Recommendation, Wish, rank
from core.settings import (
    analysis_settings,
    classifier_hyperparameters,
    classifier_key,
    embeddings_path,
    encoder_key,
    playlist_folder,
)
from core.song import Song, SongId
from core.statistics import MusicStats, count_songs
from core.store.companion import CompanionStore, Prediction
from core.store.embeddings import EmbeddingStore
from core.training.process import TrainingFinished, run_training
from core.training.protocol import Kind, RatedSong, TrainingJob

logger = logging.getLogger(__name__)

ACTIVE_EMBEDDINGS = "active_embeddings"
PREDICTOR = "predictor"
FIRST_LESSON = 200
"""Songs to be listened to before anything is learned in the middle of a scan."""


@dataclass(frozen=True, slots=True)
class SkippedSong:
    """A song of the library that could not be listened to."""

    song: Song
    reason: str
    detail: str


@dataclass(frozen=True)
class Playlist:
    """What was written; ``path`` is None when there was nothing to write."""

    path: Path | None
    ranking: Ranking


class Engine:
    """All of Marmalade for one profile and one player's database."""

    def __init__(self, *, profile: Profile, config: Config, database: FoundDatabase) -> None:
        self.profile = profile
        self.config = config
        self.database = database
        self.companion = CompanionStore(profile.companion_database)
        self.embeddings = EmbeddingStore(embeddings_path(config, profile))
        self.playlist_folder = playlist_folder(config, profile)

    @classmethod
    def open(cls, *, profile: Profile, config_file: Path | None = None, database: Path | None = None) -> "Engine":
        """Open a profile; raises UserError for a bad configuration, no database, or stores that cannot be opened."""
        named = config_file or (profile.config_file if profile.config_file.is_file() else None)
        config = load_config(named) if named else Config()
        found = choose_database(database or config.music.database_path)
        return cls(profile=profile, config=config, database=found)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.embeddings.close()
        self.companion.close()

    # ------------------------------------------------------------------------------------------------- the library

    def library(self) -> Library:
        """The player's library as it is now, read in one short look."""
        return read_library(self.database.path, path_map=self.config.music.path_map)

    def require_music(self) -> None:
        """Raise UserError when no music folder is there; while watching, that is only a notice, for a disk may come."""
        require_music_folders(self.library().directories)

    def notices(self, library: Library) -> list[str]:
        """What the owner should know before anything else is done."""
        missing = missing_files_notice(library.songs)
        found = [*self.database.notices, *library.notices, *missing_folder_notices(library.directories)]
        return found + ([missing] if missing else []) + self.config.notices()

    def stats(self) -> MusicStats:
        """Every row of the player's database, counted in exactly one class."""
        version = self.active_version
        return count_songs(
            self.library().songs,
            states=self.companion.file_states(),
            embedded=self.embeddings.filenames(version) if version else set(),
            excerpt=analysis_settings(self.config).excerpt.name,
            embeddings=self.embeddings.counts(),
            active_version=version,
        )

    def skipped(self, library: Library | None = None) -> list[SkippedSong]:
        """Every available song that could not be listened to, with its reason; of now if no library is given."""
        states = self.companion.skipped_states()
        songs = (library or self.library()).songs if states else []
        found = ((song, states.get(song.song_id)) for song in songs if not song.unavailable)
        return [SkippedSong(song, str(state.reason), state.detail) for song, state in found if state is not None]

    # ------------------------------------------------------------------------------------------------ the analysis

    @property
    def active_version(self) -> str | None:
        """The embeddings that predictions are made from; None before the first scan."""
        version = self.companion.setting(ACTIVE_EMBEDDINGS)
        return version if isinstance(version, str) else None

    def scan(
        self, *, workers: int | None = None, encoder: str | None = None, control: Control | None = None
    ) -> Iterator[Event]:
        """Listen to every song that is new or changed; ends with ScanFinished. Starting again continues."""
        library = self.library()
        for notice in self.notices(library):
            yield Notice(notice)
        settings = analysis_settings(self.config, encoder=encoder)
        count = workers or self.config.compute.num_workers or get_default_workers()
        known = self._known_encoder(settings)
        if known is not None and not self._tasks(library, settings, known):
            self._activate(known, settings)
            yield ScanFinished(workers=count)
            return
        with WorkerPool(count, preload=worker.PRELOAD) as pool:
            facts = self._encoder_in(pool, settings, known=known)
            self._activate(facts, settings)
            recorder = OutcomeRecorder(
                embeddings=self.embeddings,
                companion=self.companion,
                version=embedding_version(facts, settings.excerpt),
                excerpt=settings.excerpt,
            )
            tasks = self._tasks(library, settings, facts)
            yield from scan(tasks, settings=settings, pool=pool, recorder=recorder, control=control or Control())

    def _tasks(self, library: Library, settings: AnalysisSettings, facts: EncoderFacts) -> list[SongTask]:
        embedded = self.embeddings.filenames(embedding_version(facts, settings.excerpt))
        states = self.companion.file_states()
        return plan_tasks(library.songs, states=states, embedded=embedded, excerpt=settings.excerpt.name)

    def _known_encoder(self, settings: AnalysisSettings) -> EncoderFacts | None:
        saved = self.companion.setting(f"encoder {encoder_key(settings.encoder)}")
        return EncoderFacts(**saved) if saved else None

    def _encoder_in(self, pool: WorkerPool, settings: AnalysisSettings, *, known: EncoderFacts | None) -> EncoderFacts:
        """Have a worker build the encoder before the first song: the clock of the scan measures listening."""
        try:
            if known is not None:
                pool.submit(worker.warm_up, settings).result()
                return known
            facts = pool.submit(worker.describe_encoder, settings).result()
        except (ProcessExpired, TimeoutError) as error:
            name = settings.encoder.reference
            raise UserError(f"The encoder {name} ended its process while it was tried out: {error}.") from error
        values = {"version": facts.version, "dimension": facts.dimension, "class_name": facts.class_name}
        self.companion.save_setting(f"encoder {encoder_key(settings.encoder)}", values)
        return facts

    def _activate(self, facts: EncoderFacts, settings: AnalysisSettings) -> None:
        version = embedding_version(facts, settings.excerpt)
        if version != self.active_version:
            hyperparameters = {"embedding_dim": facts.dimension, "seed": settings.encoder.seed}
            self.embeddings.store_metadata(
                version,
                encoder_class=facts.class_name,
                hyperparameters=hyperparameters | {"excerpt": settings.excerpt.name},
            )
            self.companion.save_setting(ACTIVE_EMBEDDINGS, version)

    # ------------------------------------------------------------------------------------------------ the learning

    def train_classifier(self, *, control: Control | None = None) -> Iterator[Event]:
        """Learn from the ratings as they are now and predict every song; ends with TrainingFinished."""
        songs = self.library().songs
        job = self._job("train-classifier", songs)
        key = self._predictor_key(job)
        for event in run_training(job, control=control):
            if isinstance(event, TrainingFinished) and event.result is not None and event.complete:
                predictor = {"version": event.result["model_version"], "key": key}
                self.companion.save_setting(PREDICTOR, predictor)
                self.companion.forget_predictions_except(event.result["model_version"])
                self.companion.save_run("train-classifier", model_version=predictor["version"], report=event.result)
            yield event

    def update_predictions(self, *, control: Control | None = None) -> Iterator[Event]:
        """Train only if ratings, embeddings or settings differ from those that the predictions were made from."""
        job = self._job("train-classifier", self.library().songs)
        predictor = self.companion.setting(PREDICTOR) or {}
        if predictor.get("key") == self._predictor_key(job):
            yield Finished()
            return
        yield from self.train_classifier(control=control)

    def evaluate(self, *, control: Control | None = None) -> Iterator[Event]:
        """Measure the predictor on held-out artists and albums against its baselines; ends with TrainingFinished."""
        for event in run_training(self._job("evaluate", self.library().songs), control=control):
            if isinstance(event, TrainingFinished) and event.result is not None and event.complete:
                self.companion.save_run("evaluate", model_version=self.active_version or "", report=event.result)
            yield event

    def _job(self, kind: Kind, songs: Iterable[Song]) -> TrainingJob:
        if self.active_version is None:
            raise UserError("No song has been listened to yet: run “marmalade scan” first.")
        rated = [song for song in songs if song.is_rated and not song.unavailable]
        return TrainingJob(
            kind=kind,
            embeddings_db=self.embeddings.path,
            companion_db=self.profile.companion_database,
            checkpoint_dir=self.profile.checkpoints,
            embedding_version=self.active_version,
            rated=[RatedSong(song.song_id, song.rating, song.group, song.album.casefold()) for song in rated],
            classifier_class=self.config.hyperparameters.classifier_class,
            hyperparameters=classifier_hyperparameters(self.config),
            folder=self.config.folder,
            device=self.config.compute.device,
            seed=self.config.seed,
        )

    def _predictor_key(self, job: TrainingJob) -> str:
        state = [classifier_key(self.config), self.embeddings.state(job.embedding_version)]
        subject = json.dumps([job.to_message(), *state], sort_keys=True)
        return hashlib.sha256(subject.encode()).hexdigest()

    def update(self, *, workers: int | None = None, control: Control | None = None) -> Iterator[Event]:
        """Bring everything up to date: listen to what is new, then learn anew if anything changed.

        It learns in between too, as soon as the rated songs were listened to and whenever their number has doubled:
        a first scan takes long, and predictions should not. Ends with ScanFinished, or with the event that ended the
        learning. Too few ratings are a Notice.
        """
        reins = control or Control()
        lesson: int | None = None
        for event in self.scan(workers=workers, control=reins):
            yield event
            if not isinstance(event, Progress):
                continue
            lesson = lesson or self._first_lesson()
            if lesson <= event.done < event.total and not reins.stopped:
                with suppress(UserError):  # what stands in the way is told at the end, once
                    yield from self.update_predictions(control=reins)
                lesson = 2 * event.done
        if reins.stopped:
            return
        try:
            yield from self.update_predictions(control=reins)
        except UserError as error:
            yield Notice(str(error))

    def _first_lesson(self) -> int:
        """The songs to be listened to before anything is learned in a scan: the rated ones, which come first."""
        return max(FIRST_LESSON, sum(song.is_rated and not song.unavailable for song in self.library().songs))

    def watch(
        self,
        *,
        on_change: Callable[[LibraryChange], None],
        on_notice: Callable[[str], None] = logger.warning,
        before: Library | None = None,
    ) -> LibraryWatcher:
        """A watcher of the player's database and the music folders, not yet started; it calls from its own thread.

        It tells what differs from ``before``, the snapshot that the caller shows; from the library of now if None.
        """
        known = before or self.library()
        return LibraryWatcher(
            self.database.path, read=self.library, on_change=on_change, on_notice=on_notice, before=known
        )

    # --------------------------------------------------------------------------------------------- the suggestions

    def predictions(self) -> dict[SongId, Prediction]:
        """The newest prediction for each song that was listened to; empty before the first training."""
        predictor = self.companion.setting(PREDICTOR)
        return self.companion.predictions(predictor["version"]) if predictor else {}

    def rank(self, wish: Wish) -> Ranking:
        """The songs that fit a wish, each with the reason why."""
        songs = [song for song in self.library().songs if not song.unavailable]
        ranking = rank(songs, predictions=self.predictions(), wish=wish, is_playable=_is_playable)
        if not ranking.recommendations or self.active_version is None:
            return ranking
        matrix = self.embeddings.matrix(self.active_version)
        return replace(ranking, recommendations=with_reasons(ranking.recommendations, songs=songs, matrix=matrix))

    def recommend(self, wish: Wish, *, output: Path | None = None) -> Playlist:
        """Write the songs that fit a wish as XSPF, or as M3U8 if ``output`` ends so; nothing is written for none."""
        ranking = self.rank(wish)
        if not ranking.recommendations:
            return Playlist(None, ranking)
        path = (output or self.playlist_folder / "Marmalade.xspf").expanduser().absolute()
        self.write_playlist(ranking.recommendations, path)
        return Playlist(path, ranking)

    def write_playlist(self, recommendations: list[Recommendation], path: Path) -> None:
        """Write chosen songs in the format that the ending of ``path`` names."""
        if path.suffix.lower() in (".m3u", ".m3u8"):
            m3u.export_to_m3u(recommendations, path)
        else:
            xspf.export_to_xspf(recommendations, path, player=self.library().player)

    def open_in_player(self, playlist: Path) -> None:
        """Hand a playlist to the player as a new tab."""
        open_in_player(playlist, name=playlist.stem, command=command_for(self.database.kind))

    def draw_map(self, output: Path) -> Iterator[Event]:
        """Lay out every analysed song by t-SNE and draw the map to a PNG, SVG or PDF; ends with Finished."""
        if self.active_version is None:
            raise UserError("There is nothing to draw yet: run “marmalade scan” first.")
        require_picture(output)
        matrix = self.embeddings.matrix(self.active_version)
        if len(matrix.filenames) < LEAST_SONGS:
            raise UserError(f"A map needs at least {LEAST_SONGS} songs, and {len(matrix.filenames)} were listened to.")
        genre_of = {str(song.song_id): song.genre for song in self.library().songs}
        positions = np.empty((0, 2))
        for step in lay_out(matrix.vectors, seed=self.config.seed):
            positions = step.positions
            yield Progress(step.done, step.total)
        genres = [genre_of.get(name, "") for name in matrix.filenames]
        draw_map(positions, genres=genres, output=output, title=f"{len(genres):,} songs")
        yield Finished()


def _is_playable(song: Song) -> bool:
    # Path.is_file raises where a name is too long or a folder must not be entered.
    return not xspf.unplayable_reason(song) and os.path.isfile(song.filepath)  # noqa: PTH113
