"""Where a model of the Hugging Face hub lies on this machine: a folder of the owner's, or a cache; no network here."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import Cause, UserError

PREFIX = "huggingface:"
LAYERS = "#layers"
"""At the end of a reference: the mean over all layers is taken, where the last one counts otherwise."""
CONFIG = "config.json"
PREPROCESSORS = ("preprocessor_config.json", "processor_config.json")
WEIGHTS = (
    "model.safetensors",
    "model.safetensors.index.json",
    "pytorch_model.bin",
    "pytorch_model.bin.index.json",
)
"""The best first. Of the last two only tensors are read: a pickle that holds anything else is refused."""
INSTALLED_BY = "pip install 'marmalade[pretrained]'"
IN_CACHE = "huggingface"
"""The folder of our cache that models are downloaded to."""

_PUBLIC_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?")


@dataclass(frozen=True, slots=True)
class HubModel:
    """Which model a reference means, and what is taken of it."""

    name: str
    """As on the hub, such as ``m-a-p/MERT-v1-95M``, or a folder."""
    takes_all_layers: bool = False

    @property
    def is_public(self) -> bool:
        """Whether the name may be one of the hub; a path is not, and may tell of its owner."""
        return bool(_PUBLIC_NAME.fullmatch(self.name)) and ".." not in self.name


def is_hub_reference(reference: str) -> bool:
    return reference.startswith(PREFIX)


def hub_model(reference: str) -> HubModel:
    """What ``huggingface:NAME`` or ``huggingface:NAME#layers`` means; raises UserError where no name is given."""
    name = reference.removeprefix(PREFIX)
    if not name.removesuffix(LAYERS):
        raise UserError(f'"{reference}" names no model: write {PREFIX}NAME, such as {PREFIX}m-a-p/MERT-v1-95M.')
    return HubModel(name.removesuffix(LAYERS), takes_all_layers=name.endswith(LAYERS))


def downloads_beside(kept: Path | None) -> Path | None:
    """Our own cache of models; ``kept`` is where the weights of the taggers are kept, in the same cache."""
    return kept.parent / IN_CACHE if kept is not None else None


def find_folder(model: HubModel, *, relative_to: Path | None = None, downloads: Path | None = None) -> Path | None:
    """The folder with the files of a model, or None: a path, what was downloaded, then the hub's own cache."""
    places = [*_own_folders(model.name, relative_to)]
    if model.is_public:
        caches = [cache for cache in (downloads, _cache_of_hub()) if cache is not None]
        places += [folder for cache in caches for folder in _snapshots(cache, model.name)]
    return next((folder for folder in places if weights_in(folder) and (folder / CONFIG).is_file()), None)


def require_folder(model: HubModel, *, relative_to: Path | None = None, downloads: Path | None = None) -> Path:
    """The same; raises UserError with what to do where the model is not on this machine."""
    folder = find_folder(model, relative_to=relative_to, downloads=downloads)
    if folder is None and model.is_public:
        message = f"The model {model.name} is not on this machine: download {model.name} once."
        raise UserError(message, cause=Cause.NOT_DOWNLOADED)
    if folder is None:
        raise UserError(f"There is no model in {model.name}: a folder with {CONFIG} and {WEIGHTS[0]} is needed.")
    return folder


def weights_in(folder: Path) -> list[Path]:
    """The files with the weights, in their order; none where they are not all there."""
    for name in WEIGHTS:
        file = folder / name
        if not file.is_file():
            continue
        if not name.endswith(".json"):
            return [file]
        parts = [folder / part for part in parts_named_in(file.read_text(encoding="utf-8", errors="replace"))]
        if parts and all(part.is_file() for part in parts):
            return [file, *parts]
    return []


def parts_named_in(index: str) -> list[str]:
    """The files that an index of weights names; only such as lie beside it."""
    return sorted(
        {name for name in re.findall(r':\s*"([^"]+)"', index) if re.fullmatch(r"[\w-]+\.(safetensors|bin)", name)}
    )


def model_files(folder: Path) -> list[Path]:
    """The files that an embedding depends on."""
    described = [folder / name for name in (CONFIG, *PREPROCESSORS)]
    return [*(file for file in described if file.is_file()), *weights_in(folder)]


def _own_folders(name: str, relative_to: Path | None) -> Iterator[Path]:
    """The folders that a name may be the path of: beside the configuration, or anywhere."""
    path = Path(name).expanduser()
    if path.is_absolute():
        yield path
    elif relative_to is not None:
        yield relative_to / path


def _snapshots(cache: Path, name: str) -> Iterator[Path]:
    """The versions of a model in a cache, the one that its main branch has first."""
    home = cache / f"models--{name.replace('/', '--')}"
    main = home / "refs" / "main"
    if main.is_file():
        yield home / "snapshots" / main.read_text(encoding="ascii", errors="replace").strip()
    elif (home / "snapshots").is_dir():
        yield from sorted((home / "snapshots").iterdir())


def _cache_of_hub() -> Path:
    """Where programs of the hub keep their models: the variables are theirs."""
    for variable in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"):
        if os.environ.get(variable):
            return Path(os.environ[variable]).expanduser()
    home = os.environ.get("HF_HOME")
    if home:
        return Path(home).expanduser() / "hub"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "huggingface" / "hub"
