"""Why a song is predicted as it is, in values and in sentences; everything in it can be tried by removing it."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.song import Song

STARS = 5
LEAST_TOLD = 0.05
"""Stars that a part has to be worth for a word."""
OF_NAMES = ("artist", "album", "genre")
BECAUSE = {
    "sound": "how it sounds",
    "artist": "the artist",
    "album": "the album",
    "genre": "the genre",
}


@dataclass(frozen=True, slots=True)
class Witness:
    """A rated song that speaks for or against a prediction."""

    song: Song
    change: float
    """What the prediction would lose if it had never been rated, in ratings 0 to 1; below 0 it would gain."""
    copies: tuple[Song, ...] = ()
    """The rows of the player that carry its rating, where it has copies."""

    @property
    def bearer(self) -> Song:
        """The row of which to take the rating away; of copies, the one that is kept if it is rated itself."""
        is_kept = not self.copies or any(copy.song_id == self.song.song_id for copy in self.copies)
        return self.song if is_kept else self.copies[0]


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Rated songs that speak alike, the strongest first."""

    songs: tuple[Witness, ...] = ()
    together: float = 0.0
    """What the prediction loses without the ratings of all of them."""
    is_measured: bool = False
    """Whether that was measured by learning again without them."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Of one song. Ratings and changes are 0 to 1; of a rated song all is said as if it had never been rated."""

    song: Song
    predicted: float
    low: float
    high: float
    unlimited: float
    """The prediction before it is kept within 0 to 1: what ``parts`` add up to, and what changes are counted in."""
    is_said: bool
    """False for “not yet”: it is too unsure to be told as a number."""
    sure: str
    """``sure``, ``fairly sure``, ``unsure`` or ``not yet``."""
    parts: Mapping[str, float]
    """global, genre, artist, album, sound."""
    for_songs: Witnesses
    against_songs: Witnesses
    rated_of_artist: int
    """Other songs by the artist that the owner has rated."""

    @property
    def shares(self) -> dict[str, float]:
        """How much of what lifts or lowers the prediction is known by names, and how much by sound; 0 to 1."""
        names = sum(abs(self.parts[name]) for name in OF_NAMES)
        total = names + abs(self.parts["sound"])
        return {"names": names / total, "sound": 1 - names / total} if total else {"names": 0.0, "sound": 0.0}

    @property
    def sentences(self) -> tuple[str, ...]:
        """In plain words, the most important first."""
        told = (self._prediction(), self._because(), self._artist(), *self._witnesses())
        return tuple(sentence for sentence in told if sentence)

    def _prediction(self) -> str:
        average = f"on average you give {_stars(self.parts['global'])}"
        between = f"nine of ten such songs get {self.low * STARS:.1f} to {self.high * STARS:.1f} from you"
        if not self.is_said:
            return f"Not yet: your ratings do not tell enough about this song; {average}."
        if self.song.is_rated:
            said = f"You gave it {self.song.rating * STARS:g} stars; without that it would be {_stars(self.predicted)}"
            return f"{said} ({self.sure}: {between}); {average}."
        return f"Predicted {_stars(self.predicted)} ({self.sure}: {between}); {average}."

    def _because(self) -> str:
        weights = sorted(((name, self.parts[name] * STARS) for name in BECAUSE), key=lambda each: -abs(each[1]))
        told = [(name, value) for name, value in weights if abs(value) >= LEAST_TOLD]
        if not told:
            return "Neither its names nor its sound set it apart from the average."
        (first, value), *rest = told
        head = f"Mostly because of {BECAUSE[first]} ({_signed(value)} stars)" if rest else ""
        if not rest:
            return f"Because of {BECAUSE[first]} ({_signed(value)} stars)."
        tail = [f"{_little(part, value)} because of {BECAUSE[name]} ({_signed(part)})" for name, part in rest]
        return f"{', '.join([head, *tail])}."

    def _artist(self) -> str:
        if self.rated_of_artist or not self.song.artist:
            return ""
        return f"You have rated no other song by {self.song.artist}, so the artist tells nothing."

    def _witnesses(self) -> list[str]:
        told = []
        for witnesses, way in ((self.for_songs, "lower"), (self.against_songs, "higher")):
            told += [removal_sentence(each) for each in witnesses.songs]
            if len(witnesses.songs) > 1:
                learned = ", learned again," if witnesses.is_measured else ""
                change = _stars(abs(witnesses.together))
                count = ("", "", "both", "all three")[len(witnesses.songs)]
                told.append(f"Without {count}{learned} it would be predicted {change} {way}.")
        return told


@dataclass(frozen=True, slots=True)
class SoundPart:
    """Seconds of the file, or a band in Hz."""

    low: float
    high: float
    change: float
    """What the prediction loses without it, in ratings 0 to 1; above 0 it speaks for the song."""
    holds: bool
    """Whether it is worth a word: noticeable, and the same direction in another way of taking it away."""


@dataclass(frozen=True, slots=True)
class SoundExplanation:
    """Which seconds and which frequencies of a song speak for it and against it."""

    song: Song
    predicted: float
    """As ``Explanation.unlimited``, of the song as it is predicted now."""
    start: float
    """Seconds from the beginning of the file at which the excerpt begins that is listened to."""
    stop: float
    seconds: tuple[SoundPart, ...]
    bands: tuple[SoundPart, ...]
    spectrogram: str | None = None
    """The file to draw it from, see ``Spectrogram``."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """In plain words."""
        seconds = [(f"Its seconds {_clock(each.low)} to {_clock(each.high)}", each) for each in self.seconds]
        bands = [(f"What sounds {_band(each)}", each) for each in self.bands]
        if not any(each.change for each in (*self.seconds, *self.bands)):
            return ("Its sound does not matter: what you like is told by names alone.",)
        told = sorted(((name, each) for name, each in (*seconds, *bands) if each.holds), key=lambda one: -one[1].change)
        if not told:
            return ("No part of its sound tells by itself: no seconds and no band change the prediction noticeably.",)
        return tuple(f"{name}: without, it would be predicted {_change(each.change)}." for name, each in told)


def removal_sentence(witness: Witness) -> str:
    """What a rated song says."""
    song = witness.song
    stars = f"{song.rating * STARS:g} stars"
    return f"You gave “{song.name}” {stars}: without that it would be predicted {_change(witness.change)}."


def _change(change: float) -> str:
    return f"{_stars(abs(change))} {'lower' if change > 0 else 'higher'}"


def _stars(rating: float) -> str:
    stars = rating * STARS
    # A change below half a tenth is still one.
    return f"{stars:.2f} stars" if 0 < stars < LEAST_TOLD else f"{stars:.1f} stars"


def _signed(stars: float) -> str:
    return f"{stars:+.1f}".replace("-", "\N{MINUS SIGN}")


def _little(stars: float, largest: float) -> str:
    return "also" if abs(stars) > abs(largest) / 2 else "a little"


def _clock(seconds: float) -> str:
    return f"{int(seconds // 60)}:{seconds % 60:04.1f}"


def _band(band: SoundPart) -> str:
    return f"below {band.high:.0f} Hz" if band.low <= 0 else f"from {band.low:.0f} to {band.high:.0f} Hz"
