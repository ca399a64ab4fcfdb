"""Embedding by what a fixed backbone heard before: no song is decoded twice, and the embeddings are the same."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from core.analysis.facts import ExcerptChoice
from core.audio.open_file import open_file
from core.store.embeddings import EmbeddingStore
from core.training import embed
from core.training.context import TrainingContext
from core.training.data import song_parts
from core.training.ears import Ears
from core.training.embed import Extracted, extract_all_embeddings
from core.training.loop import encoder_parts
from core.training.loop.devices import Device
from core.training.loop.distributed import Ranks
from core.training.loop.encoder_config import EncoderConfig
from core.training.protocol import TrainingSong
from tests.audio_files import tone, write_wav
from tests.inline_pool import InlinePool
from tests.planted_jobs import planted_job
from tests.recorded_messages import Messages

RATE = 8000
EXCERPT = ExcerptChoice(duration=2.0)


class Backed(nn.Module):
    """Four figures of the waveform, which a head turns into two."""

    sample_rate = RATE

    def __init__(self, embedding_dim: int = 2) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.head = nn.Linear(4, embedding_dim)
        self._dimension = embedding_dim

    def features(self, audio: Tensor) -> Tensor:
        parts = [audio.abs().mean(dim=-1), audio.square().mean(dim=-1), audio.std(dim=-1), audio.diff().std(dim=-1)]
        return torch.stack(parts, dim=-1)

    def forward(self, audio: Tensor) -> Tensor:
        return self.head(self.features(audio))

    def fit_head(self, features: Tensor, songs: Tensor, groups: list[str]) -> None:
        """It starts anywhere."""

    def get_embedding_dim(self) -> int:
        return self._dimension


class SaysMore(Backed):
    """Its head is not all that it does."""

    def forward(self, audio: Tensor) -> Tensor:
        return super().forward(audio) + audio[:, :1].sign()


@pytest.fixture
def songs(tmp_path: Path) -> list[TrainingSong]:
    made = []
    for number in range(12):
        sound = tone(200 + 50 * number, seconds=6.0, level=0.05 * (1 + number), sample_rate=RATE, channels=1)
        path = write_wav(tmp_path / f"{number}.wav", sound, sample_rate=RATE)
        made.append(TrainingSong(path.as_uri(), -1, f"artist {number}", "", path=str(path)))
    return made


@pytest.fixture
def context(tmp_path: Path, songs: list[TrainingSong]) -> TrainingContext:
    job = replace(
        planted_job(tmp_path), songs=songs, cache_dir=tmp_path / "cache", excerpt=EXCERPT, encoder_class="x:Backed"
    )
    hyper = {"encoder_class": Backed}
    return TrainingContext(hyper, "cpu", tmp_path / "models", job=job, songs=songs, reporter=Messages())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddingStore]:
    with closing(EmbeddingStore(tmp_path / "embeddings.db")) as opened:
        yield opened


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were opened, and by a pool without processes those that were decoded."""
    opened: list[str] = []

    def opened_by_training(name: str) -> object:
        opened.append(name)
        return open_file(name)

    decode = embed.decode_for_encoder

    def decoded_by_pool(song: TrainingSong, *, rate: int, excerpt: ExcerptChoice) -> object:
        opened.append(song.path)
        return decode(song, rate=rate, excerpt=excerpt)

    monkeypatch.setattr(song_parts, "open_file", opened_by_training)
    monkeypatch.setattr(embed, "decode_for_encoder", decoded_by_pool)
    monkeypatch.setattr(embed, "WorkerPool", lambda _workers, preload: InlinePool())
    return opened


def trained(ctx: TrainingContext) -> nn.Module:
    """The encoder of a training, which has heard the songs."""
    config = EncoderConfig(embedding_dim=2, excerpts_per_song=3, excerpt_seconds=1.0, crop_seconds=1.0)
    return encoder_parts.parts_for(ctx, config, device=Device("cpu"), ranks=Ranks()).encoder


def embedded(encoder: nn.Module, ctx: TrainingContext, store: EmbeddingStore) -> Extracted:
    songs = ctx.job.songs if ctx.job else []
    return extract_all_embeddings(encoder, songs, store, ctx, batch_size=5)


def vectors(store: EmbeddingStore, found: Extracted) -> np.ndarray:
    matrix = store.matrix(found.version)
    return matrix.rows(sorted(matrix.filenames))[1]


def test_no_song_is_decoded_twice(
    context: TrainingContext, store: EmbeddingStore, songs: list[TrainingSong], decoded: list[str]
) -> None:
    encoder = trained(context)
    found = embedded(encoder, context, store)
    assert sorted(decoded) == sorted(song.path for song in songs), "each once, for the training"
    assert (found.embedded, found.failed, found.complete) == (12, 0, True)
    from_memory = vectors(store, found)
    store.forget_version(found.version)
    job = replace(context.job, cache_dir=None)  # type: ignore[type-var]
    embedded(encoder, replace(context, job=job), store)
    assert len(decoded) == 24
    assert vectors(store, found) == pytest.approx(from_memory, rel=1e-5)


def test_songs_that_the_training_has_not_heard_are_decoded_and_remembered(
    context: TrainingContext, store: EmbeddingStore, songs: list[TrainingSong], decoded: list[str]
) -> None:
    encoder = trained(replace(context, songs=songs[:7]))
    del decoded[:]
    found = embedded(encoder, context, store)
    assert sorted(decoded) == sorted(song.path for song in songs[7:])
    assert store.counts()[found.version] == 12
    del decoded[:]
    encoder.head = nn.Linear(4, 2)  # trained anew, it gives another version
    again = embedded(encoder, context, store)
    assert again.version != found.version
    assert (decoded, again.embedded) == ([], 12)


def test_a_song_whose_file_has_changed_is_heard_again(
    context: TrainingContext, store: EmbeddingStore, songs: list[TrainingSong], decoded: list[str]
) -> None:
    encoder = trained(context)
    del decoded[:]
    path = write_wav(Path(songs[3].path), tone(99, seconds=5.0, sample_rate=RATE, channels=1), sample_rate=RATE)
    Path(songs[4].path).unlink()
    found = embedded(encoder, context, store)
    assert decoded == [str(path), songs[4].path]
    assert (found.embedded, found.failed) == (11, 1)


def test_an_encoder_that_does_more_than_its_head_hears_the_sound(tmp_path: Path) -> None:
    for encoder, remembers in ((Backed(), True), (SaysMore(), False), (nn.Linear(2, 2), False)):
        ears = Ears.of(encoder, device="cpu", excerpt=EXCERPT, cache_dir=tmp_path)
        assert (ears.remembered is not None) == remembers


def test_a_stop_keeps_what_was_embedded_from_memory(
    context: TrainingContext, store: EmbeddingStore, decoded: list[str]
) -> None:
    encoder = trained(context)
    stopping = replace(context, reporter=Messages(stop_after=("progress", 2)))
    found = embedded(encoder, stopping, store)
    assert (found.embedded, found.complete) == (5, False)
    assert embedded(encoder, context, store).complete
    assert len(decoded) == 12
