"""The demo library on disk: tags, copies, the damaged and the long file, and what happens when it is made again."""

import contextlib
import json
import sqlite3
import subprocess
from pathlib import Path

import mutagen
import numpy as np
import pytest
from numpy.typing import NDArray

from core.demo import library
from core.demo.library import DemoEvent, DemoLibraryMade, DemoSongMade, make_demo_library
from core.demo.oddities import plan_oddities
from core.demo.recipe import plan_songs
from core.errors import UserError
from core.file_url import path_from_url

SONGS = 8


def decoded(path: Path) -> NDArray[np.float64]:
    """Mono samples at 8,000 Hz; empty if there is nothing to decode."""
    command = ["ffmpeg", "-v", "error", "-nostdin", "-i", f"file:{path}", "-ac", "1", "-ar", "8000", "-f", "s16le", "-"]
    finished = subprocess.run(command, capture_output=True, check=False)
    return np.frombuffer(finished.stdout, dtype="<i2").astype(np.float64)


def oddity(made: DemoLibraryMade, kind: str, suffix: str) -> tuple[Path, Path]:
    """The source and the file of the first oddity of a kind."""
    plan = plan_oddities(plan_songs(library.SEED, limit=SONGS))
    found = next(item for item in plan if item.kind == kind and item.relative_path.endswith(suffix))
    return made.music / found.source.relative_path, made.music / found.relative_path


def listing(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


def test_events_count_up_to_all_files(demo_events: list[DemoEvent], demo_library: DemoLibraryMade) -> None:
    songs = [event for event in demo_events if isinstance(event, DemoSongMade)]
    assert [event.done for event in songs] == list(range(1, len(songs) + 1))
    assert {event.total for event in songs} == {len(songs)} == {SONGS + 7}
    assert {event.path for event in songs} == {path for path in demo_library.music.rglob("*") if path.is_file()}
    assert not demo_library.reused


def test_files_carry_their_tags_and_lengths(demo_library: DemoLibraryMade) -> None:
    for song in plan_songs(library.SEED, limit=SONGS):
        file = mutagen.File(demo_library.music / song.relative_path, easy=True)
        assert 30.0 <= file.info.length <= 90.2
        if song.format != "wav":  # mutagen does not read the INFO chunk that ffmpeg writes
            assert file["title"] == [song.title]
            assert file["artist"] == [song.artist]
            assert file["album"] == [song.album]
            assert file["genre"] == [song.genre]
            assert file["date"] == [str(song.year)]


def test_wav_carries_its_tags(demo_library: DemoLibraryMade) -> None:
    path = next(demo_library.music.rglob("*.wav"))
    command = [
        "ffprobe",
        "-v",
        "error",
        "-show_entries",
        "format_tags=artist,title,genre",
        "-of",
        "json",
        f"file:{path}",
    ]
    answer = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert answer["format"]["tags"] == {"artist": "Kontrollraum", "title": "Stempeluhr", "genre": "Techno"}


def test_identical_copy_has_the_same_bytes(demo_library: DemoLibraryMade) -> None:
    for suffix in ("mp3", "ogg"):
        source, copy = oddity(demo_library, "identical", suffix)
        assert source.read_bytes() == copy.read_bytes()


@pytest.mark.parametrize(("suffix", "least"), [("flac", 0.9999), ("mp3", 0.98), ("opus", 0.98)])
def test_conversion_sounds_like_its_source(demo_library: DemoLibraryMade, suffix: str, least: float) -> None:
    source, copy = oddity(demo_library, "transcoded", suffix)
    assert source.suffix != copy.suffix
    first, second = decoded(source), decoded(copy)
    assert abs(len(first) - len(second)) < 1000
    count = 2 ** int(np.log2(min(len(first), len(second))))
    spectra = np.conj(np.fft.rfft(first[:count])) * np.fft.rfft(second[:count])
    energy = np.linalg.norm(first[:count]) * np.linalg.norm(second[:count])
    assert np.fft.irfft(spectra).max() / energy > least


def test_damaged_file_keeps_its_header_and_does_not_decode(demo_library: DemoLibraryMade) -> None:
    source, damaged = oddity(demo_library, "damaged", "flac")
    assert mutagen.File(damaged)["title"] == ["Water Damage"]
    assert len(decoded(source)) > 8000 * 29
    assert len(decoded(damaged)) == 0


def test_long_file_lasts_sixteen_minutes(demo_library: DemoLibraryMade) -> None:
    _, long = oddity(demo_library, "too long", "mp3")
    assert mutagen.File(long).info.length == pytest.approx(960, abs=0.1)


def test_database_names_every_file_as_it_is(demo_library: DemoLibraryMade) -> None:
    with contextlib.closing(sqlite3.connect(demo_library.database.as_uri() + "?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "SELECT CAST(filename AS TEXT), filesize, mtime, length, rating FROM songs"
        ).fetchall()
    files = {path_from_url(url): rest for url, *rest in rows}
    assert set(files) == {path.resolve() for path in demo_library.music.rglob("*") if path.is_file()}
    for path, (size, mtime, length, _) in files.items():
        assert (size, mtime) == (path.stat().st_size, int(path.stat().st_mtime))
        assert length / 1e9 == pytest.approx(mutagen.File(path).info.length, abs=1.1)
    ratings = {path: round(rating, 1) for path, (*_, rating) in files.items() if rating > 0}
    assert ratings == pytest.approx({path.resolve(): rating for path, rating in demo_library.ratings.items()})


def test_copies_share_the_truth_of_their_original(demo_library: DemoLibraryMade) -> None:
    source, copy = oddity(demo_library, "transcoded", "flac")
    assert demo_library.truth[copy] == demo_library.truth[source]
    assert len(demo_library.ratings) == SONGS // 2
    assert len(demo_library.truth) == SONGS + 5


def test_finished_demo_is_kept(demo_folder: Path) -> None:
    before = listing(demo_folder)
    (again,) = make_demo_library(demo_folder, songs=SONGS)
    assert isinstance(again, DemoLibraryMade)
    assert again.reused
    assert listing(demo_folder) == before


def test_interrupted_demo_is_made_anew_with_the_same_bytes(tmp_path: Path) -> None:
    events = make_demo_library(tmp_path / "demo", songs=1)
    first = next(events)
    assert isinstance(first, DemoSongMade)
    content = first.path.read_bytes()
    events.close()
    assert not (tmp_path / "demo" / "clementine.db").exists()
    first.path.write_bytes(content[:1000])
    *_, made = make_demo_library(tmp_path / "demo", songs=1)
    assert isinstance(made, DemoLibraryMade)
    assert not made.reused
    assert first.path.read_bytes() == content


def test_other_recipe_replaces_only_files_of_the_demo(tmp_path: Path) -> None:
    *_, made = make_demo_library(tmp_path / "demo", songs=1)
    assert isinstance(made, DemoLibraryMade)
    stranger = made.music / "My own.mp3"
    stranger.write_bytes(b"mine")
    (old,) = [path for path in made.music.rglob("*") if path.suffix == ".mp3" and "Old laptop" in str(path)]
    before = old.read_bytes()
    *_, again = make_demo_library(tmp_path / "demo", songs=1, seed=2)
    assert isinstance(again, DemoLibraryMade)
    assert stranger.read_bytes() == b"mine"
    assert old.read_bytes() != before


def test_foreign_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "song.mp3").write_bytes(b"mine")
    with pytest.raises(UserError, match="choose an empty folder"):
        list(make_demo_library(tmp_path, songs=1))
    assert [path.name for path in tmp_path.iterdir()] == ["song.mp3"]


def test_missing_ffmpeg_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match="install the package ffmpeg"):
        list(make_demo_library(tmp_path / "demo", songs=1))
    assert not (tmp_path / "demo").exists()
