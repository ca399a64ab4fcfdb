"""Both networks of MusiCNN give what the originals give, quickly or plainly, from the package or from what was kept."""

import importlib.util
import math
import shutil
from pathlib import Path

import pytest
import torch
from torch import Tensor

from core.errors import UserError
from core.models import checkpoint, correlation, registry
from core.models.correlation import highest_rhythm, highest_timbre
from core.models.musicnn import DIMENSION, MusiCNN, MusiCNNEncoder
from core.models.musicnn_weights import keep, musicnn_state
from core.models.versions import model_version
from tests.musicnn_files import made_up, write_checkpoint, write_package

RATE = 22050
has_package = importlib.util.find_spec("musicnn") is not None


PLACES = [96, 146, 151, 172, 239, 327, 352, 385]
"""Of the 400 values, some that the sound changes much."""
MADE_UP = [
    [-1.31823, 0.52008, -2.78211, -2.70287, 1.53996, 0.13776, 1.86845, 0.03381],
    [-1.40857, 0.32116, -2.58584, -3.05173, 1.60176, 0.21427, 1.81258, 0.16684],
]
"""For the two patches of the chord, by the first implementation, with plain convolutions, of 2026-11-23."""
TRUE = [
    [1.52363, 1.24351, 0.44441, 1.24666, 3.02587, -0.5149, 0.76766, 0.89469],
    [0.02548, 1.88216, -0.19549, 0.81889, 1.88828, 0.57715, -0.2675, -0.52481],
]
"""The same for the weights of the package; TensorFlow 2 with the package's own graph gave these to 7e-6."""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package with made-up weights."""
    return write_package(tmp_path_factory.mktemp("site") / "musicnn")


@pytest.fixture(scope="module")
def kept(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was kept of that package."""
    path = tmp_path_factory.mktemp("cache") / "musicnn.safetensors"
    musicnn_state(path, package=package)
    return path


@pytest.fixture(scope="module")
def encoder(kept: Path) -> MusiCNNEncoder:
    return MusiCNNEncoder(weights=kept)


def chord(seconds: float) -> Tensor:
    """A rising chord that beats (1, samples)."""
    time = torch.arange(int(seconds * RATE), dtype=torch.float64) / RATE
    parts = [
        torch.sin(2 * math.pi * frequency * time * (1 + 0.2 * time)) / number
        for number, frequency in enumerate((110, 330, 1234, 4321), start=1)
    ]
    return (torch.stack(parts).sum(dim=0) * 0.2 * (1 + torch.sin(4 * math.pi * time))).float().unsqueeze(0)


def patches(encoder: MusiCNN, audio: Tensor) -> Tensor:
    with torch.inference_mode():
        return encoder.patches(audio)


class TestValues:
    def test_the_made_up_networks_give_what_the_first_implementation_gave(self, encoder: MusiCNNEncoder) -> None:
        expected = torch.tensor(MADE_UP)
        torch.testing.assert_close(patches(encoder, chord(8))[0][:, PLACES], expected, rtol=1e-4, atol=1e-4)

    @pytest.mark.skipif(not has_package, reason="the package musicnn is not installed")
    def test_the_true_networks_give_what_the_originals_give(self) -> None:
        expected = torch.tensor(TRUE)
        torch.testing.assert_close(patches(MusiCNNEncoder(), chord(8))[0][:, PLACES], expected, rtol=1e-3, atol=1e-3)

    def test_with_gradients_it_gives_the_same(self, encoder: MusiCNNEncoder) -> None:
        torch.testing.assert_close(encoder.patches(chord(8)), patches(encoder, chord(8)), rtol=1e-4, atol=1e-4)

    def test_the_embedding_is_the_mean_of_the_patches(self, encoder: MusiCNNEncoder) -> None:
        with torch.inference_mode():
            embedding = encoder(chord(13))
        found = patches(encoder, chord(13))
        assert found.shape == (1, 4, DIMENSION)
        assert encoder.get_embedding_dim() == DIMENSION
        torch.testing.assert_close(embedding, found.mean(dim=1))

    @pytest.mark.parametrize(("seconds", "every", "chosen"), [(13, 2, [1, 3]), (13, 3, [1]), (4, 3, [0])])
    def test_patches_may_be_left_out(self, kept: Path, seconds: int, every: int, chosen: list[int]) -> None:
        all_patches = patches(MusiCNNEncoder(weights=kept), chord(seconds))
        fewer = patches(MusiCNNEncoder(weights=kept, every=every), chord(seconds))
        torch.testing.assert_close(fewer, all_patches[:, chosen], rtol=1e-4, atol=1e-4)


class TestSound:
    @pytest.mark.parametrize("samples", [0, 1, 300, RATE, 3 * RATE])
    def test_silence_and_short_songs_have_one_patch_of_finite_values(
        self, encoder: MusiCNNEncoder, samples: int
    ) -> None:
        for audio in (torch.zeros(1, samples), chord(3)[:, :samples], torch.ones(1, samples)):
            found = patches(encoder, audio)
            assert found.shape == (1, 1, DIMENSION)
            assert found.isfinite().all()

    def test_a_song_does_not_depend_on_the_rest_of_its_batch(self, encoder: MusiCNNEncoder) -> None:
        batch = torch.cat([torch.zeros_like(chord(7)), chord(7), chord(7).flip(1)])
        together = patches(encoder, batch)
        alone = torch.cat([patches(encoder, audio) for audio in batch.unsqueeze(1)])
        torch.testing.assert_close(together, alone, rtol=1e-4, atol=1e-4)

    def test_different_sound_has_different_values(self, encoder: MusiCNNEncoder) -> None:
        assert (patches(encoder, chord(4)) - patches(encoder, torch.zeros_like(chord(4)))).abs().max() > 0.1


class TestHighest:
    @pytest.mark.parametrize(("batch", "frames", "bands", "height"), [(1, 187, 96, 38), (2, 20, 9, 9), (8, 5, 12, 3)])
    def test_timbre_is_the_maximum_of_a_convolution(self, batch: int, frames: int, bands: int, height: int) -> None:
        maps, filters = random(batch, frames, bands), random(6, correlation.TAPS, height)
        padded = torch.nn.functional.pad(maps.unsqueeze(1), (0, 0, 3, 3))
        expected = torch.nn.functional.conv2d(padded, filters.unsqueeze(1)).amax(dim=3)
        torch.testing.assert_close(highest_timbre(maps, filters), expected, rtol=1e-3, atol=2e-3)

    @pytest.mark.parametrize(("batch", "frames", "length"), [(1, 187, 128), (7, 21, 5), (2, 3, 8)])
    def test_rhythm_is_the_maximum_of_a_convolution(self, batch: int, frames: int, length: int) -> None:
        maps, filters = random(batch, frames, 4), random(6, length)
        padded = torch.nn.functional.pad(maps.unsqueeze(1), (0, 0, (length - 1) // 2, length // 2))
        expected = torch.nn.functional.conv2d(padded, filters[:, None, :, None]).amax(dim=3)
        torch.testing.assert_close(highest_rhythm(maps, filters), expected, rtol=1e-4, atol=1e-4)


def random(*sides: int) -> Tensor:
    return torch.randn(sides, generator=torch.Generator().manual_seed(sum(sides)))


class TestWeights:
    def test_from_the_package_and_kept_they_are_the_same_model(self, package: Path, kept: Path) -> None:
        from_package = MusiCNN()
        from_package.load_state_dict(musicnn_state(package=package))
        assert model_version(from_package).partition("-")[0] == "musicnn"
        state = MusiCNNEncoder(weights=kept).state_dict()
        assert all(torch.equal(values, state[name]) for name, values in from_package.state_dict().items())

    def test_a_wheel_is_as_good_as_a_folder(self, package: Path, tmp_path: Path) -> None:
        wheel = Path(shutil.make_archive(str(tmp_path / "musicnn"), "zip", package.parent, "musicnn"))
        from_wheel, from_folder = musicnn_state(package=wheel), musicnn_state(package=package)
        assert all(torch.equal(values, from_folder[name]) for name, values in from_wheel.items())

    def test_once_kept_the_package_is_not_needed(self, kept: Path, tmp_path: Path) -> None:
        assert len(musicnn_state(kept, package=tmp_path / "gone")) == len(MusiCNN().state_dict())

    def test_a_file_of_something_else_is_made_again(self, package: Path, tmp_path: Path) -> None:
        path = tmp_path / "musicnn.safetensors"
        keep({"other": torch.zeros(3)}, path)
        assert len(musicnn_state(path, package=package)) > 1

    def test_a_file_that_cannot_be_kept_stops_nobody(self, package: Path, tmp_path: Path) -> None:
        (tmp_path / "no folder").touch()
        assert musicnn_state(tmp_path / "no folder" / "musicnn.safetensors", package=package)

    def test_a_damaged_file_is_made_again(self, package: Path, tmp_path: Path) -> None:
        path = tmp_path / "new folder" / "musicnn.safetensors"
        state = musicnn_state(path, package=package)
        path.write_bytes(path.read_bytes()[:5000])
        again = musicnn_state(path, package=package)
        assert all(torch.equal(values, again[name]) for name, values in state.items())
        assert list(path.parent.iterdir()) == [path]
        assert len(musicnn_state(path, package=tmp_path / "gone")) == len(state)

    def test_without_package_a_sentence_says_what_to_do(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
        with pytest.raises(UserError, match=r"^MusiCNN has no weights here: pip install --no-deps musicnn"):
            registry.build("MusiCNNEncoder", embedding_dim=512, seed=0)

    @pytest.mark.parametrize("file", [".index", ".data-00000-of-00001"])
    @pytest.mark.parametrize("size", [None, 0, 1500])
    def test_a_damaged_package_is_one_sentence(
        self, package: Path, tmp_path: Path, file: str, size: int | None
    ) -> None:
        broken = Path(shutil.copytree(package, tmp_path / "musicnn"))
        path = broken / "MSD_musicnn" / file
        content = path.read_bytes()
        path.unlink() if size is None else path.write_bytes(content[:size])
        with pytest.raises(UserError, match=r"^The weights of MusiCNN in .* are damaged"):
            musicnn_state(package=broken)

    def test_a_package_with_other_networks_is_one_sentence(self, package: Path, tmp_path: Path) -> None:
        other = Path(shutil.copytree(package, tmp_path / "musicnn"))
        variables = made_up("MTT_musicnn")
        write_checkpoint(other / "MTT_musicnn", variables | {"dense/kernel": variables["dense/kernel"][:, :100]})
        with pytest.raises(UserError, match="damaged"):
            musicnn_state(package=other)

    def test_what_is_no_wheel_is_one_sentence(self, tmp_path: Path) -> None:
        (tmp_path / "musicnn.whl").write_bytes(b"no zip")
        with pytest.raises(UserError, match="damaged"):
            musicnn_state(package=tmp_path / "musicnn.whl")

    def test_they_are_frozen_and_lie_in_a_checkpoint_once(self, encoder: MusiCNNEncoder, tmp_path: Path) -> None:
        assert not any(parameter.requires_grad for parameter in encoder.parameters())
        config = checkpoint.CheckpointConfig("core.models.musicnn:MusiCNN")
        checkpoint.save(tmp_path / "encoder_best.pt", encoder, config=config)
        assert (tmp_path / "encoder_best.pt").stat().st_size < 6.5e6
        again = checkpoint.load(tmp_path / "encoder_best.pt").build()
        assert isinstance(again, MusiCNN)
        assert torch.equal(patches(again, chord(3)), patches(encoder, chord(3)))

    def test_making_it_leaves_the_random_numbers_of_others_alone(self, kept: Path) -> None:
        torch.manual_seed(3)
        expected = torch.rand(2)
        torch.manual_seed(3)
        MusiCNNEncoder(weights=kept)
        assert torch.equal(torch.rand(2), expected)
