"""Names of mixes, made from the genres, artists and tempo that set their songs apart from the others."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from core.recommend.stock import Values
from core.song import Song
from core.training.rating.names import GENRE_SEPARATORS, names_several

LONGEST = 60
SHARE = 0.25
"""Of the songs of a mix that have to be of its genre, for the name to promise it."""
LIFT = 1.2
"""So many times as common as in the library has a genre to be: what all songs are says nothing of some."""
SAYS_NOTHING = frozenset(
    {
        "other",
        "others",
        "unknown",
        "unknown genre",
        "misc",
        "miscellaneous",
        "general",
        "genre",
        "music",
        "none",
        "n/a",
        "default",
    }
)
NOBODY = frozenset({"unknown", "unknown artist", "<unknown>", "[unknown]", "no artist", "untitled artist"})
"""Casefolded, what taggers write where they know no artist."""
SLOW, FAST = 95.0, 130.0
"""Beats a minute that the middle song has to pass."""
OUTER = 0.25
"""And among the library's tempi it has to lie in the lowest or the highest quarter."""


class Naming:
    """Names mixes of one library, each differently."""

    def __init__(self, songs: Sequence[Song], *, tempi: Values | None = None) -> None:
        """``tempi`` (songs,) are in beats a minute, NaN where they are not known."""
        self._songs, self._tempi = songs, tempi
        self._spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._genres: Counter[str] = Counter()
        for tagged, count in Counter(song.genre for song in songs).items():
            for genre, spelling in _spelled_genres(tagged).items():
                self._genres[genre] += count
                self._spellings[genre][spelling] += count
        self._taken: set[str] = set()

    def name_of(self, rows: Sequence[int]) -> str:
        """A name of at most 60 characters for some of the songs, the most typical first; never the same one twice.

        Such as “Fast Punk Rock with A and B”; without tags, “Mix 1”.
        """
        songs = [self._songs[row] for row in rows]
        names = self._possible(self._kind(rows, songs), _typical_artists(songs))
        name = next(name for name in names if name.casefold() not in self._taken)
        self._taken.add(name.casefold())
        return name

    def _possible(self, kind: str, artists: Sequence[str]) -> Iterator[str]:
        """The best name, then others for when it is taken."""
        pairs = [artists[:2], artists[1:3], artists[2:4], artists[:1], artists[1:2]]
        yield from (_fitted(kind, pair) for pair in pairs if pair)
        if kind:
            yield _elided(kind, LONGEST)
        number = 1
        while True:
            yield f"Mix {number}"
            number += 1

    def _kind(self, rows: Sequence[int], songs: Sequence[Song]) -> str:
        tempo, genre = self._tempo_word(rows), self._genre(songs)
        if not genre:
            return f"{tempo} songs" if tempo else ""
        if tempo and genre.casefold().startswith((tempo.casefold(), "slow", "fast")):
            return genre
        return f"{tempo} {genre}" if tempo else genre[0].upper() + genre[1:]

    def _genre(self, songs: Sequence[Song]) -> str:
        """The one that is most of the mix, for how rare it is elsewhere; as it is mostly spelled."""
        counts = Counter(genre for song in songs for genre in _spelled_genres(song.genre))
        scores = {}
        for genre, count in counts.items():
            share = count / len(songs)
            lift = share * len(self._songs) / self._genres[genre]
            if share >= SHARE and lift >= LIFT:
                scores[genre] = share * np.log(lift)
        if not scores:
            return ""
        best = min(scores, key=lambda genre: (-scores[genre], genre))
        spellings = self._spellings[best]
        return min(spellings, key=lambda spelling: (-spellings[spelling], spelling))

    def _tempo_word(self, rows: Sequence[int]) -> str:
        if self._tempi is None:
            return ""
        own = self._tempi[list(rows)]
        known, usual = own[np.isfinite(own)], self._tempi[np.isfinite(self._tempi)]
        if 2 * len(known) < len(rows) or not len(known):
            return ""
        middle = float(np.median(known))
        if middle <= SLOW and middle <= np.quantile(usual, OUTER):
            return "Slow"
        return "Fast" if middle >= FAST and middle >= np.quantile(usual, 1 - OUTER) else ""


def _spelled_genres(tagged: str) -> dict[str, str]:
    """The genres that one tag names, casefolded, with their spelling; without those that say nothing."""
    parts = (_plain(part) for part in GENRE_SEPARATORS.split(tagged))
    return {part.casefold(): part for part in parts if part and part.casefold() not in SAYS_NOTHING}


def _typical_artists(songs: Sequence[Song]) -> list[str]:
    """Those of many songs first; the most typical song counts twice as much as the least."""
    scores: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for place, song in enumerate(songs):
        name = _plain(song.artist) or _plain(song.albumartist)
        if name and name.casefold() not in NOBODY and not names_several(name):
            spelled.setdefault(name.casefold(), name)
            scores[name.casefold()] += 2 * len(songs) - place
    return [spelled[name] for name in sorted(scores, key=lambda name: (-scores[name], name))]


def _fitted(kind: str, artists: Sequence[str]) -> str:
    """With as many of the artists as fit, the last of them elided only where not even one does."""
    form = _form(kind)
    for count in range(len(artists), 0, -1):
        name = form(" and ".join(artists[:count]))
        if len(name) <= LONGEST:
            return name
    if len(form("")) > LONGEST // 2:
        return _elided(kind, LONGEST)
    return form(_elided(artists[0], LONGEST - len(form(""))))


def _form(kind: str) -> Callable[[str], str]:
    return lambda artists: f"{kind} with {artists}" if kind else artists


def _elided(text: str, longest: int) -> str:
    """Cut after a word if there is one in the second half, and never between a letter and its accents."""
    if len(text) <= longest:
        return text
    end = longest - 1
    while end > 1 and _belongs_to_the_one_before(text[end], text[end - 1]):
        end -= 1
    cut = text[:end]
    word = cut.rstrip() if text[end].isspace() else cut.rpartition(" ")[0].rstrip()
    return f"{word if len(word) > longest // 2 else cut.rstrip()}…"


def _belongs_to_the_one_before(character: str, before: str) -> bool:
    joiner = "\N{ZERO WIDTH JOINER}"
    return unicodedata.category(character) in {"Mn", "Mc", "Me"} or joiner in (character, before)


def _plain(text: str) -> str:
    """On one line, without what cannot be seen or written."""
    kept = (" " if unicodedata.category(each) in {"Cc", "Zl", "Zp"} else each for each in text)
    return " ".join("".join(each for each in kept if unicodedata.category(each) != "Cs").split())
