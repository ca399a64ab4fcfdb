"""The plan's ``AudioDeduplicator``, on real sound files: copies found and kept apart, nothing heard twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.analysis import deduplicator as module
from core.analysis.deduplicator import AudioDeduplicator, should_fingerprint
from core.analysis.facts import SongTask
from core.file_url import url_from_path
from core.song import UNRATED, Song
from core.store.fingerprints import FingerprintStore
from tests.audio_files import Samples, write_sound
from tests.planted_copies import melody

SECONDS = 36


def stereo(*, seed: int) -> Samples:
    return np.tile(melody(seed=seed, seconds=SECONDS, sample_rate=44100), (2, 1))


def song(path: Path, *, rating: float = UNRATED, mtime: int = 0, beginning: float | None = None) -> Song:
    return Song(
        rowid=1,
        title=path.stem,
        artist="Somebody",
        album=path.parent.name,
        year=2000,
        rating=rating,
        filename=url_from_path(path),
        duration=SECONDS if beginning is None else 15.0,
        mtime=mtime,
        beginning=beginning or 0.0,
        is_cue_track=beginning is not None,
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Song]:
    folder = tmp_path_factory.mktemp("music")
    one, other = stereo(seed=1), stereo(seed=2)
    silence = np.zeros((2, 66150), dtype=np.float32)
    paths = {
        "original": write_sound(folder / "original.flac", one),
        "lossy": write_sound(folder / "lossy.mp3", one, bit_rate=128),
        "late": write_sound(folder / "late.ogg", np.concatenate((silence, one), axis=1)),
        "other": write_sound(folder / "other.flac", other),
        "medley": write_sound(
            folder / "medley.flac", np.concatenate((one[:, : 22 * 44100], other[:, 22 * 44100 :]), axis=1)
        ),
    }
    paths["twin"] = folder / "twin.flac"
    paths["twin"].write_bytes(paths["other"].read_bytes())
    paths["text"] = folder / "text.mp3"
    paths["text"].write_text("no music")
    mtimes = {"original": 5, "lossy": 9, "late": 7}
    ratings = {"original": 0.6, "lossy": 0.8}
    return {
        name: song(path, mtime=mtimes.get(name, 1), rating=ratings.get(name, UNRATED)) for name, path in paths.items()
    }


@pytest.fixture(scope="module")
def found(library: dict[str, Song], tmp_path_factory: pytest.TempPathFactory) -> Iterator[AudioDeduplicator]:
    with ThreadPoolExecutor(1) as executor:
        deduplicator = AudioDeduplicator(tmp_path_factory.mktemp("cache") / "fingerprints.db", executor=executor)
        yield deduplicator
        deduplicator.close()


def names(songs: list[Song]) -> set[str]:
    return {each.title for each in songs}


def test_copies_of_all_kinds_are_found(found: AudioDeduplicator, library: dict[str, Song]) -> None:
    groups = found.find_duplicates(list(library.values()))
    assert sorted(map(sorted, map(names, groups.values()))) == [["late", "lossy", "original"], ["other", "twin"]]
    assert all(encoded.startswith("AQ") for encoded in groups)


def test_with_the_metadata_filter_only_identical_files_are_found(
    found: AudioDeduplicator, library: dict[str, Song]
) -> None:
    songs = list(library.values())
    groups = found.find_duplicates(songs, use_metadata_filter=True)
    assert [names(group) for group in groups.values()] == [{"other", "twin"}]
    (group,) = found.group_by_metadata(songs).values()
    assert names(group) == {"other", "twin"}


def test_one_copy_of_each_stays_with_the_rating_of_all(found: AudioDeduplicator, library: dict[str, Song]) -> None:
    songs = list(library.values())
    kept = found.deduplicate(songs)
    assert names(kept) == {"lossy", "twin", "medley", "text"}
    assert next(each for each in kept if each.title == "lossy").rating == 0.8
    late_and_rated = [replace(each, rating=0.2 if each.title == "late" else UNRATED) for each in songs]
    assert next(each for each in found.deduplicate(late_and_rated) if each.title == "late").rating == 0.2


def test_nothing_is_heard_twice(
    found: AudioDeduplicator, library: dict[str, Song], monkeypatch: pytest.MonkeyPatch
) -> None:
    songs = [each for name, each in library.items() if name != "text"]
    groups = found.find_duplicates(songs)

    def refuse(task: SongTask) -> None:
        pytest.fail(f"heard again: {task.song_id}")

    for function in ("look", "hear_excerpt", "hear_whole"):
        monkeypatch.setattr(module.listening, function, refuse)
    assert found.find_duplicates(songs) == groups


def test_what_was_looked_at_before_an_end_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    songs = [song(write_sound(tmp_path / f"{number}.wav", np.zeros((1, 4410)))) for number in range(5)]
    look = module.listening.look

    def end_at_the_last(task: SongTask) -> object:
        if task.song_id == songs[-1].song_id:
            raise KeyboardInterrupt
        return look(task)

    monkeypatch.setattr(module, "LOOKED_AT_TOGETHER", 2)
    monkeypatch.setattr(module.listening, "look", end_at_the_last)
    with ThreadPoolExecutor(1) as executor:
        deduplicator = AudioDeduplicator(tmp_path / "fingerprints.db", executor=executor)
        with pytest.raises(KeyboardInterrupt):
            deduplicator.group_by_metadata(songs)
        deduplicator.close()
    with closing(FingerprintStore(tmp_path / "fingerprints.db")) as store:
        assert store.metadata().keys() == {each.song_id for each in songs[:4]}


def test_a_file_that_changed_is_heard_again(tmp_path: Path, library: dict[str, Song]) -> None:
    path = tmp_path / "song.flac"
    with ThreadPoolExecutor(1) as executor:
        deduplicator = AudioDeduplicator(tmp_path / "fingerprints.db", executor=executor)
        path.write_bytes(library["original"].filepath.read_bytes())
        assert len(deduplicator.find_duplicates([song(path), library["original"]])) == 1
        path.write_bytes(library["other"].filepath.read_bytes())
        assert deduplicator.find_duplicates([song(path), library["original"]]) == {}
        deduplicator.close()


def test_tracks_of_one_file_are_no_copies(tmp_path: Path) -> None:
    sound = melody(seed=1, seconds=15, sample_rate=44100)
    rip = write_sound(tmp_path / "rip.flac", np.tile(np.concatenate((sound, sound)), (2, 1)))
    alone = write_sound(tmp_path / "alone.flac", np.tile(sound, (2, 1)))
    with ThreadPoolExecutor(1) as executor:
        deduplicator = AudioDeduplicator(":memory:", executor=executor)
        tracks = [song(rip, beginning=0.0), song(rip, beginning=15.0)]
        assert deduplicator.find_duplicates(tracks) == {}
        (group,) = deduplicator.find_duplicates([tracks[1], song(alone)]).values()
        assert len(group) == 2
        deduplicator.close()


def test_one_file_can_be_asked_for(found: AudioDeduplicator, library: dict[str, Song]) -> None:
    path = library["original"].filepath
    fingerprint = found.compute_fingerprint(path)
    assert fingerprint is not None
    assert (fingerprint.filename, fingerprint.file_size) == (str(path), path.stat().st_size)
    assert fingerprint.duration == pytest.approx(SECONDS, abs=0.1)
    assert found.compute_fingerprint(library["text"].filepath) is None


def test_one_file_alone_needs_no_fingerprint(found: AudioDeduplicator, library: dict[str, Song]) -> None:
    metadata = found.extract_metadata(library["original"].filepath)
    assert metadata is not None
    assert not should_fingerprint([metadata])
    assert should_fingerprint([metadata, metadata])


def test_without_the_library_names_have_to_do(
    found: AudioDeduplicator, library: dict[str, Song], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "is_available", lambda: False)
    twin = replace(library["original"], filename="file:///elsewhere/original.mp3", mtime=99)
    assert found.find_duplicates([library["original"], library["lossy"], twin]) == {
        library["original"].filename: [library["original"], twin]
    }
    # Both are compared by what they say of themselves; the rated one is kept.
    assert found.deduplicate([library["original"], replace(twin, rating=UNRATED)]) == [library["original"]]


def test_a_pool_of_its_own_hears_as_well(tmp_path: Path, library: dict[str, Song]) -> None:
    deduplicator = AudioDeduplicator(tmp_path / "fingerprints.db", num_workers=1)
    groups = deduplicator.find_duplicates([library["other"], library["twin"]])
    assert [names(group) for group in groups.values()] == [{"other", "twin"}]
    deduplicator.close()
