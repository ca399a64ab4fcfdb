"""What the map page remembers: what colors and sizes say. It always begins with the whole map in sight."""

from PySide6.QtCore import QSettings

from desktop.plots.coloring import ColorBy, SizeBy
from desktop.widgets.map.controls import MapChoices

COLOR_BY, SIZE_BY = "map/color_by", "map/size_by"


def save_choices(settings: QSettings, choices: MapChoices) -> None:
    """Remember what was chosen."""
    settings.setValue(COLOR_BY, choices.color_by.value)
    settings.setValue(SIZE_BY, choices.size_by.value)


def restore_choices(settings: QSettings, choices: MapChoices) -> None:
    """Choose as last time."""
    color_by, size_by = settings.value(COLOR_BY), settings.value(SIZE_BY)
    choices.choose(
        ColorBy(color_by) if color_by in set(ColorBy) else ColorBy.GENRE,
        SizeBy(size_by) if size_by in set(SizeBy) else SizeBy.UNIFORM,
    )
