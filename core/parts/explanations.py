"""Explanations: what a prediction hangs on, among the owner's ratings and in the sound; removing it is the proof."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core.curation import Curation
from core.errors import Cause, UserError
from core.jobs.events import Control, Event, Finished
from core.jobs.process_pool import WorkerDied
from core.parts.learning import PREDICTOR, Learning
from core.parts.training_jobs import training_job
from core.parts.workforce import Workforce
from core.parts.workplace import Workplace
from core.recommend.confidence import allowance, unknowing
from core.recommend.reasons.explanation import Explanation, SoundExplanation, SoundPart, Witness, Witnesses
from core.song import Song, SongId
from core.training.process import TrainingFinished, run_training
from core.training.protocol import TrainingJob, TrainingSong, require_ratings
from core.training.rating.hearing import Hearing, hearing_of, hearing_of_some
from core.training.rating.predictor import predictor_file

if TYPE_CHECKING:
    from core.training.rating.reasons import Reasons
    from core.training.rating.removal import Lesson, Removal

REASON = 0.01
"""What a rated song has to change to be the reason beside a suggestion: a twentieth of a star."""
SURE = 0.6
"""Of the interval that a prediction may have to be told at all; within it, it is sure."""


@dataclass(frozen=True)
class SoundExplained(Finished):
    """The end of explaining a sound; None if it was stopped."""

    explanation: SoundExplanation | None = None


@dataclass(frozen=True)
class Desk:
    """What is explained with: the songs as they are now, the ratings, and the predictor in use."""

    curation: Curation
    job: TrainingJob
    heard: Hearing
    predictor: Path | None
    """None if it would not be learned again as it is."""

    @property
    def songs(self) -> dict[str, Song]:
        return {song.song_id: song for song in self.curation.songs}

    @property
    def has_own_classifier(self) -> bool:
        return self.job.classifier_class is not None

    def training_songs(self, names: Iterable[str]) -> list[TrainingSong]:
        by_id = {song.song_id: song for song in self.job.songs}
        return [by_id[name] for name in names]

    def lesson(self) -> "Lesson":
        """What the predictor is learned from; raises UserError for too few ratings."""
        from core.training.rating.removal import Lesson

        by_id = {song.song_id: song for song in self.job.rated}
        names, vectors = self.heard.rows(list(by_id))
        require_ratings(len(names))
        return Lesson([by_id[name] for name in names], vectors, self.heard.aspects, self.job.seed)


class Explanations:
    """A part of the engine; ``curation`` gives what there is to explain, as it is now."""

    def __init__(self, workplace: Workplace, *, curation: Callable[[], Curation]) -> None:
        self._workplace, self._curation = workplace, curation
        self._learning = Learning(workplace, curation=curation)

    def of(self, song_id: SongId) -> Explanation:
        """Why a song is predicted as it is, which is proved by learning again twice or more without some ratings.

        Measured on one thread of a server: a second with 277 ratings, 4 with 1,000 or 2,000, 18 with 4,000.

        A song that is rated is explained as if it were not. Raises UserError for a song that is not predicted.
        """
        curation = self._curation()
        asked = _kept(song_id, curation)
        desk = self._desk(curation, [asked.song_id])
        _, vector = desk.heard.rows([asked.song_id])
        if not len(vector):
            raise UserError(f"{asked.location} has not been listened to yet.", cause=Cause.NOT_HEARD)
        lesson = desk.lesson()
        return _explanation(asked, _reasons(desk, asked, vector, lesson), desk=desk, ratings=lesson.ratings)

    def reasons(self, song_ids: Sequence[SongId], *, curation: Curation | None = None) -> dict[SongId, Witness]:
        """For each of many songs the rating that speaks most for its prediction, if one does; see ``with_reasons``.

        ``curation`` is that of the library as it is now, if it is at hand.
        Nothing where the predictor is not of the ratings as they are now, or hears through the owner's own classifier.
        """
        from core.training.rating.reasons import strongest_ratings

        if self._workplace.active_version is None:
            return {}
        desk = self._desk(curation or self._curation(), song_ids)
        if desk.predictor is None or desk.has_own_classifier:
            return {}
        # What became a copy, or spoken, since the list was made has no reason any more.
        names, vectors = desk.heard.rows([each for each in song_ids if each in desk.songs])
        asked, songs = desk.training_songs(names), desk.songs
        found = strongest_ratings(asked, vectors, lesson=desk.lesson(), predictor=desk.predictor) if asked else {}
        return {
            SongId(name): Witness(songs[rated], change) for name, (rated, change) in found.items() if change >= REASON
        }

    def sound_of(
        self, song_id: SongId, *, sound_file: Path | None = None, control: Control | None = None
    ) -> Iterator[Event]:
        """Find the seconds and the frequencies that speak for a song and against it; ends with SoundExplained.

        ``sound_file`` is where the excerpt is written as a WAV file, if it is to be heard. The child hears the
        song in 20 to 40 ways, which takes some 10 s of one processor. Raises UserError for a song that is not
        predicted, and before there is a predictor.
        """
        if sound_file is not None:
            _require_wave(sound_file)
            self._workplace.require_outside_music(sound_file.expanduser(), what="sound")
        asked = _kept(song_id, self._curation())
        saved = self._workplace.stores.companion.setting(PREDICTOR)
        predictor = self._file(saved)
        if predictor is None:
            raise UserError("Nothing has been learned from your ratings yet.", cause=Cause.NOT_LEARNED)
        choice = self._workplace.analysis_settings().encoder
        job = self._learning.job(
            "explain",
            song_id=asked.song_id,
            predictor=str(predictor),
            encoder={"reference": choice.reference, "checkpoint": str(choice.checkpoint or "")},
            sound_file=str(sound_file.expanduser().absolute()) if sound_file else None,
        )
        for event in run_training(job, control=control):
            if isinstance(event, TrainingFinished):
                result = event.result if event.result and "windows" in event.result else None
                yield SoundExplained(explanation=_of_sound(asked, result) if result else None)
            else:
                yield event

    def _desk(self, curation: Curation, asked: Sequence[str]) -> Desk:
        has_classifier = self._workplace.config.hyperparameters.classifier_class is not None
        self._workplace.require_version()
        job = training_job(
            "train-classifier" if has_classifier else "fit-predictor", self._workplace, curation=curation
        )
        saved = self._workplace.stores.companion.setting(PREDICTOR) or {}
        is_current = saved.get("key") == self._learning.predictor_key(job)
        return Desk(curation, job, self._heard(job, asked), self._file(saved) if is_current else None)

    def _heard(self, job: TrainingJob, asked: Sequence[str]) -> Hearing:
        """The rated and the asked songs; all of them where how songs are played is heard too."""
        if job.options.get("use_play_counts"):
            return hearing_of(job)
        names = list(dict.fromkeys([*(song.song_id for song in job.rated), *asked]))
        store, measured = self._workplace.stores.embeddings, job.options["measured_version"]
        return hearing_of_some(store, names, version=job.embedding_version, measured=measured)

    def _file(self, saved: dict[str, str] | None) -> Path | None:
        file = predictor_file(self._workplace.profile.checkpoints, saved["version"]) if saved else None
        return file if file is not None and file.is_file() else None


def _require_wave(path: Path) -> None:
    if path.suffix.lower() != ".wav":
        raise UserError(f"The excerpt {path} should end in .wav: it is written as such a file.")


def _kept(song_id: SongId, curation: Curation) -> Song:
    """The song that is meant: of copies, the one that is kept."""
    kept = curation.copy_of.get(song_id, song_id)
    if curation.is_spoken(kept):
        raise UserError("This song is spoken, so it is not predicted.", cause=Cause.SPOKEN)
    for song in curation.songs:
        if song.song_id == kept:
            return song
    raise UserError("The file of this song is not there, so it is not predicted.")


def _reasons(desk: Desk, asked: Song, vector: "np.ndarray", lesson: "Lesson") -> "Reasons":
    from core.training.rating.reasons import reasons_of

    (song,) = desk.training_songs([asked.song_id])
    if not desk.has_own_classifier:
        return reasons_of(song, vector, lesson=lesson, predictor=desk.predictor, folder=None)
    if desk.predictor is None:
        raise UserError("Your ratings have changed since they were learned from.", cause=Cause.NOT_LEARNED)
    workforce = Workforce(1)
    try:
        asking = workforce.pool().submit(
            reasons_of, song, vector, lesson=lesson, predictor=desk.predictor, folder=desk.job.folder
        )
        return asking.result()
    except (WorkerDied, TimeoutError) as error:
        raise UserError(f"The classifier ended its process: {error}.") from error
    finally:
        workforce.close(at_once=True)


def _explanation(asked: Song, found: "Reasons", *, desk: Desk, ratings: "np.ndarray") -> Explanation:
    widest = allowance(len(ratings)) * unknowing(ratings)
    doubt = max(found.predicted - found.low, found.high - found.predicted) / max(widest, 1e-9)
    return Explanation(
        song=asked,
        predicted=found.predicted,
        low=found.low,
        high=found.high,
        unlimited=found.unlimited,
        is_said=doubt <= 1,
        sure="not yet" if doubt > 1 else "sure" if doubt <= SURE else "fairly sure",
        parts=found.parts,
        for_songs=_witnesses(found.speak_for, found.learned_from, desk=desk),
        against_songs=_witnesses(found.speak_against, found.learned_from, desk=desk),
        rated_of_artist=found.rated_of_artist,
    )


def _witnesses(found: "Removal", learned_from: Sequence[str], *, desk: Desk) -> Witnesses:
    songs = desk.songs
    bearers = {each.keep.song_id: (each.keep, *each.others, *each.gone) for each in desk.curation.copies}
    told = [(learned_from[row], change) for row, change in zip(found.rows, found.changes, strict=True)]
    return Witnesses(
        tuple(
            Witness(songs[name], change, tuple(each for each in bearers.get(SongId(name), ()) if each.is_rated))
            for name, change in told
        ),
        found.together,
        found.measured,
    )


def _of_sound(song: Song, result: dict[str, Any]) -> SoundExplanation:
    seconds, bands = (
        tuple(SoundPart(part["from"], part["to"], part["change"], part["holds"]) for part in result[name])
        for name in ("windows", "bands")
    )
    return SoundExplanation(
        song, result["predicted"], result["start"], result["stop"], seconds, bands, result["spectrogram"]
    )
