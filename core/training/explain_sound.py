"""Which seconds and which frequencies of a song its prediction hangs on: they are taken away, and it is predicted anew.

A part speaks for the song if the prediction falls without it. What is named holds in every way of taking it away.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.analysis.facts import EncoderChoice
from core.analysis.worker import load_encoder
from core.audio.excerpt import Excerpt
from core.audio.reasons import AudioError
from core.errors import Cause, UserError
from core.models.protocols import sample_rate_of
from core.models.registry import DEFAULT_ENCODER
from core.store.database import sentences
from core.training.context import Reporter
from core.training.data.excerpts import Place, decoded_excerpt
from core.training.embed import version_of_embeddings
from core.training.occlusion import Span, bands, cut, evened, silenced, taken_out, turned_down, windows
from core.training.protocol import TrainingJob, TrainingSong
from core.training.rating.hearing import hearing_of
from core.training.rating.influence import NOTICEABLE
from core.training.rating.predictor import Predictor, load_predictor
from core.training.remembered_patches import remembering
from core.training.spectrogram import save_spectrogram, write_wave

AT_ONCE = 4
NAMED = 3
"""Of the parts that speak for a song, and of those against it, that are tried in the other ways too."""
LEAST_OF_SECONDS = 0.001
"""Of the scale from 0 to 1: an encoder hears a whole excerpt, of which a few seconds change little."""

Version = Callable[[Tensor, int], Tensor]
"""Makes of samples (n,) at a rate the same with a part taken away."""
Way = Callable[..., Tensor]
"""One of those of ``occlusion``."""
WAYS: tuple[tuple[Way, ...], ...] = ((cut, evened, silenced), (turned_down, taken_out))
"""Of seconds, and of bands: the first one says how much a part changes, the others whether that holds.

On real songs, what held when it was cut and evened held in silence too in 14 of 15 cases, which left one to ask for.
"""


@dataclass(frozen=True)
class Listener:
    """An encoder with what it hears of the song, and where its values stand in what the predictor reads."""

    encoder: nn.Module
    rate: int
    samples: Tensor
    columns: slice


@dataclass(frozen=True)
class Part:
    """Seconds of an excerpt, or a band in Hz; ``change`` is what the prediction loses without it, in ratings 0 to 1."""

    span: Span
    change: float
    holds: bool = False
    """Whether it was tried in the other ways, and speaks in the same direction in each."""


@dataclass(frozen=True)
class ExplainedSong:
    """A song as the predictor hears it, of which parts can be taken away."""

    song: TrainingSong
    predictor: Predictor
    heard: NDArray[np.float32]
    """(dim,): what the store has of it."""
    listeners: Sequence[Listener]

    def predicted(self, versions: Sequence[Version]) -> NDArray[np.float64]:
        """The prediction (versions,) of each version of the song, before it is kept within 0 to 1."""
        rows = np.tile(self.heard, (len(versions), 1))
        for listener in self.listeners:
            sounds = [version(listener.samples, listener.rate) for version in versions]
            rows[:, listener.columns] = _encoded(listener.encoder, sounds)
        parts = self.predictor.predict(rows, songs=[self.song] * len(versions)).parts
        found: NDArray[np.float64] = np.sum(list(parts.values()), axis=0)
        return found


def explain_sound(job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Explain the song that ``song_id`` names by ``predictor``, a file; ``encoder`` made the embeddings in use.

    ``sound_file`` is where the excerpt is written as a WAV file, if it is to be heard. Seconds of the result count from
    the beginning of the file. Raises UserError for a song that cannot be heard or was not.
    """
    torch.set_num_threads(1)
    song = _song(job)
    predictor = load_predictor(Path(job.options["predictor"]), folder=job.folder)
    names, vectors = hearing_of(job).rows([song.song_id])
    if not names:
        raise UserError(f"{song.path} has not been listened to yet.", cause=Cause.NOT_HEARD)
    encoders = _encoders(job)
    excerpt = _excerpt(job, song, rate=sample_rate_of(encoders[0]))
    listeners = list(_listeners(job, song, encoders, excerpt))
    explained = ExplainedSong(song, predictor, vectors[0], listeners)
    found = _explained(explained, reporter)
    if reporter.stopped():
        return {}
    return _told(job, excerpt, rate=listeners[0].rate, found=found)


def _explained(song: ExplainedSong, reporter: Reporter) -> tuple[float, list[Part], list[Part]]:
    """The prediction, and what each window and each band does to it."""
    first = song.listeners[0]
    spans = windows(len(first.samples) / first.rate), bands(min(each.rate for each in song.listeners) / 2)
    told = _Telling(reporter, total=1 + len(spans[0]) + len(spans[1]) + 6 * NAMED)
    whole = float(song.predicted([_whole])[0])
    told.done(1)
    if not song.predictor.model.figures.get("uses_sound", 1.0):
        seconds, frequencies = ([Part(span, 0.0) for span in each] for each in spans)
        return whole, seconds, frequencies
    found = []
    for each, (first_way, *others), least in zip(spans, WAYS, (LEAST_OF_SECONDS, NOTICEABLE), strict=True):
        changes = whole - told.predicted(song, [partial(_taken, first_way, span) for span in each])
        parts = [Part(span, float(change)) for span, change in zip(each, changes, strict=True)]
        held = strongest(changes.tolist(), least=least)
        for way in others:
            again = whole - told.predicted(song, [partial(_taken, way, each[row]) for row in held])
            held = [
                row for row, change in zip(held, again, strict=True) if _alike(change, parts[row].change, least=least)
            ]
        for row in held:
            parts[row] = replace(parts[row], holds=True)
        found.append(parts)
    return whole, found[0], found[1]


def _alike(change: float, first: float, *, least: float) -> bool:
    """Whether two ways of taking a part away say the same of it, by more than the arithmetic leaves open."""
    return change * first > 0 and abs(change) >= least / 10


def strongest(changes: Sequence[float], *, least: float) -> list[int]:
    """The rows of what speaks most for a song and most against it, as far as it changes that much."""
    order = sorted(range(len(changes)), key=lambda row: -abs(changes[row]))
    noticed = [row for row in order if abs(changes[row]) >= least]
    return [row for sign in (1, -1) for row in [row for row in noticed if changes[row] * sign > 0][:NAMED]]


class _Telling:
    """Predicts a few versions at a time, tells how far it is, and ends early where that is asked for."""

    def __init__(self, reporter: Reporter, *, total: int) -> None:
        self._reporter, self._total, self._count = reporter, total, 0

    def done(self, count: int) -> None:
        self._count += count
        self._reporter.say("progress", done=min(self._count, self._total), total=self._total)

    def predicted(self, song: ExplainedSong, versions: Sequence[Version]) -> NDArray[np.float64]:
        found = np.full(len(versions), np.nan)
        for start in range(0, len(versions), AT_ONCE):
            if self._reporter.stopped():
                break
            some = versions[start : start + AT_ONCE]
            found[start : start + len(some)] = song.predicted(some)
            self.done(len(some))
        return found


def _whole(samples: Tensor, rate: int) -> Tensor:  # noqa: ARG001 - as every Version
    return samples


def _taken(way: Way, span: Span, samples: Tensor, rate: int) -> Tensor:
    return way(samples, span, rate=rate)


def _song(job: TrainingJob) -> TrainingSong:
    for song in job.songs:
        if song.song_id == job.options["song_id"]:
            return song
    raise UserError(f"{job.options['song_id']} is no song that is predicted.")


def _encoders(job: TrainingJob) -> list[nn.Module]:
    """The one in use, and the one that measures, if the predictor reads that beside it."""
    chosen = job.options["encoder"]
    encoders = [_loaded(job, chosen["reference"], chosen["checkpoint"])]
    if version_of_embeddings(encoders[0], job.excerpt) != job.embedding_version:
        raise UserError("The encoder has changed since the songs were listened to.", cause=Cause.NOT_HEARD)
    if job.options.get("measured_version", "") not in ("", job.embedding_version):
        encoders.append(_loaded(job, DEFAULT_ENCODER, ""))
    return encoders


def _loaded(job: TrainingJob, reference: str, checkpoint: str) -> nn.Module:
    return load_encoder(
        EncoderChoice(
            reference=reference,
            embedding_dim=job.hyperparameters["embedding_dim"],
            seed=job.seed,
            sample_rate=job.excerpt.sample_rate,
            folder=job.folder,
            checkpoint=Path(checkpoint) if checkpoint else None,
            weights=job.pretrained_weights,
        )
    )


def _listeners(
    job: TrainingJob, song: TrainingSong, encoders: Sequence[nn.Module], excerpt: Excerpt
) -> Iterator[Listener]:
    column, samples = 0, {sample_rate_of(encoders[0]): excerpt.samples}
    for encoder in encoders:
        rate, dimension = sample_rate_of(encoder), int(encoder.get_embedding_dim())  # type: ignore[operator]  # nn.Module types every attribute as a tensor
        if rate not in samples:
            samples[rate] = _excerpt(job, song, rate=rate).samples
        yield Listener(remembering(encoder), rate, samples[rate], slice(column, column + dimension))
        column += dimension


def _excerpt(job: TrainingJob, song: TrainingSong, *, rate: int) -> Excerpt:
    """What a scan gives the encoder."""
    try:
        return decoded_excerpt(Place.of(song), job.excerpt, rate=rate)
    except AudioError as error:
        raise UserError(f"{song.path} cannot be heard: {error}.") from error


def _encoded(encoder: nn.Module, sounds: Sequence[Tensor]) -> NDArray[np.float32]:
    """Embeddings (sounds, dim); sounds of one length go through the encoder together."""
    found: dict[int, NDArray[np.float32]] = {}
    for length in {len(sound) for sound in sounds}:
        rows = [row for row, sound in enumerate(sounds) if len(sound) == length]
        with torch.inference_mode():
            vectors = encoder(torch.stack([sounds[row] for row in rows])).float().numpy()
        found |= dict(zip(rows, vectors, strict=True))
    return np.stack([found[row] for row in range(len(sounds))])


def _told(
    job: TrainingJob, excerpt: Excerpt, *, rate: int, found: tuple[float, list[Part], list[Part]]
) -> dict[str, Any]:
    predicted, seconds, frequencies = found
    result = {
        "song_id": job.options["song_id"],
        "predicted": predicted,
        "start": excerpt.start,
        "stop": excerpt.start + len(excerpt.samples) / rate,
        "windows": [_row(part, after=excerpt.start) for part in seconds],
        "bands": [_row(part) for part in frequencies],
        "spectrogram": None,
    }
    if job.options.get("sound_file"):
        path = Path(job.options["sound_file"])
        with sentences(path):
            write_wave(path, excerpt.samples.numpy(), rate=rate)
    if job.cache_dir is not None:
        with suppress(OSError):  # without it there is only no picture
            result["spectrogram"] = str(save_spectrogram(job.cache_dir, result["song_id"], excerpt, rate=rate))
    return result


def _row(part: Part, *, after: float = 0.0) -> dict[str, Any]:
    low, high = (after + each for each in part.span)
    return {"from": low, "to": high, "change": part.change, "holds": part.holds}
