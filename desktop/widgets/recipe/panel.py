"""The recipe of a list as a form: what kind of list, from which songs, how many, and what may be in it."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from core.recommend.filters import Filters
from core.recommend.recipe import Dish, Order, Recipe
from desktop import wording
from desktop.item_models.song_rows import SongRows
from desktop.style import fonts
from desktop.style.measures import BETWEEN_GROUPS, MEDIUM, SMALL
from desktop.widgets.choice_field import ChoiceField
from desktop.widgets.recipe.dishes import DishChooser
from desktop.widgets.recipe.fields import NameField, ShareField, YearsField
from desktop.widgets.recipe.number_fields import OpenNumber, StarsField
from desktop.widgets.recipe.song_picker import SongPicker
from desktop.widgets.switch import Switch

WIDTH, NARROW_WIDTH = 288, 272
"""The second where the list beside it would have too little."""
MOST_SONGS, MOST_OF_ONE, MOST_DAYS = 1_000, 100, 3_650
RATED_ANYWAY = (Dish.BEST, Dish.SURPRISE, Dish.RATE_NEXT, Dish.CHOSEN)
"""Lists of songs without stars, or of those that were named: there is nothing to leave out."""
ORDERED_ANYWAY = (Dish.PATH,)


class RecipePanel(QScrollArea):
    """What it does not show of a recipe (its seed, what is locked or was taken out) stays as it was given."""

    changed = Signal(object)
    """The Recipe as the owner has it now; not told for ``show_recipe``."""
    all_wanted = Signal()
    """The songs that were taken out by hand may come back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given = Recipe()
        self._rows: SongRows | None = None
        self._filling = False
        self.dishes = DishChooser()
        self._make_sources()
        self._make_limits()
        self._removed, self._bring_back = QLabel(), QPushButton(self.tr("Bring back"))
        self._lay_out()
        self._listen()
        self.show_recipe(self._given)

    def _make_sources(self) -> None:
        """What some kinds of lists are made from."""
        typing = self.tr("Type a title or an artist")
        self._like = SongPicker(self.tr("Like these songs"), hint=typing)
        self._unlike = SongPicker(self.tr("Unlike these songs"), hint=typing)
        self._start = SongPicker(self.tr("From this song"), hint=typing, most=1)
        self._end = SongPicker(self.tr("To this song"), hint=typing, most=1)
        self._variety = ShareField(self.tr("How varied"), low=self.tr("alike"), high=self.tr("varied"))
        self._chosen = QLabel()
        self._chosen.setWordWrap(True)

    def _make_limits(self) -> None:
        any_number, any_name = self.tr("any number"), self.tr("any")
        self._wanted = OpenNumber(most=MOST_SONGS, one=self.tr(" song"), many=self.tr(" songs"))
        self._explored = OpenNumber(most=50, left_open=self.tr("none"), one=self.tr(" %"), many=self.tr(" %"))
        self._stars = StarsField()
        self._genre = NameField(self._genres, hint=any_name)
        self._artist = NameField(self._artists, hint=any_name)
        self._years = YearsField()
        self._per_artist = OpenNumber(most=MOST_OF_ONE, left_open=any_number)
        self._per_album = OpenNumber(most=MOST_OF_ONE, left_open=any_number)
        self._days = OpenNumber(
            most=MOST_DAYS, left_open=self.tr("does not matter"), one=self.tr(" day"), many=self.tr(" days")
        )
        self._unrated = Switch(self.tr("Only songs that I have not rated"))
        self._order = ChoiceField(
            {
                Order.AS_MADE: self.tr("as it was made"),
                Order.PREDICTED: self.tr("the best first"),
                Order.SMOOTH: self.tr("smooth changes"),
                Order.ARTIST: self.tr("by artist"),
                Order.YEAR: self.tr("by year"),
                Order.SHUFFLED: self.tr("shuffled"),
            }
        )

    # --------------------------------------------------------------------------------------------- how it stands

    def _lay_out(self) -> None:
        self._least = WIDTH
        self.setFixedWidth(WIDTH)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = self._body = QWidget()
        body.setObjectName("recipe")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, MEDIUM, 0)
        column.setSpacing(MEDIUM)
        column.addWidget(self.dishes)
        for source in (self._like, self._unlike, self._start, self._end, self._variety, self._chosen):
            column.addWidget(source)
        column.addSpacing(BETWEEN_GROUPS - MEDIUM)
        column.addLayout(self._limits())
        column.addWidget(self._unrated)
        column.addWidget(self._removed)
        column.addWidget(self._bring_back, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self.setWidget(body)

    def _limits(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(SMALL)
        grid.setColumnStretch(1, 1)
        heading = QLabel(self.tr("What may be in it"))
        heading.setFont(fonts.section())
        grid.addWidget(heading, 0, 0, 1, 2)
        self._labels: dict[QWidget, QLabel] = {}
        for row, (words, field) in enumerate(self._fields(), 1):
            label = QLabel(words)
            label.setBuddy(field)
            if not field.accessibleName():
                field.setAccessibleName(words)
            self._labels[field] = label
            label.setWordWrap(True)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        return grid

    def _fields(self) -> list[tuple[str, QWidget]]:
        self._explored.setToolTip(self.tr("Songs that are there to find out whether you like them"))
        self._days.setToolTip(self.tr("Leave out what the player has played within so many days"))
        return [
            (self.tr("How many"), self._wanted),
            (self.tr("Minimum"), self._stars),
            (self.tr("Genre"), self._genre),
            (self.tr("Artist"), self._artist),
            (self.tr("Years"), self._years),
            (self.tr("Of one artist"), self._per_artist),
            (self.tr("Of one album"), self._per_album),
            (self.tr("Not played for"), self._days),
            (self.tr("To find out"), self._explored),
            (self.tr("Order"), self._order),
        ]

    def _arrange(self) -> None:
        """Show what belongs to the kind of list."""
        dish = self.dishes.dish
        self._like.setVisible(dish is Dish.SIMILAR)
        self._unlike.setVisible(dish is Dish.SIMILAR)
        self._start.setVisible(dish is Dish.PATH)
        self._end.setVisible(dish is Dish.PATH)
        self._variety.setVisible(dish is Dish.MIX)
        self._chosen.setVisible(dish is Dish.CHOSEN)
        self._unrated.setVisible(dish not in RATED_ANYWAY)
        self._show_field(self._wanted, shown=dish is not Dish.CHOSEN)
        self._show_field(self._order, shown=dish not in ORDERED_ANYWAY)
        self._show_field(self._explored, shown=dish in (Dish.BEST, Dish.MIX))
        removed = len(self._given.filters.without_songs)
        self._removed.setText(self.tr("{songs} taken out by hand").format(songs=wording.songs(removed)))
        self._removed.setVisible(bool(removed))
        self._bring_back.setVisible(bool(removed))

    def _show_field(self, field: QWidget, *, shown: bool) -> None:
        field.setVisible(shown)
        self._labels[field].setVisible(shown)

    def make_narrow(self, *, is_narrow: bool) -> None:
        """Leave more room to what stands beside it, as far as the words of the language let it."""
        self._least = NARROW_WIDTH if is_narrow else WIDTH
        self._take_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_room()  # the fields have their style by now

    def _take_room(self) -> None:
        needed = self._body.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        self.setFixedWidth(max(self._least, needed))

    # --------------------------------------------------------------------------------------------- the recipe

    def _listen(self) -> None:
        self.dishes.chosen.connect(self._tell)
        for picker in (self._like, self._unlike, self._start, self._end):
            picker.changed.connect(self._tell)
        for field in (
            self._wanted, self._explored, self._stars, self._genre, self._artist, self._years,
            self._per_artist, self._per_album, self._days, self._order, self._variety,
        ):  # fmt: skip
            field.edited.connect(self._tell)
        self._unrated.toggled.connect(self._tell)
        self._bring_back.clicked.connect(self.all_wanted)

    @property
    def recipe(self) -> Recipe:
        start, end = self._start.songs, self._end.songs
        return replace(
            self._given,
            dish=self.dishes.dish,
            wanted=self._wanted.number or 1,
            filters=self._filters(),
            order=Order(self._order.choice),
            like=tuple(self._like.songs),
            unlike=tuple(self._unlike.songs),
            start=start[0] if start else None,
            end=end[0] if end else None,
            variety=self._variety.share,
            explored=(self._explored.number or 0) / 100,
        )

    def _filters(self) -> Filters:
        first, last = self._years.years
        return replace(
            self._given.filters,
            genre=self._genre.text().strip(),
            artist=self._artist.text().strip(),
            first_year=first,
            last_year=last,
            min_rating=self._stars.rating,
            unrated=self._unrated.isChecked(),
            max_per_artist=self._per_artist.number,
            max_per_album=self._per_album.number,
            not_played_for_days=self._days.number,
        )

    def show_recipe(self, recipe: Recipe) -> None:
        """Fill the form with another recipe, without telling."""
        self._given, self._filling = recipe, True
        filters = recipe.filters
        self.dishes.show_dish(recipe.dish)
        self._like.show_songs(recipe.like)
        self._unlike.show_songs(recipe.unlike)
        self._start.show_songs([recipe.start] if recipe.start else [])
        self._end.show_songs([recipe.end] if recipe.end else [])
        self._variety.show_share(recipe.variety)
        self._chosen.setText(self._about_chosen(len(recipe.songs)))
        self._wanted.show_number(recipe.wanted)
        self._explored.show_number(round(recipe.explored * 100))
        self._order.show_choice(recipe.order)
        self._stars.show_rating(filters.min_rating)
        self._genre.show_text(filters.genre)
        self._artist.show_text(filters.artist)
        self._years.show_years(filters.first_year, filters.last_year)
        self._per_artist.show_number(filters.max_per_artist)
        self._per_album.show_number(filters.max_per_album)
        self._days.show_number(filters.not_played_for_days)
        self._unrated.setChecked(filters.unrated)
        self._filling = False
        self._arrange()
        self._take_room()

    def _about_chosen(self, count: int) -> str:
        if count:
            return self.tr("{songs} chosen").format(songs=wording.songs(count))
        return self.tr("Draw around songs on the map, or select some in the library, and make a playlist from them.")

    def _tell(self) -> None:
        if not self._filling:
            self._arrange()
            self.changed.emit(self.recipe)

    # --------------------------------------------------------------------------------------------- the library

    def set_rows(self, rows: SongRows) -> None:
        """Names and songs are looked for in these."""
        self._rows = rows
        for picker in (self._like, self._unlike, self._start, self._end):
            picker.set_rows(rows)
        self._genre.forget_names()
        self._artist.forget_names()

    def pick(self) -> None:
        """Bring the owner to where a song is missing."""
        missing = {Dish.SIMILAR: self._like, Dish.PATH: self._end if self._start.songs else self._start}
        picker = missing.get(self.dishes.dish)
        if picker is not None:
            self.ensureWidgetVisible(picker)
            picker.begin()

    def _genres(self) -> list[str]:
        return names_of(song.genre for song in self._rows.songs) if self._rows else []

    def _artists(self) -> list[str]:
        return names_of(song.artist for song in self._rows.songs) if self._rows else []


def names_of(texts: Iterable[str]) -> list[str]:
    """The different names, in their order."""
    return sorted({text for text in texts if text}, key=str.casefold)
