"""What is done with songs of the map: heard, rated, called spoken, made into a playlist, saved as a picture."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from core.errors import UserError
from core.recommend.recipe import Dish, Recipe
from core.recommend.suggestion import SongList
from core.song import SongId
from desktop.desk import Desk
from desktop.pages.map_look import MapLook
from desktop.pages.playlists_saving import another_name
from desktop.plots.map_export import MapPicture, picture_of, save_png, save_svg
from desktop.style.theme import current_colors
from desktop.verdicts import Word
from desktop.widgets.map.stage import MapStage

SIMILAR = 20
Mask = NDArray[np.bool_]


class MapDeeds(QObject):
    """``look`` gives the songs as they are at the moment, ``select`` selects others."""

    def __init__(
        self, desk: Desk, stage: MapStage, *, look: Callable[[], MapLook | None], select: Callable[..., None]
    ) -> None:
        super().__init__(stage)
        self._desk, self._stage, self._look, self._select = desk, stage, look, select
        self._like: SongId | None = None
        self._asked: SongId | None = None
        self.note = ""
        """What the selection is, where it is not simply what the owner picked."""
        panel = stage.selection
        panel.playlist_wanted.connect(self._make_playlist)
        panel.similar_wanted.connect(self._select_similar_to_the_one)
        panel.library_wanted.connect(lambda: desk.navigation.show_songs(self._selected()))
        panel.spoken_wanted.connect(lambda: desk.word.say(Word.SPOKEN, self._selected()))
        panel.rated.connect(lambda rating: desk.word.rate(self._selected(), rating))
        stage.choices.export_wanted.connect(self._export)

    def _selected(self) -> list[SongId]:
        look = self._look()
        return [] if look is None else look.songs.ids_of(look.selected)

    def listen(self, place: int) -> None:
        look = self._look()
        if look is not None and not look.songs.song(place).unavailable:
            self._desk.listening.play(look.songs.song(place))

    def listen_or_stop(self, place: int) -> None:
        look = self._look()
        if look is not None and not look.songs.song(place).unavailable:
            self._desk.listening.toggle(look.songs.song(place))

    def place_of(self, song_id: SongId | None) -> int | None:
        """The point of a song; None if it is not on the map."""
        look = self._look()
        number = None if look is None or song_id is None else look.songs.rows.ids.get(song_id)
        if look is None or number is None:
            return None
        here = np.flatnonzero(look.songs.numbers == number)
        return int(here[0]) if len(here) else None

    # -------------------------------------------------------------------------------------------------- similar songs

    def select_similar(self, place: int) -> None:
        """Select the songs that sound most like one, and itself."""
        look = self._look()
        if look is not None:
            song_id = self._asked = look.songs.song_ids[place]
            self._desk.session.ask(
                lambda engine: engine.discoveries.similar([song_id], wanted=SIMILAR),
                then=partial(self._take_similar, song_id),
                otherwise=partial(self._desk.messages.fail, topic="map"),
            )

    def forget_similar(self, *, keeps: bool) -> None:
        """Something else is selected."""
        self._asked = None
        if not keeps:
            self._like, self.note = None, ""

    def _select_similar_to_the_one(self) -> None:
        look = self._look()
        if look is not None and look.selected.sum() == 1:
            self.select_similar(int(look.selected.argmax()))

    def _take_similar(self, song_id: SongId, found: SongList) -> None:
        look = self._look()
        if look is None or song_id != self._asked or song_id not in look.songs.rows.ids:
            return
        title = look.songs.rows.song(song_id).title
        self._like = song_id
        self.note = self.tr("They sound like “{title}”.").format(title=title)
        ids = {song_id, *(each.song.song_id for each in found.suggestions)}
        self._select(look.songs.places_of(ids), note=self.note)

    # -------------------------------------------------------------------------------------------------- playlists

    def _make_playlist(self) -> None:
        chosen = tuple(self._selected())
        if self._like is not None:
            self._desk.navigation.make(Recipe(dish=Dish.SIMILAR, like=(self._like,)))
        elif chosen:
            self._desk.navigation.make(Recipe(dish=Dish.CHOSEN, wanted=len(chosen), songs=chosen))

    # -------------------------------------------------------------------------------------------------- pictures

    def _export(self, kind: str) -> None:
        look = self._look()
        if look is None:
            return
        suggested = str(pictures_folder() / f"marmalade-map.{kind}")
        name, _ = QFileDialog.getSaveFileName(
            self._stage, self.tr("Save the map"), suggested, self.tr("Picture") + f" (*.{kind})"
        )
        if name:
            self.save(_with_ending(Path(name), f".{kind}"), look)

    def save(self, path: Path, look: MapLook) -> None:
        """Write what is seen of the map; the writing happens in the background."""
        table = look.table(current_colors())
        legend = [(f"#{int(table[each.code]):06x}", each.name) for each in look.coloring.categories]
        caption = self.tr("Near songs sound alike; far distances and directions mean little.")
        picture = picture_of(self._stage.view, legend=legend, caption=caption)
        self._desk.session.ask(
            lambda _engine: _write(picture, path),
            then=lambda _: self._desk.messages.tell(
                self.tr("The map is in {file}.").format(file=path.name), topic="map"
            ),
        )


def pictures_folder() -> Path:
    """The owner's folder for pictures; the home where there is none, for a dialog goes nowhere in a missing folder."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
    return (
        folder
        if folder.is_dir()
        else Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation))
    )


def _with_ending(path: Path, ending: str) -> Path:
    """What was named, with the ending that it lacks; then nobody was asked about a file that is there already."""
    if path.suffix.lower() == ending:
        return path
    whole = path.with_name(path.name + ending)
    while whole.exists():
        whole = whole.with_stem(another_name(whole.stem))
    return whole


def _write(picture: MapPicture, path: Path) -> None:
    try:
        (save_svg if path.suffix == ".svg" else save_png)(picture, path)
    except OSError as error:
        raise UserError(f"The map {path} cannot be written. Choose another place.") from error
