"""The scheme in use: as the desktop says, light or dark, and changed with it while the window is open."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.style.palette import DARK, LIGHT, Colors, palette
from desktop.style.sheet import style_sheet

PROPERTY = "marmalade dark"


def current_colors() -> Colors:
    """The colors of the scheme in use."""
    application = QGuiApplication.instance()
    return DARK if application is not None and application.property(PROPERTY) else LIGHT


def follow_desktop(application: QApplication) -> None:
    """Dress the application as the desktop is now and whenever that changes."""
    application.setStyle("Fusion")
    hints = application.styleHints()
    hints.colorSchemeChanged.connect(lambda scheme: dress(application, dark=scheme == Qt.ColorScheme.Dark))
    dress(application, dark=hints.colorScheme() == Qt.ColorScheme.Dark)


def dress(application: QApplication, *, dark: bool) -> None:
    """Put on one scheme."""
    application.setProperty(PROPERTY, dark)
    colors = current_colors()
    application.setPalette(palette(colors))
    application.setStyleSheet(style_sheet(colors))
