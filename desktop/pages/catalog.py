"""The pages of the rail, each named by the module that is imported when it is visited for the first time."""

from dataclasses import dataclass
from importlib import import_module

from PySide6.QtCore import QCoreApplication

from desktop.desk import Desk
from desktop.navigation import Place
from desktop.pages.page import Page

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Entry:
    """One page; its icon is named as its place is."""

    place: Place
    name: str
    """As the rail shows it."""
    module: str
    """Below ``desktop.pages``."""
    kind: str
    """The class, a ``Page`` made of a ``Desk``."""

    def load(self) -> type[Page]:
        """Import the page; may be called in any thread."""
        found: type[Page] = getattr(import_module(f"desktop.pages.{self.module}"), self.kind)
        return found

    def make(self, desk: Desk) -> Page:
        page: Page = self.load()(desk)  # type: ignore[arg-type]  # every page is made of a desk
        page.restore_state(desk.settings)
        return page


def entries() -> list[Entry]:
    """In the order of the rail."""
    return [
        Entry(Place.HOME, translate("Catalog", "Home"), "home", "HomePage"),
        Entry(Place.LIBRARY, translate("Catalog", "Library"), "library", "LibraryPage"),
        Entry(Place.MAP, translate("Catalog", "Map"), "map", "MapPage"),
        Entry(Place.PLAYLISTS, translate("Catalog", "Playlists"), "playlists", "PlaylistsPage"),
        Entry(Place.TRAINING, translate("Catalog", "Training"), "training", "TrainingPage"),
        Entry(Place.ACTIVITY, translate("Catalog", "Activity"), "activity", "ActivityPage"),
    ]


def load_all() -> None:
    """Import whatever may be visited; called in the background, so that no first visit waits for it."""
    for entry in entries():
        entry.load()
    import_module("desktop.preferences.dialog")
