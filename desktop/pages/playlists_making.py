"""Making a playlist: the recipe on the left, the list that it gives on the right, and the hand that changes it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSettings, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.errors import UserError
from core.recommend import by_hand
from core.recommend.filters import Filters
from core.recommend.recipe import Dish, Recipe
from core.recommend.recipe import Order as ListOrder
from core.recommend.recipe_text import recipe_of, text_of
from core.recommend.remark import NONE_FITS, About
from core.recommend.suggestion import SongList
from core.song import SongId
from desktop import core_texts, wording
from desktop.desk import Desk
from desktop.item_models.dishes import name_of
from desktop.item_models.song_rows import SongRows
from desktop.messages import Kind, Message
from desktop.navigation import Place
from desktop.pages.playlists_kitchen import Kitchen, is_complete
from desktop.pages.playlists_list import ListView
from desktop.pages.playlists_saving import Order, Saving
from desktop.style.measures import BETWEEN_GROUPS
from desktop.widgets.recipe.panel import RecipePanel

if TYPE_CHECKING:
    from core.parts.recipes import Made

TOPIC = "list"
ROOMY = 960
"""Pixels: in fewer, the recipe stands back for the list."""
RECIPE, NAME, FORMATS = "playlists/recipe", "playlists/name", "playlists/formats"


@dataclass(frozen=True)
class SetAside:
    """What the owner has left for another kind of list."""

    recipe: Recipe
    made: "Made | None"
    own_name: str
    name_when_made: str


NEW_LIST = SetAside(Recipe(), None, "", "")


class MakingView(QWidget):
    """The recipe is the one thing that it knows; all that is shown follows from it."""

    saved = Signal()
    recipe_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._session = desk, desk.session
        self._recipe = Recipe()
        self._before: list[Recipe] = []
        self._set_aside: dict[Dish, SetAside] = {}
        self._shuffled: list[SongId] = []
        self._made: Made | None = None
        self._name_when_made = ""
        self._is_stale = True
        self._panel, self._view = RecipePanel(), ListView(desk)
        self._kitchen, self._saving = Kitchen(desk.session, self), Saving(desk, self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(BETWEEN_GROUPS)
        line.addWidget(self._panel)
        line.addWidget(self._view, stretch=1)
        self._listen()
        self._panel.show_recipe(self._recipe)
        self._view.show_nothing(self.tr("Reading your library…"), "")
        if self._session.rows is not None:
            self._take_rows(self._session.rows)

    def _listen(self) -> None:
        self._session.rows_read.connect(self._take_rows)
        self._session.update_ended.connect(self._make_again)
        self._session.heard_more.connect(self._make_if_bare)
        self._panel.changed.connect(self._take_form)
        self._panel.all_wanted.connect(lambda: self._change(by_hand.all_back(self._recipe)))
        kitchen = self._kitchen
        kitchen.began.connect(lambda: self._view.show_working(working=True))
        kitchen.cooked.connect(self._show_list)
        kitchen.unheard.connect(self._show_unheard)
        kitchen.failed.connect(self._show_failure)
        table, head = self._view.table, self._view.head
        table.lock_wanted.connect(self._lock)
        table.removal_wanted.connect(self._remove)
        table.rated.connect(lambda *_: self._before.clear())  # Ctrl+Z takes back the stars
        self._view.model.moved.connect(self._stay_as_moved)
        self._view.similar_wanted.connect(self.make_similar)
        head.reshuffle_wanted.connect(self._reshuffle)
        head.save_wanted.connect(lambda: self._save_if_there(self._saving.save))
        head.open_wanted.connect(lambda: self._save_if_there(self._saving.save_and_open))
        head.keeping_chosen.connect(self._keep_up_to_date)
        self._saving.saved.connect(self._take_saved)
        self._saving.name_wanted.connect(head.ask_for_name)
        self._desk.navigation.preferences_saved.connect(lambda: self._choose_formats(self._desk.settings))

    # --------------------------------------------------------------------------------------------- the recipe

    @property
    def recipe(self) -> Recipe:
        return self._recipe

    def load(self, recipe: Recipe, *, name: str = "", made: "Made | None" = None) -> None:
        """Make the list of another recipe; it is called by what it is unless it has a ``name``.

        ``made`` is the playlist that it is kept in, if it is one already.
        """
        self._before.clear()
        self._set_aside.clear()
        self._desk.messages.withdraw(TOPIC)
        self._made, self._name_when_made = made, name
        self._view.head.show_keeping(kept=made is not None and made.keep_up_to_date)
        self._view.head.call(self._default_name(recipe), own=name)
        self._change(recipe)

    def make_similar(self, songs: Sequence[SongId]) -> None:
        """A list of songs similar to these, by the filters that are set."""
        self.load(replace(self._recipe, dish=Dish.SIMILAR, like=tuple(songs), unlike=(), locked=(), locked_places=()))

    def _change(self, recipe: Recipe, *, cook: bool = True) -> None:
        self._panel.show_recipe(recipe)
        self._take_recipe(recipe, cook=cook)

    def _take_form(self, recipe: Recipe) -> None:
        if recipe.dish is self._recipe.dish:
            self._take_recipe(recipe)
        else:
            self._begin_kind(recipe)

    def _take_other(self, recipe: Recipe) -> None:
        self._panel.show_recipe(recipe)
        self._take_form(recipe)

    def _begin_kind(self, recipe: Recipe) -> None:
        """Another kind of list is another list: locks and the saved file go with theirs, and come back with it."""
        head = self._view.head
        left = SetAside(self._recipe, self._made, head.own_name, self._name_when_made)
        self._set_aside[self._recipe.dish] = left
        there = self._set_aside.get(recipe.dish, NEW_LIST)
        if left.made is not None or there.made is not None:
            self._made, self._name_when_made = there.made, there.name_when_made
            head.call(self._default_name(recipe), own=there.own_name)
            head.show_keeping(kept=there.made is not None and there.made.keep_up_to_date)
        self._view.show_nothing(self.tr("Making the list…"), "")
        self._change(by_hand.with_locks_of(recipe, there.recipe))

    def _take_recipe(self, recipe: Recipe, *, cook: bool = True) -> None:
        self._recipe = recipe
        self._view.head.call(self._default_name(recipe))
        self._view.model.lock(recipe.locked)
        self.recipe_changed.emit()
        if cook:
            self._make_again()

    def _default_name(self, recipe: Recipe) -> str:
        return name_of(recipe, rows=self._session.rows)

    def _take_rows(self, rows: SongRows) -> None:
        self._panel.set_rows(rows)
        self._view.head.show_player(self._session.player)
        self._view.head.call(self._default_name(self._recipe))
        self._make_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._panel.make_narrow(is_narrow=self.width() < ROOMY)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._make_again()

    def _make_again(self) -> None:
        """Make the list of the recipe as everything is now; while nobody looks, that can wait."""
        self._is_stale = not self.isVisible() or self._session.rows is None
        if self._is_stale:
            return
        if is_complete(self._recipe):
            if not self._view.found.suggestions:  # what is said there is of another recipe, or of a moment ago
                self._view.show_nothing(self.tr("Making the list…"), "")
            self._kitchen.cook(self._recipe)
        else:
            self._kitchen.leave_it()
            self._show_incomplete()

    def _make_if_bare(self) -> None:
        """While songs are listened to: those that were heard since may fit."""
        if not self._view.found.suggestions and not self._kitchen.is_busy:
            self._make_again()

    # --------------------------------------------------------------------------------------------- the list

    def _show_list(self, recipe: Recipe, found: SongList) -> None:
        self._view.show_working(working=False)
        before, self._shuffled = self._shuffled, []
        if before and before == [each.song.song_id for each in found.suggestions]:
            self._tell_unshuffled()
        button, wider = self._way_on(recipe, found)
        act = (lambda: self._take_other(wider)) if wider is not None else self._show_work
        if found.suggestions:
            self._view.show_list(recipe, found)
            said = core_texts.said(found.notice)
            if all(each.about is About.MAKING for each in found.remarks) and not button:
                self._view.show_fact(said)
            else:
                self._view.show_notice(said, button=button, act=act)
        else:
            self._show_nothing_fits(found, button=button, act=act)

    def _show_nothing_fits(self, found: SongList, *, button: str, act: Callable[[], object]) -> None:
        if not button and self._session.is_working:
            button, act = self.tr("See how far it is"), self._show_work
        hint = self.tr("Of the songs that were listened to, none is as it is wanted here.")
        hint = hint if found.remarks == (NONE_FITS,) else core_texts.said(found.notice)
        self._view.show_nothing(self.tr("No song fits"), hint, button=button, act=act)

    def _show_work(self) -> None:
        self._desk.navigation.go(Place.ACTIVITY)

    def _way_on(self, recipe: Recipe, found: SongList) -> tuple[str, Recipe | None]:
        """What would give a better list, as a verb and a recipe."""
        filters, entries = recipe.filters, found.suggestions
        unknown = all(each.prediction is None and not each.song.is_rated for each in entries)
        if entries and any(each.about is About.UNHEARD for each in found.remarks):
            return self.tr("See how far it is"), None
        if entries and found.remarks and unknown and recipe.dish in (Dish.BEST, Dish.MIX):
            return self.tr("Show what to rate next"), replace(self._recipe, dish=Dish.RATE_NEXT)
        if len(entries) >= (len(recipe.songs) if recipe.dish is Dish.CHOSEN else recipe.wanted):
            return "", None
        if filters.min_rating is not None:
            wider = replace(filters, min_rating=None)
            return self.tr("Drop the minimum"), replace(self._recipe, filters=wider)
        limits = Filters(
            unrated=filters.unrated, without_groups=filters.without_groups, without_songs=filters.without_songs
        )
        if filters != limits:
            return self.tr("Drop all limits"), replace(self._recipe, filters=limits)
        return "", None

    def _show_unheard(self) -> None:
        self._view.show_working(working=False)
        self._view.show_nothing(
            self.tr("Marmalade has not listened to your music yet"),
            self.tr("The first list can be made a few minutes after it began. It comes by itself."),
            button=self.tr("See how far it is"),
            act=lambda: self._desk.navigation.go(Place.ACTIVITY),
        )

    def _show_failure(self, sentence: str) -> None:
        self._view.show_working(working=False)
        self._view.show_nothing(self.tr("There is no such list"), sentence)

    def _show_incomplete(self) -> None:
        self._view.show_working(working=False)
        choose = self.tr("Choose a song")
        if self._recipe.dish is Dish.CHOSEN:
            heading, hint = self.tr("No songs were chosen yet"), self.tr("Draw around some on the map, or select some.")
            act, button = (lambda: self._desk.navigation.go(Place.MAP)), self.tr("Go to the map")
        elif self._recipe.dish is Dish.PATH:
            heading = self.tr("Where does the path begin, and where does it end?")
            hint, act, button = self.tr("Type the titles of two songs on the left."), self._panel.pick, choose
        else:
            heading = self.tr("Similar to which songs?")
            hint, act, button = self.tr("Type a title or an artist on the left."), self._panel.pick, choose
        self._view.show_nothing(heading, hint, button=button, act=act)

    # --------------------------------------------------------------------------------------------- by hand

    def _remember(self, sentence: str) -> None:
        self._before.append(self._recipe)
        self._desk.messages.say(Message(Kind.DONE, sentence, [(self.tr("Undo"), self.undo)], topic=TOPIC))

    def undo(self) -> None:
        """Take back what was changed by hand last."""
        if self._before:
            self._desk.messages.withdraw(TOPIC)
            before = self._before.pop()
            if before.dish in self._set_aside:
                self._set_aside[before.dish] = replace(self._set_aside[before.dish], recipe=before)
            self._change(by_hand.as_before(self._recipe, before))

    def _lock(self, songs: list[SongId]) -> None:
        held = set(self._recipe.locked)
        if held.issuperset(songs):
            self._change(by_hand.unlocked(self._recipe, songs))
        else:
            self._change(by_hand.locked(self._recipe, songs, shown=self._view.model.ids), cook=False)

    def _stay_as_moved(self, _order: list[SongId]) -> None:
        """A song that was put somewhere stays there: it is locked."""
        moved = self._view.table.selected_ids()
        order = {song_id: place for place, song_id in enumerate(self._view.model.ids)}
        entries = sorted(self._view.found.suggestions, key=lambda each: order[each.song.song_id])
        self._view.found = replace(self._view.found, suggestions=tuple(entries))
        recipe = by_hand.locked(self._recipe, moved, shown=self._view.model.ids)
        self._remember(self.tr("{songs} moved, and locked there.").format(songs=wording.songs(len(moved))))
        self._change(recipe, cook=False)

    def _remove(self, songs: list[SongId]) -> None:
        gone, found = set(songs), self._view.found
        one = self.tr("“{title}” is taken out of the list.")
        titles = [each.song.title for each in found.suggestions if each.song.song_id in gone]
        many = self.tr("{songs} are taken out of the list.").format(songs=wording.songs(len(songs)))
        self._remember(one.format(title=titles[0]) if len(titles) == 1 else many)
        left = tuple(each for each in found.suggestions if each.song.song_id not in gone)
        recipe = by_hand.taken_out(self._recipe, songs)
        self._view.show_list(recipe, replace(found, suggestions=left))
        self._change(recipe)

    def _reshuffle(self) -> None:
        self._before.append(self._recipe)
        self._shuffled = self._view.model.ids
        self._change(replace(self._recipe, seed=self._recipe.seed + 1))

    def _tell_unshuffled(self) -> None:
        """A list of all songs that fit has no others to draw; only their order can be another one."""
        text = self.tr("The list is the same: no other songs fit.")
        shuffled = replace(self._recipe, order=ListOrder.SHUFFLED)
        actions = [(self.tr("Shuffle the order"), lambda: self._change(shuffled))]
        has_order = self._recipe.dish is not Dish.PATH and self._recipe.order is not ListOrder.SHUFFLED
        self._desk.messages.say(Message(Kind.NOTICE, text, actions if has_order else [], topic=TOPIC))

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z is the window's, unless there is something to undo here."""
        if isinstance(event, QKeyEvent) and self._before and event.matches(QKeySequence.StandardKey.Undo):
            if event.type() == QEvent.Type.KeyPress:
                self.undo()
            event.accept()
            return True
        return super().event(event)

    # --------------------------------------------------------------------------------------------- saving

    def _save_if_there(self, save: Callable[[Order], object]) -> None:
        found, head = self._view.found, self._view.head
        if found.suggestions:
            key = self._made.key if self._made is not None else None
            keeps = head.keeps_up_to_date
            save(Order(self._recipe, found, head.name, head.formats, keep_up_to_date=keeps, instead_of=key))

    def _take_saved(self, made: "Made") -> None:
        dish = self._recipe.dish if made.recipe is None else made.recipe.dish
        if dish is self._recipe.dish:
            self._made, self._name_when_made = made, self._view.head.name
        elif dish in self._set_aside:  # another kind was chosen while it was written
            self._set_aside[dish] = replace(self._set_aside[dish], made=made, name_when_made=made.name)
        self.saved.emit()

    def follow(self, history: "list[Made]") -> None:
        """Know the playlist again that the list is kept in, after a restart and when it was changed elsewhere."""
        key = None if self._made is None else self._made.key
        before, self._made = self._made, next((each for each in history if self._is_kept_in(each, key)), None)
        if self._made is not None and self._made != before:
            self._name_when_made = self._view.head.name
            self._view.head.show_keeping(kept=self._made.keep_up_to_date)

    def _is_kept_in(self, made: "Made", key: int | None) -> bool:
        return made.recipe == self._recipe and made.name == self._view.head.name if key is None else made.key == key

    def _keep_up_to_date(self, wanted: bool) -> None:  # noqa: FBT001 - as Qt tells it
        """What was saved already follows at once; a list that was not will when it is."""
        made = self._made
        if made is not None and self._name_when_made == self._view.head.name:
            self._session.ask(lambda engine: engine.recipes.keep_up_to_date(made, wanted=wanted), then=self._take_saved)

    # --------------------------------------------------------------------------------------------- the state

    def save_state(self, settings: QSettings) -> None:
        settings.setValue(RECIPE, text_of(self._recipe))
        settings.setValue(NAME, self._view.head.own_name)
        settings.setValue(FORMATS, " ".join(self._view.head.formats))

    def _choose_formats(self, settings: QSettings) -> None:
        formats = settings.value(FORMATS)
        if isinstance(formats, str) and formats:
            self._view.head.choose_formats(formats.split())

    def restore_state(self, settings: QSettings) -> None:
        self._choose_formats(settings)
        kept, name = settings.value(RECIPE), settings.value(NAME)
        if isinstance(kept, str):
            try:
                recipe = recipe_of(kept)
            except UserError:  # of a newer Marmalade
                return
            self.load(recipe, name=name if isinstance(name, str) else "")
