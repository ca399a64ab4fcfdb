"""The map: every song that was listened to is a point, and those that sound alike lie side by side."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QSettings, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.recommend.song_map import SongMap
from core.song import SongId
from desktop.desk import Desk
from desktop.item_models.song_rows import SongRows
from desktop.pages.map_deeds import MapDeeds
from desktop.pages.map_drawing import MapDrawing
from desktop.pages.map_emptiness import LEAST_SONGS, say_why_empty
from desktop.pages.map_look import MapLook
from desktop.pages.map_state import restore_choices, save_choices
from desktop.pages.page import Page
from desktop.plots.color_book import ColorBook
from desktop.plots.coloring import ColorBy
from desktop.plots.map_box import Tool
from desktop.plots.map_reading import MapReading, read_map
from desktop.plots.map_songs import MapSongs, arrange, moved_from, with_rows
from desktop.plots.map_view import ZOOM_STEP
from desktop.plots.selection_facts import facts_of
from desktop.style.measures import MEDIUM
from desktop.style.scales import number
from desktop.style.theme import current_colors
from desktop.widgets.map.selection import MapSelection
from desktop.widgets.map.stage import MapStage
from desktop.widgets.panel.song_panel import SongPanel

AFTER_TYPING = 40
"""Milliseconds."""
Mask = NDArray[np.bool_]


class MapPage(Page):
    """What is drawn is the view's affair, what songs look like the look's, what is done with them the deeds'."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._session = desk, desk.session
        self._about_one = SongPanel(desk)
        self._stage = MapStage(MapSelection(self._about_one))
        self._view = self._stage.view
        self._view.setAccessibleName(self.tr("Map of the songs"))
        self._look: MapLook | None = None
        self._book = ColorBook()
        self._labels: MapReading | None = None
        self._drawing = MapDrawing(desk, self)
        self._deeds = MapDeeds(desk, self._stage, look=lambda: self._look, select=self._select)
        self._is_reading, self._is_outdated, self._wanted = False, True, list[SongId]()
        self._frame_rows: NDArray[np.intp] | None = None
        self._search_rest = QTimer(self, singleShot=True, interval=AFTER_TYPING)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stage)
        self._listen_to_session()
        self._listen_to_view()
        self._make_shortcuts()
        self._stage.empty.say(self.tr("Reading your library…"), "")

    # -------------------------------------------------------------------------------------------------- connections

    def _listen_to_session(self) -> None:
        session, desk = self._session, self._desk
        session.rows_read.connect(self._take_rows)
        session.update_ended.connect(self._look_again)
        desk.navigation.songs_on_map_wanted.connect(self._show_wanted)
        desk.now_playing.changed.connect(self._show_playing)
        self._drawing.started.connect(self._say_drawing)
        self._drawing.began.connect(self._begin_frames)
        self._drawing.unfolded.connect(self._show_frame)
        self._drawing.ended.connect(self._end_frames)

    def _listen_to_view(self) -> None:
        view, stage = self._view, self._stage
        view.pointed.connect(self._show_card)
        view.clicked.connect(self._click)
        view.double_clicked.connect(self._deeds.select_similar)
        view.caught.connect(self._catch)
        view.heard.connect(self._deeds.listen_or_stop)
        view.tool_changed.connect(stage.tools.show_tool)
        stage.tools.tool_chosen.connect(view.take)
        stage.tools.zoomed.connect(lambda nearer: view.zoom(ZOOM_STEP if nearer else 1 / ZOOM_STEP))
        stage.tools.fit_wanted.connect(view.fit)
        stage.choices.color_chosen.connect(lambda _: self._recolor())
        stage.choices.size_chosen.connect(lambda _: self._recolor())
        stage.choices.help_wanted.connect(self._toggle_help)
        stage.legend.filtered.connect(self._filter)
        stage.search.typed.connect(lambda _: self._search_rest.start())
        stage.search.taken.connect(self._take_found)
        self._search_rest.timeout.connect(self._search)
        stage.progress.stopped.connect(self._drawing.stop)
        stage.selection.closed.connect(self._select_nothing)

    def _make_shortcuts(self) -> None:
        view = self._view
        for keys, act in (
            ("L", lambda: view.take(Tool.HAND if view.box.tool is Tool.LASSO else Tool.LASSO)),
            ("R", lambda: view.take(Tool.HAND if view.box.tool is Tool.RECTANGLE else Tool.RECTANGLE)),
            ("F", view.fit),
            ("?", self._toggle_help),
            ("Ctrl+A", self._select_seen),
            ("Escape", self._step_back),
            (QKeySequence.StandardKey.Find, self._stage.search.field.setFocus),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -------------------------------------------------------------------------------------------------- state

    @property
    def foot(self) -> int:
        return self._stage.tools.sizeHint().height() + MEDIUM

    def save_state(self, settings: QSettings) -> None:
        self._book.save(settings)
        save_choices(settings, self._stage.choices)

    def restore_state(self, settings: QSettings) -> None:
        self._book.restore(settings, list(ColorBy))
        restore_choices(settings, self._stage.choices)

    # -------------------------------------------------------------------------------------------------- reading

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._view.setFocus()
        self._show_look()
        self._read_if_outdated()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._search_rest.stop()
        self._stage.card.hide()

    def _take_rows(self, rows: SongRows) -> None:
        """Stars and verdicts change what is there; other songs are read in the background."""
        songs = with_rows(self._look.songs, rows) if self._look is not None else None
        if songs is None or self._look is None:
            self._look_again()
        else:
            self._look.take_songs(songs)
            self._show_look()

    def _look_again(self) -> None:
        """There may be other songs, or other sounds."""
        self._is_outdated = True
        self._read_if_outdated()

    def _read_if_outdated(self) -> None:
        rows = self._session.rows
        if rows is None or not self._is_outdated or self._is_reading or self._drawing.is_drawing:
            return
        if self.isVisible():
            self._is_reading, self._is_outdated = True, False
            self._session.ask(lambda engine: read_map(engine, rows), then=self._take_reading, otherwise=self._fail)

    def _fail(self, sentence: str) -> None:
        self._is_reading = False
        self._stage.empty.say(
            self.tr("The map cannot be shown"), sentence, button=self.tr("Try again"), act=self._look_again
        )
        self._stage.show_empty(is_empty=True)

    def _take_reading(self, reading: MapReading) -> None:
        self._is_reading = False
        if self._drawing.is_drawing:
            return
        if len(reading.songs):
            self._show_songs(reading.songs, names=list(reading.cluster_names))
            self._view.set_labels(reading.labels)
            self._offer_to_draw(is_stale=reading.is_stale)
        else:
            self._look = None
            self._say_why_empty(reading.heard)
        if self._wanted:
            self._show_wanted(self._wanted)
        self._read_if_outdated()

    def _say_why_empty(self, heard: int) -> None:
        say_why_empty(self._stage.empty, heard, draw=self._drawing.begin)
        if heard >= LEAST_SONGS:
            self._drawing.begin_by_itself(heard)
        self._stage.show_empty(is_empty=True)

    def _offer_to_draw(self, *, is_stale: bool) -> None:
        self._stage.hint.hide()
        if is_stale:
            words = self.tr("Marmalade has heard more since this map was drawn.")
            self._stage.hint.say(words, button=self.tr("Draw anew"), act=self._drawing.begin)

    # -------------------------------------------------------------------------------------------------- drawing anew

    def _say_drawing(self) -> None:
        self._view.setFocus()  # the button that was pressed goes
        self._stage.hint.hide()
        self._stage.progress.show_start()
        if self._look is None:
            words = self.tr("You will see it unfold. Songs that sound alike come to lie side by side.")
            self._stage.empty.say(self.tr("The first map is being drawn"), words)

    def _begin_frames(self, first: SongMap) -> None:
        rows = self._session.rows
        if rows is not None and len(first):
            songs = arrange(first, rows)
            known = set(songs.song_ids)
            kept = [place for place, song_id in enumerate(first.song_ids) if song_id in known]
            self._frame_rows = np.array(kept, dtype=np.intp)
            self._view.set_labels([])
            self._show_songs(songs, names=[])

    def _show_frame(self, positions: NDArray[np.float32], done: int, total: int) -> None:
        self._stage.progress.show_share(done, total)
        if self._frame_rows is not None and len(positions) > self._frame_rows.max(initial=-1):
            self._view.place(positions[self._frame_rows])

    def _end_frames(self) -> None:
        self._frame_rows = None
        self._stage.progress.hide()
        self._look_again()

    def _show_songs(self, songs: MapSongs, *, names: list[str]) -> None:
        """Songs that were on the map go from their old places to the new ones."""
        before = self._look.songs if self._look is not None else None
        choices = self._stage.choices
        if self._look is None:
            self._look = MapLook(songs, choices.color_by, choices.size_by, names, self._book)
        else:
            self._look.cluster_names = names
            self._look.take_songs(songs)
        self._stage.show_empty(is_empty=False)
        if before is not None:
            self._view.place(moved_from(songs, before), at_once=True)
        self._show_look()
        self._view.place(songs.positions, at_once=before is None)
        self._search()
        self._show_playing()

    # -------------------------------------------------------------------------------------------------- looks

    def _show_look(self) -> None:
        """Everything that follows from the songs and their colors."""
        if self._look is not None:
            choices = self._stage.choices
            title = choices.color_names()[self._look.color_by]
            table = self._look.table(current_colors())
            self._stage.legend.show_coloring(self._look.coloring, title=title, table=table)
            self._filter()
            self._show_selection()

    def _recolor(self) -> None:
        if self._look is not None:
            self._look.color_by, self._look.size_by = self._stage.choices.color_by, self._stage.choices.size_by
            self._look.recolor()
            self._show_look()

    def changeEvent(self, event: QEvent) -> None:
        """Light or dark: the colors are others."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._show_look()

    def _filter(self) -> None:
        if self._look is not None:
            self._look.shown_codes = self._stage.legend.shown_codes()
            self._dress()

    def _dress(self) -> None:
        look = self._look
        if look is not None:
            self._view.dress(
                colors=look.table(current_colors())[look.coloring.codes],
                layers=look.layers(),
                sizes=look.sizes,
                rings=look.songs.is_approximate,
                ground=number(current_colors().base),
            )

    def _search(self) -> None:
        text = self._stage.search.field.text().strip()
        if self._look is not None:
            songs = self._look.songs
            self._look.found = songs.of_rows(songs.rows.matching(text)) if text else None
            self._stage.search.show_found(None if self._look.found is None else int(self._look.found.sum()))
            self._dress()

    def _take_found(self) -> None:
        self._search()
        if self._look is not None and self._look.found is not None and self._look.found.any():
            self._view.bring_into_sight(self._look.found)
            self._select(self._look.found)

    # -------------------------------------------------------------------------------------------------- pointing

    def _show_card(self, place: int | None) -> None:
        card, look = self._stage.card, self._look
        if place is None or look is None or place >= len(look.songs):
            card.hide()
            return
        song, row = look.songs.song(place), int(look.songs.numbers[place])
        prediction, is_approximate = look.songs.rows.predictions[row], bool(look.songs.is_approximate[place])
        remark = look.songs.rows.remarks.get(row, "")
        card.show_song(song, prediction=prediction, is_approximate=is_approximate, remark=remark)
        self._view.setAccessibleDescription(card.accessibleName())
        point = self._view.pixel_of(place)
        self._stage.show_card(QPoint(round(point.x()), round(point.y())))

    def _click(self, place: int | None, adds: bool) -> None:  # noqa: FBT001 - a slot
        if self._look is None:
            return
        chosen = np.zeros(len(self._look.songs), dtype=bool)
        if place is not None:
            chosen[place] = True
            if adds:
                self._select(self._look.selected ^ chosen)
                return
            self._deeds.listen(place)
        self._select(chosen if not adds else self._look.selected, after_click=True)

    def _catch(self, caught: Mask, adds: bool) -> None:  # noqa: FBT001 - a slot
        if self._look is not None:
            self._view.take(Tool.HAND)
            self._select(caught | self._look.selected if adds else caught)

    # -------------------------------------------------------------------------------------------------- selecting

    def _select(self, chosen: Mask, *, note: str = "", after_click: bool = False) -> None:
        if self._look is not None:
            self._look.selected = chosen
            self._deeds.forget_similar(keeps=bool(note))
            self._dress()
            self._show_selection(note=note, after_click=after_click)

    def _show_selection(self, *, note: str = "", after_click: bool = False) -> None:
        look, stage = self._look, self._stage
        if look is None or not look.selected.any():
            stage.open_selection(is_open=False)
            return
        facts = facts_of(look.songs, look.selected)
        self._about_one.show_songs(look.songs.ids_of(look.selected) if facts.count == 1 else [])
        stage.selection.show_facts(facts, note=note or self._deeds.note)
        stage.open_selection(is_open=True, after_click=after_click)

    def _select_nothing(self) -> None:
        if self._look is not None:
            self._select(np.zeros(len(self._look.songs), dtype=bool))
            self._view.setFocus()

    def _select_seen(self) -> None:
        if self._look is not None:
            self._select(self._view.seen())

    def _step_back(self) -> None:
        """Escape takes back one thing after the other: help, tool, search, selection."""
        stage = self._stage
        if stage.help.isVisible():
            stage.help.hide()
        elif self._view.box.tool is not Tool.HAND:
            self._view.take(Tool.HAND)
        elif stage.search.field.text():
            stage.search.field.clear()
        else:
            self._select_nothing()

    def _toggle_help(self) -> None:
        self._stage.help.setVisible(self._stage.help.isHidden() and self._look is not None)
        self._stage.help.raise_()

    def _show_wanted(self, wanted: list[SongId]) -> None:
        """Another page asks for songs; before the map is read they are remembered."""
        if self._look is None or self._is_outdated or self._is_reading:
            self._wanted = wanted
            return
        self._wanted = []
        chosen = self._look.songs.places_of(wanted)
        if chosen.any():
            self._stage.legend.show_all()
            self._select(chosen)
            self._view.bring_into_sight(chosen)
        else:
            self._desk.messages.tell(self.tr("They are not on the map: they were not listened to yet."), topic="map")

    # -------------------------------------------------------------------------------------------------- the player

    def _show_playing(self) -> None:
        now, rows = self._desk.now_playing, self._session.rows
        place = None if rows is None else self._deeds.place_of(now.song_in(rows))
        self._view.show_playing(place, plays=now.is_playing)
