"""Encoders: train one on the library, embed every song with it, and choose which version is in use."""

import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.curation import Curation
from core.errors import Cause, UserError
from core.jobs.events import Control, Event, Finished, Outcome, Stage
from core.parts.training_jobs import training_job
from core.parts.workplace import EncoderInUse, Workplace
from core.store.matrix import matrix_file
from core.training.process import TrainingFinished, run_training
from core.training.protocol import Kind, TrainingJob

CANDIDATE = "candidate_encoder"
IMPORTED = "imported_encoders"
EMBEDDING = "Listening with the new encoder"
COMPARING = "Comparing it with the one in use"


@dataclass(frozen=True)
class ModelVersion:
    """One version of the embeddings that the store holds."""

    version: str
    encoder_class: str
    dimension: int
    songs: int
    """That have an embedding of this version."""
    is_active: bool
    created_at: float
    """Unix seconds."""
    checkpoint: Path | None
    """Trained weights; None for an encoder that is as its constructor makes it."""
    note: str = ""
    """What is said of one that was imported."""


@dataclass(frozen=True, slots=True)
class EncoderFinished(Finished):
    """What came of a training: the version, and whether it is used from now on."""

    result: dict[str, Any] | None = None
    is_used: bool = False


class Encoders:
    """A part of the engine; ``curation`` gives what is learned from, as it is now."""

    def __init__(self, workplace: Workplace, *, curation: Callable[[], Curation]) -> None:
        self._workplace, self._curation = workplace, curation
        self._companion, self._embeddings = workplace.stores.companion, workplace.stores.embeddings

    def train(self, kind: Kind, *, control: Control | None = None, **options: object) -> Iterator[Event]:
        """Train an encoder (``train-encoder``, ``train-joint`` or ``run``), embed all songs, use it if it is better.

        Better means by more than chance: else every training would exchange the encoder, and all embeddings, for none.
        Killed or stopped, the same call goes on where it was. Ends with EncoderFinished.
        """
        reins = control or Control()
        finished: TrainingFinished | None = None
        for event in run_training(self._job(kind, **options), control=reins):
            if isinstance(event, TrainingFinished):
                finished = event
            else:
                yield event
        result = finished.result if finished and finished.result else {}
        if finished is None or not finished.complete or "embedding_version" not in result:
            yield EncoderFinished(complete=bool(finished and finished.complete), result=result)
            return
        version = result["embedding_version"]
        self._companion.save_run(kind, model_version=version, report=result)
        candidate = EncoderInUse(version, result["reference"], result["checkpoint"])
        self._companion.save_setting(CANDIDATE, candidate.as_dict())
        yield from self._try_candidate(
            candidate, control=reins, result=result, batch_size=options.get("embed_batch_size")
        )

    def continue_candidate(self, *, control: Control | None = None) -> Iterator[Event]:
        """Go on with a trained encoder whose embeddings were not complete when the work ended; nothing if none is."""
        saved = self._companion.setting(CANDIDATE)
        if saved and Path(saved["checkpoint"]).is_file():
            yield from self._try_candidate(EncoderInUse(**saved), control=control or Control(), result={})

    def _try_candidate(
        self, candidate: EncoderInUse, *, control: Control, result: dict[str, Any], batch_size: object = None
    ) -> Iterator[Event]:
        yield Stage(EMBEDDING)
        complete = yield from self._embed(candidate, control=control, batch_size=batch_size)
        if not complete:
            yield EncoderFinished(complete=False, result=result)
            return
        active, comparison = self._rival_of(candidate), None
        if active:
            yield Stage(COMPARING)
            comparison = yield from self._compared(active, candidate.version, control=control)
            if comparison is None:
                yield EncoderFinished(complete=False, result=result)
                return
        self._companion.save_setting(CANDIDATE, None)
        is_better = comparison is None or comparison["surely"] == candidate.version
        if is_better:
            self._workplace.use_encoder(candidate)
        if active and comparison is not None:
            found = _said(comparison, new=candidate.version, old=active, is_better=is_better)
            yield Outcome(found, cause=Cause.ENCODER_IN_USE)
        yield EncoderFinished(result={**result, "comparison": comparison}, is_used=is_better)

    def _rival_of(self, candidate: EncoderInUse) -> str | None:
        """The version in use, if it is another one and any song was listened to with it."""
        active = self._workplace.active_version
        return active if active != candidate.version and active in self._embeddings.counts() else None

    def _embed(
        self, encoder: EncoderInUse, *, control: Control, batch_size: object = None
    ) -> Generator[Event, None, bool]:
        """Events; returns whether every song that can be heard has an embedding of this encoder."""
        complete, wish = False, {} if batch_size is None else {"embed_batch_size": batch_size}
        for event in run_training(self._job("embed", **encoder.as_dict(), **wish), control=control):
            if isinstance(event, TrainingFinished):
                complete = bool(event.complete and event.result and event.result["complete"])
            else:
                yield event
        return complete

    # ------------------------------------------------------------------------------------------------------- versions

    def versions(self) -> list[ModelVersion]:
        """Every version that the store has embeddings of, the one in use first, then the newest; and the imported."""
        counts, active = dict.fromkeys(self._imported(), 0) | self._embeddings.counts(), self._workplace.active_version
        found = [self._version(name, songs, is_active=name == active) for name, songs in counts.items()]
        return sorted(found, key=lambda each: (not each.is_active, -each.created_at, each.version))

    def _version(self, version: str, songs: int, *, is_active: bool) -> ModelVersion:
        metadata = self._embeddings.get_metadata(version) or {}
        imported = self._imported().get(version, {})
        checkpoint = self.checkpoint_of(version)
        return ModelVersion(
            version=version,
            encoder_class=metadata.get("encoder_class") or imported.get("reference", ""),
            dimension=self._embeddings.get_embedding_dim(version) or imported.get("dimension", 0),
            songs=songs,
            is_active=is_active,
            created_at=metadata.get("created_at") or imported.get("created_at", 0.0),
            checkpoint=checkpoint if checkpoint.is_file() else None,
            note=imported.get("note", ""),
        )

    def known(self, version: str) -> EncoderInUse:
        """How a version is made; raises UserError for one that nobody knows, or whose imported weights are gone."""
        self._require_known(version)
        imported, metadata = self._imported().get(version), self._embeddings.get_metadata(version) or {}
        checkpoint = self.checkpoint_of(version)
        if imported and not checkpoint.is_file():
            raise UserError(f"The weights of {version} are gone: import its file again.")
        reference = metadata.get("encoder_class") or (imported or {}).get("reference", "")
        return EncoderInUse(version, str(reference), str(checkpoint) if checkpoint.is_file() else "")

    def note_import(self, version: str, *, reference: str, dimension: int, note: str) -> None:
        """List an encoder whose weights lie in ``checkpoint_of(version)``; no song has to have an embedding of it."""
        known = self._imported().get(version, {})
        said = {"reference": reference, "dimension": dimension, "note": note, "created_at": time.time()}
        kept = {name: value for name, value in known.items() if name == "created_at"}
        self._companion.save_setting(IMPORTED, self._imported() | {version: said | kept})

    def is_own(self, version: str) -> bool:
        """Whether songs were listened to with a version that was not imported."""
        return version in self._embeddings.counts() and version not in self._imported()

    def _imported(self) -> dict[str, dict[str, Any]]:
        """What is known of encoders that came from elsewhere, by their versions."""
        return self._companion.setting(IMPORTED) or {}

    def checkpoint_of(self, version: str) -> Path:
        """Where the weights of a trained encoder lie, if it was trained."""
        return self._workplace.profile.checkpoints / f"{version}.pt"

    def use(self, version: str, *, control: Control | None = None) -> Iterator[Event]:
        """Predict from this version from now on; songs that it has not heard are embedded first."""
        encoder = self.known(version)
        complete = yield from self._embed(encoder, control=control or Control())
        if complete:
            self._workplace.use_encoder(encoder)
        yield EncoderFinished(complete=complete, is_used=complete)

    def compare(self, first: str, second: str, *, control: Control | None = None) -> Iterator[Event]:
        """Measure two versions on the same held-out groups; ends with TrainingFinished.

        One that no song was listened to with, since it was imported, hears them all first.
        """
        encoders, counts = [self.known(version) for version in (first, second)], self._embeddings.counts()
        reins = control or Control()
        for encoder in encoders:
            if encoder.version not in counts:
                yield Stage(EMBEDDING)
                if not (yield from self._embed(encoder, control=reins)):
                    yield TrainingFinished(complete=False)
                    return
        yield from run_training(self._job("compare", versions=[first, second]), control=reins)

    def _compared(self, first: str, second: str, *, control: Control) -> Generator[Event, None, dict[str, Any] | None]:
        """Events; returns what the comparison found, None if it was stopped."""
        found: dict[str, Any] | None = None
        for event in run_training(self._job("compare", versions=[first, second]), control=control):
            if isinstance(event, TrainingFinished):
                found = event.result if event.complete else None
            else:
                yield event
        return found

    def delete(self, version: str) -> int:
        """Delete a version's embeddings and weights; returns how many songs had one. The one in use is refused."""
        self._require_known(version)
        if version == self._workplace.active_version:
            raise UserError(f"The version {version} is in use: choose another first.", cause=Cause.ENCODER_IN_USE)
        songs = self._embeddings.counts().get(version, 0)
        self._embeddings.forget_version(version)
        matrix_file(self._embeddings.path, version).unlink(missing_ok=True)
        self.checkpoint_of(version).unlink(missing_ok=True)
        imported = self._imported()
        if imported.pop(version, None) is not None:
            self._companion.save_setting(IMPORTED, imported)
        return songs

    def _require_known(self, version: str) -> None:
        known = self._embeddings.counts() | self._imported()
        if version not in known:
            names = ", ".join(known) or "none yet"
            raise UserError(f"There is no version {version}; those that there are: {names}.")

    def _job(self, kind: Kind, **options: object) -> TrainingJob:
        return training_job(kind, self._workplace, curation=self._curation(), **options)


def _said(comparison: dict[str, Any], *, new: str, old: str, is_better: bool) -> str:
    """What the comparison found, and what follows, either way with the way back."""
    used, other = (new, old) if is_better else (old, new)
    verb = "is used from now on" if is_better else "stays in use"
    return f"{comparison['found']} So {used} {verb}; {other} is kept, and can be chosen instead."
