"""What the training child is asked for, and the messages that it answers with: one JSON object a line, versioned."""

from dataclasses import asdict, dataclass, field, fields
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal

from core.analysis.facts import ExcerptChoice
from core.errors import Cause, TooFewRatingsError
from core.paths import PRETRAINED

VERSION = 3
LEAST_RATED = 10
"""Ratings below which nothing is claimed: two of them would be held out."""
UNRATED = -1.0

Kind = Literal[
    "fit-predictor",
    "train-classifier",
    "train-encoder",
    "train-joint",
    "embed",
    "predict",
    "evaluate",
    "self-check",
    "compare",
    "explain",
    "tune",
    "run",
    "export",
    "import",
]


@dataclass(frozen=True, slots=True)
class TrainingSong:
    """What the child knows of one song: its owner's rating, the names that labels and splits are made of, its sound."""

    song_id: str
    rating: float
    """0 to 1; -1 for an unrated song."""
    group: str
    """The album artist joined with the duplicates, or what stands for one: a group that never straddles a split."""
    album: str
    artist: str = ""
    """As tagged; empty where it is not known."""
    albums: tuple[tuple[str, str], ...] = ()
    """(Artist, album) of every copy of the song, also of those that are not learned from."""
    genre: str = ""
    year: int = -1
    path: str = ""
    beginning: float = 0.0
    """Seconds from the beginning of the file."""
    length: float | None = None
    """Seconds of the section that the row names; None for a whole file."""
    popularity: float = -1.0
    """0 to 1: how much its owner plays it; -1 where that is not known, or not to be used."""

    @property
    def is_rated(self) -> bool:
        return self.rating > 0


@dataclass(frozen=True)
class TrainingJob:
    """Everything that the child needs; it opens the stores itself and reads no player's database."""

    kind: Kind
    embeddings_db: Path
    companion_db: Path
    checkpoint_dir: Path
    embedding_version: str
    """Of the embeddings that are predicted from; empty before the first scan."""
    songs: list[TrainingSong]
    """All that is learned from and played: one available copy of each song that is not spoken."""
    classifier_class: str | None = None
    """``package.module:Class`` or one of ours; None leaves the choice to the predictor."""
    encoder_class: str | None = None
    """The same for the encoder that is to be trained; None leaves the choice to the preset."""
    hyperparameters: dict[str, Any] = field(default_factory=dict)
    """The keys of the plan, as the configuration names them."""
    folder: Path | None = None
    """Where the owner's own modules lie."""
    cache_dir: Path | None = None
    """Where decoded sound and pretrained weights may be kept; None keeps none."""
    excerpt: ExcerptChoice = field(default_factory=ExcerptChoice)
    device: str = "auto"
    """``auto``, ``cuda`` or ``cpu``."""
    seed: int = 42
    options: dict[str, Any] = field(default_factory=dict)
    """What only this kind of job knows, in plain values: preset, mode, versions, train_fn, tracking, tuning, ..."""

    @property
    def pretrained_weights(self) -> Path | None:
        """Where the weights of the pretrained taggers are kept; None where nothing may be."""
        return self.cache_dir / PRETRAINED if self.cache_dir is not None else None

    @property
    def rated(self) -> list[TrainingSong]:
        """The songs that have stars."""
        return [song for song in self.songs if song.is_rated]

    def to_message(self) -> dict[str, Any]:
        """Plain values for JSON; songs as rows without names, for there may be 60,000."""
        plain = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "songs"}
        named = {name: str(value) if isinstance(value, Path) else value for name, value in plain.items()}
        songs = [_VALUES(song) for song in self.songs]
        return {"version": VERSION, **named, "excerpt": asdict(self.excerpt), "songs": songs}

    @classmethod
    def from_message(cls, message: dict[str, Any]) -> "TrainingJob":
        """Read the first line of stdin; raises ValueError for another version of the protocol."""
        values = dict(message)
        if values.pop("version", None) != VERSION:
            error = f"this training child speaks version {VERSION} of the protocol"
            raise ValueError(error)
        for name in ("embeddings_db", "companion_db", "checkpoint_dir", "folder", "cache_dir"):
            values[name] = Path(values[name]) if values[name] is not None else None
        values["songs"] = [_song(row) for row in values["songs"]]
        values["excerpt"] = ExcerptChoice(**values["excerpt"])
        return cls(**values)


_NAMES = tuple(each.name for each in fields(TrainingSong))
_VALUES = attrgetter(*_NAMES)


_ALBUMS = _NAMES.index("albums")


def _song(row: list[Any]) -> TrainingSong:
    """By position: by name, 60,000 took 0.44 s of processor time instead of 0.24."""
    if len(row) != len(_NAMES):
        error = f"a song has {len(_NAMES)} values, not {len(row)}"
        raise ValueError(error)
    row[_ALBUMS] = tuple((artist, album) for artist, album in row[_ALBUMS])
    return TrainingSong(*row)


def require_ratings(count: int) -> None:
    """Raise TooFewRatingsError; the parent asks first, for a child costs 380 MB and some seconds."""
    if count < LEAST_RATED:
        heard = f"Only {count} of your rated songs {'has' if count == 1 else 'have'} been listened to"
        raise TooFewRatingsError(
            f"{heard}, and at least {LEAST_RATED} are needed: rate more songs, or let more be listened to.",
            cause=Cause.NOT_HEARD,
        )
