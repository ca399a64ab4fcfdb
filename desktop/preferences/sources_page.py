"""Sources: whose library is read, where its music lies on this computer, and which folders are watched beside."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.library.locate import DatabaseKind, FoundDatabase
from desktop import wording
from desktop.preferences.fields import PlaceField
from desktop.preferences.form import FormPage, Group, Row
from desktop.preferences.places import FoldersField, PlacesMapField
from desktop.style.measures import SMALL
from desktop.widgets.choice_field import ChoiceField

translate = QCoreApplication.translate
LOOK_FOR, OWN = "", "own"


class DatabaseField(QWidget):
    """A database that was found, one of the owner's choice, or whichever is the newest at each start."""

    edited = Signal()

    def __init__(self, found: Sequence[FoundDatabase]) -> None:
        super().__init__()
        self._found = {str(each.path): each for each in found}
        choices = {path: _words(each) for path, each in self._found.items()}
        self.main = ChoiceField(
            {
                LOOK_FOR: translate("Preferences", "The newest that a player keeps"),
                **choices,
                OWN: translate("Preferences", "A file of my choice"),
            }
        )
        self.file = PlaceField(
            left_open=translate("Preferences", "The path of a database"),
            is_folder=False,
            kinds=translate("Preferences", "Databases (*.db);;All files (*)"),
        )
        self.file.main.setAccessibleName(translate("Preferences", "The path of a database"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self.main)
        column.addWidget(self.file)
        self.main.edited.connect(self._follow)
        self.file.edited.connect(self.edited)
        self._follow()

    def value(self) -> str | None:
        choice = self.main.choice
        return self.file.value() if choice == OWN else choice or None

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - what YAML can hold
        is_own = bool(value) and str(Path(value).expanduser()) not in self._found
        self.file.show_value(value if is_own else "")
        self.main.show_choice(OWN if is_own else str(Path(value).expanduser()) if value else LOOK_FOR)
        self._follow()

    def mistake(self) -> str:
        if self.main.choice != OWN:
            return ""
        place = self.file.value()
        if not place:
            return translate("Preferences", "needs a file")
        is_there = Path(place).expanduser().is_file()
        return "" if is_there else translate("Preferences", "is not there: {place}").format(place=place)

    def _follow(self) -> None:
        self.file.setVisible(self.main.choice == OWN)
        self.edited.emit()


class SourcesPage(FormPage):
    """Everything here is read, and never written."""

    def __init__(self, found: Sequence[FoundDatabase], *, opened: Path | None = None, is_fixed: bool = False) -> None:
        """``opened`` is read now; ``is_fixed`` if that was said when Marmalade was opened."""
        self.database = DatabaseField(found)
        self._opened, self._is_fixed = opened, is_fixed
        super().__init__(translate("Preferences", "Sources"), [self._library(), _music()])

    def _library(self) -> Group:
        words = translate("Preferences", "Open now: {path}")
        if self._is_fixed:
            words = translate("Preferences", "Marmalade was opened with {path}, which counts until it is closed.")
        now = words.format(path=wording.path(self._opened)) if self._opened else ""
        return Group(
            translate("Preferences", "Library"),
            [
                Row("music.database_path", translate("Preferences", "The player’s database"), self.database, now),
            ],
            translate("Preferences", "Marmalade reads the library and the stars in it. It never writes to either."),
        )


def _music() -> Group:
    return Group(
        translate("Preferences", "Music"),
        [
            Row(
                "music.path_map",
                translate("Preferences", "Music that lies elsewhere"),
                PlacesMapField(),
                translate("Preferences", "For a database of another computer, or a disk with another name."),
            ),
            Row(
                "music.watched_folders",
                translate("Preferences", "Folders to watch beside"),
                FoldersField(),
                translate("Preferences", "The player’s own folders are watched anyway."),
            ),
        ],
    )


def _words(found: FoundDatabase) -> str:
    kinds = {
        DatabaseKind.NATIVE: "Clementine",
        DatabaseKind.SNAP: "Clementine (Snap)",
        DatabaseKind.FLATPAK: "Clementine (Flatpak)",
        DatabaseKind.STRAWBERRY: "Strawberry",
        DatabaseKind.STRAWBERRY_FLATPAK: "Strawberry (Flatpak)",
        DatabaseKind.COPY: translate("Preferences", "A copy in your music folder"),
    }
    return f"{kinds.get(found.kind, found.path.name)}, {wording.day(found.modified)}"
