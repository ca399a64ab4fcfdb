"""An open sound file from which spans of samples are read: by FFmpeg, or by libsndfile where FFmpeg refuses."""

import re
from collections.abc import Iterator
from typing import Protocol

import soundfile
import torch
from torchaudio.functional import resample

from core.audio.container import audio_size, container_of, id3_size, is_duration_guessed, is_pure_audio
from core.audio.end_of_sound import find_end
from core.audio.ffmpeg_decoder import AudioDecoder
from core.audio.open_file import OpenFile
from core.audio.probe import AudioMetadata
from core.audio.reasons import AudioError, SkipReason

MOST_CHANNELS = 32
"""A header that claims more is broken; 30 s of 255 channels would take 1.3 GB."""
HIGHEST_BIT_RATE = 100_000_000
"""Bits per second; a Vorbis header may name 4,294,967,295."""
RATE_STEP = 50
"""Hz. torchaudio's kernel grows with the rate over the common divisor: a gigabyte for 44,056 Hz, so libsndfile's rates
are rounded, which shifts the pitch by less than 0.3 % from 8 kHz up and by nothing for the usual rates."""

_READ_BY_LIBSNDFILE = {"ogg", "flac", "wav", "aiff"}
_QUARTERS = (0.0, 0.25, 0.5, 0.75)


class SpanError(Exception):
    """Nothing could be read from a span; ``is_past_end`` tells silence behind the end from damage."""

    def __init__(self, message: str, *, is_past_end: bool) -> None:
        super().__init__(message)
        self.is_past_end = is_past_end


class SoundReader(Protocol):
    """An open sound file."""

    metadata: AudioMetadata

    def read(self, start: float, stop: float) -> torch.Tensor:
        """The samples between two times in seconds, float32 (channels, n); raise ``SpanError`` if there are none."""


class FFmpegReader:
    """Reads through torchcodec: one FFmpeg thread, seeking instead of decoding from 0, resampled by swresample.

    Measured for 30 s: swresample adds 4 to 8 ms to the decoding of two channels, ``torchaudio.functional.resample``
    26 to 42 ms to that of the mixed one. Mixing is left to us: swresample adds the channels up to 3 dB too loud.
    """

    def __init__(self, file: OpenFile, *, sample_rate: int | None) -> None:
        self._decoder = _ffmpeg_decoder(file, sample_rate)
        self._origin = self._decoder.metadata.begin_stream_seconds or 0.0
        self.metadata = self._describe(file)

    def read(self, start: float, stop: float) -> torch.Tensor:
        """See ``SoundReader``."""
        try:
            return self._decoder.get_samples_played_in_range(start + self._origin, stop + self._origin).data
        except RuntimeError as error:
            message = _without_source_line(error)
            is_past_end = "No audio frames were decoded" in message or "Could not seek" in message
            raise SpanError(message, is_past_end=is_past_end) from error

    def _describe(self, file: OpenFile) -> AudioMetadata:
        facts = self._decoder.metadata
        codec, sample_rate, channels = facts.codec or "", facts.sample_rate or 0, facts.num_channels or 0
        if not 0 < channels <= MOST_CHANNELS or sample_rate <= 0:
            raise AudioError(SkipReason.DAMAGED, f"the header claims {channels} channels at {sample_rate} Hz")
        duration, named_rate = facts.duration_seconds or 0.0, facts.bit_rate or 0.0
        is_guessed = duration <= 0 or is_duration_guessed(
            file, codec=codec, sample_rate=sample_rate, channels=channels, duration=duration
        )
        if is_guessed:
            duration, named_rate = find_end(lambda at: has_sound(self, at), expected=duration), 0.0
        return _metadata(
            file, codec=codec, sample_rate=sample_rate, channels=channels, duration=duration, named_rate=named_rate
        )


class LibsndfileReader:
    """Reads through soundfile: the second try, for Vorbis headers at which FFmpeg 5.1 gives up."""

    def __init__(self, file: OpenFile, *, sample_rate: int | None) -> None:
        if container_of(file) not in _READ_BY_LIBSNDFILE:
            raise SpanError("not for libsndfile", is_past_end=False)
        self._sound = soundfile.SoundFile(file.descriptor, closefd=False)
        self._rate = self._sound.samplerate
        self._wanted_rate = sample_rate or self._rate
        self.metadata = _metadata(
            file,
            codec=_codec_of(self._sound),
            sample_rate=self._rate,
            channels=self._sound.channels,
            duration=self._sound.frames / self._rate,
            named_rate=0.0,
        )

    def read(self, start: float, stop: float) -> torch.Tensor:
        """See ``SoundReader``."""
        try:
            self._sound.seek(min(round(start * self._rate), self._sound.frames))
            samples = self._sound.read(round((stop - start) * self._rate), dtype="float32", always_2d=True)
        except soundfile.SoundFileError as error:
            raise SpanError(str(error), is_past_end=False) from error
        if len(samples) == 0:
            raise SpanError("the file ends before", is_past_end=True)
        rate = max(round(self._rate / RATE_STEP), 1) * RATE_STEP
        resampled: torch.Tensor = resample(torch.from_numpy(samples.T.copy()), rate, self._wanted_rate)
        return resampled


def open_readers(file: OpenFile, *, sample_rate: int | None) -> Iterator[SoundReader]:
    """The readers that can open ``file``, the best first; raise ``AudioError`` at the end if there was none.

    Samples come at ``sample_rate`` in Hz, at the file's own rate for None.
    """
    refusals: list[Exception] = []
    kinds: tuple[type[FFmpegReader | LibsndfileReader], ...] = (FFmpegReader, LibsndfileReader)
    for kind in kinds:
        try:
            reader = kind(file, sample_rate=sample_rate)
        except (RuntimeError, ValueError, SpanError) as error:
            refusals.append(error)
        else:
            yield reader
    if len(refusals) == len(kinds):
        raise _reason_of(refusals[0], file) from refusals[0]


def has_sound(reader: SoundReader, at: float) -> bool:
    """Whether anything decodes in the second from ``at``, in seconds; damage there does not count as the end."""
    for quarter in _QUARTERS:
        try:
            reader.read(at + quarter, at + quarter + 0.25)
        except SpanError as error:
            if error.is_past_end:
                return False
        else:
            return True
    return False


def _ffmpeg_decoder(file: OpenFile, sample_rate: int | None) -> AudioDecoder:
    tag = id3_size(file)
    if 0 < tag < file.size:
        try:
            # FFmpeg decodes the cover art in an ID3 tag before the first sound: 32 ms for a JPEG of 1000 x 1000.
            return AudioDecoder(f"subfile,,start,{tag},end,0,,:{file.address}", sample_rate=sample_rate)
        except (RuntimeError, ValueError):
            # A tag that names a wrong size, or an FFmpeg built without this protocol.
            pass
    return AudioDecoder(file.address, sample_rate=sample_rate)


def _reason_of(refusal: Exception, file: OpenFile) -> AudioError:
    if isinstance(refusal, AudioError):
        return refusal
    container = container_of(file)
    has_no_audio_stream = isinstance(refusal, ValueError)
    if container is None or (has_no_audio_stream and not is_pure_audio(container)):
        return AudioError(SkipReason.NOT_AUDIO, "no sound stream" if has_no_audio_stream else "no known sound format")
    return AudioError(SkipReason.DAMAGED, f"{container}: {_without_source_line(refusal)}")


def _without_source_line(error: Exception) -> str:
    """The message of FFmpeg without torchcodec's file names in front and the descriptor's name in it."""
    lines = str(error).splitlines() or [type(error).__name__]
    return re.sub(r"^.*\.cpp:\d+, |: /proc/self/fd/\d+|\.$", "", lines[0])


def _codec_of(sound: soundfile.SoundFile) -> str:
    return str(sound.subtype if sound.format == "OGG" or sound.subtype.startswith("PCM") else sound.format).lower()


def _metadata(
    file: OpenFile, *, codec: str, sample_rate: int, channels: int, duration: float, named_rate: float
) -> AudioMetadata:
    if not 0 < named_rate < HIGHEST_BIT_RATE:
        named_rate = audio_size(file) * 8 / duration if duration > 0 else 0.0
    return AudioMetadata(
        filename=file.filename,
        file_size=file.size,
        duration=duration,
        sample_rate=sample_rate,
        bit_rate=round(named_rate / 1000),
        channels=channels,
        codec=_codec_name(codec),
        mtime=file.mtime,
    )


def _codec_name(codec: str) -> str:
    """FFmpeg's name in capitals, without the variant of the sample: ``pcm_s16le`` is PCM, ``wmav2`` WMA."""
    family = codec.partition("_")[0]
    return "WMA" if codec.startswith("wmav") else family.upper()
