"""The sentences that core gives to the window, in the owner's language: core speaks English, as to a shell.

They are known by their fixed parts; what stands between is kept, or said as a number of the owner's country. A
sentence that is not known stays as it is, above all errors that name a key of the configuration.
"""

import re
from dataclasses import dataclass
from functools import cache
from string import Formatter

from PySide6.QtCore import QCoreApplication, QLocale

from desktop import core_sentences, wording

translate = QCoreApplication.translate

NUMBER = r"\d[\d,]*(?:\.\d+)?"
NUMBERS = ("count", "found", "wanted", "stars", "low", "high", "limit", "skips", "seconds")
PATTERNS = {
    "rating": rf"{NUMBER} stars?",
    "ratings": rf"{NUMBER} ratings?",
    "songs": rf"{NUMBER} songs?",
    **dict.fromkeys(NUMBERS, NUMBER),
}
"""What may stand for a placeholder of that name; for the others anything, such as the name of a song."""
TOO_LONG = re.compile(r"(\d+) s, the limit is (\d+) s")
BETWEEN_SENTENCES = re.compile(r"(?<=[.!?]) (?=[A-Z\d])")


@dataclass(frozen=True)
class Template:
    source: str
    """With placeholders, as it is translated."""
    beginning: str
    """Before the first placeholder; nearly always enough to know that it is another sentence."""
    pattern: re.Pattern[str]


def said(text: str) -> str:
    """One sentence of core or several, in the language of the owner."""
    told, parts = [], BETWEEN_SENTENCES.split(text)
    while parts:
        sentence, count = _first(parts)
        told.append(sentence)
        del parts[:count]
    return " ".join(told)


def _first(parts: list[str]) -> tuple[str, int]:
    """The first sentence in other words, and of how many parts it is: the name of a song may look like its end."""
    for count in range(1, len(parts) + 1):
        known = _one(" ".join(parts[:count]))
        if known is not None:
            return known, count
    return parts[0], 1


def skipped(reason: str, detail: str) -> str:
    """Why a song could not be listened to, as the beginning of a sentence."""
    more = _lengths(detail) or said(detail)
    words = f"{said(reason)}: {more}" if detail else said(reason)
    return words[:1].upper() + words[1:]


def _lengths(detail: str) -> str:
    """How long a song is and how long it may be, as a player says it; empty for anything else."""
    found = TOO_LONG.fullmatch(detail)
    if found is None:
        return ""
    length, limit = (float(each) for each in found.groups())
    words = translate("Core", "{length}, the limit is {limit}")
    return words.format(length=wording.duration(length), limit=wording.limit(limit))


def template_of(sentence: str) -> str | None:
    """What a sentence of core was made from; None for one that is not known."""
    found = _match(sentence)
    return found[0].source if found else None


def _one(sentence: str) -> str | None:
    found = _match(sentence)
    if found is None:
        return None
    template, values = found
    words = translate("Core", template.source)
    return words.format(**{name: _value(name, text) for name, text in values.items()})


def _match(sentence: str) -> tuple[Template, dict[str, str]] | None:
    for template in _templates():
        if sentence.startswith(template.beginning):
            match = template.pattern.fullmatch(sentence)
            if match:
                return template, match.groupdict()
    return None


def _value(name: str, text: str) -> str:
    if name not in PATTERNS:
        return text
    number, _, _ = text.replace(",", "").partition(" ")
    if name == "rating":
        return wording.stars_in_words(float(number) / wording.STARS)
    if name == "songs":
        return wording.songs(int(number))
    if name == "ratings":
        count = wording.number(int(number))
        return (translate("Core", "1 rating") if number == "1" else translate("Core", "{count} ratings")).format(
            count=count
        )
    _, _, decimals = number.partition(".")
    return QLocale().toString(float(number), "f", len(decimals))


@cache
def _templates() -> tuple[Template, ...]:
    """Those with the most fixed letters first, for a name can hold whole sentences."""
    every = [_template(str(source)) for source in core_sentences.ALL]
    return tuple(sorted(every, key=lambda each: -len(re.sub(r"\{\w+\}", "", each.source))))


def _template(source: str) -> Template:
    parts = list(Formatter().parse(source))
    pattern = "".join(
        re.escape(fixed) + (f"(?P<{name}>{PATTERNS.get(name, '.+?')})" if name else "") for fixed, name, _, _ in parts
    )
    return Template(source, parts[0][0], re.compile(pattern, re.DOTALL))
