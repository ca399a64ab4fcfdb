"""What headers say is believed as far as the file goes, and never waited for."""

import struct
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.audio.checksum import audio_checksum
from core.audio.container import audio_size, container_of, sound_spans
from core.audio.open_file import OpenFile, open_file
from tests.audio_files import add_flac_picture, add_id3_cover, noise, write_sound

FORMS = ("mp3", "flac", "ogg", "opus", "oga", "m4a", "wav", "aiff", "wv", "wma")
MEGABYTE = 1_000_000
ASF_HEADER = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
ASF_DATA = bytes.fromhex("3626b2758e66cf11a6d900aa0062ce6c")


@dataclass(frozen=True)
class FileInMemory(OpenFile):
    """Bytes in place of a file, which count how often and how much of them was read."""

    data: bytes = b""
    reads: list[int] = field(default_factory=list)

    def read_at(self, offset: int, count: int) -> bytes:
        assert count >= 0
        assert offset < 2**63, "the system cannot seek there"
        found = self.data[max(offset, 0) : max(offset, 0) + count]
        self.reads.append(len(found))
        return found


def in_memory(data: bytes) -> FileInMemory:
    return FileInMemory("a", -1, len(data), 0.0, data)


@cache
def encoded(form: str) -> bytes:
    with TemporaryDirectory() as folder:
        samples = noise(seconds=0.5, sample_rate=16000, channels=1)
        return write_sound(Path(folder) / f"a.{form}", samples, sample_rate=16000).read_bytes()


@pytest.mark.parametrize(
    ("form", "container"),
    [
        ("mp3", "mpeg"), ("flac", "flac"), ("ogg", "ogg"), ("oga", "ogg"), ("m4a", "m4a"), ("wav", "wav"),
        ("aiff", "aiff"), ("wv", "wavpack"), ("tta", "tta"), ("wma", "asf"),
    ],
)  # fmt: skip
def test_the_first_bytes_name_the_container(form: str, container: str) -> None:
    data = encoded(form)
    assert container_of(in_memory(data)) == container
    assert container_of(in_memory(bytes(7) + data), start=7) == container


def test_the_size_of_the_audio_leaves_tags_out(tmp_path: Path) -> None:
    for form, add_cover in (("mp3", add_id3_cover), ("flac", add_flac_picture)):
        path = write_sound(tmp_path / f"a.{form}", noise())
        with open_file(path) as file:
            before = audio_size(file)
        add_cover(path)
        path.write_bytes(path.read_bytes() + b"TAG" + bytes(125))
        with open_file(path) as file:
            assert audio_size(file) == before


# ---------------------------------------------------------------------------------------------- headers that lie


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (struct.pack("<4sI4s4sIQ4sI", b"RIFF", 0, b"WAVE", b"fmt ", 8, 0, b"data", 0xFFFFFFFF), "a WAV that was piped"),
        (struct.pack("<4sI4s4sI", b"RIFF", 0, b"WAVE", b"data", 0x7FFFFFFF), "a WAV without a form"),
        (struct.pack(">4sI4s4sI", b"FORM", 0, b"AIFF", b"SSND", 0xFFFFFFFE), "an AIFF that says too much"),
        (struct.pack(">I4sI4s", 8, b"moov", 0, b"mdat"), "an MP4 to the end of the file"),
        (struct.pack(">I4sI4sQ", 8, b"moov", 1, b"mdat", 2**63), "an MP4 of 2**63 bytes"),
        (struct.pack(">I4sI4sQ", 8, b"moov", 1, b"mdat", 2**64 - 1), "an MP4 of 2**64 bytes"),
        (struct.pack("<4sQ4sQ", b"DSD ", 12, b"data", 2**63), "a DSF of 2**63 bytes"),
        (ASF_HEADER + struct.pack("<Q", 24) + ASF_DATA + struct.pack("<Q", 2**64 - 1), "an ASF of 2**64 bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_size_beyond_the_end_means_the_end(header: bytes, name: str) -> None:
    file = in_memory(header + b"\xaa" * 1000)
    assert sound_spans(file)[-1] == (len(header), len(header) + 1000), name


@pytest.mark.parametrize(
    "header",
    [
        struct.pack("<4sI4s4sI", b"RIFF", 0, b"WAVE", b"data", 0),
        struct.pack("<4sI4s4sI", b"RF64", 0, b"WAVE", b"ds64", 0),
        struct.pack(">4sI4s4sI", b"FORM", 0, b"AIFF", b"COMM", 0xFFFFFFFF),
        struct.pack(">I4sI4s", 8, b"mdat", 8, b"moov"),
        struct.pack(">I4sI4s", 8, b"moov", 2**31, b"free"),
        struct.pack("<4sQ4sQ", b"DSD ", 12, b"data", 12),
        ASF_HEADER + struct.pack("<Q", 0),
        b"fLaC" + b"\x04\xff\xff\xff",
        b"ID3\4\0\0\x7f\x7f\x7f\x7f",
        b"ID3\4\0\x10\x7f\x7f\x7f\x7f",
        b"APETAGEX" + struct.pack("<IIII8s", 2000, 0xFFFFFFFF, 1, 0xA0000000, b""),
    ],
    ids=range(11),
)
def test_a_file_whose_header_leaves_no_sound_is_taken_whole(header: bytes) -> None:
    file = in_memory(header + b"\0\0\0\x08" * 250)
    assert sound_spans(file) == [(0, file.size)]


def test_from_where_boxes_cease_to_make_sense_the_rest_is_sound() -> None:
    data = struct.pack(">I4sI4s4s", 8, b"moov", 12, b"mdat", b"abcd") + struct.pack(">I4s", 3, b"mdat") + b"efgh"
    assert sound_spans(in_memory(data)) == [(16, 20), (20, 32)]


@pytest.mark.parametrize(
    "tag",
    [
        b"APETAGEX" + struct.pack("<IIII8s", 2000, 0xFFFFFFFF, 1, 0, b""),
        b"APETAGEX" + struct.pack("<IIII8s", 2000, 0, 1, 0, b""),
        b"LYRICSBEGIN" + b"999999" + b"LYRICS200",
        b"LYRICSBEGIN" + b"-00001" + b"LYRICS200",
        b"words LYRICSEND",
        b"3DI\4\0\0\x7f\x7f\x7f\x7f",
    ],
    ids=range(6),
)
def test_a_tag_at_the_end_that_lies_about_its_size_is_sound(tag: bytes) -> None:
    file = in_memory(b"\xff\xfb\x90\x64" + b"\xaa" * 1000 + tag)
    assert sound_spans(file) == [(0, file.size)]


@pytest.mark.parametrize(
    "data",
    [
        b"fLaC" + bytes(3 * MEGABYTE),
        b"ID3\4\0\0\0\0\0\0" * 300_000,
        b"\xff\xfb" + (b"TAG" + bytes(125)) * 30_000,
        struct.pack("<4sI4s", b"RIFF", 0, b"WAVE") + bytes(3 * MEGABYTE),
        struct.pack(">I4s", 8, b"free") * 400_000,
        b"DSD \x0c" + bytes(7) + b"abcd\x0c\0\0\0\0\0\0\0" * 300_000,
        bytes(3 * MEGABYTE),
        b"OggS\0\2" + bytes(3 * MEGABYTE),
        b"OggSjunk" * 300_000,
        (b"OggS" + bytes(24)) * 100_000,
    ],
    ids=range(10),
)
def test_a_huge_file_of_empty_parts_does_not_keep_us(data: bytes) -> None:
    file = in_memory(data)
    audio_checksum(file)
    assert len(file.reads) <= 101_000
    assert sum(file.reads) <= 3 * len(data) + 5 * MEGABYTE


@given(
    form=st.sampled_from(FORMS),
    at_end=st.booleans(),
    changes=st.lists(
        st.tuples(
            st.integers(0, 900),
            st.one_of(
                st.binary(min_size=1, max_size=9),
                st.sampled_from([bytes(4), bytes(8), b"\xff" * 4, b"\xff" * 8, b"\x80" + bytes(7), bytes(7) + b"\x80"]),
            ),
        ),
        min_size=1,
        max_size=4,
    ),
    size=st.integers(1, 20_000),
)
@example(form="m4a", at_end=False, changes=[(0, bytes(8))], size=20_000)
def test_odd_bytes_in_real_headers(form: str, at_end: bool, changes: list[tuple[int, bytes]], size: int) -> None:
    data = bytearray(encoded(form)[:size])
    for at, new in changes:
        start = max(len(data) - at, 0) if at_end else at
        data[start : start + len(new)] = new
    file = in_memory(bytes(data))
    assert len(audio_checksum(file)) == 42
    assert sum(file.reads) <= 10 * len(data) + MEGABYTE
    assert audio_checksum(in_memory(bytes(data))) == audio_checksum(file)
    assert all(0 <= begin <= end <= file.size for begin, end in sound_spans(file) if begin < end)
