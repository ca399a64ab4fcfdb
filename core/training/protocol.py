"""What the training child is asked for, and the messages that it answers with: one JSON object a line, versioned."""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from core.errors import UserError

VERSION = 1
LEAST_RATED = 10
"""Ratings below which nothing is claimed: two of them would be held out."""

Kind = Literal["train-classifier", "evaluate"]


@dataclass(frozen=True, slots=True)
class RatedSong:
    """A song with its owner's rating (0 to 1) and the names by which splits keep songs together."""

    song_id: str
    rating: float
    artist: str
    """The album artist, or what stands for one: a group that never straddles a split."""
    album: str


@dataclass(frozen=True)
class TrainingJob:
    """Everything that the child needs; it opens the stores itself and reads no player's database."""

    kind: Kind
    embeddings_db: Path
    companion_db: Path
    checkpoint_dir: Path
    embedding_version: str
    rated: list[RatedSong]
    classifier_class: str
    hyperparameters: dict[str, Any] = field(default_factory=dict)
    folder: Path | None = None
    """Where the owner's own module lies."""
    device: str = "auto"
    seed: int = 42

    def to_message(self) -> dict[str, Any]:
        """Plain values for JSON."""
        plain = asdict(self)
        return {"version": VERSION} | {
            name: str(value) if isinstance(value, Path) else value for name, value in plain.items()
        }

    @classmethod
    def from_message(cls, message: dict[str, Any]) -> "TrainingJob":
        """Read the first line of stdin; raises ValueError for another version of the protocol."""
        values = dict(message)
        if values.pop("version", None) != VERSION:
            error = f"this training child speaks version {VERSION} of the protocol"
            raise ValueError(error)
        for name in ("embeddings_db", "companion_db", "checkpoint_dir", "folder"):
            values[name] = Path(values[name]) if values[name] is not None else None
        values["rated"] = [RatedSong(**song) for song in values["rated"]]
        return cls(**values)


def require_ratings(count: int) -> None:
    """Raise UserError for too few rated songs; the parent asks first, for a child costs 380 MB and some seconds."""
    if count < LEAST_RATED:
        raise UserError(
            f"Only {count} of your rated songs have been listened to, and at least {LEAST_RATED} are needed: "
            "rate more songs in the player, or run “marmalade scan” first."
        )
