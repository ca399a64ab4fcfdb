"""Both schemes can be read: 4.5:1 for text, 3:1 for what is no text."""

from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QPalette

from desktop.style.palette import DARK, LIGHT, Colors, palette


def luminance(color: str) -> float:
    """Relative luminance by WCAG 2.1."""
    parts = [part / 255 for part in QColor(color).getRgb()[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("text", "window"),
        ("text", "base"),
        ("text", "alternate"),
        ("text", "hover"),
        ("text", "selection"),
        ("text", "notice_ground"),
        ("text", "error_ground"),
        ("secondary", "window"),
        ("secondary", "base"),
        ("secondary", "alternate"),
        ("on_accent", "accent_ground"),
        ("on_accent", "accent_hover"),
    ],
)
def test_text_can_be_read(colors: Colors, text: str, ground: str) -> None:
    assert contrast(getattr(colors, text), getattr(colors, ground)) >= 4.5


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("mark", "ground"),
    [
        ("accent", "base"),
        ("accent", "alternate"),
        ("accent", "selection"),
        ("accent", "window"),
        ("on_accent", "accent"),
        ("notice", "notice_ground"),
        ("error", "error_ground"),
    ],
)
def test_marks_can_be_seen(colors: Colors, mark: str, ground: str) -> None:
    assert contrast(getattr(colors, mark), getattr(colors, ground)) >= 3.0


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_every_color_is_one(colors: Colors) -> None:
    assert all(QColor(getattr(colors, field.name)).isValid() for field in fields(colors))
    assert palette(colors).color(QPalette.ColorRole.Accent) == QColor(colors.accent)
