"""The pages of the rail, each named by the module that is imported when it is visited for the first time."""

from dataclasses import dataclass
from importlib import import_module

from PySide6.QtCore import QCoreApplication

from desktop.desk import Desk
from desktop.navigation import Place
from desktop.pages.page import Page


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
        Entry(Place.HOME, _tr("Home"), "home", "HomePage"),
        Entry(Place.LIBRARY, _tr("Library"), "library", "LibraryPage"),
        Entry(Place.MAP, _tr("Map"), "map", "MapPage"),
        Entry(Place.PLAYLISTS, _tr("Playlists"), "playlists", "PlaylistsPage"),
        Entry(Place.TRAINING, _tr("Training"), "training", "TrainingPage"),
        Entry(Place.ACTIVITY, _tr("Activity"), "activity", "ActivityPage"),
    ]


def load_all() -> None:
    """Import whatever may be visited; called in the background, so that no first visit waits for it."""
    for entry in entries():
        entry.load()
    import_module("desktop.preferences.dialog")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Catalog", text)
