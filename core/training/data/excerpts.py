"""Where a song's sound lies, and the excerpt of it that is learned from: decoded once, then read from the cache.

Imported by what trains: importing this module imports torch.
"""

import hashlib
import logging
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.analysis.facts import ExcerptChoice
from core.audio.decode import decode_excerpt
from core.audio.excerpt import Excerpt
from core.audio.reasons import AudioError, SkipReason
from core.errors import UserError
from core.song import Song
from core.training.data.audio_cache import AudioCache, Sound
from core.training.labels import AnySong

logger = logging.getLogger(__name__)

REASONS = tuple(SkipReason)
MOST_NAMED = 20
"""Songs that the log names."""


@dataclass(frozen=True, slots=True)
class Place:
    """The file of a song, and the section of it; times in seconds."""

    song_id: str
    path: str
    beginning: float = 0.0
    length: float | None = None

    @classmethod
    def of(cls, song: AnySong) -> "Place":
        if not isinstance(song, Song):
            return cls(song.song_id, song.path, song.beginning, song.length)
        is_section = song.is_cue_track and song.duration > 0
        return cls(song.song_id, song.location, song.beginning, song.duration if is_section else None)

    def key(self, *settings: object) -> bytes:
        """Names what a decoder would make of the file as it is now; raises OSError for a file that is not there."""
        status = Path(self.path).stat()
        subject = (self.path, self.beginning, self.length, status.st_size, status.st_mtime_ns, *settings)
        return hashlib.sha256(repr(subject).encode(errors="surrogateescape")).digest()

    def known_key(self, *settings: object) -> bytes:
        """The same, but empty for a file that is not there: the decoder says what is wrong with it."""
        try:
            return self.key(*settings)
        except (OSError, ValueError):
            return b""


class Excerpts:
    """The excerpts of n songs as 16-bit sound, from the cache where it has them.

    They are rounded to 16 bits without a cache too: what is learned must not depend on what a cache still holds. A
    song that does not decode is warned of once and named in ``unheard``, by all processes that share this object.
    """

    def __init__(self, songs: Sequence[AnySong], plan: ExcerptChoice, *, cache_dir: Path | str | None = None) -> None:
        self.plan = plan
        self.length = round(plan.duration * plan.sample_rate)
        self.cache: AudioCache | None = None
        if cache_dir is not None:
            self.cache = AudioCache(Path(cache_dir), sample_rate=plan.sample_rate, samples=self.length)
        self._places = [Place.of(song) for song in songs]
        # In shared memory, so that what a loading process finds is known in the one that trains.
        self._failures = torch.zeros(len(songs), dtype=torch.uint8).share_memory_()  # type: ignore[no-untyped-call]  # torch leaves it untyped

    def __len__(self) -> int:
        return len(self._places)

    @property
    def unheard(self) -> dict[str, SkipReason]:
        """The songs that did not decode so far, and why."""
        rows = self._failures.nonzero()[:, 0].tolist()
        return {self._places[row].song_id: REASONS[int(self._failures[row]) - 1] for row in rows}

    def load(self, row: int) -> Tensor:
        """The excerpt (m,) of a song, float32, m at most ``length``; raises ``AudioError``."""
        return torch.from_numpy(self._sound(self._places[row]).samples())

    def load_or_next(self, row: int, *, among: Sequence[int] | None = None) -> tuple[int, Tensor]:
        """The excerpt of a song or, if that does not decode, of the next one that does, and which row it is.

        ``among`` are the rows, in ascending order, that may take a song's place: what is held out must not be learned
        from. Raises UserError when not one of them decodes: then it is not the songs' fault.
        """
        candidates = range(len(self)) if among is None else among
        first = bisect_left(candidates, row)
        for at in (*candidates[first:], *candidates[:first]):
            if self._failures[at]:
                continue
            try:
                return at, self.load(at)
            except AudioError as error:
                self._note(at, error)
        raise UserError("Not one song could be heard: is the music folder there?")

    def _note(self, row: int, error: AudioError) -> None:
        if self._failures[row]:
            return
        self._failures[row] = 1 + REASONS.index(error.reason)
        warn_of(self._places[row], error, number=int(self._failures.count_nonzero()))

    def _sound(self, place: Place) -> Sound:
        key = place.known_key(self.plan) if self.cache is not None else b""
        if self.cache is not None and key:
            found = self.cache.get(key)
            if found is not None:
                return found
        sound = Sound.of(self._decoded(place))
        if self.cache is not None and key:
            self.cache.put(key, sound)
        return sound

    def _decoded(self, place: Place) -> NDArray[np.float32]:
        return decoded_excerpt(place, self.plan, rate=self.plan.sample_rate).samples[: self.length].numpy()


def decoded_excerpt(place: Place, plan: ExcerptChoice, *, rate: int) -> Excerpt:
    """What a scan gives an encoder that hears at ``rate``; raises ``AudioError``."""
    return decode_excerpt(
        place.path,
        sample_rate=rate,
        duration=plan.duration,
        center_crop=plan.center_crop,
        max_duration=plan.max_duration,
        beginning=place.beginning,
        length=place.length,
    )


def warn_of(place: Place, error: AudioError, *, number: int) -> None:
    """Say that a song is left out, the ``number``th one: a drive that is gone must not fill the log."""
    if number <= MOST_NAMED:
        logger.warning("%s is left out: %s", place.path, error)
    if number == MOST_NAMED:
        logger.warning("Further songs that cannot be heard are only counted.")


def fixed_length(samples: Tensor, length: int) -> Tensor:
    """Samples (m,) cut at, or filled with silence up to, ``length``."""
    return torch.nn.functional.pad(samples[:length], (0, max(0, length - len(samples))))
