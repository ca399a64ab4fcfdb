"""What a worker does: it fails as a value, builds the encoder once, and knows the owner's own."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from core.analysis import analyse_song, worker
from core.analysis.facts import AnalysisSettings, EncoderChoice, ExcerptChoice, SongFacts, SongFailure, SongTask
from core.audio.reasons import SkipReason
from core.errors import UserError
from core.jobs.process_pool import WorkerPool
from core.models import checkpoint, musicnn_weights
from core.models.checkpoint import CheckpointConfig
from core.models.encoders import SimpleAudioEncoder
from core.song import SongId
from tests.audio_files import chord, tone, write_sound
from tests.musicnn_files import write_package

EXAMPLES = Path(str(files("resources") / "examples"))

SETTINGS = AnalysisSettings(EncoderChoice("SimpleAudioEncoder", 8, 42), ExcerptChoice(duration=2.0))

OWN_ENCODER = """
import torch

class Loudness(torch.nn.Module):
    def forward(self, audio):
        return torch.stack([audio.abs().mean(dim=1), audio.abs().amax(dim=1), audio.std(dim=1)], dim=1)

    def get_embedding_dim(self):
        return 3
"""


@pytest.fixture(autouse=True)
def forget_encoders() -> None:
    worker.load_encoder.cache_clear()


@pytest.fixture
def own(tmp_path: Path) -> Callable[[str], AnalysisSettings]:
    """Settings for the owner's encoder, of which the file is given."""

    def write(text: str, *, name: str = "Loudness") -> AnalysisSettings:
        (tmp_path / "own_encoder.py").write_text(text)
        return AnalysisSettings(EncoderChoice(f"own_encoder:{name}", 3, 42, folder=tmp_path))

    return write


def song(path: Path | None, **section: float) -> SongTask:
    return SongTask(SongId(f"file://{path}"), path, **section)


def test_a_song_becomes_its_facts(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.flac", chord())
    facts = worker.analyse(song(path), SETTINGS)
    assert isinstance(facts, SongFacts)
    assert (facts.song_id, facts.damage) == (f"file://{path}", "")
    assert (facts.embedding.shape, facts.embedding.dtype) == ((8,), np.float32)
    assert (facts.metadata.codec, facts.metadata.mtime) == ("FLAC", path.stat().st_mtime)


def test_equal_sound_gives_equal_embeddings_and_other_sound_others(tmp_path: Path) -> None:
    sounds = {"a": chord(), "b": chord(), "c": tone(880)}
    facts = [worker.analyse(song(write_sound(tmp_path / f"{name}.wav", sounds[name])), SETTINGS) for name in sounds]
    first, second, third = (each.embedding for each in facts if isinstance(each, SongFacts))
    np.testing.assert_array_equal(first, second)
    assert not np.array_equal(first, third)


def test_a_section_is_heard_as_its_own_song(tmp_path: Path) -> None:
    both = np.concatenate([tone(220, seconds=4), tone(880, seconds=4)], axis=1)
    whole = write_sound(tmp_path / "both.wav", both)
    second = worker.analyse(song(whole, beginning=4.0, length=4.0), SETTINGS)
    alone = worker.analyse(song(write_sound(tmp_path / "second.wav", tone(880, seconds=4))), SETTINGS)
    assert isinstance(second, SongFacts)
    assert isinstance(alone, SongFacts)
    np.testing.assert_allclose(second.embedding, alone.embedding, atol=1e-4)


@pytest.mark.parametrize(
    ("content", "reason"), [(None, SkipReason.MISSING), (b"", SkipReason.EMPTY), (b"text" * 900, SkipReason.NOT_AUDIO)]
)
def test_what_is_wrong_with_a_file_comes_back_as_a_value(
    tmp_path: Path, content: bytes | None, reason: SkipReason
) -> None:
    path = tmp_path / "a.mp3"
    if content is not None:
        path.write_bytes(content)
    failure = worker.analyse(song(path), SETTINGS)
    assert isinstance(failure, SongFailure)
    assert (failure.reason, failure.size) == (reason, -1 if content is None else len(content))
    assert failure.traceback == "", "nothing that a developer has to see"


@pytest.mark.parametrize("path", [None, Path("/zero\0byte.mp3")])
def test_what_is_no_file_comes_back_as_a_value(path: Path | None) -> None:
    failure = worker.analyse(song(path), SETTINGS)
    assert isinstance(failure, SongFailure)
    assert failure.reason is (SkipReason.MISSING if path else SkipReason.NOT_LOCAL)


class UnpicklableError(Exception):
    """One that could not even be sent to the parent."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first + second)


@pytest.mark.parametrize(
    ("error", "reason", "detail"),
    [
        (UnpicklableError("an odd ", "thing"), SkipReason.CRASHED, "UnpicklableError: an odd thing"),
        (MemoryError(), SkipReason.TOO_MUCH_MEMORY, worker.OUT_OF_MEMORY),
        (
            RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes."),
            SkipReason.TOO_MUCH_MEMORY,
            worker.OUT_OF_MEMORY,
        ),
    ],
)
def test_whatever_is_raised_costs_one_song(
    monkeypatch: pytest.MonkeyPatch, error: Exception, reason: SkipReason, detail: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(analyse_song, "analyse_song", fail)
    failure = worker.analyse(song(None), SETTINGS)
    assert isinstance(failure, SongFailure)
    assert (failure.reason, failure.detail) == (reason, detail)
    assert ("in fail" in failure.traceback) == (reason is SkipReason.CRASHED)


class Fixed(nn.Module):
    """An encoder that gives the same whatever it hears."""

    def __init__(self, *values: float) -> None:
        super().__init__()
        self.values = values

    def forward(self, audio: Tensor) -> Tensor:
        return torch.tensor(self.values).repeat(len(audio), 1)

    def get_embedding_dim(self) -> int:
        return 2


def test_an_encoder_that_gives_no_numbers_skips_the_song() -> None:
    samples = torch.zeros(22050)
    assert analyse_song.embed(samples, encoder=Fixed(1, 2)).tolist() == [1, 2]
    with pytest.raises(ValueError, match="crashed: the encoder gave values that are not numbers"):
        analyse_song.embed(samples, encoder=Fixed(1, float("nan")))
    with pytest.raises(ValueError, match=r"gave the shape \(3,\), not \(2,\)"):
        analyse_song.embed(samples, encoder=Fixed(1, 2, 3))


def test_the_encoder_is_built_once_with_its_settings() -> None:
    choice = EncoderChoice("SimpleAudioEncoder", 8, 42, sample_rate=16000)
    encoder = worker.load_encoder(choice)
    assert worker.load_encoder(choice) is encoder
    assert (encoder.get_embedding_dim(), encoder.sample_rate, encoder.training) == (8, 16000, False)  # type: ignore[operator]


def test_the_wished_sample_rate_is_what_the_encoder_hears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_sound(tmp_path / "a.wav", tone())
    heard = list[int]()

    def listen(_self: SimpleAudioEncoder, audio: Tensor) -> Tensor:
        heard.append(audio.shape[1])
        return torch.zeros(len(audio), 8)

    monkeypatch.setattr(SimpleAudioEncoder, "forward", listen)
    choice = EncoderChoice("SimpleAudioEncoder", 8, 42, sample_rate=16000)
    worker.analyse(song(path), AnalysisSettings(choice, ExcerptChoice(sample_rate=16000, duration=2.0)))
    assert heard == [32000]


def test_trained_weights_are_taken_from_their_checkpoint(tmp_path: Path) -> None:
    trained = SimpleAudioEncoder(embedding_dim=8, seed=7).eval()
    config = CheckpointConfig(reference="SimpleAudioEncoder", arguments={"embedding_dim": 8})
    checkpoint.save(tmp_path / "encoder.pt", trained, config=config)
    encoder = worker.load_encoder(EncoderChoice("SimpleAudioEncoder", 8, 42, checkpoint=tmp_path / "encoder.pt"))
    audio = torch.randn(1, 44100, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        assert torch.equal(encoder(audio), trained(audio))


def test_an_encoder_is_described_in_the_pool(pool: WorkerPool) -> None:
    first, again = (pool.submit(worker.describe_encoder, SETTINGS).result() for _ in range(2))
    other = AnalysisSettings(EncoderChoice("SimpleAudioEncoder", 8, 43))
    assert first == again
    assert (first.dimension, first.class_name) == (8, "SimpleAudioEncoder")
    assert pool.submit(worker.describe_encoder, other).result().version != first.version


def test_the_owner_s_encoder_works_in_the_pool(
    pool: WorkerPool, own: Callable[[str], AnalysisSettings], tmp_path: Path
) -> None:
    settings = own(OWN_ENCODER)
    facts = pool.submit(worker.describe_encoder, settings).result()
    assert (facts.dimension, facts.version.split("-")[0]) == (3, "loudness")
    outcome = pool.submit(worker.analyse, song(write_sound(tmp_path / "a.wav", tone(level=0.5))), settings).result()
    assert isinstance(outcome, SongFacts)
    assert outcome.embedding[1] == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("lines", ["return audio[:, :5]", "raise RuntimeError('no')", "return None", "import never"])
def test_a_broken_encoder_of_the_owner_s_is_one_sentence(
    pool: WorkerPool, own: Callable[[str], AnalysisSettings], lines: str
) -> None:
    text = OWN_ENCODER.replace("def forward(self, audio):", f"def forward(self, audio):\n        {lines}")
    with pytest.raises(UserError, match="Loudness") as caught:
        pool.submit(worker.describe_encoder, own(text)).result()
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("text", ["raise SystemExit(3)", "x = 1", "def broken(:", "import never_installed"])
def test_a_file_that_does_not_load_is_one_sentence(
    pool: WorkerPool, own: Callable[[str], AnalysisSettings], text: str
) -> None:
    settings = own(text)
    with pytest.raises(UserError, match=r'^The module "own_encoder" '):
        pool.submit(worker.describe_encoder, settings).result()
    with pytest.raises(UserError, match=r'^The module "own_encoder" '):
        pool.submit(worker.analyse, song(None), settings).result()


@pytest.mark.parametrize("place", ["examples", "elsewhere/examples", "."])
def test_the_plan_s_example_is_found_beside_its_configuration(pool: WorkerPool, tmp_path: Path, place: str) -> None:
    """In a folder ``examples`` that holds the YAML too, in a copy of it, and below the folder of the YAML."""
    folder = EXAMPLES
    if place == "elsewhere/examples":
        folder = tmp_path / "examples"
        folder.mkdir()
        (folder / "music_recommendation.py").write_text((EXAMPLES / "music_recommendation.py").read_text())
    elif place == ".":
        folder = EXAMPLES.parent
    choice = EncoderChoice("examples.music_recommendation:MyEncoder", 8, 42, folder=folder)
    facts = pool.submit(worker.describe_encoder, AnalysisSettings(choice)).result()
    assert (facts.dimension, facts.version.split("-")[0]) == (8, "my")


def test_a_file_with_a_name_that_is_taken_says_so(pool: WorkerPool, tmp_path: Path) -> None:
    (tmp_path / "random.py").write_text(OWN_ENCODER)
    choice = EncoderChoice("random:Loudness", 3, 42, folder=tmp_path)
    with pytest.raises(UserError, match=r'random\.py cannot be loaded, because Python has another "random"'):
        pool.submit(worker.describe_encoder, AnalysisSettings(choice)).result()


def test_neither_engine_nor_worker_imports_what_is_costly() -> None:
    modules = ("core.engine", "core.cli", "core.analysis.worker", "core.analysis.scan")
    costly = ("torch", "torchaudio", "torchcodec", "sklearn", "scipy", "openTSNE", "matplotlib", "PySide6")
    code = f"import sys, {', '.join(modules)}; print([name for name in {costly!r} if name in sys.modules])"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert child.stdout.strip() == "[]"


def test_a_pretrained_encoder_has_one_version_wherever_its_weights_come_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, kept = write_package(tmp_path / "musicnn"), tmp_path / "cache" / "musicnn.safetensors"
    choice = EncoderChoice("MusiCNNEncoder", 512, 42)
    monkeypatch.setattr(musicnn_weights, "_installed", lambda: package)
    worker.load_encoder.cache_clear()
    from_package = worker.describe_encoder(AnalysisSettings(choice))
    assert worker.describe_encoder(AnalysisSettings(replace(choice, weights=kept))) == from_package
    assert kept.is_file(), "and they are kept now"
    shutil.rmtree(package)
    worker.load_encoder.cache_clear()
    assert worker.describe_encoder(AnalysisSettings(replace(choice, weights=kept))) == from_package
    worker.load_encoder.cache_clear()
