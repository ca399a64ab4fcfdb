"""The card of an encoder that leaves its machine: what it learned from, how good it is, what may be done with it.

Nothing private stands in it: numbers, and what its owner wrote for others.
"""

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

NO_LICENSE = "No license was given: ask whoever made this file before you pass it on."
TITLE = "# An encoder of Marmalade"
LONGEST_TEXT = 4000
MOST_ENTRIES = 100

MUSICNN = (
    "Inside are the weights of MusiCNN, two taggers by the Music Technology Group, under the ISC license:\n\n"
    "Copyright (c) Music Technology Group, Universitat Pompeu Fabra 2019. Code developed by Jordi Pons "
    "(www.jordipons.me).\n\n"
    "Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby "
    "granted, provided that the above copyright notice and this permission notice appear in all copies.\n\n"
    'THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING '
    "ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, "
    "DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, "
    "WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE "
    "USE OR PERFORMANCE OF THIS SOFTWARE."
)
MUSICNN_WEIGHTS = "networks.MTT."
"""In the names of weights that are MusiCNN's."""

Plain = str | int | float | bool


@dataclass(frozen=True)
class Card:
    """Plain values; all texts are meant to be read by people."""

    encoder_class: str
    """As the registry takes it."""
    version: str
    """Of its embeddings, where it was made."""
    dimension: int
    """Values in an embedding."""
    data: dict[str, Plain] = field(default_factory=dict)
    """What it learned from, in numbers: never names."""
    metrics: dict[str, float] = field(default_factory=dict)
    """By the names of its training, on songs that were held out."""
    excerpt: dict[str, Plain] = field(default_factory=dict)
    """The part of a song that it was heard with: seconds and Hz."""
    license: str = ""
    licenses_inside: tuple[str, ...] = ()
    """Of weights that somebody else made."""
    note: str = ""
    made_by: str = ""
    """The program and its version."""
    made_on: str = ""
    """The day, as 2026-11-23."""

    @property
    def terms(self) -> str:
        """The license that its maker gave, or that there is none."""
        return self.license or NO_LICENSE

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_text(cls, text: str) -> "Card":
        """Read a card from a file that anybody may have written; what is not of a card's form is left out."""
        try:
            values = json.loads(text)
        except (ValueError, RecursionError):
            values = {}
        return cls.from_dict(values if isinstance(values, dict) else {})

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Card":
        """The same, of values that were read already."""
        inside = values.get("licenses_inside")
        dimension = values.get("dimension")
        return cls(
            encoder_class=_text(values.get("encoder_class")),
            version=_text(values.get("version")),
            dimension=dimension if isinstance(dimension, int) else 0,
            data=_plain(values.get("data")),
            metrics=finite(_plain(values.get("metrics"))),
            excerpt=_plain(values.get("excerpt")),
            license=_text(values.get("license")),
            licenses_inside=tuple(_text(each) for each in inside[:MOST_ENTRIES])
            if isinstance(inside, list | tuple)
            else (),
            note=_text(values.get("note")),
            made_by=_text(values.get("made_by")),
            made_on=_text(values.get("made_on")),
        )

    def to_markdown(self) -> str:
        """The card for people; it lies beside the weights."""
        lines = [TITLE, "", self.note or "Its maker wrote no note.", ""]
        lines += [f"- Class: `{self.encoder_class}`, {self.dimension} values for each song"]
        lines += [f"- Version: `{self.version}`, made by {self.made_by or 'nobody knows whom'} on {self.made_on}"]
        lines += _section("What it learned from", self.data)
        lines += _section("How good it was on songs that were held out", self.metrics)
        lines += _section("The excerpt it heard", self.excerpt)
        lines += ["", "## License", "", self.terms]
        for text in self.licenses_inside:
            lines += ["", text]
        lines += ["", "Only weights lie in the file: no program, no song, no rating, and nobody's taste.", ""]
        return "\n".join(lines)


def licenses_inside(names: Collection[str]) -> tuple[str, ...]:
    """The licenses of weights in an encoder that somebody else made, by the names of its weights."""
    return (MUSICNN,) if any(MUSICNN_WEIGHTS in name for name in names) else ()


def finite(values: Mapping[str, object]) -> dict[str, float]:
    """Those of some figures that are numbers, which is what JSON can say."""
    return {
        name: float(value)
        for name, value in values.items()
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    }


def _section(title: str, values: Mapping[str, Plain]) -> list[str]:
    rows = [f"- {name.replace('_', ' ')}: {_shown(value)}" for name, value in values.items()]
    return ["", f"## {title}", "", *(rows or ["It is not known."])]


def _shown(value: Plain) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _text(value: object) -> str:
    """Text without what a terminal obeys: anybody may have written it."""
    short = value[:LONGEST_TEXT] if isinstance(value, str) else ""
    return "".join(letter for letter in short if letter.isprintable() or letter == "\n")


def _plain(value: object) -> dict[str, Plain]:
    if not isinstance(value, dict):
        return {}
    entries = [(name, each) for name, each in value.items() if isinstance(name, str) and isinstance(each, Plain)]
    return {_text(name): _text(each) if isinstance(each, str) else each for name, each in entries[:MOST_ENTRIES]}
