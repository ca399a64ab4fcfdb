"""Scans: listen to every song that is new or changed, look for copies, and store what was found."""

import logging
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, replace
from importlib.metadata import PackageNotFoundError
from pathlib import Path

from core.analysis import worker
from core.analysis.facts import AnalysisSettings, EncoderFacts, Part, SongTask
from core.analysis.fingerprint import is_available
from core.analysis.known_sound import SpeechModelError
from core.analysis.plan import KnownFacts, plan_tasks, task_of
from core.analysis.recorder import OutcomeRecorder, RecordedRun
from core.analysis.scan import ScanFinished, embedding_version, scan
from core.analysis.speech import method_name
from core.errors import UserError
from core.file_url import is_local
from core.jobs.cluster import LOCAL, parse_executor
from core.jobs.events import Control, Event, Notice, SongAnalysed
from core.jobs.process_pool import WorkerDied, get_default_workers
from core.jobs.turn import Turn
from core.library.songs_table import Library
from core.models.hub_files import is_hub_reference
from core.models.registry import SHIPPED
from core.parts.duplicates import Duplicates
from core.parts.workforce import Workforce
from core.parts.workplace import ACTIVE_EMBEDDINGS, Workplace
from core.settings import encoder_key
from core.song import SongId
from core.store.companion import FileState

logger = logging.getLogger(__name__)

MOST_TRIED = 10
"""Songs that a worker on another machine must be able to read before a run."""


@dataclass(frozen=True)
class _FilesBefore:
    """What a run begins with, read once: 60,000 states take half a second, and nobody else changes them in its turn."""

    states: Mapping[SongId, FileState]
    durations: Mapping[SongId, float]
    """Seconds, of the songs that are gone; empty where no new one could be one of them."""


class Scans:
    """A part of the engine."""

    def __init__(self, workplace: Workplace, *, duplicates: Duplicates) -> None:
        self._workplace, self._duplicates = workplace, duplicates
        self._stores = workplace.stores
        self._deaf_methods = set[str]()
        """Ways of measuring speech that were found not to work: to try one again takes a pool, at each change."""

    def run(
        self,
        *,
        workers: int | None = None,
        encoder: str | None = None,
        executor: str = LOCAL,
        control: Control | None = None,
    ) -> Iterator[Event]:
        """Listen to every song that is new or changed, then look for copies; ends with ScanFinished.

        ``executor`` is ``local`` or ``dask://HOST:PORT``. Raises UserError for what concerns every song.
        """
        reins = control or Control()
        with Turn(self._workplace.profile.scan_lock) as turn:
            if not turn.try_acquire():
                yield Notice("Another Marmalade is listening to this library; this one goes on when it has finished.")
            if turn.wait(reins):
                yield from self._run(workers, encoder=encoder, executor=executor, control=reins)
            else:
                yield ScanFinished(complete=False)

    def _run(self, workers: int | None, *, encoder: str | None, executor: str, control: Control) -> Iterator[Event]:
        config, library = self._workplace.config, self._workplace.noted_library()
        settings = self._workplace.analysis_settings(encoder=encoder)
        for notice in self._workplace.notices(library):
            yield Notice(notice)
        workforce = Workforce(
            workers or config.compute.num_workers or get_default_workers(),
            address=parse_executor(executor),
            paths=_paths_to_read(library, settings),
        )
        is_done = False
        try:
            finished = ScanFinished(workers=workforce.workers)
            for event in self._listen(library, settings, workforce, control):
                if isinstance(event, ScanFinished):
                    finished = event
                else:
                    yield event
            if finished.complete:
                yield from self._measure(library, settings, workforce, control)
            if finished.complete and not control.stopped:
                yield from self._duplicates.search(library, workforce=workforce, control=control)
                finished = replace(finished, complete=not control.stopped)
            self._workplace.hold_ratings()
            self._note(finished)
            is_done = True
        finally:
            workforce.close(at_once=not is_done)
        yield finished

    def _note(self, finished: ScanFinished) -> None:
        """Remember what a run did that had anything to do."""
        if finished.songs:
            version = self._workplace.active_version or ""
            self._stores.companion.save_run("scan", model_version=version, report=asdict(finished))

    def _listen(
        self, library: Library, settings: AnalysisSettings, workforce: Workforce, control: Control
    ) -> Iterator[Event]:
        settings = self._with_what_is_here(settings)
        if Part.SPEECH in settings.parts and (missing := _missing_package()):
            yield self._without_speech(missing)
            settings = settings.without(Part.SPEECH)
        before = self._files_before(library)
        known = self._workplace.known_encoder(settings)
        if known is not None and not self._tasks(library, settings, known, before=before):
            self._activate(known, settings)
            return
        if deafness := self._speech_deafness(workforce, settings):
            yield self._without_speech(deafness)
            settings = settings.without(Part.SPEECH)
        if workforce.notice:
            yield Notice(workforce.notice)
        facts = self._encoder_in(workforce, settings, known=known)
        self._activate(facts, settings)
        tasks = self._tasks(library, settings, facts, before=before)
        run = RecordedRun(embedding_version(facts, settings.excerpt), settings.excerpt.name, before.states)
        recorder = OutcomeRecorder(self._stores, run=run)
        yield from scan(
            tasks,
            settings=settings,
            pool=workforce.pool(),
            workers=workforce.workers,
            recorder=recorder,
            control=control,
            analyse=workforce.analyse,
            before=sum(not song.unavailable for song in library.songs) - len(tasks),
        )

    def _measure(
        self, library: Library, settings: AnalysisSettings, workforce: Workforce, control: Control
    ) -> Iterator[Event]:
        """Measure the properties of new songs too where another encoder is in use: the predictor hears with both."""
        measuring = self._workplace.measuring_settings()
        if measuring.encoder == settings.encoder or workforce.address != LOCAL:
            return
        embeddings = self._stores.embeddings
        facts = self._workplace.known_encoder(measuring) or self._encoder_in(workforce, measuring, known=None)
        known = embeddings.filenames(embedding_version(facts, measuring.excerpt))
        heard = embeddings.filenames(self._workplace.require_version())
        songs = [song for song in library.songs if song.song_id in heard and song.song_id not in known]
        if not songs:
            return
        self._describe(facts, measuring)
        before = self._files_before(library)
        tasks = [
            replace(task_of(song), checksum=before.states[song.song_id].checksum, missing=Part.EMBEDDING)
            for song in songs
            if song.song_id in before.states
        ]
        run = RecordedRun(embedding_version(facts, measuring.excerpt), measuring.excerpt.name, before.states)
        for event in scan(
            tasks,
            settings=measuring,
            pool=workforce.pool(),
            workers=workforce.workers,
            recorder=OutcomeRecorder(self._stores, run=run),
            control=control,
            analyse=workforce.analyse,
        ):
            if not isinstance(event, ScanFinished | SongAnalysed):
                yield event

    def _without_speech(self, why: str) -> Notice:
        """Do without it as long as the process lives and the same models are installed, and say so once."""
        self._deaf_methods.add(_method())
        return Notice(f"{why} Until then nothing is taken for speech.")

    def _speech_deafness(self, workforce: Workforce, settings: AnalysisSettings) -> str:
        """What is wrong with the speech models on a worker; empty when they hear what they must, or need not."""
        if Part.SPEECH not in settings.parts:
            return ""
        try:
            workforce.pool().submit(worker.check_speech_models, settings).result()
        except SpeechModelError as error:
            return str(error)
        except PackageNotFoundError as error:
            return _not_installed(error)  # on another machine
        except (WorkerDied, TimeoutError) as error:
            message = f"A worker process ended while it loaded the speech models: {error}."
            raise UserError(message) from error
        return ""

    def _with_what_is_here(self, settings: AnalysisSettings) -> AnalysisSettings:
        """The settings without the parts that are switched off, whose library is missing, or that were deaf before."""
        music = self._workplace.config.music
        if not (music.deduplicate and is_available()):
            settings = settings.without(Part.FINGERPRINT)
        if not music.speech_detection.enabled or _method() in self._deaf_methods:
            settings = settings.without(Part.SPEECH)
        return settings

    def _files_before(self, library: Library) -> _FilesBefore:
        states = self._stores.companion.file_states()
        is_there = {song.song_id for song in library.songs if not song.unavailable}
        gone = states.keys() - is_there
        has_new = bool(is_there - states.keys())
        return _FilesBefore(states, self._stores.fingerprints.durations(gone) if gone and has_new else {})

    def _tasks(
        self, library: Library, settings: AnalysisSettings, facts: EncoderFacts, *, before: _FilesBefore
    ) -> list[SongTask]:
        known = self._known(settings, facts, before=before)
        return plan_tasks(library.songs, known=known, excerpt=settings.excerpt.name)

    def _known(self, settings: AnalysisSettings, facts: EncoderFacts, *, before: _FilesBefore) -> KnownFacts:
        """What the stores have of each part that these settings want."""
        stores, version = self._stores, embedding_version(facts, settings.excerpt)
        having: dict[Part, Callable[[], AbstractSet[str]]] = {
            Part.EMBEDDING: lambda: stores.embeddings.filenames(version),
            Part.FINGERPRINT: stores.fingerprints.known,
            Part.SPEECH: lambda: stores.speech.known(method_name()),
        }
        found = {part: find() for part, find in having.items() if part in settings.parts}
        return KnownFacts(before.states, found, before.durations, version)

    def _encoder_in(
        self, workforce: Workforce, settings: AnalysisSettings, *, known: EncoderFacts | None
    ) -> EncoderFacts:
        """Have a worker build the encoder before the first song: the clock of the scan measures listening."""
        try:
            if known is not None:
                workforce.pool().submit(worker.warm_up, settings).result()
                return known
            facts = workforce.pool().submit(worker.describe_encoder, settings).result()
        except (WorkerDied, TimeoutError) as error:
            name = settings.encoder.reference
            raise UserError(f"The encoder {name} ended its process while it was tried out: {error}.") from error
        values = {"version": facts.version, "dimension": facts.dimension, "class_name": facts.class_name}
        self._stores.companion.save_setting(f"encoder {encoder_key(settings.encoder)}", values)
        return facts

    def _activate(self, facts: EncoderFacts, settings: AnalysisSettings) -> None:
        version = embedding_version(facts, settings.excerpt)
        if version != self._workplace.active_version:
            self._describe(facts, settings)
            self._stores.companion.save_setting(ACTIVE_EMBEDDINGS, version)

    def _describe(self, facts: EncoderFacts, settings: AnalysisSettings) -> None:
        hyperparameters = {"embedding_dim": facts.dimension, "seed": settings.encoder.seed}
        self._stores.embeddings.store_metadata(
            embedding_version(facts, settings.excerpt),
            encoder_class=facts.class_name,
            hyperparameters=hyperparameters | {"excerpt": settings.excerpt.name},
        )


def _method() -> str:
    """How speech is measured here; empty where a package for it is not installed."""
    try:
        return method_name()
    except PackageNotFoundError:
        return ""


def _missing_package() -> str:
    """A sentence on a package that speech is not measured without; empty when all are installed."""
    try:
        method_name()
    except PackageNotFoundError as error:
        return _not_installed(error)
    return ""


def _not_installed(error: PackageNotFoundError) -> str:
    return (
        f"The package {error.name} is not installed, by which speech is told from music: install the version that "
        "packaging/constraints.txt names, or set music.speech_detection.enabled to false."
    )


def _paths_to_read(library: Library, settings: AnalysisSettings) -> list[Path]:
    """What workers elsewhere must be able to read: the folders, and some songs, for a folder may be there and empty."""
    songs = [song for song in library.songs if is_local(song.filename) and not song.unavailable]
    choice = settings.encoder
    is_named = choice.reference in SHIPPED or is_hub_reference(choice.reference)
    own = [path for path in (None if is_named else choice.folder, choice.checkpoint) if path]
    return [*own, *library.directories, *(song.filepath for song in songs[:: max(len(songs) // MOST_TRIED, 1)])]
