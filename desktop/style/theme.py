"""The scheme in use: light or dark as the desktop says, changed with it while the window is open, or as was chosen."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from desktop.style.palette import DARK, LIGHT, Colors, palette
from desktop.style.sheet import style_sheet

PROPERTY = "marmalade dark"
CHOSEN = "marmalade scheme"
SYSTEM_POINTS = "marmalade system points"
DRESSED = "marmalade dressed"
SAME_SIZE = 0.05
"""Points; less is a rounding."""


class Scheme(StrEnum):
    """What the owner chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def current_colors() -> Colors:
    """The colors of the scheme in use."""
    application = QGuiApplication.instance()
    return DARK if application is not None and application.property(PROPERTY) else LIGHT


def follow_desktop(application: QApplication) -> None:
    """Dress the application as the desktop is now and whenever that changes, unless its owner chose one scheme."""
    application.setStyle("Fusion")
    application.setProperty(SYSTEM_POINTS, QFontInfo(application.font()).pointSizeF())
    application.styleHints().colorSchemeChanged.connect(lambda _: _dress_as_chosen(application))
    _dress_as_chosen(application)


def choose(application: QApplication, scheme: Scheme, *, points: float | None) -> None:
    """Take another scheme and size of letters, at once; None is the desktop's own size."""
    application.setProperty(CHOSEN, scheme.value)
    asked = {Scheme.LIGHT: Qt.ColorScheme.Light, Scheme.DARK: Qt.ColorScheme.Dark}
    application.styleHints().setColorScheme(asked.get(scheme, Qt.ColorScheme.Unknown))
    _dress_as_chosen(application)
    _use_size(application, points or application.property(SYSTEM_POINTS))


@dataclass(frozen=True)
class Look:
    """What an application wears: the scheme that was chosen, what came of it, and the size of its letters."""

    chosen: str | None
    is_dark: bool
    points: float


def look_of(application: QApplication) -> Look:
    """What it wears now."""
    points = QFontInfo(application.font()).pointSizeF()
    return Look(application.property(CHOSEN), bool(application.property(PROPERTY)), points)


def wear(application: QApplication, look: Look) -> None:
    """Put on again exactly what was worn."""
    choose(application, Scheme(look.chosen or Scheme.SYSTEM), points=look.points)
    application.setProperty(CHOSEN, look.chosen)
    if application.property(PROPERTY) != look.is_dark:
        dress(application, dark=look.is_dark)


def dress(application: QApplication, *, dark: bool) -> None:
    """Put on one scheme."""
    application.setProperty(PROPERTY, dark)
    application.setPalette(palette(current_colors()))
    _dress_windows(application)


def dress_window(window: QWidget) -> None:
    """Let something that has no parent wear the style sheet, now and when the scheme changes; what is in it follows.

    The application itself has none: Qt would style all that a widget holds anew whenever it is put into another one,
    which was half of what a page cost (102 of 137 ms for the map, 26 without).
    """
    if not window.property(DRESSED):
        window.setProperty(DRESSED, True)
        window.setStyleSheet(style_sheet(current_colors()))


def _dress_windows(application: QApplication) -> None:
    for window in application.topLevelWidgets():
        if window.property(DRESSED):
            window.setStyleSheet(style_sheet(current_colors()))


def _dress_as_chosen(application: QApplication) -> None:
    chosen, desktop = application.property(CHOSEN), application.styleHints().colorScheme()
    is_dark = desktop == Qt.ColorScheme.Dark if chosen in (None, Scheme.SYSTEM) else chosen == Scheme.DARK
    if application.property(PROPERTY) != is_dark:  # to dress a whole window takes long enough to be seen
        dress(application, dark=is_dark)


def _use_size(application: QApplication, points: float | None) -> None:
    """Titles and the like have fonts of their own, which grow by as much."""
    font = application.font()
    more = 0.0 if points is None else points - QFontInfo(font).pointSizeF()
    if abs(more) < SAME_SIZE:
        return
    font.setPointSizeF(QFontInfo(font).pointSizeF() + more)
    has_own = Qt.WidgetAttribute.WA_SetFont
    own = [(each, each.font()) for each in application.allWidgets() if each.testAttribute(has_own)]
    application.setFont(font)
    for widget, letters in own:
        letters.setPointSizeF(QFontInfo(letters).pointSizeF() + more)
        widget.setFont(letters)
    _dress_windows(application)  # what wears a style sheet takes another font only with it
