"""Learning: from the ratings as they are now to a prediction for every song, by a child process or a worker."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from math import log1p

import numpy as np

from core.curation import Curation
from core.errors import UserError
from core.jobs.events import Control, Event, Finished
from core.jobs.process_pool import WorkerDied
from core.parts.training_jobs import training_job
from core.parts.workforce import Workforce
from core.parts.workplace import Workplace
from core.settings import classifier_key
from core.song import SongId
from core.store.companion import Prediction
from core.training.process import TrainingFinished, run_training
from core.training.protocol import UNRATED, Kind, TrainingJob, TrainingSong, require_ratings
from core.training.rating.hearing import hearing_of_some
from core.training.rating.predictor import forget_predictors_except, predict_songs, predictor_file

logger = logging.getLogger(__name__)

PREDICTOR = "predictor"


class Learning:
    """A part of the engine; ``curation`` gives what is learned from, as it is now."""

    def __init__(self, workplace: Workplace, *, curation: Callable[[], Curation]) -> None:
        self._workplace, self._curation = workplace, curation
        self._companion, self._embeddings = workplace.stores.companion, workplace.stores.embeddings

    def train_classifier(
        self, *, classifier: str | None = None, device: str | None = None, control: Control | None = None
    ) -> Iterator[Event]:
        """Train a classifier, the plan's or the owner's, and predict every song; ends with TrainingFinished.

        ``device`` takes the place of the configuration's.
        """
        job = self.job("train-classifier")
        job = replace(job, device=device) if device else job
        job = replace(job, classifier_class=classifier) if classifier else job
        yield from self._train(job, key=self.predictor_key(job), control=control)

    def update_predictions(self, *, control: Control | None = None) -> Iterator[Event]:
        """Learn only if ratings, their songs' embeddings or settings differ from what the predictor was made from.

        Songs that were listened to since then are predicted by the same predictor.
        """
        has_classifier = self._workplace.config.hyperparameters.classifier_class is not None
        job = self.job("train-classifier" if has_classifier else "fit-predictor")
        predictor, key = self._companion.setting(PREDICTOR) or {}, self.predictor_key(job)
        new = self._unpredicted(predictor) if predictor.get("key") == key else None
        is_known = new is not None and (not new or not job.options["use_play_counts"])
        if new is not None and is_known and self._predict(new, predictor, job=job):
            yield Finished()
        else:
            yield from self._train(job, key=key, control=control)

    def self_check(self, *, control: Control | None = None) -> Iterator[Event]:
        """Whether shuffled ratings give no skill and a planted taste is found; ends with TrainingFinished."""
        yield from run_training(self.job("self-check"), control=control)

    def tune(
        self, what: str, *, train_fn: str | None = None, trials: int | None = None, control: Control | None = None
    ) -> Iterator[Event]:
        """Search hyperparameters of a training, or of the owner's own function; ends with TrainingFinished."""
        needs_embeddings = what == "classifier"
        options = {"what": what, "train_fn": train_fn, "trials": trials}
        yield from run_training(self.job("tune", needs_embeddings=needs_embeddings, **options), control=control)

    def evaluate(self, *, thorough: bool = True, control: Control | None = None) -> Iterator[Event]:
        """Measure the predictor on held-out artists and albums against its baselines; ends with TrainingFinished.

        ``thorough`` is with the plan's classifier among them, which is trained ten times for it: about a minute.
        """
        for event in run_training(self.job("evaluate", thorough=thorough), control=control):
            if isinstance(event, TrainingFinished) and event.result is not None and event.complete:
                version = self._workplace.active_version or ""
                self._companion.save_run("evaluate", model_version=version, report=event.result)
            yield event

    def predictions(self) -> dict[SongId, Prediction]:
        """The newest prediction for each song that was listened to; empty before the first training."""
        predictor = self._companion.setting(PREDICTOR)
        return self._companion.predictions(predictor["version"]) if predictor else {}

    def job(self, kind: Kind, *, needs_embeddings: bool = True, **options: object) -> TrainingJob:
        """What the child has to know; raises UserError before the first scan."""
        if needs_embeddings:
            self._workplace.require_version()
        return training_job(kind, self._workplace, curation=self._curation(), **options)

    def predictor_key(self, job: TrainingJob) -> str:
        """Equal for a predictor that would learn the same again, whichever command asks for it."""
        job = replace(job, kind="fit-predictor", device="auto")  # what it learns does not hang on where
        rated = [replace(song, popularity=-1.0) for song in job.rated]
        state = [classifier_key(self._workplace.config), sorted(self._heard(job).items()), _plays_of(job)]
        subject = json.dumps([replace(job, songs=rated).to_message(), *state], sort_keys=True)
        return hashlib.sha256(subject.encode()).hexdigest()

    def _heard(self, job: TrainingJob) -> dict[str, float]:
        """When each of the rated songs was listened to, of those that were."""
        return self._embeddings.written_at([song.song_id for song in job.rated], job.embedding_version)

    def _train(self, job: TrainingJob, *, key: str, control: Control | None) -> Iterator[Event]:
        require_ratings(len(self._heard(job)))
        for event in run_training(job, control=control):
            if isinstance(event, TrainingFinished) and event.result is not None and event.complete:
                predictor = {"version": event.result["model_version"], "key": key}
                self._companion.save_setting(PREDICTOR, predictor)
                self._companion.forget_predictions_except(predictor["version"])
                forget_predictors_except(predictor["version"], folder=job.checkpoint_dir)
                self._companion.save_run(job.kind, model_version=predictor["version"], report=event.result)
            yield event

    def _unpredicted(self, predictor: dict[str, str]) -> list[str]:
        """The songs that have an embedding and no prediction."""
        known = self._companion.predicted(predictor["version"])
        return sorted(self._embeddings.filenames(self._workplace.require_version()) - known)

    def _predict(self, new: list[str], predictor: dict[str, str], *, job: TrainingJob) -> bool:
        """Predict songs in a worker, for to start the child takes longer; False if the predictor is lost or damaged."""
        file = predictor_file(job.checkpoint_dir, predictor["version"])
        if not new or not file.is_file():
            return not new
        known = {song.song_id: song for song in job.songs}
        measured = job.options["measured_version"]
        heard = hearing_of_some(self._embeddings, new, version=job.embedding_version, measured=measured)
        workforce = Workforce(1)
        try:
            songs = [known.get(name) or TrainingSong(name, UNRATED, "", "") for name in heard.filenames]
            predict = workforce.pool().submit(
                predict_songs,
                songs,
                np.asarray(heard.vectors),
                predictor=file,
                folder=job.folder,
            )
            self._companion.add_predictions(predictor["version"], predict.result())
        except UserError as error:
            logger.warning("%s It is trained anew.", error)
            return False
        except (WorkerDied, TimeoutError) as error:
            raise UserError(f"The predictor ended its process: {error}.") from error
        finally:
            workforce.close(at_once=True)
        return True


def _plays_of(job: TrainingJob) -> list[int]:
    """Numbers that change when plays have, by about a twentieth: each song that is played would be too often."""
    played = [song.popularity for song in job.songs if song.popularity >= 0]
    return [round(20 * log1p(value)) for value in (len(played), sum(played))]
