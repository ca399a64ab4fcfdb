"""What one page asks of another: every page may send the owner to a place, none knows the others."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from core.song import SongId


class Place(StrEnum):
    """The pages, in the order of the rail; the value is the name under which settings keep them."""

    HOME = "home"
    LIBRARY = "library"
    MAP = "map"
    PLAYLISTS = "playlists"
    TRAINING = "training"
    ACTIVITY = "activity"


class Navigation(QObject):
    """Signals come after the page that is meant was made and shown, so it may connect in its constructor."""

    place_wanted = Signal(Place)
    """Listened to by the window alone."""
    songs_wanted = Signal(list)
    """Show these songs, by id, in the library: the table holds only them, and the first is selected."""
    subset_wanted = Signal(str)
    """Show a filter chip's songs in the library; the value of a ``Subset``."""
    songs_on_map_wanted = Signal(list)
    """Select these songs on the map and bring them into sight."""
    recipe_wanted = Signal(object)
    """Make the list of a ``Recipe`` on the page of playlists."""
    preferences_wanted = Signal(str)
    """Open the preferences where this key of the configuration is."""
    preferences_saved = Signal()
    """Settings of the window may be others now."""
    review_wanted = Signal(str)
    """A list of the activity page: ``duplicates``, ``speech``, ``skipped`` or ``log``."""
    version_wanted = Signal(str)
    """A version of hearing, on the page of training, where another can be chosen."""

    def go(self, place: Place) -> None:
        self.place_wanted.emit(place)

    def show_songs(self, songs: Sequence[SongId]) -> None:
        self.go(Place.LIBRARY)
        self.songs_wanted.emit(list(songs))

    def show_subset(self, subset: str) -> None:
        self.go(Place.LIBRARY)
        self.subset_wanted.emit(subset)

    def show_on_map(self, songs: Sequence[SongId]) -> None:
        self.go(Place.MAP)
        self.songs_on_map_wanted.emit(list(songs))

    def make(self, recipe: object) -> None:
        """Open the page of playlists with a ``core.recommend.recipe.Recipe``."""
        self.go(Place.PLAYLISTS)
        self.recipe_wanted.emit(recipe)

    def review(self, what: str) -> None:
        self.go(Place.ACTIVITY)
        self.review_wanted.emit(what)

    def show_version(self, version: str) -> None:
        self.go(Place.TRAINING)
        self.version_wanted.emit(version)
