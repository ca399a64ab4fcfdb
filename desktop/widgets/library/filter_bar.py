"""The chips above a table of songs: subsets that are switched on and off, and genres and decades that were added."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from core.song import SongId
from desktop import wording
from desktop.item_models.song_filter import SongFilter
from desktop.item_models.song_rows import REMARKABLE, SongRows, Subset
from desktop.style.icons import Tint, icon
from desktop.widgets.flow import Flow
from desktop.widgets.library.filter_menu import FilterMenu, Kind, label


class FilterBar(Flow):
    """Knows the whole filter but for the words, which are typed elsewhere."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = SongFilter()
        self._rows: SongRows | None = None
        self._chips = {subset: self._make_chip(subset) for subset in Subset}
        self._add = self._make_add_button()
        self._added: list[QPushButton] = []

    @property
    def filter(self) -> SongFilter:
        """Without words."""
        return self._filter

    def set_filter(self, wanted: SongFilter) -> None:
        """Show another filter; its words are left out."""
        self._filter = replace(wanted, text="")
        for subset, chip in self._chips.items():
            chip.blockSignals(True)  # all at once, told once
            chip.setChecked(subset in wanted.subsets)
            chip.blockSignals(False)
            self._show_or_hide(subset)
        self._show_added()
        self.changed.emit()

    def show_counts(self, rows: SongRows) -> None:
        """How many songs have something to remark; the chips of those that none has are hidden."""
        self._rows = rows
        for subset in REMARKABLE:
            count, chip = int(rows.subsets[subset].sum()), self._chips[subset]
            words = self.tr("{subset} {count}")
            if subset is Subset.COPIES:  # Activity counts their groups
                words = self.tr("{subset}: 1 song") if count == 1 else self.tr("{subset}: {count} songs")
            words = words.format(subset=self._text(subset), count=wording.number(count))
            chip.setText(words if count else self._text(subset))
            self._show_or_hide(subset)

    def show_only(self, subset: Subset) -> None:
        self.set_filter(SongFilter(subsets=frozenset({subset})))

    def show_songs(self, songs: tuple[SongId, ...]) -> None:
        self.set_filter(SongFilter(songs=songs))

    # -------------------------------------------------------------------------------------------------- the chips

    def _make_chip(self, subset: Subset) -> QPushButton:
        chip = QPushButton(self._text(subset))
        chip.setProperty("chip", True)
        chip.setCheckable(True)
        chip.setToolTip(self._explained(subset))
        chip.toggled.connect(partial(self._toggle, subset))
        self.add(chip)
        chip.setVisible(subset not in REMARKABLE)
        return chip

    def _text(self, subset: Subset) -> str:
        return {
            Subset.RATED: self.tr("Rated"),
            Subset.UNRATED: self.tr("Unrated"),
            Subset.PROMISING: self.tr("Predicted 4+"),
            Subset.NEW: self.tr("New this week"),
            Subset.REVIEW: self.tr("Doubtful"),
            Subset.COPIES: self.tr("Duplicates"),
            Subset.SPOKEN: self.tr("Spoken"),
            Subset.SKIPPED: self.tr("Skipped"),
        }[subset]

    def _explained(self, subset: Subset) -> str:
        return {
            Subset.RATED: self.tr("Songs with stars of yours"),
            Subset.UNRATED: self.tr("Songs without stars of yours"),
            Subset.PROMISING: self.tr("Songs that you would probably give 4 stars or more"),
            Subset.NEW: self.tr("Songs whose file was created or copied to its place in the last seven days"),
            Subset.REVIEW: self.tr(
                "Perhaps spoken, perhaps duplicates, or copies with different stars: your word helps"
            ),
            Subset.COPIES: self.tr("Songs that are there several times"),
            Subset.SPOKEN: self.tr("Speech, which is not learned from and in no playlist"),
            Subset.SKIPPED: self.tr("Files that could not be listened to, with the reason"),
        }[subset]

    def _show_or_hide(self, subset: Subset) -> None:
        if subset in REMARKABLE:
            chip = self._chips[subset]
            has_any = self._rows is not None and bool(self._rows.subsets[subset].any())
            chip.setVisible(has_any or chip.isChecked())

    def _toggle(self, subset: Subset, _is_on: bool) -> None:  # noqa: FBT001 - as the signal has it
        self._filter = self._filter.toggled(subset)
        self._show_or_hide(subset)
        self.changed.emit()

    # -------------------------------------------------------------------------------------------------- added ones

    def _make_add_button(self) -> QPushButton:
        button = QPushButton(self.tr("Filter"))
        button.setProperty("chip", True)
        button.setIcon(icon("add", tint=Tint.SECONDARY))
        button.setAccessibleName(self.tr("Add a filter"))
        button.setToolTip(self.tr("Only some genres or decades"))
        button.clicked.connect(self._open_menu)
        self.add(button)
        return button

    def _open_menu(self) -> None:
        if self._rows is None:
            return
        menu = FilterMenu(self._rows.texts.genres, self._rows.texts.decades, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.chosen.connect(self._take)
        menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft()))

    def _take(self, kind: str, name: str) -> None:
        genres, decades = self._filter.genres, self._filter.decades
        if kind == Kind.GENRE:
            genres = tuple(dict.fromkeys([*genres, name]))
        else:
            decades = tuple(dict.fromkeys([*decades, name]))
        self._change(replace(self._filter, genres=genres, decades=decades))

    def _change(self, wanted: SongFilter) -> None:
        self._filter = wanted
        self._show_added()
        self.changed.emit()

    def _show_added(self) -> None:
        """A chip for each genre, decade and the chosen songs; a click takes it away."""
        for chip in self._added:
            chip.hide()
            chip.deleteLater()
        now = self._filter
        self._added = [self._make_removable(self._chosen_songs(), self._show_all_songs)] if now.songs else []
        for name in now.genres:
            self._added.append(self._make_removable(label(Kind.GENRE, name), partial(self._drop, Kind.GENRE, name)))
        for name in now.decades:
            self._added.append(self._make_removable(label(Kind.DECADE, name), partial(self._drop, Kind.DECADE, name)))

    def _chosen_songs(self) -> str:
        count = len(self._filter.songs)
        one, many = self.tr("1 chosen song"), self.tr("{count} chosen songs")
        return one if count == 1 else many.format(count=wording.number(count))

    def _show_all_songs(self) -> None:
        self._change(replace(self._filter, songs=()))

    def _drop(self, kind: Kind, name: str) -> None:
        now = self._filter
        if kind is Kind.GENRE:
            self._change(replace(now, genres=tuple(each for each in now.genres if each != name)))
        else:
            self._change(replace(now, decades=tuple(each for each in now.decades if each != name)))

    def _make_removable(self, text: str, remove: Callable[[], object]) -> QPushButton:
        chip = QPushButton(text)
        chip.setProperty("chip", True)
        chip.setProperty("added", True)
        chip.setIcon(icon("close", tint=Tint.SECONDARY))
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands behind the name
        chip.setAccessibleName(self.tr("Remove the filter {name}").format(name=text))
        chip.setToolTip(self.tr("Remove this filter"))
        chip.clicked.connect(lambda _: remove())
        self.add(chip)
        chip.show()
        return chip
