"""Models of the hub as encoders: tiny ones with random weights, made here, of every kind that is read differently."""

import json
import logging
import os
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import torch

from core.analysis import worker
from core.analysis.facts import AnalysisSettings, EncoderChoice
from core.errors import UserError
from core.models import checkpoint, registry
from core.models.checkpoint import CheckpointConfig
from core.models.checks import check_encoder
from core.models.huggingface import HuggingFaceEncoder
from core.models.versions import model_version
from core.training.loop.encoder_parts import backbone_version, has_fixed_backbone
from tests.tiny_hub_models import as_mert, put_in_cache, save_ast, save_clap, save_hubert

SECONDS = 25


@pytest.fixture(scope="module")
def transformers() -> Iterator[ModuleType]:
    """The library, quiet; importing it takes seconds, so once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        library = pytest.importorskip("transformers")
        library.utils.logging.set_verbosity_error()
        library.utils.logging.disable_progress_bar()
        yield library


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the encoder sets is taken back after each test."""
    for name in ("HF_HUB_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK"):
        monkeypatch.setenv(name, "0")


@pytest.fixture(scope="module")
def hubert(transformers: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_hubert(transformers, tmp_path_factory.mktemp("hubert"))


@pytest.fixture(scope="module")
def clap(transformers: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_clap(transformers, tmp_path_factory.mktemp("clap"))


@pytest.fixture(scope="module")
def fused(transformers: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CLAP whose extractor calls a sound of each batch longer than it is, by chance."""
    return save_clap(transformers, tmp_path_factory.mktemp("fused"), fused=True)


@pytest.fixture(scope="module")
def ast(transformers: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_ast(transformers, tmp_path_factory.mktemp("ast"))


def noise(rate: int, *, songs: int = 1, seconds: float = SECONDS) -> torch.Tensor:
    return torch.randn(songs, int(rate * seconds), generator=torch.Generator().manual_seed(3)) * 0.1


def encoder_of(folder: Path, ending: str = "", **arguments: object) -> HuggingFaceEncoder:
    encoder = registry.build(f"huggingface:{folder}{ending}", **arguments).eval()
    assert isinstance(encoder, HuggingFaceEncoder)
    return encoder


def embed(encoder: torch.nn.Module, audio: torch.Tensor) -> torch.Tensor:
    with torch.inference_mode():
        return encoder(audio)


@pytest.mark.parametrize(
    ("kind", "rate", "dimension"), [("hubert", 24000, 32), ("clap", 48000, 16), ("ast", 16000, 32)]
)
def test_each_kind_hears_at_its_own_rate(kind: str, rate: int, dimension: int, request: pytest.FixtureRequest) -> None:
    encoder = encoder_of(request.getfixturevalue(kind), embedding_dim=64, sample_rate=22050, seed=1)
    assert encoder.sample_rate == rate
    assert check_encoder(encoder, rate, seconds=11) == dimension
    assert encoder.get_embedding_dim() == dimension


@pytest.mark.parametrize("kind", ["hubert", "clap", "fused", "ast"])
def test_an_embedding_depends_on_its_song_alone(kind: str, request: pytest.FixtureRequest) -> None:
    encoder = encoder_of(request.getfixturevalue(kind))
    audio = noise(encoder.sample_rate, songs=2)
    together = embed(encoder, audio)
    torch.testing.assert_close(together, torch.cat([embed(encoder, song[None]) for song in audio]))
    torch.testing.assert_close(together, embed(encoder, audio), rtol=0, atol=0)
    assert not torch.allclose(together[0], together[1])


def test_a_long_excerpt_is_heard_in_pieces_of_one_length(clap: Path) -> None:
    encoder = encoder_of(clap)
    audio = noise(48000, seconds=25)
    heard: list[int] = []
    extract = encoder._extractor

    def extractor(pieces: list[Any], **options: object) -> object:
        heard.extend(len(piece) for piece in pieces)
        return extract(pieces, **options)

    encoder._extractor = extractor
    whole = embed(encoder, audio)
    assert heard == [400_000] * 3, "three of at most 10 s, none of them cut by the extractor"
    parts = torch.cat([embed(encoder, part) for part in audio.split(400_000, dim=1)])
    torch.testing.assert_close(whole, parts.mean(dim=0, keepdim=True))


def test_waveforms_are_pooled_over_time(transformers: ModuleType, hubert: Path) -> None:
    audio = noise(24000, seconds=4)
    model = transformers.HubertModel.from_pretrained(hubert).eval()
    normal = (audio - audio.mean()) / torch.sqrt(audio.var(correction=0) + 1e-7)
    with torch.inference_mode():
        said = model(normal, output_hidden_states=True)
    torch.testing.assert_close(
        embed(encoder_of(hubert), audio), said.last_hidden_state.mean(dim=1), rtol=1e-4, atol=1e-5
    )
    layers = torch.stack(said.hidden_states).mean(dim=0).mean(dim=1)
    torch.testing.assert_close(embed(encoder_of(hubert, "#layers"), audio), layers, rtol=1e-4, atol=1e-5)


def test_clap_says_what_the_library_says_of_its_sound(transformers: ModuleType, clap: Path) -> None:
    audio = noise(48000, seconds=10)
    model = transformers.ClapModel.from_pretrained(clap).eval()
    inputs = transformers.ClapFeatureExtractor.from_pretrained(clap)(
        audio[0].numpy(), sampling_rate=48000, return_tensors="pt"
    )
    inputs["is_longer"] = torch.zeros_like(inputs["is_longer"])
    with torch.inference_mode():
        said = model.get_audio_features(**inputs)
    ours = embed(encoder_of(clap), audio)
    theirs = said if isinstance(said, torch.Tensor) else said.pooler_output
    assert torch.nn.functional.cosine_similarity(ours, theirs).item() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("seconds", [0.0, 0.001, 0.5])
def test_a_short_sound_gives_numbers(hubert: Path, clap: Path, seconds: float) -> None:
    for encoder in (encoder_of(hubert), encoder_of(clap)):
        assert embed(encoder, noise(encoder.sample_rate, seconds=seconds)).isfinite().all()


def test_silence_gives_numbers(hubert: Path, ast: Path) -> None:
    for encoder in (encoder_of(hubert), encoder_of(ast)):
        assert embed(encoder, torch.zeros(1, encoder.sample_rate * 3)).isfinite().all()


def test_the_version_is_that_of_the_contents(transformers: ModuleType, hubert: Path, tmp_path: Path) -> None:
    version = model_version(encoder_of(hubert))
    same = save_hubert(transformers, tmp_path / "same")
    assert model_version(encoder_of(same)) == version, "the name of a folder changes no embedding"
    others = [encoder_of(save_hubert(transformers, tmp_path / "other", seed=1)), encoder_of(hubert, "#layers")]
    preprocessor = json.loads((same / "preprocessor_config.json").read_text())
    (same / "preprocessor_config.json").write_text(json.dumps(preprocessor | {"do_normalize": False}))
    others.append(encoder_of(same))
    assert len({version, *map(model_version, others)}) == 4


def test_a_mert_is_a_hubert_and_its_code_is_not_run(transformers: ModuleType, hubert: Path, tmp_path: Path) -> None:
    mert = as_mert(save_hubert(transformers, tmp_path / "mert"))
    audio = noise(24000, seconds=3)
    torch.testing.assert_close(embed(encoder_of(mert), audio), embed(encoder_of(hubert), audio), rtol=0, atol=0)


@pytest.mark.parametrize("change", [{"deepnorm": True}, {"feature_extractor_cqt": True}])
def test_a_mert_that_is_no_hubert_is_refused(transformers: ModuleType, tmp_path: Path, change: dict[str, bool]) -> None:
    mert = as_mert(save_hubert(transformers, tmp_path / "mert"), **change)
    with pytest.raises(UserError, match="a MERT that differs"):
        encoder_of(mert)


def test_weights_as_a_pickle_of_tensors_are_read(transformers: ModuleType, hubert: Path, tmp_path: Path) -> None:
    folder = save_hubert(transformers, tmp_path / "pickled")
    state = transformers.HubertModel.from_pretrained(folder).state_dict()
    names = {"parametrizations.weight.original0": "weight_g", "parametrizations.weight.original1": "weight_v"}
    for new, old in names.items():  # as MERT's own file has them
        state[f"encoder.pos_conv_embed.conv.{old}"] = state.pop(f"encoder.pos_conv_embed.conv.{new}")
    torch.save(state, folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    audio = noise(24000, seconds=3)
    torch.testing.assert_close(embed(encoder_of(folder), audio), embed(encoder_of(hubert), audio))


class Trap:
    """Creates a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


def test_code_in_a_pickle_is_not_run(transformers: ModuleType, tmp_path: Path) -> None:
    folder = save_hubert(transformers, tmp_path / "trapped")
    (folder / "model.safetensors").unlink()
    for write in (
        lambda: torch.save({"a": Trap(tmp_path / "sprung")}, folder / "pytorch_model.bin"),
        lambda: (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Trap(tmp_path / "sprung"))),
    ):
        write()
        with pytest.raises(UserError, match="nothing in it was run"):
            encoder_of(folder)
    assert not (tmp_path / "sprung").exists()


def test_code_beside_a_model_of_an_unknown_kind_is_not_run(transformers: ModuleType, tmp_path: Path) -> None:
    folder = as_mert(save_hubert(transformers, tmp_path / "strange"), model_type="strange")
    with pytest.raises(UserError, match="could not be loaded"):
        encoder_of(folder)


def test_weights_that_are_not_all_there_are_refused(transformers: ModuleType, tmp_path: Path) -> None:
    folder = save_hubert(transformers, tmp_path / "holes")
    state = transformers.HubertModel.from_pretrained(folder).state_dict()
    state.pop("encoder.layers.1.attention.k_proj.weight")
    torch.save(state, folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    with pytest.raises(UserError, match=r"lacks 1 of its weights, such as encoder\.layers\.1\.attention"):
        encoder_of(folder)


def test_a_damaged_file_is_one_sentence(transformers: ModuleType, tmp_path: Path) -> None:
    folder = save_hubert(transformers, tmp_path / "damaged")
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:2000])
    with pytest.raises(UserError, match="could not be loaded"):
        encoder_of(folder)
    (folder / "config.json").write_text("{")
    with pytest.raises(UserError, match=r"hears no sound|is damaged"):
        encoder_of(folder)


def test_a_model_of_texts_hears_nothing(transformers: ModuleType, tmp_path: Path) -> None:
    config = transformers.BertConfig(
        hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, vocab_size=20
    )
    transformers.BertModel(config).save_pretrained(tmp_path)
    with pytest.raises(UserError, match="hears no sound"):
        encoder_of(tmp_path)


def test_a_name_is_looked_for_in_the_caches(hubert: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reference, kept = "huggingface:someone/tiny", tmp_path / "cache" / "musicnn.safetensors"
    with pytest.raises(UserError, match="download someone/tiny once"):
        registry.build(reference, weights=kept)
    put_in_cache(hubert, tmp_path / "cache" / "huggingface", "someone/tiny")
    assert isinstance(registry.build(reference, weights=kept), HuggingFaceEncoder)
    with pytest.raises(UserError, match="is not on this machine"):
        registry.build(reference)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    put_in_cache(hubert, tmp_path / "hub", "someone/tiny")
    assert isinstance(registry.build(reference), HuggingFaceEncoder)


def test_without_the_extra_it_says_how_to_get_it(hubert: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(UserError, match=r"pip install 'marmalade\[pretrained\]'"):
        encoder_of(hubert)


def test_a_trained_head_is_kept_without_the_model(hubert: Path, tmp_path: Path) -> None:
    encoder = encoder_of(hubert, embedding_dim=8)
    audio = noise(24000, songs=6, seconds=2)
    encoder.fit_head(encoder.features(audio), torch.tensor([0, 0, 1, 1, 2, 2]))
    assert check_encoder(encoder, 24000, seconds=2) == 8
    assert not any(name.startswith("backbone.") for name in encoder.state_dict())
    file = tmp_path / "adapted.pt"
    config = CheckpointConfig(f"huggingface:{hubert}", {"embedding_dim": 8, "seed": 0})
    checkpoint.save(file, encoder, config=config)
    again = checkpoint.load(file).build()
    torch.testing.assert_close(embed(again, audio), embed(encoder.eval(), audio), rtol=0, atol=0)
    assert model_version(again) == model_version(encoder)
    assert file.stat().st_size < 30_000


def test_a_trained_head_finds_its_model_among_the_downloads(hubert: Path, tmp_path: Path) -> None:
    kept = tmp_path / "cache" / "musicnn.safetensors"
    put_in_cache(hubert, tmp_path / "cache" / "huggingface", "someone/tiny")
    file, reference = tmp_path / "adapted.pt", "huggingface:someone/tiny"
    encoder = registry.build(reference, weights=kept)
    checkpoint.save(file, encoder, config=CheckpointConfig(reference))
    choice = EncoderChoice(reference, embedding_dim=512, seed=0, checkpoint=file, weights=kept)
    described = worker.describe_encoder(AnalysisSettings(choice))
    assert (described.version, described.class_name) == (model_version(encoder), reference)


def test_a_training_of_the_head_tells_models_apart(transformers: ModuleType, hubert: Path, tmp_path: Path) -> None:
    encoder, other = encoder_of(hubert), encoder_of(save_hubert(transformers, tmp_path / "other", seed=1))
    assert has_fixed_backbone(encoder)
    assert backbone_version(encoder) == backbone_version(encoder_of(hubert, seed=9)), "but for their heads"
    assert backbone_version(encoder) != backbone_version(other)


def test_a_head_of_other_weights_is_refused(transformers: ModuleType, hubert: Path, tmp_path: Path) -> None:
    other = encoder_of(save_hubert(transformers, tmp_path / "other", seed=1))
    with pytest.raises(UserError, match="trained on another version"):
        other.load_state_dict(encoder_of(hubert).state_dict())


def test_training_moves_the_head_alone(hubert: Path) -> None:
    encoder = encoder_of(hubert).train()
    assert encoder.training
    assert not encoder.backbone.training
    assert {name.partition(".")[0] for name, each in encoder.named_parameters() if each.requires_grad} == {"head"}


def test_nothing_of_it_reaches_the_network_or_the_log(hubert: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        encoder_of(hubert)
    assert {os.environ[name] for name in ("HF_HUB_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK")} == {"1"}
    assert [record for record in caplog.records if record.name.startswith("httpx")] == []
