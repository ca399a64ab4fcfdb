"""Small real sound files made in code, in all formats and in all ways that files go wrong; no test needs a binary.

Samples are float arrays (channels, n). Encoded bytes are kept for the session, so the same file is cheap twice. Use::

    from tests.audio_files import chord, tone, truncate, write_sound

    write_sound(tmp_path / "a.mp3", tone(440, seconds=40), bit_rate=192)
    truncate(write_sound(tmp_path / "b.flac", chord(), sample_rate=48000), share=0.5)
"""

import hashlib
import struct
import subprocess
import tempfile
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

FORMATS = ("mp3", "flac", "ogg", "wav", "m4a", "opus")
"""What the player's owner has; ``write_sound`` makes each by its suffix, and also aac, aiff, alac, oga, wv, mka."""

_ENCODERS = {
    ".mp3": ("-c:a", "libmp3lame"),
    ".flac": ("-c:a", "flac"),
    ".ogg": ("-c:a", "libvorbis"),
    ".oga": ("-c:a", "flac", "-f", "ogg"),
    ".m4a": ("-c:a", "aac", "-movflags", "faststart"),
    ".alac": ("-c:a", "alac", "-f", "ipod"),
    ".opus": ("-c:a", "libopus"),
    ".aac": ("-c:a", "aac", "-f", "adts"),
    ".aiff": ("-c:a", "pcm_s16be"),
    ".wv": ("-c:a", "wavpack"),
    ".mka": ("-c:a", "libvorbis"),
}
_ENCODED: dict[str, bytes] = {}


def tone(
    frequency: float = 440.0, *, seconds: float = 4.0, sample_rate: int = 44100, channels: int = 2, level: float = 0.5
) -> Samples:
    """A sine of ``frequency`` Hz, alike in all channels."""
    return chord((frequency,), seconds=seconds, sample_rate=sample_rate, channels=channels, level=level)


def chord(
    frequencies: Sequence[float] = (220.0, 277.2, 329.6),
    *,
    seconds: float = 4.0,
    sample_rate: int = 44100,
    channels: int = 2,
    level: float = 0.5,
) -> Samples:
    """Several sines that together reach ``level`` at most."""
    times = np.arange(round(seconds * sample_rate)) / sample_rate
    sound = np.mean([np.sin(2 * np.pi * frequency * times) for frequency in frequencies], axis=0)
    return np.tile(sound * level, (channels, 1)).astype(np.float32)


def steps(seconds: int, *, sample_rate: int = 44100, channels: int = 2) -> Samples:
    """A tone that rises by 10 Hz each second from 300 Hz, so that ``second_of`` can tell the place of an excerpt."""
    frequencies = np.repeat(300.0 + 10.0 * np.arange(seconds), sample_rate)
    sound = 0.5 * np.sin(2 * np.pi * np.cumsum(frequencies) / sample_rate)
    return np.tile(sound, (channels, 1)).astype(np.float32)


def second_of(sound: NDArray[np.floating], *, sample_rate: int) -> float:
    """Which second of ``steps`` half a second of it, (n,), comes from; off by less than 0.5."""
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), 16 * len(sound)))
    return (float(np.argmax(spectrum)) * sample_rate / (16 * len(sound)) - 300.0) / 10.0


def noise(*, seconds: float = 4.0, sample_rate: int = 44100, channels: int = 2, seed: int = 1) -> Samples:
    """White noise, different in each channel."""
    generator = np.random.default_rng(seed)
    return generator.uniform(-0.5, 0.5, (channels, round(seconds * sample_rate))).astype(np.float32)


def write_wav(path: Path, samples: Samples, *, sample_rate: int = 44100) -> Path:
    """A WAV of 16 bits, by the standard library alone."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(samples.shape[0])
        file.setsampwidth(2)
        file.setframerate(sample_rate)
        file.writeframes((np.clip(samples, -1, 1).T * 32767).astype("<i2").tobytes())
    return path


def write_float_wav(path: Path, samples: Samples, *, sample_rate: int = 44100) -> Path:
    """A WAV of 32-bit floats, which may hold values that are no sound."""
    data = samples.T.astype("<f4").tobytes()
    form = struct.pack("<HHIIHH", 3, len(samples), sample_rate, sample_rate * 4 * len(samples), 4 * len(samples), 32)
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(data)) + data
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)
    return path


def write_sound(
    path: Path, samples: Samples, *, sample_rate: int = 44100, bit_rate: int | None = None, options: Sequence[str] = ()
) -> Path:
    """A sound file of the format that the suffix names; ``bit_rate`` in kbit/s, ``options`` for ffmpeg's encoder."""
    if path.suffix == ".wav" and not options:
        return write_wav(path, samples, sample_rate=sample_rate)
    rate = ("-b:a", f"{bit_rate}k") if bit_rate else ()
    path.write_bytes(_encoded(path.suffix, samples, sample_rate, (*rate, *options)))
    return path


def write_video(path: Path, *, seconds: float = 1.0) -> Path:
    """A moving picture without sound."""
    source = f"testsrc=size=64x64:rate=10:duration={seconds}"
    _ffmpeg(("-f", "lavfi", "-i", source, "-c:v", "mpeg4", str(path)))
    return path


def truncate(path: Path, *, share: float) -> Path:
    """Keep the first ``share`` of the file, as a download that broke off does."""
    data = path.read_bytes()
    path.write_bytes(data[: round(len(data) * share)])
    return path


def rot(path: Path, *, begin: float = 0.5, end: float = 0.55, seed: int = 1) -> Path:
    """Replace the bytes between two shares of the file by random ones."""
    data = bytearray(path.read_bytes())
    first, last = round(len(data) * begin), round(len(data) * end)
    data[first:last] = np.random.default_rng(seed).bytes(last - first)
    path.write_bytes(data)
    return path


def add_id3_cover(path: Path, *, size: int = 1_000_000) -> Path:
    """Put an ID3 tag with a picture of ``size`` bytes, which no decoder can read, before an MP3."""
    picture = b"\0image/jpeg\0\x03\0" + b"\xff\xd8\xff\xe0" + bytes(size)
    frame = b"APIC" + struct.pack(">I", len(picture)) + b"\0\0" + picture
    length = bytes(len(frame) >> shift & 0x7F for shift in (21, 14, 7, 0))
    path.write_bytes(b"ID3\x03\0\0" + length + frame + path.read_bytes())
    return path


def add_flac_picture(path: Path, *, size: int = 1_000_000) -> Path:
    """Put a picture of ``size`` bytes behind the first header of a FLAC file."""
    data = path.read_bytes()
    picture = struct.pack(">II", 3, 10) + b"image/jpeg" + bytes(20) + struct.pack(">I", size) + bytes(size)
    block = b"\x06" + len(picture).to_bytes(3, "big") + picture
    path.write_bytes(data[:42] + block + data[42:])
    return path


def forget_flac_length(path: Path) -> Path:
    """Set the number of samples in a FLAC header to 0, for unknown, as an encoder does that writes to a pipe."""
    data = bytearray(path.read_bytes())
    data[21] &= 0xF0
    data[22:26] = bytes(4)
    path.write_bytes(data)
    return path


def state_mp3_length(path: Path, *, frames: int) -> Path:
    """Let the Xing or Info header of an MP3 claim another number of frames."""
    data = bytearray(path.read_bytes())
    at = max(data[:4096].find(b"Xing"), data[:4096].find(b"Info"))
    assert at > 0, "the MP3 has no such header"
    data[at + 8 : at + 12] = struct.pack(">I", frames)
    path.write_bytes(data)
    return path


def add_broken_ogg_stream(path: Path) -> Path:
    """Add a second logical stream with a broken Vorbis header.

    FFmpeg 5.1 gives the file up ("Header processing failed"), libsndfile reads the first stream.
    """
    data = path.read_bytes()
    first_page = 27 + data[26] + sum(data[27 : 27 + data[26]])
    # The block sizes are 0: they must lie between 64 and 8192.
    broken = b"\x01vorbis" + bytes(23)
    path.write_bytes(data[:first_page] + _ogg_page(broken, serial=77) + data[first_page:])
    return path


def _ogg_page(body: bytes, *, serial: int) -> bytes:
    head = b"OggS\0\x02" + struct.pack("<qII", 0, serial, 0)
    tail = bytes((1, len(body))) + body
    checksum = 0
    for byte in head + bytes(4) + tail:
        checksum ^= byte << 24
        for _ in range(8):
            checksum = checksum << 1 ^ (0x104C11DB7 if checksum & 0x80000000 else 0)
    return head + struct.pack("<I", checksum) + tail


def _encoded(suffix: str, samples: Samples, sample_rate: int, options: Sequence[str]) -> bytes:
    key = hashlib.sha256(repr((suffix, samples.shape, sample_rate, options)).encode() + samples.tobytes()).hexdigest()
    if key not in _ENCODED:
        source = ("-f", "f32le", "-ar", str(sample_rate), "-ac", str(len(samples)), "-i", "pipe:0")
        # Encoders go back to the beginning to write the length, so the output has to be a file.
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / f"sound{suffix}"
            encoder = _ENCODERS.get(suffix, ())
            _ffmpeg((*source, *encoder, *options, str(target)), samples.T.astype("<f4").tobytes())
            _ENCODED[key] = target.read_bytes()
    return _ENCODED[key]


def _ffmpeg(arguments: Sequence[str], standard_input: bytes = b"") -> None:
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", "-bitexact", *arguments]
    if standard_input:
        command.remove("-nostdin")
    subprocess.run(command, input=standard_input or None, check=True)
