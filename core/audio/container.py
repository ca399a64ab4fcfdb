"""What the raw bytes of a sound file say: its container, where its audio lies, whether its length is sure."""

from collections.abc import Iterator

from core.audio.open_file import OpenFile

_MAGIC = (
    (0, b"ID3", "mpeg"),
    (0, b"fLaC", "flac"),
    (0, b"OggS", "ogg"),
    (8, b"WAVE", "wav"),
    (4, b"ftypM4", "m4a"),
    (4, b"ftyp", "mp4"),
    (4, b"moov", "mp4"),
    (8, b"AIFF", "aiff"),
    (8, b"AIFC", "aiff"),
    (0, b"wvPk", "wavpack"),
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
_OGG_HEADER = 27
_LEAST_RATE_OF_MPEG_1 = 32_000
_LARGEST_MPEG_RATE = 330_000
"""Bits per second: 320 kbit/s is the largest rate of MPEG audio, and a header rounds."""


def container_of(file: OpenFile) -> str | None:
    """The audio container that the first bytes name, None when they name none."""
    head = file.read_at(0, 16)
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
    return max(file.size - start - _size_of_end_tags(file), 0)


def id3_size(file: OpenFile) -> int:
    """The bytes that ID3v2 tags take at the beginning of the file; some programs leave two of them."""
    end = 0
    head = file.read_at(end, _ID3_HEADER)
    while head[:3] == b"ID3" and len(head) == _ID3_HEADER:
        size = 0
        for byte in head[6:10]:
            size = size << 7 | byte & 0x7F
        end += _ID3_HEADER + size + (_ID3_HEADER if head[5] & _ID3_FOOTER_FLAG else 0)
        head = file.read_at(end, _ID3_HEADER)
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
    is_last = False
    while not is_last and start < file.size:
        head = file.read_at(start, 4)
        is_last = not head or bool(head[0] & 0x80)
        start += 4 + int.from_bytes(head[1:4], "big")
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


def _size_of_end_tags(file: OpenFile) -> int:
    size = 128 if file.read_at(file.size - 128, 3) == b"TAG" else 0
    footer = file.read_at(file.size - size - 32, 32)
    if footer[:8] == b"APETAGEX":
        # The size counts the footer but not the header, which bit 31 of the flags announces.
        size += int.from_bytes(footer[12:16], "little") + (32 if footer[23] & 0x80 else 0)
    return size
