"""``HuggingFaceEncoder``: an audio model of the Hugging Face hub that lies on this machine, by its name.

Needs the extra ``pretrained``. Nothing is fetched here, no code of a model is run, and of its files only tensors and
plain values are read.
"""

import hashlib
import importlib
import json
import math
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor, nn

from core.errors import UserError
from core.models.adaptation import AdaptationHead, Block
from core.models.hub_files import (
    CONFIG,
    INSTALLED_BY,
    HubModel,
    downloads_beside,
    hub_model,
    model_files,
    require_folder,
)
from core.models.own_module import brief
from core.models.sound import at_least

PIECE_SECONDS = 10.0
"""Of sound that a model hears at once, if it does not say itself. Measured on 95 million parameters (HuBERT's shape):
30 s take 9.9 s of one core in pieces of 10 s and 11.0 s in one, which would also take three times the memory."""
SHORTEST_SECONDS = 1.0
PIECES_AT_ONCE = 16
"""On a GPU; a processor is no faster with more than one, and a worker's memory is limited."""
FRAME_SECONDS = 0.01
"""Between the frames of a feature extractor that counts its longest input in frames."""
MAY_BE_MISSING = {"masked_spec_embed"}
"""Weights that only a training uses."""
OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"}


class HuggingFaceEncoder(nn.Module):
    """A frozen model, its own sample rate and feature extractor; an embedding is its mean over pieces of the excerpt.

    ``name`` is as on the hub or a folder, with "#layers" at the end for the mean over all layers. Trained, it becomes a
    head on what the frozen model says: a checkpoint holds that head, and knows the model by its contents.
    """

    version = 1
    identity: Tensor
    is_adapted: Tensor

    def __init__(
        self,
        name: str,
        embedding_dim: int = 512,
        seed: int = 0,
        *,
        relative_to: Path | None = None,
        weights: Path | None = None,
    ) -> None:
        super().__init__()
        model = hub_model(name)
        folder = require_folder(model, relative_to=relative_to, downloads=downloads_beside(weights))
        self._model = model
        self._extractor = _feature_extractor(folder, model.name)
        self.sample_rate = int(self._extractor.sampling_rate)
        self._piece = _longest_piece(self._extractor, self.sample_rate)
        self.backbone = _backbone(folder, model.name).eval().requires_grad_(requires_grad=False)
        self.register_buffer("identity", _identity(folder, model))
        self.register_buffer("is_adapted", torch.tensor(False))  # noqa: FBT003 - a value, not a switch
        self._dimension = self.features(torch.zeros(1, self.sample_rate)).shape[1]
        self.head = AdaptationHead([Block(self._dimension)], embedding_dim, seed)
        self.register_state_dict_post_hook(_without_backbone)  # type: ignore[no-untyped-call]  # torch's
        self.register_load_state_dict_pre_hook(_require_same_model)  # type: ignore[no-untyped-call]  # torch's
        self.register_load_state_dict_post_hook(_expect_no_backbone)  # type: ignore[no-untyped-call]  # torch's

    def forward(self, audio: Tensor) -> Tensor:
        """Waveforms (batch, samples) at ``sample_rate`` in; embeddings (batch, get_embedding_dim()) out."""
        features = self.features(audio)
        return cast("Tensor", self.head(features)) if self.is_adapted else features

    @torch.no_grad()
    def features(self, audio: Tensor) -> Tensor:
        """What the frozen model says of waveforms (batch, samples): (batch, dimension)."""
        audio = at_least(audio, int(SHORTEST_SECONDS * self.sample_rate))
        return torch.stack([self._heard(song).mean(dim=0) for song in audio])

    def _heard(self, song: Tensor) -> Tensor:
        """What is said of each piece of one song (samples,): (pieces, dimension). All pieces are of one length."""
        count = math.ceil(len(song) / self._piece)
        pieces = song[: len(song) // count * count].reshape(count, -1).float().cpu().numpy()
        inputs = self._extractor(list(pieces), sampling_rate=self.sample_rate, return_tensors="pt")
        if "is_longer" in inputs:  # CLAP's extractor calls one of them longer by chance, so that a training sees such
            inputs["is_longer"] = torch.zeros_like(inputs["is_longer"])
        at_once = PIECES_AT_ONCE if self.identity.is_cuda else 1
        parts = [
            {name: values[first : first + at_once].to(self.identity.device) for name, values in inputs.items()}
            for first in range(0, count, at_once)
        ]
        return torch.cat([self._said(part) for part in parts])

    def _said(self, inputs: dict[str, Tensor]) -> Tensor:
        layers = self._model.takes_all_layers
        if hasattr(self.backbone, "get_audio_features"):
            return _pooled(cast("Any", self.backbone).get_audio_features(**inputs), name=self._model.name, layers=False)
        said = self.backbone(**inputs, output_hidden_states=layers, return_dict=True)
        return _pooled(said, name=self._model.name, layers=layers)

    def fit_head(self, features: Tensor, songs: Tensor, groups: Sequence[str] | None = None) -> None:  # noqa: ARG002 - offered to every head
        """Start the head from features (excerpts, dimension) of songs (excerpts,): it speaks from now on."""
        self.head.fit(features, songs)
        self.is_adapted.fill_(value=True)

    def get_embedding_dim(self) -> int:
        """The number of values in one embedding."""
        return self.head.embedding_dim if self.is_adapted else self._dimension

    def train(self, mode: bool = True) -> "HuggingFaceEncoder":  # noqa: FBT001, FBT002 - as torch has it
        """Only the head learns: the frozen model never drops anything out."""
        super().train(mode)
        self.backbone.eval()
        return self


def _without_backbone(_: nn.Module, state: dict[str, Tensor], prefix: str, __: object) -> None:
    for name in [name for name in state if name.startswith(f"{prefix}backbone.")]:
        del state[name]


def _expect_no_backbone(_: nn.Module, keys: Any) -> None:  # noqa: ANN401 - torch does not name the class
    keys.missing_keys[:] = [name for name in keys.missing_keys if not name.startswith("backbone.")]


def _require_same_model(encoder: "HuggingFaceEncoder", state: dict[str, Tensor], *_: object) -> None:
    identity = state.get("identity")
    if identity is not None and not torch.equal(identity.cpu(), encoder.identity.cpu()):
        name = encoder._model.name  # noqa: SLF001 - its own hook
        raise UserError(f"The encoder was trained on another version of {name} than the one on this machine.")


def _identity(folder: Path, model: HubModel) -> Tensor:
    """A hash of all that an embedding depends on, (32,) bytes: the name alone would not tell new weights."""
    digest = hashlib.sha256(b"layers" if model.takes_all_layers else b"")
    for file in model_files(folder):
        with file.open("rb") as opened:
            digest.update(file.name.encode() + hashlib.file_digest(opened, "sha256").digest())
    return torch.tensor(list(digest.digest()), dtype=torch.uint8)


def _transformers() -> Any:  # noqa: ANN401 - a module of an extra
    """The library, kept from the network before it is loaded; by its name, or mypy would read all of its 400 models."""
    os.environ.update(OFFLINE)
    try:
        transformers = importlib.import_module("transformers")
    except ImportError as error:
        raise UserError(f"Models of the Hugging Face hub need the package transformers: {INSTALLED_BY}.") from error
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    return transformers


def _feature_extractor(folder: Path, name: str) -> Any:  # noqa: ANN401 - many classes without a common one
    library = _transformers()
    try:
        extractor = library.AutoFeatureExtractor.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    except Exception as error:  # it raises what it likes
        message = f"The model {name} hears no sound: it brings no feature extractor that transformers knows."
        raise UserError(message) from error
    if not isinstance(getattr(extractor, "sampling_rate", None), int):
        raise UserError(f"The model {name} hears no sound: its feature extractor has no sample rate.")
    return extractor


def _longest_piece(extractor: Any, rate: int) -> int:  # noqa: ANN401 - as above
    """The samples that the model takes at once: as long as it was made for (Whisper 30 s), or ``PIECE_SECONDS``."""
    fixed = getattr(extractor, "nb_max_samples", None) or getattr(extractor, "n_samples", None)
    if isinstance(fixed, int) and fixed > 0:
        return fixed
    frames = getattr(extractor, "max_length", None)
    longest = frames * FRAME_SECONDS if isinstance(frames, int) and frames > 0 else PIECE_SECONDS
    return int(min(PIECE_SECONDS, longest) * rate)


def _backbone(folder: Path, name: str) -> nn.Module:
    """The model with its weights; raises UserError for one that is not known, needs code of its own, or is damaged."""
    model_class, arguments = _class_of(folder, name)
    try:
        loaded, told = model_class.from_pretrained(
            folder,
            local_files_only=True,
            trust_remote_code=False,
            dtype=torch.float32,
            output_loading_info=True,
            **arguments,
        )
    except Exception as error:  # it raises what it likes: for unknown kinds, damaged files, pickles with code
        raise UserError(f"The model {name} could not be loaded, and nothing in it was run: {brief(error)}.") from error
    missing = set(told["missing_keys"]) - MAY_BE_MISSING
    if missing:
        some = ", ".join(sorted(missing)[:3])
        raise UserError(f"The model {name} lacks {len(missing)} of its weights, such as {some}: fetch it again.")
    model = cast("nn.Module", loaded)
    # Of one that listens and then writes (Whisper), the half that listens.
    encoder = cast("Any", model).get_encoder() if getattr(model.config, "is_encoder_decoder", False) else model
    return cast("nn.Module", encoder)


def _class_of(folder: Path, name: str) -> tuple[Any, dict[str, Any]]:
    """The class that can hold a model, and what it is to be told."""
    library = _transformers()
    described = _description(folder, name)
    match described.get("model_type"):
        case "clap":  # without its half for texts
            return library.ClapAudioModelWithProjection, {}
        case "mert_model":
            return library.HubertModel, {"config": library.HubertConfig.from_dict(_as_hubert(described, name))}
        case _:
            return library.AutoModel, {}


def _description(folder: Path, name: str) -> dict[str, Any]:
    try:
        described = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"The model {name} is damaged: its {CONFIG} cannot be read.") from error
    return described if isinstance(described, dict) else {}


def _as_hubert(described: dict[str, Any], name: str) -> dict[str, Any]:
    """MERT (Li et al., 2023) brings code of its own, but is a HuBERT unless one of two keys says otherwise.

    ``attention_relax`` only shifts what a softmax gets, which changes nothing but its rounding.
    """
    if described.get("feature_extractor_cqt") or described.get("deepnorm"):
        raise UserError(f"The model {name} is a MERT that differs from HuBERT; MERT-v1-95M does not.")
    return {key: value for key, value in described.items() if key not in ("auto_map", "architectures", "model_type")}


def _pooled(said: Any, *, name: str, layers: bool) -> Tensor:  # noqa: ANN401 - many classes without a common one
    """One vector for each piece: (pieces, dimension)."""
    if isinstance(said, Tensor):
        return said
    if layers:
        hidden = said.get("hidden_states") or ()
        if not hidden or any(each.ndim != 3 or each.shape != hidden[0].shape for each in hidden):
            raise UserError(f"The layers of the model {name} have no common mean: leave #layers out.")
        return torch.stack(list(hidden)).mean(dim=(0, 2))
    for key in ("audio_embeds", "pooler_output"):
        if said.get(key) is not None:
            return cast("Tensor", said[key])
    last = said.get("last_hidden_state")
    if last is None or last.ndim != 3:
        raise UserError(f"The model {name} says nothing that an embedding could be made of.")
    return cast("Tensor", last.mean(dim=1))
