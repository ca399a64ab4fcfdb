"""Models that the owner names by their files: they predict beside the current predictor, which stays what it is."""

from collections.abc import Callable, Iterator
from pathlib import Path

from core.curation import Curation
from core.errors import UserError
from core.jobs.events import Control, Event
from core.parts.training_jobs import training_job
from core.parts.workplace import Workplace
from core.training.process import TrainingFinished, run_training


class GivenModels:
    """A part of the engine; ``curation`` gives the songs that there are, as it is now."""

    def __init__(self, workplace: Workplace, *, curation: Callable[[], Curation]) -> None:
        self._workplace, self._curation = workplace, curation

    def predict_with(
        self, encoder: Path, classifier: Path, *, batch_size: int, control: Control | None = None
    ) -> Iterator[Event]:
        """Predict every song by an encoder and a classifier from checkpoints, which may be one file for both.

        ``batch_size`` songs are embedded at a time. Ends with TrainingFinished, of which the result names the
        predictions as ``model_version`` and their ``embedding_version``. Raises UserError for files that are not there.
        """
        files = {"encoder": encoder.expanduser().absolute(), "classifier": classifier.expanduser().absolute()}
        for file in files.values():
            if not file.is_file():
                raise UserError(f"There is no checkpoint {file}.")
        named = {name: str(file) for name, file in files.items()}
        curation = self._curation()
        job = training_job("predict", self._workplace, curation=curation, embed_batch_size=batch_size, **named)
        for event in run_training(job, control=control):
            # Without a version it ended before there were predictions.
            is_early = isinstance(event, TrainingFinished) and "model_version" not in (event.result or {})
            yield TrainingFinished(complete=False) if is_early else event
