"""The ordered steps from one song to its facts, from a single decode; pure but for reading the file."""

from dataclasses import replace
from functools import lru_cache

import torch
from torch import nn

from core.analysis.facts import ALL_PARTS, NO_PART, AnalysisSettings, KnownSound, Part, SongFacts, SongTask
from core.analysis.fingerprint import fingerprint_samples
from core.analysis.speech import measure_speech
from core.analysis.stage_times import StageClock
from core.audio.checksum import audio_checksum
from core.audio.decode import Excerpt, Wish, decode_wish
from core.audio.open_file import OpenFile, open_file
from core.audio.probe import AudioMetadata
from core.audio.reader import open_readers
from core.audio.reasons import AudioError, SkipReason
from core.models.protocols import sample_rate_of
from core.song import SongId

IMAGES = 4
"""Files of which the checksum is remembered: the tracks of a cue sheet follow each other, and share a large one."""


def analyse_song(task: SongTask, *, encoder: nn.Module, settings: AnalysisSettings) -> SongFacts:
    """What is to be known of a song; raises AudioError with the reason when nothing can be heard.

    The undecoded sound is looked at first: where its facts are known, under this name or another, nothing is decoded.
    """
    if task.path is None:
        raise AudioError(SkipReason.NOT_LOCAL, task.song_id)
    clock = StageClock()
    with open_file(task.path) as file:
        with clock.measuring("checksum"):
            checksum = section_checksum(file, task)
        source = _known_song(task, checksum)
        parts = _parts_to_hear(task, source) & settings.parts
        if not parts:
            found = _metadata(file, task)
            return SongFacts(task.song_id, found, damage=None, checksum=checksum, same_as=source, times=clock.times)
        wish = wish_of(task, settings)
        with clock.measuring("decode"):
            heard = decode_wish(file, wish, sample_rate=sample_rate_of(encoder))
    facts = hear(heard, song_id=task.song_id, parts=parts, encoder=encoder, clock=clock)
    return replace(facts, metadata=_of_section(heard.metadata, task), checksum=checksum, same_as=source)


def hear(
    heard: Excerpt, *, song_id: SongId, parts: Part, encoder: nn.Module, clock: StageClock | None = None
) -> SongFacts:
    """The wanted parts of an excerpt at the encoder's sample rate; the ``clock`` may have measured what went before."""
    samples, rate = heard.samples.numpy(), sample_rate_of(encoder)
    embedding, items, speech, watch = None, None, None, clock or StageClock()
    if Part.EMBEDDING in parts:
        with watch.measuring("embedding"):
            embedding = embed(heard.samples, encoder=encoder).numpy()
    if Part.FINGERPRINT in parts:
        with watch.measuring("fingerprint"):
            items = fingerprint_samples(samples, sample_rate=rate)
    if Part.SPEECH in parts:
        with watch.measuring("speech"):
            speech = measure_speech(samples, sample_rate=rate)
    return SongFacts(song_id, heard.metadata, embedding, heard.damage, items=items, speech=speech, times=watch.times)


def wish_of(task: SongTask, settings: AnalysisSettings) -> Wish:
    """The part of the file to hear."""
    excerpt = settings.excerpt
    return Wish(excerpt.duration, excerpt.center_crop, excerpt.max_duration, task.beginning, task.length)


def section_checksum(file: OpenFile, task: SongTask) -> str:
    """The checksum of a song's undecoded sound; that of a section names its file's and its place."""
    if not task.section:
        return audio_checksum(file)
    return _image_checksum(file.filename, file.size, file.mtime) + task.section


@lru_cache(maxsize=IMAGES)
def _image_checksum(filename: str, size: int, mtime: float) -> str:  # noqa: ARG001 - they tell one file from another
    with open_file(filename) as file:
        return audio_checksum(file)


def embed(samples: torch.Tensor, *, encoder: nn.Module) -> torch.Tensor:
    """The embedding (dim,) of mono samples (n,).

    Raises AudioError when it has values that are not numbers, ValueError when an encoder of the owner's breaks its
    promise about their number at samples of this length.
    """
    with torch.inference_mode():
        embedding: torch.Tensor = encoder(samples.unsqueeze(0)).squeeze(0).float()
    expected = int(encoder.get_embedding_dim())  # type: ignore[operator]  # nn.Module types every attribute as a tensor
    if tuple(embedding.shape) != (expected,):
        message = f"the encoder gave the shape {tuple(embedding.shape)}, not ({expected},)"
        raise ValueError(message)
    if not bool(embedding.isfinite().all()):
        raise AudioError(SkipReason.CRASHED, "the encoder gave values that are not numbers")
    return embedding


def _known_song(task: SongTask, checksum: str) -> SongId | None:
    """The song whose facts hold for this sound: this one, or one that may have had another name."""
    known = (KnownSound(task.checksum, task.song_id), *task.alike)
    return next((sound.song_id for sound in known if sound.checksum == checksum), None)


def _parts_to_hear(task: SongTask, source: SongId | None) -> Part:
    if source is None:
        return ALL_PARTS
    return task.missing if source == task.song_id else NO_PART


def _metadata(file: OpenFile, task: SongTask) -> AudioMetadata:
    return _of_section(next(open_readers(file, sample_rate=None)).metadata, task)


def _of_section(found: AudioMetadata, task: SongTask) -> AudioMetadata:
    """The file's facts under the key of the song, with the song's own duration."""
    rest = max(found.duration - task.beginning, 0.0)
    duration = min(task.length, rest) if task.length else rest
    return replace(found, filename=task.song_id, duration=duration)
