"""Tiny audio models of the Hugging Face hub with random weights, made in a blink, as folders and as its cache has them.

Use::

    from tests.tiny_hub_models import save_hubert

    folder = save_hubert(transformers, tmp_path / "hubert")
"""

import json
import shutil
from pathlib import Path
from types import ModuleType

import torch

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def save_hubert(transformers: ModuleType, folder: Path, *, seed: int = 0, rate: int = 24000) -> Path:
    """A model of waveforms, with a stride of 320 samples as the large ones, that says 32 values."""
    config = transformers.HubertConfig(
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        conv_dim=(8, 8, 8),
        conv_kernel=(10, 8, 8),
        conv_stride=(5, 8, 8),
        num_feat_extract_layers=3,
        num_conv_pos_embeddings=8,
        num_conv_pos_embedding_groups=4,
    )
    return _save(
        transformers.HubertModel, config, transformers.Wav2Vec2FeatureExtractor(sampling_rate=rate), folder, seed
    )


def save_clap(transformers: ModuleType, folder: Path, *, seed: int = 0, fused: bool = False) -> Path:
    """A model of spectrograms of 10 s at 48 kHz and of texts, that says 16 values; ``fused`` for longer sounds too."""
    sound = {
        "hidden_size": 16,
        "patch_embeds_hidden_size": 8,
        "depths": [1, 1],
        "num_attention_heads": [2, 2],
        "num_hidden_layers": 2,
        "spec_size": 64,
        "num_mel_bins": 16,
        "window_size": 4,
        "patch_size": 4,
        "patch_stride": [4, 4],
        "projection_dim": 16,
        "enable_fusion": fused,
        "fusion_type": "aff_2d" if fused else None,
    }
    texts = {
        "hidden_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 16,
        "vocab_size": 50,
    }
    config = transformers.ClapConfig(audio_config=sound, text_config=texts, projection_dim=16)
    # Frames of 2,000 samples: 241 of them fit the 256 that a picture of 64 x 64 is folded from.
    extractor = transformers.ClapFeatureExtractor(
        feature_size=16, hop_length=2000, fft_window_size=2048, truncation="fusion" if fused else "rand_trunc"
    )
    return _save(transformers.ClapModel, config, extractor, folder, seed)


def save_ast(transformers: ModuleType, folder: Path, *, seed: int = 0) -> Path:
    """A model of spectrograms of 10.24 s at 16 kHz, that says 32 values."""
    config = transformers.ASTConfig(
        hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32, num_mel_bins=32
    )
    return _save(transformers.ASTModel, config, transformers.ASTFeatureExtractor(num_mel_bins=32), folder, seed)


def as_mert(folder: Path, **changes: object) -> Path:
    """Describe a saved HuBERT as MERT does: another kind, code of its own, keys of its own."""
    config = json.loads((folder / "config.json").read_text())
    own = {"configuration": "configuration_MERT.MERTConfig", "model": "modeling_MERT.MERTModel"}
    code = {"AutoConfig": own["configuration"], "AutoModel": own["model"]}
    described = {"model_type": "mert_model", "architectures": ["MERTModel"], "auto_map": code}
    keys = {
        "feature_extractor_cqt": False,
        "feature_extractor_cqt_bins": 336,
        "deepnorm": False,
        "attention_relax": -1.0,
    }
    (folder / "config.json").write_text(json.dumps(config | described | keys | changes))
    (folder / "modeling_MERT.py").write_text('raise RuntimeError("code of the model was run")\n')
    (folder / "configuration_MERT.py").write_text('raise RuntimeError("code of the model was run")\n')
    return folder


def put_in_cache(folder: Path, cache: Path, name: str) -> Path:
    """A copy of a saved model as the hub's programs keep it; returns the folder of the version."""
    home = cache / f"models--{name.replace('/', '--')}"
    (home / "refs").mkdir(parents=True)
    (home / "refs" / "main").write_text(COMMIT)
    return Path(shutil.copytree(folder, home / "snapshots" / COMMIT))


def _save(model_class: type, config: object, extractor: object, folder: Path, seed: int) -> Path:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model_class(config).save_pretrained(folder)
    extractor.save_pretrained(folder)
    return folder
