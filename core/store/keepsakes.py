"""What the owner said, as rows that can be carried to another machine and read in ten years."""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from core.song import SongId

SPEECH_CLASSES: Final = ("music", "spoken")

Rename = Callable[[SongId], SongId]
"""The name of a song here, by the one that it had where it was spoken of."""


@dataclass(frozen=True, slots=True)
class OwnRatingRow:
    """Stars given here; ``rating`` is -1 where they were taken back, ``said_at`` in Unix seconds."""

    sound: str
    """The checksum of the undecoded sound; the song itself where that was never heard."""
    song: str
    rating: float
    said_at: float

    def __post_init__(self) -> None:
        _check(self.rating, self.said_at)

    def renamed(self, rename: Rename) -> "OwnRatingRow":
        return replace(self, sound=_renamed_sound(self.sound, self.song, rename), song=rename(SongId(self.song)))


@dataclass(frozen=True, slots=True)
class PlayerRatingRow:
    """Stars that the player had: -1 where they were gone, 0 where the owner took them away."""

    song: str
    sound: str | None
    rating: float
    seen_at: float | None
    """When the change was seen; None for what was there before the first look."""
    noted_at: float | None

    def __post_init__(self) -> None:
        _check(self.rating, self.seen_at, self.noted_at)

    def renamed(self, rename: Rename) -> "PlayerRatingRow":
        return replace(self, song=rename(SongId(self.song)))


@dataclass(frozen=True, slots=True)
class NotDuplicatesRow:
    """Two sounds that are different songs."""

    first: str
    second: str
    first_song: str
    second_song: str
    said_at: float

    def __post_init__(self) -> None:
        _check(0.0, self.said_at)

    def renamed(self, rename: Rename) -> "NotDuplicatesRow":
        (first, first_song), (second, second_song) = sorted(
            (_renamed_sound(sound, song, rename), rename(SongId(song)))
            for sound, song in ((self.first, self.first_song), (self.second, self.second_song))
        )
        return NotDuplicatesRow(first, second, first_song, second_song, self.said_at)


@dataclass(frozen=True, slots=True)
class KeptCopyRow:
    """The copy to keep of a song."""

    sound: str
    song: str
    said_at: float

    def __post_init__(self) -> None:
        _check(0.0, self.said_at)

    def renamed(self, rename: Rename) -> "KeptCopyRow":
        return replace(self, sound=_renamed_sound(self.sound, self.song, rename), song=rename(SongId(self.song)))


@dataclass(frozen=True, slots=True)
class SpeechRow:
    """Music or spoken."""

    sound: str
    song: str
    speech_class: str
    said_at: float

    def __post_init__(self) -> None:
        _check(0.0, self.said_at)
        if self.speech_class not in SPEECH_CLASSES:
            message = f"{self.speech_class} is no verdict"
            raise ValueError(message)

    def renamed(self, rename: Rename) -> "SpeechRow":
        return replace(self, sound=_renamed_sound(self.sound, self.song, rename), song=rename(SongId(self.song)))


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A setting, as the JSON text that it is stored as."""

    name: str
    value: str

    def __post_init__(self) -> None:
        json.loads(self.value)

    def renamed(self, rename: Rename) -> "ChoiceRow":
        del rename  # it names no song
        return self


@dataclass(frozen=True, slots=True)
class PlaylistRow:
    """A playlist that was made: its files and its recipe as the JSON texts that they are stored as."""

    name: str
    files: str
    """The paths on that machine, with the checksums of what was written."""
    recipe: str
    songs: tuple[str, ...]
    made_at: float
    keep_up_to_date: bool

    def __post_init__(self) -> None:
        _check(0.0, self.made_at)
        json.loads(self.files)

    def renamed(self, rename: Rename) -> "PlaylistRow":
        return replace(
            self, recipe=_renamed_recipe(self.recipe, rename), songs=tuple(rename(SongId(song)) for song in self.songs)
        )


@dataclass(frozen=True)
class Keepsakes:
    """Everything that cannot be made again from the music."""

    own_ratings: tuple[OwnRatingRow, ...] = ()
    player_ratings: tuple[PlayerRatingRow, ...] = ()
    not_duplicates: tuple[NotDuplicatesRow, ...] = ()
    kept_copies: tuple[KeptCopyRow, ...] = ()
    speech: tuple[SpeechRow, ...] = ()
    choices: tuple[ChoiceRow, ...] = ()
    playlists: tuple[PlaylistRow, ...] = ()

    def renamed(self, rename: Rename) -> "Keepsakes":
        """The same with the names that the songs have on another machine."""
        return Keepsakes(**{name: tuple(row.renamed(rename) for row in rows) for name, rows in self.parts().items()})

    def parts(self) -> dict[str, tuple[Any, ...]]:
        """The rows of each kind by its name."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def counts(self) -> dict[str, int]:
        return {name: len(rows) for name, rows in self.parts().items()}

    def songs(self) -> set[tuple[SongId, str | None]]:
        """Every song that is spoken of, with the sound that was meant; None where it was never heard."""
        rows: list[tuple[str, str | None]] = [(row.song, row.sound) for row in self.player_ratings]
        rows += [(row.song, row.sound) for row in self.own_ratings]
        rows += [(row.song, row.sound) for row in self.kept_copies]
        rows += [(row.song, row.sound) for row in self.speech]
        rows += [(row.first_song, row.first) for row in self.not_duplicates]
        rows += [(row.second_song, row.second) for row in self.not_duplicates]
        return {(SongId(song), None if sound == song else sound) for song, sound in rows}


def _check(rating: float, *times: float | None) -> None:
    """Raise ValueError for what no player and no Marmalade ever wrote."""
    if not -1 <= rating <= 1 or not all(time is None or math.isfinite(time) for time in times):
        message = f"{rating} at {times} is no rating"
        raise ValueError(message)


def _renamed_recipe(text: str, rename: Rename) -> str:
    try:
        return json.dumps(_with_names(json.loads(text), rename), sort_keys=True)
    except ValueError:  # nobody can read it there either
        return text


def _with_names(value: Any, rename: Rename) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """With other names for the songs; whatever else a recipe says, of this Marmalade or a newer one, stays."""
    if isinstance(value, str):
        return rename(SongId(value)) if value.startswith("file:") else value
    if isinstance(value, list):
        return [_with_names(each, rename) for each in value]
    return {key: _with_names(each, rename) for key, each in value.items()} if isinstance(value, dict) else value


def _renamed_sound(sound: str, song: str, rename: Rename) -> str:
    """The song itself stands for a sound that was never heard."""
    return rename(SongId(song)) if sound == song else sound
