"""How the window looks, as its owner chose: kept with the window's own settings, for a file of keys needs no window."""

from dataclasses import dataclass

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from desktop.style.theme import Scheme, choose

SCHEME, POINTS = "appearance/scheme", "appearance/points"
SMALLEST, LARGEST = 7, 24
"""Points."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """What was chosen; no size is the desktop's own."""

    scheme: Scheme = Scheme.SYSTEM
    points: int | None = None


def appearance_of(settings: QSettings) -> Appearance:
    """What was chosen last; what is not understood is as if nothing was."""
    scheme, points = str(settings.value(SCHEME, "")), str(settings.value(POINTS, ""))
    is_size = points.isdecimal() and SMALLEST <= int(points) <= LARGEST
    return Appearance(Scheme(scheme) if scheme in list(Scheme) else Scheme.SYSTEM, int(points) if is_size else None)


def save_appearance(settings: QSettings, appearance: Appearance) -> None:
    """Remember what was chosen."""
    settings.setValue(SCHEME, appearance.scheme.value)
    settings.setValue(POINTS, "" if appearance.points is None else str(appearance.points))


def apply_appearance(application: QApplication, settings: QSettings) -> None:
    """Dress the application as its owner chose: at the start, and again after each change."""
    show(application, appearance_of(settings))


def show(application: QApplication, appearance: Appearance) -> None:
    """Dress the application so, without remembering it."""
    choose(application, appearance.scheme, points=appearance.points)
