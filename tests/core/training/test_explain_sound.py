"""What speaks for a song is found where it was put, and taking it away from the sound changes what is predicted."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from core.analysis.facts import ExcerptChoice
from core.analysis.worker import load_encoder
from core.errors import UserError
from core.models import registry
from core.store.embeddings import EmbeddingStore
from core.training import explain_sound as explain_sound_module
from core.training.embed import version_of_embeddings
from core.training.explain_sound import explain_sound, strongest
from core.training.occlusion import Span, cut, evened, turned_down
from core.training.protocol import TrainingJob, TrainingSong
from core.training.rating.mixed_model import fit
from core.training.rating.names import Names
from core.training.rating.predictor import Predictor
from core.training.spectrogram_file import Spectrogram
from tests.audio_files import write_wav
from tests.recorded_messages import Messages

RATE = 22050
SECONDS = 10
EXCERPT = ExcerptChoice(duration=8.0)
"""The middle eight of ten seconds: what is told has to count from the beginning of the file."""
LEARNED = 14


def music(seed: int, *, burst: float = 0.0, begin: float = 5.0, bass: float = 0.0) -> NDArray[np.float32]:
    """Tones at three pitches that pulse, with noise for three seconds, and with a low hum."""
    random = np.random.default_rng(seed)
    times = np.arange(SECONDS * RATE) / RATE
    pitches = random.uniform(300, 900, 3)
    sound = sum(np.sin(2 * np.pi * pitch * times) for pitch in pitches) * (1 + 0.5 * np.sin(2 * np.pi * 2 * times)) / 12
    sound += bass * np.sin(2 * np.pi * random.uniform(70, 130) * times)
    here = (times >= begin) & (times < begin + 3)
    sound = sound + burst * here * random.normal(size=len(times))
    return np.asarray(sound + 0.002 * random.normal(size=len(times)), dtype=np.float32)


OWN_ENCODER = '''
"""An encoder of the owner's: how loud a sound is in each octave, and how much that changes."""

import torch
from torch import nn


class Octaves(nn.Module):
    version = 1
    sample_rate = 22050

    def forward(self, audio):
        spectrum = torch.stft(audio, 1024, window=torch.hann_window(1024), return_complex=True).abs()
        edges = [0, 8, 16, 32, 64, 128, 256, 513]
        bands = torch.stack([spectrum[:, low:high].mean(1) for low, high in zip(edges, edges[1:])], 1)
        return torch.cat([bands.mean(-1), bands.std(-1)], -1)

    def get_embedding_dim(self):
        return 14
'''


class Planted:
    """Songs that are liked the better the more they have of one thing, and a job that explains another."""

    def __init__(self, folder: Path, *, liked: str) -> None:
        torch.set_num_threads(1)
        (folder / "octaves.py").write_text(OWN_ENCODER)
        self.encoder = registry.build("octaves:Octaves", relative_to=folder).eval()
        amounts = np.linspace(0, 0.25, LEARNED)
        sounds = [music(number, **{liked: amount}) for number, amount in enumerate(amounts)]
        self.asked = music(99, **{liked: 0.12})
        vectors = np.stack([self.embedded(torch.from_numpy(sound[RATE : 9 * RATE])) for sound in [*sounds, self.asked]])
        names = Names.unknown(LEARNED)
        groups = [f"artist {number % 8}" for number in range(LEARNED)]
        model = fit(0.2 + 3 * amounts, vectors=vectors[:-1], names=names, groups=groups, seed=1)
        self.predictor = Predictor(model)
        model.save(folder / "rating-1.npz")
        path = write_wav(folder / "asked.wav", self.asked[np.newaxis], sample_rate=RATE)
        self.song = TrainingSong(path.as_uri(), -1, "somebody", "", path=str(path))
        version = version_of_embeddings(self.encoder, EXCERPT)
        store = EmbeddingStore(folder / "embeddings.db")
        store.store_embeddings_batch([(self.song.song_id, vectors[-1])], version)
        store.close()
        self.job = TrainingJob(
            kind="explain",
            embeddings_db=folder / "embeddings.db",
            companion_db=folder / "companion.db",
            checkpoint_dir=folder,
            embedding_version=version,
            songs=[self.song],
            hyperparameters={"embedding_dim": 512},
            folder=folder,
            cache_dir=folder / "cache",
            excerpt=EXCERPT,
            options={
                "song_id": self.song.song_id,
                "predictor": str(folder / "rating-1.npz"),
                "encoder": {"reference": "octaves:Octaves", "checkpoint": ""},
                "sound_file": str(folder / "excerpt.wav"),
            },
        )

    def embedded(self, samples: torch.Tensor) -> NDArray[np.float32]:
        with torch.inference_mode():
            found: NDArray[np.float32] = self.encoder(samples[None])[0].numpy()
        return found

    def predicted(self, samples: torch.Tensor) -> float:
        parts = self.predictor.predict(self.embedded(samples)[None], songs=[self.song]).parts
        return float(sum(part[0] for part in parts.values()))


@pytest.fixture(scope="module", autouse=True)
def forget_encoders() -> None:
    load_encoder.cache_clear()


@pytest.fixture(scope="module")
def burst(tmp_path_factory: pytest.TempPathFactory) -> tuple[Planted, dict[str, Any], Messages]:
    planted, messages = Planted(tmp_path_factory.mktemp("burst"), liked="burst"), Messages()
    return planted, explain_sound(planted.job, messages), messages


def test_the_seconds_that_are_liked_are_found(burst: tuple[Planted, dict[str, Any], Messages]) -> None:
    planted, found, messages = burst
    assert (found["start"], found["stop"]) == pytest.approx((1, 9))
    best = max(found["windows"], key=lambda part: part["change"])
    assert best["holds"]
    assert best["change"] > 0.02
    assert 5 <= (best["from"] + best["to"]) / 2 <= 8, "the noise is there"
    assert messages.of("progress")[-1]["total"] > len(found["windows"])
    assert found["predicted"] == pytest.approx(
        planted.predicted(torch.from_numpy(planted.asked[RATE : 9 * RATE])), abs=1e-3
    )


def test_taking_a_named_part_away_changes_the_prediction_as_it_says(
    burst: tuple[Planted, dict[str, Any], Messages],
) -> None:
    planted, found, _ = burst
    samples = torch.from_numpy(planted.asked[RATE : 9 * RATE])
    whole = planted.predicted(samples)
    named = [(cut, part, 1.0) for part in found["windows"] if part["holds"]]
    named += [(turned_down, part, 0.0) for part in found["bands"] if part["holds"]]
    assert len(named) >= 2
    for way, part, before in named:
        without = planted.predicted(way(samples, Span(part["from"] - before, part["to"] - before), rate=RATE))
        assert whole - without == pytest.approx(part["change"], abs=1e-3)
        assert (whole - without) * part["change"] > 0


def test_the_excerpt_can_be_seen_and_heard(burst: tuple[Planted, dict[str, Any], Messages]) -> None:
    planted, found, _ = burst
    spectrogram = Spectrogram.load(Path(found["spectrogram"]))
    assert (spectrogram.start, spectrogram.stop) == pytest.approx((1, 9))
    assert Path(planted.job.options["sound_file"]).stat().st_size == pytest.approx(8 * RATE * 2, rel=0.01)


def test_the_band_that_is_liked_is_found(tmp_path: Path) -> None:
    found = explain_sound(Planted(tmp_path, liked="bass").job, Messages())
    best = max(found["bands"], key=lambda part: part["change"])
    assert (best["from"], best["holds"]) == (0, True)
    assert best["to"] > 130


def test_what_does_not_hold_in_every_way_is_not_named(
    burst: tuple[Planted, dict[str, Any], Messages], monkeypatch: pytest.MonkeyPatch
) -> None:
    def untouched(samples: torch.Tensor, _: Span, *, rate: int) -> torch.Tensor:
        return samples

    monkeypatch.setattr(explain_sound_module, "WAYS", ((cut, evened, untouched), (turned_down, untouched)))
    found = explain_sound(burst[0].job, Messages())
    assert not any(part["holds"] for part in found["windows"] + found["bands"])
    assert [part["change"] for part in found["bands"]] == [part["change"] for part in burst[1]["bands"]]


def test_where_names_alone_predict_nothing_is_taken_away(tmp_path: Path) -> None:
    planted, messages = Planted(tmp_path, liked="bass"), Messages()
    model = planted.predictor.model
    replace(model, chosen=model.names_only, figures={"uses_sound": 0.0}).save(tmp_path / "rating-1.npz")
    found = explain_sound(planted.job, messages)
    assert {part["change"] for part in found["windows"] + found["bands"]} == {0}
    assert len(messages.of("progress")) == 1


def test_whoever_stops_gets_nothing(burst: tuple[Planted, dict[str, Any], Messages]) -> None:
    assert explain_sound(burst[0].job, Messages(stop_after=("progress", 1))) == {}


def test_what_stands_in_the_way_is_a_sentence(burst: tuple[Planted, dict[str, Any], Messages], tmp_path: Path) -> None:
    job = burst[0].job
    changed = replace(job, excerpt=ExcerptChoice(duration=5.0))
    with pytest.raises(UserError, match="The encoder has changed"):
        explain_sound(changed, Messages())
    unheard = replace(job.songs[0], song_id="file:///other.wav")
    other = replace(job, songs=[unheard], options=job.options | {"song_id": unheard.song_id})
    with pytest.raises(UserError, match="has not been listened to"):
        explain_sound(other, Messages())
    gone = replace(job, songs=[replace(job.songs[0], path=str(tmp_path / "gone.wav"))])
    with pytest.raises(UserError, match="cannot be heard"):
        explain_sound(gone, Messages())
    with pytest.raises(UserError, match="no song that is predicted"):
        explain_sound(replace(job, songs=[]), Messages())


def test_the_strongest_on_either_side_are_tried_again() -> None:
    assert strongest([0.1, -0.2, 0.004, 0.3, 0.05, 0.02, -0.006, -0.004], least=0.005) == [3, 0, 4, 1, 6]
    assert strongest([0.001, -0.001], least=0.005) == []
