"""The colors of the window in light and dark: neutrals carry the page, one accent says what is about the owner's taste.

Text on its ground has a contrast of 4.5:1 or more in both schemes; a test computes it.
"""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, kw_only=True)
class Colors:
    """One scheme, as ``#rrggbb``."""

    window: str
    base: str
    alternate: str
    border: str
    hover: str
    text: str
    secondary: str
    disabled: str
    accent: str
    accent_hover: str
    accent_ground: str
    """The accent below text."""
    on_accent: str
    selection: str
    against: str
    """The accent's opposite, for what speaks against a song."""
    notice: str
    notice_ground: str
    error: str
    error_ground: str


LIGHT = Colors(
    window="#f5f4f2",
    base="#ffffff",
    alternate="#faf9f7",
    border="#dcd9d4",
    hover="#ebe9e5",
    text="#211f1c",
    secondary="#66615a",
    disabled="#a9a49c",
    accent="#c75b12",
    accent_hover="#b04f0d",
    accent_ground="#be5611",
    on_accent="#ffffff",
    selection="#f8e3d4",
    against="#2b6cb0",
    notice="#8a5a00",
    notice_ground="#fdf3d8",
    error="#b3261e",
    error_ground="#fce8e6",
)

DARK = Colors(
    window="#1f1e1d",
    base="#272624",
    alternate="#2b2a28",
    border="#403d3a",
    hover="#34322f",
    text="#ece9e4",
    secondary="#aaa49c",
    disabled="#6f6a64",
    accent="#f29a4a",
    accent_hover="#f7ae6b",
    accent_ground="#f29a4a",
    on_accent="#241505",
    selection="#4a3623",
    against="#7fb2e5",
    notice="#f0c060",
    notice_ground="#3a3120",
    error="#ff9a8f",
    error_ground="#43241f",
)


def palette(colors: Colors) -> QPalette:
    """The palette that Fusion and our own widgets draw with."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: colors.window,
        QPalette.ColorRole.WindowText: colors.text,
        QPalette.ColorRole.Base: colors.base,
        QPalette.ColorRole.AlternateBase: colors.alternate,
        QPalette.ColorRole.Text: colors.text,
        QPalette.ColorRole.PlaceholderText: colors.secondary,
        QPalette.ColorRole.Button: colors.base,
        QPalette.ColorRole.ButtonText: colors.text,
        QPalette.ColorRole.BrightText: colors.error,
        QPalette.ColorRole.ToolTipBase: colors.base,
        QPalette.ColorRole.ToolTipText: colors.text,
        QPalette.ColorRole.Highlight: colors.selection,
        QPalette.ColorRole.HighlightedText: colors.text,
        QPalette.ColorRole.Accent: colors.accent,
        QPalette.ColorRole.Link: colors.accent,
        QPalette.ColorRole.Light: colors.hover,
        QPalette.ColorRole.Midlight: colors.hover,
        QPalette.ColorRole.Mid: colors.border,
        QPalette.ColorRole.Dark: colors.border,
        QPalette.ColorRole.Shadow: colors.border,
    }
    for role, color in roles.items():
        made.setColor(role, QColor(color))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colors.disabled))
    return made
