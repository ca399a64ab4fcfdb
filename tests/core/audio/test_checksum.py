"""The checksum holds through every change of tags, and through none of the sound."""

import base64
import errno
import itertools
import re
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import mutagen
import pytest
from mutagen.apev2 import APEv2, APEValue
from mutagen.asf import ASF, ASFByteArrayAttribute
from mutagen.flac import FLAC, Picture
from mutagen.id3 import APIC, ID3, TIT2, TXXX
from mutagen.mp4 import MP4, MP4Cover
from mutagen.ogg import OggFileType, OggPage
from mutagen.wavpack import WavPack

from core.audio.checksum import audio_checksum
from core.audio.container import sound_spans
from core.audio.open_file import OpenFile, open_file
from core.audio.reasons import AudioError, SkipReason
from tests.audio_files import add_flac_picture, add_id3_cover, chord, noise, truncate, write_sound

FORMS = ("mp3", "flac", "ogg", "opus", "oga", "spx", "m4a", "alac", "wav", "aiff", "wv", "tta", "wma")
OGG_FORMS = ("ogg", "opus", "oga", "spx")
COVER = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 800


def checksum_of(path: Path) -> str:
    with open_file(path) as file:
        return audio_checksum(file)


def sound(folder: Path, form: str, *, seed: int = 1, seconds: float = 3) -> Path:
    folder.mkdir(exist_ok=True)
    samples = noise(seconds=seconds, seed=seed, sample_rate=16000, channels=1)
    return write_sound(folder / f"a.{form}", samples, sample_rate=16000)


def write_tags(path: Path, *, count: int, cover: bytes = b"") -> None:
    """Leave a title, ``count`` other tags and a cover, and none of the tags before, in the manner of the format."""
    file = mutagen.File(path)
    if file.tags is None:
        file.add_tags()
    file.tags.clear()
    texts = {f"REMARK{number}": f"remark {number} " * 20 for number in range(count)}
    if isinstance(file.tags, ID3):
        _write_id3(file.tags, texts, cover)
    elif isinstance(file, MP4):
        file["\xa9nam"] = "Title"
        file.update({f"----:com.apple.iTunes:{name}": text.encode() for name, text in texts.items()})
        file["covr"] = [MP4Cover(cover)] * bool(cover)
    elif isinstance(file, WavPack):
        file.update({"Title": "Title", **texts})
        if cover:
            file["Cover Art (Front)"] = APEValue(b"cover.jpg\0" + cover, 1)
    elif isinstance(file, ASF):
        file.update({"Title": "Title", **texts})
        file["WM/Picture"] = [ASFByteArrayAttribute(cover)] * bool(cover)
    else:
        file.update({"title": "Title", **texts})
        _write_vorbis_picture(file, cover)
    file.save()


def _write_id3(tags: ID3, texts: dict[str, str], cover: bytes) -> None:
    tags.add(TIT2(encoding=3, text="Title"))
    for name, text in texts.items():
        tags.add(TXXX(encoding=3, desc=name, text=text))
    if cover:
        tags.add(APIC(encoding=3, mime="image/jpeg", type=3, data=cover))


def _write_vorbis_picture(file: FLAC | OggFileType, cover: bytes) -> None:
    picture = Picture()
    picture.data, picture.type, picture.mime = cover, 3, "image/jpeg"
    if isinstance(file, FLAC):
        file.clear_pictures()
        if cover:
            file.add_picture(picture)
    else:
        file["metadata_block_picture"] = [base64.b64encode(picture.write()).decode()] if cover else []


@pytest.mark.parametrize("form", FORMS)
def test_tags_added_changed_and_removed_leave_the_checksum(tmp_path: Path, form: str) -> None:
    path = sound(tmp_path, form)
    before, data = checksum_of(path), path.read_bytes()
    assert re.fullmatch("1:[0-9a-f]{40}", before)
    for count, cover in ((1, b""), (300, COVER), (40, COVER[:90_000]), (3, b"")):
        write_tags(path, count=count, cover=cover)
        assert checksum_of(path) == before, (count, len(cover))
        assert path.read_bytes() != data, "no tag was written"
        data = path.read_bytes()
    mutagen.File(path).delete()
    assert checksum_of(path) == before


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("is_tagged", [False, True])
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_one_bit_of_the_sound_changes_the_checksum(tmp_path: Path, form: str, is_tagged: bool, share: float) -> None:
    path = sound(tmp_path, form)
    if is_tagged:
        write_tags(path, count=20, cover=COVER)
    before = checksum_of(path)
    data = bytearray(path.read_bytes())
    data[place_in_sound(path, share)] ^= 1
    path.write_bytes(data)
    assert checksum_of(path) != before


def place_in_sound(path: Path, share: float) -> int:
    """Which byte lies at the share of the sound; of Ogg one in the body of a page of audio."""
    if path.suffix.removeprefix(".") in OGG_FORMS:
        bodies = list(ogg_bodies(path))
        return bodies[round(share * (len(bodies) - 1))]
    with open_file(path) as file:
        begin, end = sound_spans(file)[-1]
    return begin + round(share * (end - begin - 1))


def ogg_bodies(path: Path) -> list[int]:
    """The last byte of each page that holds sound."""
    places = []
    with path.open("rb") as file:
        while file.tell() < path.stat().st_size:
            if OggPage(file).position > 0:
                places.append(file.tell() - 1)
    return places


@pytest.mark.parametrize("form", FORMS)
def test_other_sound_and_less_sound_have_other_checksums(tmp_path: Path, form: str) -> None:
    path = sound(tmp_path, form)
    checksums = {checksum_of(path), checksum_of(sound(tmp_path / "other", form, seed=2))}
    for share in (0.97, 0.6, 0.1):
        checksums.add(checksum_of(truncate(path, share=share)))
    assert len(checksums) == 5


@pytest.mark.parametrize("form", FORMS)
def test_a_copy_of_another_name_has_the_same_checksum(tmp_path: Path, form: str) -> None:
    path = sound(tmp_path, form)
    assert checksum_of(path) == checksum_of(path.rename(tmp_path / "b.xyz"))


# ---------------------------------------------------------------------------------------------- tags in odd places


def test_tags_of_every_kind_and_number_around_an_mp3(tmp_path: Path) -> None:
    path = sound(tmp_path, "mp3")
    mutagen.File(path).delete()
    before = checksum_of(path)
    stages: list[Callable[[], object]] = [
        lambda: add_id3_cover(path, size=70_000),
        lambda: add_id3_cover(path, size=500),
        lambda: ID3(path).save(v1=2, padding=lambda _: 30_000),
        lambda: append(path, *lyrics3_version_2()),
        lambda: write_ape(path),
        lambda: append(path, b"LYRICSBEGIN", b"words " * 100, b"LYRICSEND", b"TAG+" + bytes(223), b"TAG" + bytes(125)),
        lambda: append(path, appended_id3()),
        lambda: ID3(path).save(v1=0, padding=lambda _: 0),
    ]
    for stage in stages:
        stage()
        assert checksum_of(path) == before


def write_ape(path: Path) -> None:
    tags = APEv2()
    tags["Title"] = "x" * 5000
    tags.save(path)


def append(path: Path, *parts: bytes) -> None:
    path.write_bytes(path.read_bytes() + b"".join(parts))


def lyrics3_version_2() -> tuple[bytes, ...]:
    lyrics = b"LYRICSBEGIN" + b"IND00002" + b"10"
    return lyrics, b"%06d" % len(lyrics), b"LYRICS200"


def appended_id3() -> bytes:
    frame = b"TIT2" + struct.pack(">I", 101) + b"\0\0" + b"\3" + b"t" * 100
    size = bytes((0, 0, 0, len(frame)))
    return b"ID3\4\0\x10" + size + frame + b"3DI\4\0\x10" + size


def test_zeros_that_a_tagger_left_before_the_sound(tmp_path: Path) -> None:
    path = sound(tmp_path, "mp3")
    mutagen.File(path).delete()
    bare = path.read_bytes()
    before = checksum_of(path)
    path.write_bytes(bytes(100_000) + bare)
    assert checksum_of(path) == before
    add_id3_cover(path)
    assert checksum_of(path) == before


@pytest.mark.parametrize("magic", [b"MAC \x96\x0f", b"MPCK", b"MP+\x07", b"\xff\xf1\x50\x80", b"OFR "])
def test_tags_around_a_stream_that_nothing_is_known_of(tmp_path: Path, magic: bytes) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(magic + noise(seconds=0.1).tobytes())
    before = checksum_of(path)
    write_ape(path)
    assert checksum_of(path) == before
    add_id3_cover(path)
    append(path, b"TAG" + bytes(125))
    assert checksum_of(path) == before


def test_tags_around_flac(tmp_path: Path) -> None:
    path = sound(tmp_path, "flac")
    before = checksum_of(path)
    add_flac_picture(path)
    add_id3_cover(path)
    append(path, b"TAG" + bytes(125))
    assert checksum_of(path) == before


def test_dsf_keeps_its_tag_behind_the_sound(tmp_path: Path) -> None:
    path = tmp_path / "a.dsf"
    body = noise(seconds=0.5).tobytes()
    form = struct.pack("<4sQIIIIIIQII", b"fmt ", 52, 1, 0, 2, 2, 2822400, 1, len(body) * 4, 4096, 0)
    data = form + struct.pack("<4sQ", b"data", 12 + len(body)) + body
    path.write_bytes(struct.pack("<4sQQQ", b"DSD ", 28, 28 + len(data), 0) + data)
    before = checksum_of(path)
    write_tags(path, count=30, cover=COVER)
    assert path.stat().st_size > len(data) + len(COVER)
    assert checksum_of(path) == before
    mutagen.File(path).delete()
    assert checksum_of(path) == before


def test_rf64_and_wav_with_lists_around_the_sound(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", chord(seconds=1), options=("-rf64", "always"))
    assert path.read_bytes()[:4] == b"RF64"
    before = checksum_of(path)
    append(path, b"LIST" + struct.pack("<I", 12) + b"INFOINAM" + bytes(4))
    assert checksum_of(path) == before


def test_mp4_whose_boxes_are_in_another_order(tmp_path: Path) -> None:
    path = sound(tmp_path, "m4a")
    before = checksum_of(path)
    data = path.read_bytes()
    at = data.index(b"mdat") - 4
    size = int.from_bytes(data[at : at + 4], "big")
    front, body, rest = data[:at], data[at + 8 : at + size], data[at + size :]
    for box in (
        struct.pack(">I4sQ", 1, b"mdat", 16 + len(body)) + body + rest,
        struct.pack(">I4s", 5000, b"free") + bytes(4992) + data[at : at + size] + rest,
        rest + struct.pack(">I4s", 0, b"mdat") + body,
    ):
        path.write_bytes(front + box)
        assert checksum_of(path) == before


def test_mp4_that_has_lost_its_index_does_not_pass_for_its_undamaged_copy(tmp_path: Path) -> None:
    path = sound(tmp_path, "alac")
    before = checksum_of(path)
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"moov") + 40])
    assert checksum_of(path) != before


# ------------------------------------------------------------------------------------------------------------- Ogg


@pytest.mark.parametrize("form", ["ogg", "opus"])
def test_packets_on_other_pages_are_the_same_sound(tmp_path: Path, form: str) -> None:
    path, other = sound(tmp_path, form), tmp_path / f"b.{form}"
    options = ("-c", "copy", "-metadata", "title=Other", "-page_duration", "100000", "-bitexact")
    subprocess.run(["ffmpeg", "-v", "error", "-i", path, *options, other], check=True)
    assert len(ogg_bodies(other)) > len(ogg_bodies(path))
    assert checksum_of(other) == checksum_of(path)


def test_the_end_of_the_last_packet_counts(tmp_path: Path) -> None:
    """The position of the last page says how much of its last packet is heard."""
    path = sound(tmp_path, "opus")
    before = checksum_of(path)
    data = bytearray(path.read_bytes())
    data[data.rindex(b"OggS") + 6] ^= 1
    path.write_bytes(data)
    assert checksum_of(path) != before


def test_chained_streams(tmp_path: Path) -> None:
    first, second = sound(tmp_path, "ogg"), sound(tmp_path / "second", "opus")
    chained = tmp_path / "chained.ogg"
    checksums = set()
    for parts in itertools.permutations((first, second)):
        chained.write_bytes(b"".join(path.read_bytes() for path in parts))
        checksums.add(checksum_of(chained))
    write_tags(first, count=50, cover=COVER)
    write_tags(second, count=50)
    chained.write_bytes(second.read_bytes() + first.read_bytes())
    assert checksum_of(chained) in checksums
    assert len(checksums | {checksum_of(first), checksum_of(second)}) == 4


def test_streams_side_by_side(tmp_path: Path) -> None:
    first, second, both = sound(tmp_path, "ogg"), sound(tmp_path / "second", "opus"), tmp_path / "both.ogg"
    inputs = ("-i", first, "-i", second, "-map", "0:a", "-map", "1:a")
    subprocess.run(["ffmpeg", "-v", "error", *inputs, "-c", "copy", "-bitexact", both], check=True)
    before = checksum_of(both)
    write_tags(both, count=50, cover=COVER)
    assert checksum_of(both) == before


def test_many_streams_that_never_end(tmp_path: Path) -> None:
    path = tmp_path / "a.ogg"
    page = struct.Struct("<4sBBqIIIBB3s")
    path.write_bytes(b"".join(page.pack(b"OggS", 0, 2, 0, serial, 0, 0, 1, 3, b"abc") for serial in range(5000)))
    assert checksum_of(path).startswith("1:")


def test_a_retag_of_a_cut_off_ogg(tmp_path: Path) -> None:
    """A download that broke off within a page can be tagged too."""
    path = truncate(sound(tmp_path, "ogg", seconds=30), share=0.77)
    before = checksum_of(path)
    data = path.read_bytes()
    for at in (match.start() for match in re.finditer(b"OggS", data)):
        data = data[: at + 18] + b"renumber" + data[at + 26 :]  # the page's number and checksum
    path.write_bytes(data)
    assert checksum_of(path) == before


@pytest.mark.parametrize("place", [0, 4, 26, 27])
def test_rot_in_the_header_of_a_page_counts(tmp_path: Path, place: int) -> None:
    path = sound(tmp_path, "ogg", seconds=30)
    before = checksum_of(path)
    data = bytearray(path.read_bytes())
    pages = [match.start() for match in re.finditer(b"OggS", data)]
    data[pages[len(pages) // 2] + place] ^= 1
    path.write_bytes(data)
    assert checksum_of(path) != before


def test_bytes_between_pages_count_and_the_pages_behind_them_are_found(tmp_path: Path) -> None:
    path = sound(tmp_path, "ogg")
    data = path.read_bytes()
    at = data.rindex(b"OggS")
    checksums = {checksum_of(path)}
    for junk in (b"junk", b"junc", b"j" * 700_000):
        path.write_bytes(data[:at] + junk + data[at:])
        checksums.add(checksum_of(path))
    path.write_bytes(data[: at + 18] + b"renumber" + data[at + 26 :])
    assert checksum_of(path) in checksums
    assert len(checksums) == 4


# ---------------------------------------------------------------------------------------------------- odd bytes


def test_a_disk_that_fails_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    path = sound(tmp_path, "mp3")
    with open_file(path) as file:
        monkeypatch.setattr(OpenFile, "read_at", fail)
        with pytest.raises(AudioError, match="the disk says: Input/output error") as caught:
            audio_checksum(file)
    assert caught.value.reason is SkipReason.DAMAGED


@pytest.mark.parametrize(
    "data", [b"\0", b"OggS", b"ID3", b"fLaC", b"garbage", bytes(100_000), b"OggS" * 9, b"TAG" * 99]
)
def test_bytes_that_are_no_sound_have_a_checksum_of_all_of_them(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(data)
    before = checksum_of(path)
    path.write_bytes(data + b"!")
    assert checksum_of(path) != before


def test_a_file_that_shrinks_while_it_is_read(tmp_path: Path) -> None:
    for form in ("ogg", "mp3"):
        path = sound(tmp_path, form)
        with open_file(path) as file:
            truncate(path, share=0.3)
            assert audio_checksum(file).startswith("1:")
