"""Fetches a model from the Hugging Face hub: called only when the owner asks for it by name.

Needs the extra ``pretrained``. Tables and tensors are fetched, never a program; nobody is told who asks.
"""

import importlib
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import UserError
from core.models.hub_files import CONFIG, INSTALLED_BY, PREPROCESSORS, WEIGHTS
from core.models.own_module import brief
from core.store.database import sentences

PRIVATE = {"HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
BETWEEN_LOOKS = 0.5
"""Seconds between two looks at how much has come."""
SPARE_ROOM = 200_000_000
"""Bytes that are left free on the disk."""
UNKNOWN_LICENSE = "unknown license"


@dataclass(frozen=True)
class Offer:
    """What the hub has of a model, and what of it is needed."""

    name: str
    commit: str
    """The version that its main branch has now."""
    files: Sequence[str]
    size: int
    """Bytes."""
    license: str

    @property
    def sentence(self) -> str:
        """What will be fetched, before it is."""
        files = "1 file" if len(self.files) == 1 else f"{len(self.files)} files"
        return f"{self.name} from huggingface.co: {files}, {self.size / 1e6:,.0f} MB, {self.license}."


def look_up(name: str) -> Offer:
    """Ask the hub what there is; raises UserError where it has no such audio model, or cannot be reached."""
    hub = _hub()
    try:
        info = hub.HfApi().model_info(name, files_metadata=True, token=False)
    except Exception as error:  # of many classes
        raise UserError(_sentence(error, name)) from error
    sizes = {each.rfilename: each.size or 0 for each in info.siblings or ()}
    files = needed_files(sizes)
    if not files:
        wanted = f"{CONFIG}, {PREPROCESSORS[0]} and {WEIGHTS[0]}"
        raise UserError(f"{name} is no audio model that can be used here: it has not all of {wanted}.")
    license_name = getattr(info.card_data, "license", None)
    told = f"license {license_name}" if isinstance(license_name, str) else UNKNOWN_LICENSE
    return Offer(name, str(info.sha), files, sum(sizes[file] for file in files), told)


def needed_files(present: Sequence[str] | dict[str, int]) -> list[str]:
    """Those of a model's files that are read: its tables, and its weights in the best form; none if any lacks."""
    tables = [name for name in (CONFIG, *PREPROCESSORS) if name in present]
    weights = next((name for name in WEIGHTS if name in present), None)
    if CONFIG not in tables or len(tables) < 2 or weights is None:
        return []
    if not weights.endswith(".json"):
        return [*tables, weights]
    stem, kind = weights.removesuffix(".index.json").rsplit(".", 1)
    parts = sorted(name for name in present if re.fullmatch(rf"{re.escape(stem)}-\d+-of-\d+\.{kind}", name))
    return [*tables, weights, *parts] if parts else []


def require_room(offer: Offer, cache: Path) -> None:
    """Raise UserError where the disk would be full."""
    with sentences(cache):
        cache.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(cache).free
    if free < offer.size + SPARE_ROOM:
        raise UserError(
            f"{offer.name} takes {offer.size / 1e6:,.0f} MB, and {free / 1e6:,.0f} MB are free in {cache}: make room."
        )


def fetch(offer: Offer, *, cache: Path, stopped: Callable[[], bool] = lambda: False) -> Iterator[int]:
    """Fetch file after file, and tell the bytes that have come; files that are here already are not fetched again.

    ``stopped`` is asked after each file. Raises UserError where the hub cannot be reached any more.
    """
    hub, home = _hub(), _home(cache, offer.name)
    before = _bytes_in(home)
    with ThreadPoolExecutor(1, thread_name_prefix="hub") as thread:
        for file in offer.files:
            if stopped():
                return
            fetched: Future[Any] = thread.submit(
                hub.hf_hub_download, offer.name, file, revision=offer.commit, cache_dir=str(cache), token=False
            )
            while not _is_done(fetched):
                yield min(offer.size, max(0, _bytes_in(home) - before))
            error = fetched.exception()
            if error is not None:
                raise UserError(_sentence(error, offer.name)) from error
    yield offer.size


def complete(offer: Offer, *, cache: Path) -> Path:
    """Use this version from now on, all of which is here: the one before stays in use until then."""
    home = _home(cache, offer.name)
    with sentences(home):
        (home / "refs").mkdir(parents=True, exist_ok=True)
        (home / "refs" / "main").write_text(offer.commit, encoding="ascii")
    return home / "snapshots" / offer.commit


def _is_done(fetched: "Future[Any]") -> bool:
    try:
        fetched.exception(timeout=BETWEEN_LOOKS)
    except NotYet:
        return fetched.done()
    return True


def _home(cache: Path, name: str) -> Path:
    return cache / f"models--{name.replace('/', '--')}"


def _bytes_in(home: Path) -> int:
    blobs = home / "blobs"
    return sum(file.stat().st_size for file in blobs.iterdir() if file.is_file()) if blobs.is_dir() else 0


def _hub() -> Any:  # noqa: ANN401 - a module of an extra
    """The library of the hub, which counts its users unless it is told not to before it is loaded."""
    os.environ.update(PRIVATE)
    try:
        return importlib.import_module("huggingface_hub")
    except ImportError as error:
        raise UserError(f"Models of the Hugging Face hub need the package transformers: {INSTALLED_BY}.") from error


def _sentence(error: BaseException, name: str) -> str:
    kinds = importlib.import_module("huggingface_hub.errors")
    if isinstance(error, kinds.GatedRepoError):
        return (
            f"The maker of {name} wants to know who takes it: fetch it with its own program “hf download {name}”, "
            "and Marmalade finds it in that program's cache."
        )
    if isinstance(error, kinds.RepositoryNotFoundError | kinds.HFValidationError):
        return f"The Hugging Face hub has no model {name}."
    if isinstance(error, kinds.OfflineModeIsEnabled):
        return "The Hugging Face hub is switched off by the variable HF_HUB_OFFLINE: unset it to fetch a model."
    if isinstance(error, OSError) and error.errno is not None:
        return f"{name} could not be fetched: {error.strerror or brief(error)}."
    return f"The Hugging Face hub cannot be reached: {brief(error)}. Without a network only models that are here work."
