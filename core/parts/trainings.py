"""Trainings that the owner begins: what can be chosen, the events of one under way, and what became of earlier ones."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

from core.errors import UserError
from core.jobs.events import Control, Event, Finished
from core.parts.encoders import EncoderFinished, Encoders
from core.parts.learning import Learning
from core.parts.workplace import Workplace
from core.training.process import TrainingFinished
from core.training.records import Curve, TrainingRecord, TrainingWriter, read_curves, read_records


class What(StrEnum):
    """What is trained."""

    ENCODER = "encoder"
    CLASSIFIER = "classifier"
    JOINT = "joint"


@dataclass(frozen=True)
class TrainingChoice:
    """What the owner asks for; an empty value leaves the choice to Marmalade."""

    what: What = What.ENCODER
    preset: str = ""
    """``quick``, ``overnight`` or ``gpu``; of an encoder alone."""
    mode: str = ""
    """``contrastive``, ``supervised``, ``multitask`` or ``distill``; of an encoder alone."""
    device: str = ""
    """``cpu`` or ``cuda``."""

    @property
    def options(self) -> dict[str, Any]:
        wishes = {"preset": self.preset, "mode": self.mode} if self.what is What.ENCODER else {}
        return {name: value for name, value in (wishes | {"device": self.device}).items() if value}


class Trainings:
    """A part of the engine: the same trainings as the commands begin, each with a record of its curves."""

    _running: ClassVar[set[Path]] = set()
    """The records of this process that are being written, also by an engine that was opened before this one."""

    def __init__(self, workplace: Workplace, *, encoders: Encoders, learning: Learning) -> None:
        self._encoders, self._learning = encoders, learning
        self._folder = workplace.profile.data / "trainings"

    def run(self, choice: TrainingChoice, *, control: Control | None = None) -> Iterator[Event]:
        """Train, and learn the owner's taste anew where another encoder is used from then on.

        What was stopped or killed goes on where it was when the same is asked for again. Ends with Finished.
        """
        reins = control or Control()
        writer = TrainingWriter(self._folder, asdict(choice))
        self._running.add(writer.file)
        try:
            yield from self._recorded(choice, writer, reins)
        finally:
            self._running.discard(writer.file)
            writer.close()

    def _recorded(self, choice: TrainingChoice, writer: TrainingWriter, reins: Control) -> Iterator[Event]:
        end: EncoderFinished | TrainingFinished | None = None
        try:
            for event in self._events(choice, reins):
                writer.note(event)
                end = event if isinstance(event, EncoderFinished | TrainingFinished) else end
                yield event
        except UserError as error:
            writer.end(complete=False, failure=str(error), result={})
            raise
        is_used = isinstance(end, EncoderFinished) and end.is_used
        if end is not None:
            used = is_used or (isinstance(end, TrainingFinished) and end.complete)
            writer.end(complete=end.complete, used=used, result=end.result or {})
        if is_used and not reins.stopped:
            yield from self._learning.update_predictions(control=reins)
        yield Finished(complete=end is not None and end.complete)

    def _events(self, choice: TrainingChoice, reins: Control) -> Iterator[Event]:
        match choice.what:
            case What.CLASSIFIER:
                return self._learning.train_classifier(control=reins, **choice.options)
            case What.JOINT:
                return self._encoders.train("train-joint", control=reins, **choice.options)
            case _:
                return self._encoders.train("train-encoder", control=reins, **choice.options)

    def records(self) -> list[TrainingRecord]:
        """Every training that was begun here, the newest first."""
        return read_records(self._folder)

    def is_running(self, record: TrainingRecord) -> bool:
        """Whether it is under way in this process; one without an end that is not was killed."""
        return record.file in self._running

    def curves(self, record: TrainingRecord) -> list[Curve]:
        """Losses and probes over a training."""
        return read_curves(record.file)

    def forget(self, record: TrainingRecord) -> None:
        """Delete a record; the models that it made stay."""
        record.file.unlink(missing_ok=True)
