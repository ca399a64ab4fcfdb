"""What the raw bytes of a sound file say: its container, where its audio lies, whether its length is sure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from core.audio.open_file import OpenFile

_MAGIC = (
    (0, b"ID3", "mpeg"),
    (0, b"fLaC", "flac"),
    (0, b"OggS", "ogg"),
    (8, b"WAVE", "wav"),
    (4, b"ftypM4", "m4a"),
    (4, b"ftyp", "mp4"),
    (4, b"moov", "mp4"),
    (4, b"mdat", "mp4"),
    (4, b"wide", "mp4"),
    (4, b"free", "mp4"),
    (4, b"skip", "mp4"),
    (8, b"AIFF", "aiff"),
    (8, b"AIFC", "aiff"),
    (0, b"wvpk", "wavpack"),
    (0, b"MAC ", "ape"),
    (0, b"MPCK", "musepack"),
    (0, b"MP+", "musepack"),
    (0, b"TTA1", "tta"),
    (0, b"DSD ", "dsf"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf"),
)
_MAY_BE_VIDEO = {"mp4", "ogg", "asf"}
_SYNC = 0xFFE0
_ID3_HEADER = 10
_ID3_FOOTER_FLAG = 0x10
_APE_HEADER = 32
_OGG_HEADER = 27
_MOST_TAGS = 64
"""At one end of a file: tags of no length, one after the other in a huge file, must not keep us for hours."""
_MOST_CHUNKS = 100_000
"""A six-hour stream in fragments of a second, as the players of the web write it, has 43,200."""
_UNKNOWN_SIZE = 0xFFFF_FFFF
"""A WAV of more than 4 GB (RF64) has its sizes in a chunk "ds64" in front; one that was piped has none at all."""
_LEAST_RATE_OF_MPEG_1 = 32_000
_LARGEST_MPEG_RATE = 330_000
"""Bits per second: 320 kbit/s is the largest rate of MPEG audio, and a header rounds."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a container writes its chunks, and which of them are the sound; the last of ``parts`` holds the samples.

    Without a whole chunk ``needed`` no player finds the sound: such a file must not pass for its undamaged copy.
    """

    parts: tuple[bytes, ...]
    first: int
    name: slice
    size: slice
    order: Literal["little", "big"]
    counts_its_header: bool
    alignment: int = 1
    needed: bytes = b""


_MP4 = _Layout((b"mdat",), 0, slice(4, 8), slice(0, 4), "big", counts_its_header=True, needed=b"moov")
_LAYOUTS = {
    "mp4": _MP4,
    "m4a": _MP4,
    "wav": _Layout((b"fmt ", b"data"), 12, slice(0, 4), slice(4, 8), "little", counts_its_header=False, alignment=2),
    "aiff": _Layout((b"COMM", b"SSND"), 12, slice(0, 4), slice(4, 8), "big", counts_its_header=False, alignment=2),
    "dsf": _Layout((b"fmt ", b"data"), 0, slice(0, 4), slice(4, 12), "little", counts_its_header=True),
    "asf": _Layout(
        (bytes.fromhex("3626b2758e66cf11a6d900aa0062ce6c"),),
        0,
        slice(0, 16),
        slice(16, 24),
        "little",
        counts_its_header=True,
    ),
}


def container_of(file: OpenFile, *, start: int = 0) -> str | None:
    """The audio container that the bytes at ``start`` name, None when they name none."""
    head = file.read_at(start, 16)
    for offset, magic, name in _MAGIC:
        if head[offset : offset + len(magic)] == magic:
            return name
    return "mpeg" if _is_frame_sync(head) else None


def is_pure_audio(container: str | None) -> bool:
    """Whether a file in ``container`` is always a sound file, so that one without sound is damaged."""
    return container is not None and container not in _MAY_BE_VIDEO


def audio_size(file: OpenFile) -> int:
    """The bytes of audio in the file: without tags and cover art at its ends, and without the headers of FLAC and Ogg.

    MP4 and the rarer containers are taken whole: there the stream itself names its bit rate.
    """
    start = id3_size(file)
    magic = file.read_at(start, 4)
    if magic == b"fLaC":
        start = _end_of_flac_headers(file, start + 4)
    elif magic == b"OggS":
        start = _end_of_ogg_headers(file, start)
    return max(_start_of_end_tags(file, start) - start, 0)


def sound_spans(file: OpenFile) -> list[tuple[int, int]]:
    """Where the sound lies, as pairs of begin and end: without tags, cover art and what else changes with them.

    Of a file that no container explains, it is all that lies between the tags at its ends; never nothing.
    """
    start = _end_of_front_tags(file)
    container = container_of(file, start=start)
    layout = _LAYOUTS.get(container or "")
    spans = _spans_of_chunks(file, start, layout) if layout else []
    return spans or _span_between_tags(file, start, container)


def id3_size(file: OpenFile) -> int:
    """The bytes that ID3v2 tags take at the beginning of the file; some programs leave two of them."""
    end = 0
    for _ in range(_MOST_TAGS):
        head = file.read_at(end, _ID3_HEADER)
        if head[:3] != b"ID3" or len(head) < _ID3_HEADER:
            break
        footer = _ID3_HEADER if head[5] & _ID3_FOOTER_FLAG else 0
        end += _ID3_HEADER + _synchsafe(head[6:10]) + footer
    return end


def is_duration_guessed(file: OpenFile, *, codec: str, sample_rate: int, channels: int, duration: float) -> bool:
    """Whether FFmpeg had to guess the duration, or was told one that the size of the file contradicts.

    Raw MPEG and ADTS streams carry no length: FFmpeg takes the first frame's bit rate for all of them. A Xing, Info or
    VBRI header names the number of frames, but FFmpeg drops it for files that were joined.
    """
    rate = audio_size(file) * 8 / duration
    if rate > 1.1 * 32 * sample_rate * channels:
        return True
    if codec not in {"mp3", "mp2", "mp1", "aac"}:
        return False
    first_frame = file.read_at(id3_size(file), 2048)
    if codec == "aac":
        return _is_frame_sync(first_frame)
    frames = _frames_in_header(first_frame)
    if frames is None or rate > _LARGEST_MPEG_RATE:
        return True
    samples_per_frame = 1152 if sample_rate >= _LEAST_RATE_OF_MPEG_1 else 576
    return abs(frames * samples_per_frame / sample_rate - duration) > 1


def _is_frame_sync(head: bytes) -> bool:
    return int.from_bytes(head[:2], "big") & _SYNC == _SYNC


def _frames_in_header(first_frame: bytes) -> int | None:
    """The number of frames that a Xing, Info or VBRI header states."""
    for magic, offset in ((b"Xing", 8), (b"Info", 8), (b"VBRI", 14)):
        at = first_frame.find(magic)
        # Of a Xing header, bit 0 of the flags says that the number is there.
        if at >= 0 and (magic == b"VBRI" or int.from_bytes(first_frame[at + 4 : at + 8], "big") & 1):
            return int.from_bytes(first_frame[at + offset : at + offset + 4], "big")
    return None


def _end_of_flac_headers(file: OpenFile, start: int) -> int:
    for _ in range(_MOST_CHUNKS):
        head = file.read_at(start, 4)
        start += 4 + int.from_bytes(head[1:4], "big")
        if start >= file.size or head[0] & 0x80:
            break
    return start


def _end_of_ogg_headers(file: OpenFile, start: int) -> int:
    """Where the first page begins that ends a packet of audio: pages of headers have the position 0 or none (-1)."""
    for page, position in _ogg_pages(file, start):
        if position not in {0, -1}:
            return page
    return start


def _ogg_pages(file: OpenFile, start: int) -> Iterator[tuple[int, int]]:
    """The offset of each page and its position in samples."""
    head = file.read_at(start, _OGG_HEADER + 255)
    while head[:4] == b"OggS" and len(head) >= _OGG_HEADER:
        yield start, int.from_bytes(head[6:14], "little", signed=True)
        body = _OGG_HEADER + head[26]
        start += body + sum(head[_OGG_HEADER:body])
        head = file.read_at(start, _OGG_HEADER + 255)


def _synchsafe(number: bytes) -> int:
    """ID3 keeps the highest bit of each byte free."""
    value = 0
    for byte in number:
        value = value << 7 | byte & 0x7F
    return value


def _end_of_front_tags(file: OpenFile) -> int:
    end = id3_size(file)
    head = file.read_at(end, _APE_HEADER)
    # An APE tag belongs at the end, but some programs wrote it in front, where it starts with a header (bit 29).
    if head[:8] == b"APETAGEX" and len(head) == _APE_HEADER and head[23] & 0x20:
        end += _APE_HEADER + int.from_bytes(head[12:16], "little")
    return end


def _start_of_end_tags(file: OpenFile, start: int) -> int:
    """Where the tags begin that end the file; ``file.size`` without any. They come in every order and number."""
    end = file.size
    for _ in range(_MOST_TAGS):
        size = _size_of_tag_before(file, end)
        if not 0 < size <= end - start:
            break
        end -= size
    return end


def _size_of_tag_before(file: OpenFile, end: int) -> int:
    tail = _read_before(file, end, 128)
    if tail[:3] == b"TAG" and len(tail) == 128:
        return 355 if _read_before(file, end, 355)[:4] == b"TAG+" else 128
    if tail[-32:-24] == b"APETAGEX":
        # The size counts the footer but not the header, which bit 31 of the flags announces.
        return int.from_bytes(tail[-20:-16], "little") + (_APE_HEADER if tail[-9] & 0x80 else 0)
    if tail[-10:-7] == b"3DI":
        return 2 * _ID3_HEADER + _synchsafe(tail[-4:])
    if tail[-9:] == b"LYRICS200" and tail[-15:-9].isdigit():
        return 15 + int(tail[-15:-9])
    if tail[-9:] == b"LYRICSEND":
        lyrics = _read_before(file, end, 5120)
        return len(lyrics) - lyrics.rfind(b"LYRICSBEGIN") if b"LYRICSBEGIN" in lyrics else 0
    return 0


def _read_before(file: OpenFile, end: int, count: int) -> bytes:
    return file.read_at(end - count, count + min(end - count, 0))


def _span_between_tags(file: OpenFile, start: int, container: str | None) -> list[tuple[int, int]]:
    end = _start_of_end_tags(file, start)
    if container == "flac":
        start = _end_of_flac_headers(file, start + 4)
    elif container is None:
        start = _skip_padding(file, start)
    return [(start, end)] if start < end else [(0, file.size)]


def _skip_padding(file: OpenFile, start: int) -> int:
    """Behind zeros that lead to a frame of MPEG audio: some programs leave them between a tag and the sound."""
    at = start
    while block := file.read_at(at, 65536):
        if sound := block.lstrip(b"\0"):
            at += len(block) - len(sound)
            return at if _is_frame_sync(file.read_at(at, 2)) else start
        at += len(block)
    return start


def _spans_of_chunks(file: OpenFile, start: int, layout: _Layout) -> list[tuple[int, int]]:
    """The spans of the chunks that are the sound, none when there is no such chunk."""
    chunks = list(_chunks(file, start, layout))
    spans = [(begin, min(end, file.size)) for name, begin, end in chunks if name in layout.parts]
    has_sound = any(name == layout.parts[-1] and begin < min(end, file.size) for name, begin, end in chunks)
    is_playable = not layout.needed or any(name == layout.needed and end <= file.size for name, _, end in chunks)
    return spans if has_sound and is_playable else []


def _chunks(file: OpenFile, start: int, layout: _Layout) -> Iterator[tuple[bytes, int, int]]:
    """Name, begin and stated end of each chunk; from where they cease to make sense, the rest is given as sound."""
    at = start + layout.first
    for _ in range(_MOST_CHUNKS):
        head = file.read_at(at, 24) if at < file.size else b""
        if len(head) < max(layout.name.stop, layout.size.stop):
            return
        begin, end = _extent(file, at, head, layout=layout, start=start)
        if end < begin:
            break
        yield head[layout.name], begin, end
        at = end + -(end - begin) % layout.alignment
    yield layout.parts[-1], at, file.size


def _extent(file: OpenFile, at: int, head: bytes, *, layout: _Layout, start: int) -> tuple[int, int]:
    begin = at + max(layout.name.stop, layout.size.stop)
    size = int.from_bytes(head[layout.size], layout.order)
    if layout is _MP4 and size == 0:
        return begin, file.size
    if layout is _MP4 and size == 1:
        return at + 16, at + int.from_bytes(head[8:16], "big")
    if size == _UNKNOWN_SIZE and file.read_at(start + 12, 4) == b"ds64":
        size = int.from_bytes(file.read_at(start + 28, 8), "little")
    return begin, (at if layout.counts_its_header else begin) + size
