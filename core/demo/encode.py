"""Samples to tagged files in six formats, through the ffmpeg program."""

import math
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from core.demo.voices import SAMPLE_RATE, Samples
from core.errors import UserError

# The cheap settings of each encoder: together they save a third of the time, and nobody judges the demo by its codec.
CODECS: dict[str, tuple[str, ...]] = {
    "mp3": ("-c:a", "libmp3lame", "-b:a", "128k", "-compression_level", "7", "-id3v2_version", "3"),
    "flac": ("-c:a", "flac", "-sample_fmt", "s16"),
    "ogg": ("-c:a", "libvorbis", "-q:a", "3"),
    "m4a": ("-c:a", "aac", "-b:a", "112k", "-aac_coder", "fast"),
    "opus": ("-c:a", "libopus", "-b:a", "80k", "-compression_level", "2"),
    "wav": ("-c:a", "pcm_s16le"),
    "copy": ("-c:a", "copy", "-id3v2_version", "3"),
}

BITEXACT = ("-fflags", "+bitexact", "-flags:a", "+bitexact")
"""No encoder version and no random serial number in the file: the same samples give the same bytes."""

MP3_FRAME = 1152
"""Samples in a frame of MPEG 1 layer 3."""


def find_ffmpeg() -> str:
    """The ffmpeg program; UserError if it is not installed."""
    program = shutil.which("ffmpeg")
    if program is None:
        message = "The demo needs the program ffmpeg to write its songs; install the package ffmpeg and try again."
        raise UserError(message)
    return program


def encode_samples(samples: Samples, *, target: Path, codec: str, tags: Mapping[str, str]) -> None:
    """Write (2, samples) at ``SAMPLE_RATE`` to ``target``, whose suffix names the container."""
    interleaved = np.ascontiguousarray((samples.T * 32767.0).round().astype("<i2"))
    raw = ("-f", "s16le", "-ar", str(SAMPLE_RATE), "-ac", "2", "-i", "pipe:0")
    _run(raw, target=target, codec=codec, tags=tags, data=interleaved.tobytes())


def transcode(source: Path, *, target: Path, codec: str, tags: Mapping[str, str]) -> None:
    """Write the sound of ``source`` once more, in another format, as an owner does who converts a folder."""
    _run(("-i", f"file:{source}"), target=target, codec=codec, tags=tags, data=b"")


def loop_mp3(source: Path, *, target: Path, tags: Mapping[str, str], seconds: float) -> None:
    """Write the frames of an MP3 again and again until ``seconds`` are full; nothing is encoded anew."""
    frames = math.ceil(seconds * SAMPLE_RATE / MP3_FRAME)
    repeated = ("-stream_loop", "-1", "-i", f"file:{source}", "-frames:a", str(frames))
    _run(repeated, target=target, codec="copy", tags=tags, data=b"")


def _run(source: tuple[str, ...], *, target: Path, codec: str, tags: Mapping[str, str], data: bytes) -> None:
    metadata = [argument for name, value in tags.items() for argument in ("-metadata", f"{name}={value}")]
    command = [
        *(
            find_ffmpeg(),
            "-v",
            "error",
            "-nostdin",
            "-y",
            "-threads",
            "1",
            *source,
            "-map",
            "0:a",
            "-map_metadata",
            "-1",
        ),
        *(*metadata, *CODECS[codec], *BITEXACT, f"file:{target}"),
    ]
    finished = subprocess.run(command, input=data, capture_output=True, check=False)
    if finished.returncode:
        reason = finished.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no reason given"]
        message = f"ffmpeg could not write {target}: {reason[0]}"
        raise UserError(message)
