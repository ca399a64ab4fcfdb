"""Which color each genre, artist or album has: once it has one, it keeps it while songs come and go, and next time."""

from collections.abc import Sequence

from PySide6.QtCore import QSettings

from desktop.style.scales import MOST_CATEGORIES

REACH = 2 * MOST_CATEGORIES
"""What is not even among so many of the commonest any more gives its color back."""
SURE = 5
"""So many of the commonest have a color of their own always: one that grows takes it from the rarest."""
KEY = "map/colors/{what}"


class ColorBook:
    """For each way to color, the names by their codes; an empty name is a code that is free."""

    def __init__(self) -> None:
        self._names: dict[str, list[str]] = {}

    def codes(self, what: str, commonest: Sequence[str]) -> list[int]:
        """A code for each of these names, the commonest first; -1 for those that have no color."""
        wanted = [name.casefold() for name in commonest[:REACH]]
        if not wanted:
            return []
        kept = [name if name in wanted else "" for name in self._names.get(what, [""] * MOST_CATEGORIES)]
        for rank, name in enumerate(wanted):
            if name not in kept and ("" in kept or rank < SURE):
                rarest = max(range(len(kept)), key=lambda code: wanted.index(kept[code]) if kept[code] else REACH)
                kept[rarest] = name
        self._names[what] = kept
        code_of = {name: code for code, name in enumerate(kept) if name}
        return [code_of.get(name, -1) for name in wanted]

    def save(self, settings: QSettings) -> None:
        for what, names in self._names.items():
            settings.setValue(KEY.format(what=what), names)

    def restore(self, settings: QSettings, whats: Sequence[str]) -> None:
        for what in whats:
            names = settings.value(KEY.format(what=what))
            if isinstance(names, list) and len(names) == MOST_CATEGORIES:
                self._names[what] = [str(name or "") for name in names]
