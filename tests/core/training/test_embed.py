"""Embedding all songs with a trained encoder: as a scan would, going on where it was, and honest about what failed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from core.analysis.facts import ExcerptChoice
from core.audio.decode import load_audio_file
from core.errors import UserError
from core.store.embeddings import EmbeddingStore
from core.training import embed
from core.training.context import TrainingContext
from core.training.embed import extract_all_embeddings, version_of_embeddings
from core.training.protocol import TrainingSong
from tests.audio_files import tone, write_wav
from tests.inline_pool import InlinePool
from tests.recorded_messages import Messages


class Loudness(nn.Module):
    """Two values; the batch shows how many songs it was given at a time."""

    _batches: list[int]

    def __init__(self) -> None:
        super().__init__()
        self._batches = []

    def forward(self, audio: Tensor) -> Tensor:
        self._batches.append(len(audio))
        return torch.stack([audio.abs().mean(dim=-1), audio.square().mean(dim=-1)], dim=-1)

    def get_embedding_dim(self) -> int:
        return 2


@pytest.fixture(autouse=True)
def no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "WorkerPool", lambda _workers, preload: InlinePool())


@pytest.fixture
def songs(tmp_path: Path) -> list[TrainingSong]:
    paths = [
        write_wav(tmp_path / f"{number}.wav", tone(220, seconds=2 + (number == 3), level=0.1 * (1 + number)))
        for number in range(4)
    ]
    return [TrainingSong(path.as_uri(), -1, "artist", "", path=str(path)) for path in paths]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddingStore]:
    opened = EmbeddingStore(tmp_path / "embeddings.db")
    yield opened
    opened.close()


def context(tmp_path: Path, messages: Messages | None = None) -> TrainingContext:
    return TrainingContext({}, "cpu", tmp_path, reporter=messages or Messages())


def test_every_song_has_the_embedding_that_a_scan_would_store(
    tmp_path: Path, songs: list[TrainingSong], store: EmbeddingStore
) -> None:
    encoder, messages = Loudness(), Messages()
    found = extract_all_embeddings(encoder, songs, store, context(tmp_path, messages))
    assert (found.embedded, found.known, found.failed, found.complete) == (4, 0, 0, True)
    assert found.version == version_of_embeddings(encoder, ExcerptChoice())
    for song in songs:
        with torch.inference_mode():
            expected = encoder(load_audio_file(song.path).unsqueeze(0)).squeeze(0).numpy()
        vector = store.get_embedding(song.song_id, found.version)
        assert vector == pytest.approx(expected, rel=1e-5)
    assert messages.of("progress")[-1] == {"done": 4, "total": 4}
    assert store.get_metadata(found.version) is not None


def test_songs_of_one_length_are_encoded_together_and_others_are_not_padded(
    tmp_path: Path, songs: list[TrainingSong], store: EmbeddingStore
) -> None:
    encoder = Loudness()
    extract_all_embeddings(encoder, songs, store, context(tmp_path), batch_size=4)
    assert sorted(encoder._batches[1:]) == [1, 3], "the first is the check of its promise"


def test_what_was_embedded_before_is_not_embedded_again(
    tmp_path: Path, songs: list[TrainingSong], store: EmbeddingStore
) -> None:
    stopped = extract_all_embeddings(
        Loudness(), songs, store, context(tmp_path, Messages(stop_after=("progress", 2))), batch_size=2
    )
    assert (stopped.embedded, stopped.complete) == (2, False)
    encoder = Loudness()
    found = extract_all_embeddings(encoder, songs, store, context(tmp_path), batch_size=2)
    assert (found.embedded, found.known, found.complete) == (2, 2, True)
    assert store.counts() == {found.version: 4}


def test_a_song_that_cannot_be_heard_is_counted_and_left_out(
    tmp_path: Path, songs: list[TrainingSong], store: EmbeddingStore
) -> None:
    Path(songs[1].path).write_bytes(b"no sound")
    found = extract_all_embeddings(Loudness(), songs, store, context(tmp_path))
    assert (found.embedded, found.failed, found.complete) == (3, 1, True)
    assert store.get_embedding(songs[1].song_id, found.version) is None
    again = extract_all_embeddings(Loudness(), songs, store, context(tmp_path))
    assert (again.embedded, again.known, again.failed, again.complete) == (0, 3, 1, True), "it is one of four still"


def test_when_most_cannot_be_heard_something_else_is_wrong(
    tmp_path: Path, songs: list[TrainingSong], store: EmbeddingStore
) -> None:
    gone = [replace(song, path=f"/nowhere/{number}.wav") for number, song in enumerate(songs)]
    with pytest.raises(UserError, match="4 of 4 songs could not be heard"):
        extract_all_embeddings(Loudness(), gone, store, context(tmp_path))


def test_a_track_of_a_cue_sheet_is_heard_where_it_lies(tmp_path: Path, store: EmbeddingStore) -> None:
    sound = np.concatenate([tone(220, seconds=3, level=0.1), tone(220, seconds=3, level=0.8)], axis=1)
    path = write_wav(tmp_path / "image.wav", sound)
    tracks = [
        TrainingSong(f"{path.as_uri()}#t={begin}", -1, "", "", path=str(path), beginning=begin, length=3.0)
        for begin in (0.0, 3.0)
    ]
    found = extract_all_embeddings(Loudness(), tracks, store, context(tmp_path))
    first, second = (store.get_embedding(track.song_id, found.version) for track in tracks)
    assert first is not None
    assert second is not None
    assert second[0] > 5 * first[0]
