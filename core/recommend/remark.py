"""What the owner is told of a list as a whole: sentences, each with what it is about."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import ClassVar, TypeAlias


class About(Enum):
    """Whoever shows a remark need not read its sentence."""

    RESULT = auto()
    MAKING = auto()
    """Only how the list came about: nothing is wrong with it."""
    UNHEARD = auto()
    """The list will be better when the rated songs have been listened to."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence, or some that belong together."""

    text: str
    about: About = About.RESULT


@dataclass(frozen=True, slots=True)
class Shortage:
    """That a list has fewer songs than were wanted; ``rest`` goes on after their number."""

    found: int
    wanted: int
    rest: str
    about: ClassVar[About] = About.RESULT

    @property
    def text(self) -> str:
        return f"Only {self.found} of {self.wanted} songs{self.rest}"


Remarks: TypeAlias = tuple[Remark | Shortage, ...]

NONE_FITS = Remark("No song fits.")


def fewer(found: int, *, wanted: int) -> Remarks:
    """Where every song fits that there is."""
    return (Shortage(found, wanted, ": no more songs fit."),) if found < wanted else ()
