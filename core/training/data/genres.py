"""Thirteen genre categories, and which of them a free text means, whatever language and separators it is tagged in."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

from core.training.data import genre_words

GENRE_CATEGORIES = {
    "rock": 0,
    "pop": 1,
    "electronic": 2,
    "hiphop": 3,
    "jazz": 4,
    "blues": 5,
    "classical": 6,
    "country": 7,
    "latin": 8,
    "reggae": 9,
    "world": 10,
    "soundtrack": 11,
    "instrumental": 12,
}

_HARD_SEPARATORS = re.compile(r"[;,/\\|\0\n、・•·:]|\s[-–—]\s")
_NUMBER = re.compile(r"\(?(\d{1,3})\)?$")
_NUMBERS_FIRST = re.compile(r"^((?:\((?:\d{1,3}|rx|cr)\))+)", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]+|[&+]")
_SAME_AS_AND = {"&", "+", "and", "und", "et", "y", "e", "en", "i", "и", "og", "och"}
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})
_LONGEST_TERM = 4
_LEAST_REST = 2
"""Letters that a word must have beside its ending: "tango" is not "go"."""


class _Kind(Enum):
    STRONG = "strong"
    WEAK = "weak"
    SPOKEN = "spoken"
    AND = "and"


class _Found(NamedTuple):
    kind: _Kind
    category: int | None = None


@lru_cache(maxsize=4096)
def map_genre_to_category(genre: str) -> int | None:
    """The category of the first part of ``genre`` that is recognised, or None: for nothing, the unknown, and speech.

    Parts are what stands between ``; , / |`` and their like, and between "&" or "and" unless that is part of a term
    ("Drum & Bass", "R&B"). Within a part the last word counts, for in most languages it is the noun that the others
    modify: "Progressive Death Metal", "Blues Rock", "Synth-Pop". Numbers are those of ID3v1: "(17)" is rock.
    """
    for part in _parts(genre):
        for segment in _segments(part):
            if any(found.kind is _Kind.SPOKEN for found in segment):
                return None
            if segment:
                return _meant(segment)
    return None


def _parts(genre: str) -> Iterator[str]:
    """The parts of a genre in order, numbers as their names; a text behind numbers is what they were refined to."""
    genre = unicodedata.normalize("NFKC", genre).strip()
    numbers = _NUMBERS_FIRST.match(genre)
    text = genre[numbers.end() :] if numbers else genre
    for part in _HARD_SEPARATORS.split(text):
        number = _NUMBER.match(part.strip())
        yield _id3_name(number.group(1)) if number else part
    for number_text in re.findall(r"\d+", numbers.group()) if numbers else ():
        yield _id3_name(number_text)


def _id3_name(number: str) -> str:
    names = _id3_names()
    return names[int(number)] if int(number) < len(names) else ""


def _segments(part: str) -> Iterator[list[_Found]]:
    """What is recognised in each stretch between two "and" that belong to no term; "Jazz & Blues" is jazz."""
    segment = list[_Found]()
    for found in _recognised(_words(part)):
        if found.kind is _Kind.AND:
            yield segment
            segment = []
        else:
            segment.append(found)
    yield segment


def _meant(segment: list[_Found]) -> int | None:
    strong = [found for found in segment if found.kind is _Kind.STRONG]
    return strong[-1].category if strong else segment[0].category


def _recognised(words: list[str]) -> Iterator[_Found]:
    """Terms of the table from left to right, the longest first; unknown words are passed over."""
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_TERM, len(words) - at), 0, -1):
            found = _table().get(tuple(words[at : at + length]))
            if found is not None:
                yield found
                at += length
                break
        else:
            if words[at] == "and":
                yield _Found(_Kind.AND)
            elif (category := _by_part_of_word(words[at])) is not None:
                yield _Found(_Kind.STRONG, category)
            at += 1


def _by_part_of_word(word: str) -> int | None:
    """By the longest ending or beginning that the table knows; scripts without spaces by what they contain."""
    if any(ord(letter) >= 0x3000 for letter in word):
        matches = [
            (len(term[0]), found) for term, found in _table().items() if len(term) == 1 and _is_in(term[0], word)
        ]
        return max(matches, key=lambda match: match[0])[1].category if matches else None
    endings = [end for end in _endings() if word.endswith(end) and len(word) >= len(end) + _LEAST_REST]
    if endings:
        return _endings()[max(endings, key=len)]
    beginnings = [begin for begin in _beginnings() if word.startswith(begin)]
    return _beginnings()[max(beginnings, key=len)] if beginnings else None


def _is_in(term: str, word: str) -> bool:
    return ord(term[0]) >= 0x3000 and term in word


def _words(text: str) -> list[str]:
    """Words without case and accents, with one word for all that means "and"."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter) or ord(letter) >= 0x3000)
    plain = unicodedata.normalize("NFC", plain)
    return ["and" if word in _SAME_AS_AND else word for word in _WORDS.findall(plain)]


@cache
def _table() -> Mapping[tuple[str, ...], _Found]:
    table = dict[tuple[str, ...], _Found]()
    for kind, words_of in ((_Kind.WEAK, genre_words.WEAK), (_Kind.STRONG, genre_words.STRONG)):
        for name, text in words_of.items():
            table |= {tuple(_words(term)): _Found(kind, GENRE_CATEGORIES[name]) for term in _terms(text)}
    return table | {tuple(_words(term)): _Found(_Kind.SPOKEN) for term in _terms(genre_words.SPOKEN)}


@cache
def _endings() -> Mapping[str, int]:
    return _by_category(genre_words.ENDINGS)


@cache
def _beginnings() -> Mapping[str, int]:
    return _by_category(genre_words.BEGINNINGS)


@cache
def _id3_names() -> list[str]:
    return list(_terms(genre_words.ID3))


def _by_category(texts: Mapping[str, str]) -> Mapping[str, int]:
    return {" ".join(_words(term)): GENRE_CATEGORIES[name] for name, text in texts.items() for term in _terms(text)}


def _terms(text: str) -> Iterable[str]:
    return (" ".join(term.split()) for term in text.split(";"))
