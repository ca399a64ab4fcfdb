"""The note that the demo leaves in its folder: its recipe, whether it was finished, and the truth about it."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from core.errors import UserError

MANIFEST = "demo.json"
VERSION = 1
"""Counts up when the songs change, so that a demo made by an older Marmalade is made anew."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The content of ``demo.json``; paths are relative to the music folder."""

    seed: int
    songs: int | None
    files: dict[str, int]
    """Every file that the demo makes, with its bytes once it is finished."""
    finished: bool = False
    version: int = VERSION
    ratings: dict[str, float] = field(default_factory=dict)
    truth: dict[str, float] = field(default_factory=dict)

    def same_recipe(self, other: "Manifest") -> bool:
        """Whether both describe the same library."""
        mine, theirs = ((one.version, one.seed, one.songs, set(one.files)) for one in (self, other))
        return mine == theirs

    def is_intact(self, music: Path) -> bool:
        """Whether every file is still there with the size that it had."""
        return self.finished and all(_size(music / name) == size for name, size in self.files.items())


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1


def read_manifest(folder: Path) -> Manifest | None:
    """The note of an earlier demo; None for a folder that is missing or empty, UserError for anybody else's folder."""
    path = folder / MANIFEST
    if not path.exists():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            message = f"{folder} is not empty and holds no demo; choose an empty folder for the demo."
            raise UserError(message)
        return None
    try:
        return Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        message = f"{path} is not the note of a demo ({error}); choose an empty folder for the demo."
        raise UserError(message) from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put the note in place, in one step."""
    draft = folder / f".{MANIFEST}.draft"
    draft.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(folder / MANIFEST)


def remove_listed_files(manifest: Manifest, *, music: Path) -> None:
    """Take away what an earlier demo made and nothing else; names that lead out of ``music`` are passed over."""
    root = music.resolve()
    for name in manifest.files:
        path = music / name
        if path.resolve().is_relative_to(root):
            path.unlink(missing_ok=True)
