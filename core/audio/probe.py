"""What a file is, without decoding it: size, duration, sample rate, bit rate, channels, codec."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class AudioMetadata:
    """The facts by which identical files find each other before anything is decoded."""

    filename: str
    file_size: int
    """Bytes."""
    duration: float
    """Seconds, as the container states it; measured where no container does, or where it cannot be true."""
    sample_rate: int
    """Hz."""
    bit_rate: int
    """kbit/s: what the stream names (for Vorbis the nominal rate), else bytes without tags x 8 / duration."""
    channels: int
    codec: str
    """Of the stream, whatever the extension: MP3, FLAC, VORBIS, OPUS, AAC, ALAC, PCM, WMA, WAVPACK, APE, ..."""
    mtime: float
    """Unix seconds."""

    def signature(self) -> tuple[int, float, int, int, int]:
        """Equal for identical files: size, duration to 0.1 s, sample rate, bit rate, channels."""
        return (self.file_size, round(self.duration, 1), self.sample_rate, self.bit_rate, self.channels)


def probe(filepath: Path | str) -> AudioMetadata:
    """Open ``filepath`` and read its headers; raise ``AudioError`` when it is no sound file that can be opened."""
    # torch takes two seconds to import, and the app process needs AudioMetadata only.
    from core.audio.open_file import open_file
    from core.audio.plain_wav import describe_plain_wav
    from core.audio.reader import open_readers

    with open_file(filepath) as file:
        return describe_plain_wav(file) or next(open_readers(file, sample_rate=None)).metadata
