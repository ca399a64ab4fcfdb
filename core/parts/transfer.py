"""Encoders that travel: written to a file for others, taken in from one, fetched from the Hugging Face hub."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.curation import Curation
from core.errors import UserError
from core.jobs.events import Control, Event, Finished, Notice, Progress, Stage
from core.models import hub_download
from core.models.card import Card
from core.models.hub_files import PREFIX, downloads_beside, hub_model
from core.models.registry import SHIPPED
from core.parts.encoders import Encoders
from core.parts.training_jobs import training_job
from core.parts.workplace import Workplace
from core.training.process import TrainingFinished, run_training
from core.training.protocol import Kind

SUFFIX = ".safetensors"
TRAININGS = ("train-encoder", "train-joint", "run")
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class EncoderExported(Finished):
    file: Path = Path()
    card_file: Path = Path()
    size: int = 0
    """Bytes."""
    card: Card | None = None


@dataclass(frozen=True, slots=True)
class EncoderImported(Finished):
    version: str = ""
    card: Card | None = None
    is_new: bool = False
    """False where the same encoder was here already."""
    songs: int = 0
    """That were listened to with it."""


@dataclass(frozen=True, slots=True)
class ModelDownloaded(Finished):
    reference: str = ""
    """As ``encoder_class`` takes it."""
    folder: Path = Path()
    size: int = 0
    """Bytes."""
    license: str = ""


class Transfer:
    """A part of the engine; ``curation`` gives the songs that there are, as it is now."""

    def __init__(self, workplace: Workplace, *, encoders: Encoders, curation: Callable[[], Curation]) -> None:
        self._workplace, self._encoders, self._curation = workplace, encoders, curation

    def export(
        self, version: str, file: Path, *, license_text: str = "", note: str = "", control: Control | None = None
    ) -> Iterator[Event]:
        """Write the encoder of a version, and its card as Markdown; ends with EncoderExported.

        Weights and numbers leave, nothing else: no name of a song, and not what the owner's stars taught a classifier.
        Raises UserError for an encoder that was not trained here, which others have already.
        """
        target = file.expanduser().absolute()
        if target.suffix != SUFFIX:
            raise UserError(f"An encoder is written as {SUFFIX}: name the file {file.name}{SUFFIX}, for instance.")
        encoder = self._encoders.known(version)
        if not encoder.checkpoint:
            raise UserError(_nothing_to_export(version, encoder.reference))
        figures = self._figures(version)
        told = {"license": license_text, "note": note, "figures": figures}
        for event in self._child("export", control, **encoder.as_dict(), file=str(target), **told):
            if not isinstance(event, TrainingFinished):
                yield event
                continue
            found: dict[str, Any] = event.result or {}
            yield EncoderExported(
                file=target,
                card_file=Path(found["card_file"]),
                size=found["bytes"],
                card=Card.from_dict(found["card"]),
            )

    def take_in(self, file: Path, *, name: str = "", control: Control | None = None) -> Iterator[Event]:
        """Try the encoder that a file holds, and list it among the versions; ends with EncoderImported.

        The version is a hash of its contents: the same file again changes nothing. Raises UserError for a file that
        holds anything but the weights of an encoder whose class is known here.
        """
        source = file.expanduser().absolute()
        if not source.is_file():
            raise UserError(f"There is no file {source}.")
        for event in self._child("import", control, file=str(source)):
            if not isinstance(event, TrainingFinished):
                yield event
                continue
            found: dict[str, Any] = event.result or {}
            card, version = Card.from_dict(found["card"]), found["embedding_version"]
            if not self._encoders.is_own(version):
                facts = {"reference": found["reference"], "dimension": found["dimension"]}
                self._encoders.note_import(version, note=name or card.note, **facts)
            songs = self._workplace.stores.embeddings.count(version)
            yield EncoderImported(version=version, card=card, is_new=found["is_new"], songs=songs)

    def download(self, name: str, *, control: Control | None = None) -> Iterator[Event]:
        """Fetch a model of the hub, because its owner asks: the one place that uses the network.

        Says what is fetched and how much before it begins; ends with ModelDownloaded. Stopping ends after a file.
        """
        reins = control or Control()
        model = hub_model(name)
        cache = downloads_beside(self._workplace.profile.pretrained_weights)
        if cache is None or not model.is_public:
            raise UserError(f'"{model.name}" is no name of the Hugging Face hub: those look like m-a-p/MERT-v1-95M.')
        offer = hub_download.look_up(model.name)
        yield Notice(offer.sentence)
        hub_download.require_room(offer, cache)
        yield Stage(f"Fetching {model.name} (megabytes)")
        for done in hub_download.fetch(offer, cache=cache, stopped=lambda: reins.stopped):
            yield Progress(done // MEGABYTE, max(1, offer.size // MEGABYTE))
        if reins.stopped:
            yield ModelDownloaded(complete=False)
            return
        folder = hub_download.complete(offer, cache=cache)
        reference = f"{PREFIX}{name.removeprefix(PREFIX)}"
        yield ModelDownloaded(reference=reference, folder=folder, size=offer.size, license=offer.license)

    def _child(self, kind: Kind, control: Control | None, **options: object) -> Iterator[Event]:
        """Torch reads and writes weights, and it stays out of the app."""
        job = training_job(kind, self._workplace, curation=self._curation(), **options)
        yield from run_training(job, control=control)

    def _figures(self, version: str) -> dict[str, float]:
        """What the training of a version was measured by, if it was the newest of its kind."""
        reports = [self._workplace.stores.companion.last_run(kind) for kind in TRAININGS]
        own = [report for report in reports if report and report.get("embedding_version") == version]
        return {str(report["primary_metric_name"]): report["primary_metric"] for report in own}


def _nothing_to_export(version: str, reference: str) -> str:
    if reference.startswith(PREFIX):
        return f"{version} is a model of the hub as it is: others download it themselves."
    if reference in SHIPPED:
        return f"{version} was not trained: every Marmalade has it as {reference}, and nothing could be sent along."
    return f"{version} was not trained by Marmalade: others get it as the module of “{reference}” that you wrote."
