"""The plan's datasets: what is left out, what is loaded, and a DataLoader over them with and without workers."""

import logging
import pickle
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader

from core.audio.reasons import SkipReason
from core.file_url import url_from_path
from core.song import Song
from core.store.embeddings import EmbeddingStore
from core.training.dataset import EmbeddingDataset, MultiTaskMusicDataset, MusicDataset, collate_multitask_batch
from core.training.labels import build_album_mapping, build_artist_mapping, build_song_to_albums_mapping
from core.training.protocol import TrainingSong
from tests.audio_files import tone, write_wav

RATE = 8000


def song_at(
    path: Path, *, artist: str = "", album: str = "", rating: float = -1.0, genre: str = "", year: int = -1
) -> Song:
    return Song(1, path.stem, artist, album, year, rating, url_from_path(path), genre=genre)


@pytest.fixture
def songs(tmp_path: Path) -> list[Song]:
    """Five songs of 1, 2, 3, 4 and 5 tenths of full scale."""
    paths = [
        write_wav(
            tmp_path / f"{number}.wav",
            np.full((1, 3 * RATE), number / 10, np.float32),
            sample_rate=RATE,
        )
        for number in range(1, 6)
    ]
    return [
        song_at(path, artist="X", album="One", rating=number / 5, genre="Rock", year=1991)
        for number, path in enumerate(paths)
    ]


def levels(dataset: MusicDataset[Song]) -> list[float]:
    return [round(float(dataset[row][0].abs().max()), 3) for row in range(len(dataset))]


def test_sound_comes_with_its_song(songs: list[Song]) -> None:
    dataset = MusicDataset(songs, sample_rate=RATE, duration=2.0)
    assert levels(dataset) == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5], abs=0.001)
    audio, song = dataset[-1]
    assert (audio.shape, audio.dtype, song) == ((2 * RATE,), torch.float32, songs[4])
    with pytest.raises(IndexError):
        dataset[5]


def test_short_songs_are_filled_with_silence(songs: list[Song]) -> None:
    audio, _ = MusicDataset(songs, sample_rate=RATE, duration=5.0)[0]
    assert audio.shape == (5 * RATE,)
    assert audio[3 * RATE :].abs().max() == 0
    assert audio[: 3 * RATE].abs().min() > 0


def test_nothing_is_decoded_before_it_is_asked_for(tmp_path: Path) -> None:
    assert len(MusicDataset([song_at(tmp_path / "missing.wav")])) == 1


def test_speech_skipped_songs_and_copies_are_left_out_and_counted(songs: list[Song]) -> None:
    dataset = MusicDataset(
        songs,
        {songs[0].filename: 0.5, songs[1].filename: 0.49},
        0.5,
        skipped={songs[2].song_id},
        copy_of={songs[3].song_id: songs[1].song_id},
    )
    assert dataset.songs == [songs[1], songs[4]]
    assert dataset.left_out == {"spoken": 1, "skipped": 1, "copy": 1}


def test_a_song_that_does_not_decode_is_replaced_by_the_next(
    songs: list[Song], caplog: pytest.LogCaptureFixture
) -> None:
    songs[1].filepath.write_bytes(b"no sound")
    dataset = MusicDataset(songs, sample_rate=RATE, duration=1.0)
    with caplog.at_level(logging.WARNING):
        heard = [dataset[row][1] for row in (0, 1, 1)]
    assert heard == [songs[0], songs[2], songs[2]]
    assert dataset.unheard == {songs[1].song_id: SkipReason.NOT_AUDIO}
    assert len(caplog.records) == 1


@pytest.mark.parametrize("workers", [0, 2])
def test_a_loader_with_any_number_of_workers_gives_the_same(songs: list[Song], tmp_path: Path, workers: int) -> None:
    songs[1].filepath.write_bytes(b"no sound")
    dataset = MusicDataset(songs, sample_rate=RATE, duration=1.0, cache_dir=tmp_path / "cache")
    for _ in range(2):
        loader = DataLoader(dataset, batch_size=2, num_workers=workers, collate_fn=lambda items: items)
        found = [(song.title, round(float(audio[0]), 2)) for batch in loader for audio, song in batch]
        assert found == [("1", 0.1), ("3", 0.3), ("3", 0.3), ("4", 0.4), ("5", 0.5)]
    assert set(dataset.unheard) == {songs[1].song_id}, "what a worker found is known here"


def test_a_dataset_may_travel(songs: list[Song], tmp_path: Path) -> None:
    dataset = MusicDataset(songs, sample_rate=RATE, duration=1.0, cache_dir=tmp_path / "cache")
    copy = pickle.loads(pickle.dumps(dataset))  # noqa: S301 - our own
    assert torch.equal(copy[2][0], dataset[2][0])


def test_songs_of_the_child_are_loaded_too(songs: list[Song]) -> None:
    song = TrainingSong("id", 0.5, "x", "", path=str(songs[2].filepath), beginning=1.0, length=1.0)
    dataset = MusicDataset([song], {"id": 0.4}, sample_rate=RATE, duration=2.0)
    audio, heard = dataset[0]
    assert heard is song
    assert int((audio.abs() > 0).sum()) == pytest.approx(RATE, abs=2)


def test_embeddings_come_with_ratings(songs: list[Song], caplog: pytest.LogCaptureFixture) -> None:
    store = EmbeddingStore(":memory:")
    vectors = [(songs[number].song_id, np.full(4, number, np.float32)) for number in (0, 1, 3)]
    store.store_embeddings_batch(vectors, "one-1")
    with caplog.at_level(logging.WARNING):
        dataset = EmbeddingDataset(songs, store)
    assert [(vector.tolist(), rating) for vector, rating in (dataset[0], dataset[1])] == [
        ([1] * 4, 0.2),
        ([3] * 4, 0.6),
    ]
    assert dataset.left_out == {"unrated": 1, "not embedded": 2}
    assert "2 rated songs" in caplog.text
    ((batch, ratings),) = DataLoader(dataset, batch_size=8)
    assert (batch.shape, ratings.tolist()) == ((2, 4), [0.2, 0.6])
    assert len(EmbeddingDataset(songs, store, model_version="another-1")) == 0


def test_labels_come_with_the_sound(songs: list[Song], tmp_path: Path) -> None:
    bare = song_at(write_wav(tmp_path / "bare.wav", tone(seconds=1.0, sample_rate=RATE), sample_rate=RATE))
    everything = [*songs, bare]
    dataset = MultiTaskMusicDataset(
        everything,
        build_artist_mapping(everything),
        build_album_mapping(everything),
        build_song_to_albums_mapping(everything),
        RATE,
        2.0,
    )
    loader = DataLoader(dataset, batch_size=6, collate_fn=collate_multitask_batch, num_workers=1)
    (batch,) = loader
    assert set(batch) == {"audio", "artist", "albums", "genre", "period", "filename"}
    assert batch["audio"].shape == (6, 2 * RATE)
    assert batch["artist"].tolist() == [0] * 5 + [-1]
    assert batch["albums"] == [[0]] * 5 + [[]]
    assert batch["genre"].tolist() == [0] * 5 + [-1]
    assert batch["period"].tolist() == [4] * 5 + [-1]
    assert batch["artist"].dtype == batch["genre"].dtype == batch["period"].dtype == torch.long
    assert batch["filename"] == [song.filename for song in everything]


def test_the_labels_are_those_of_the_song_that_is_heard(songs: list[Song]) -> None:
    songs[0].filepath.unlink()
    dataset = MultiTaskMusicDataset(songs, {}, {}, {}, sample_rate=RATE, audio_duration=1.0)
    assert dataset[0]["filename"] == songs[1].filename
    assert list(dataset.unheard.values()) == [SkipReason.MISSING]
