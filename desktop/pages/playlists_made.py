"""The playlists that were made: open one again, hand it to the player, keep it up to date, forget it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.item_models.history_rows import HistoryModel
from desktop.messages import Kind, Message
from desktop.playlist_news import TOPIC, show_folder
from desktop.preferences.opening import open_playlist, opener_name
from desktop.style.measures import SMALL
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.switch import Switch
from desktop.widgets.tables.history_table import HistoryTable

if TYPE_CHECKING:
    from core.engine import Engine
    from core.parts.recipes import Made, TakenAway


class MadeView(QWidget):
    """Reads the history whenever it is shown or something was saved."""

    opened_again = Signal(object)
    """A ``Made`` whose recipe is wanted."""
    making_wanted = Signal()
    read_anew = Signal(list)
    """Every ``Made``, the newest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = HistoryModel(self)
        self._table = HistoryTable(self._model)
        self._table.setAccessibleName(self.tr("Playlists that were made"))
        self._empty = EmptyState()
        self._again = self._button(self.tr("Open again"), self._open_again)
        self._in_player = self._button("", self._open_in_player)
        self._folder = self._button(self.tr("Show folder"), self._show_folder)
        self._forget_it = self._button(self.tr("Forget"), self._forget)
        self._delete_it = self._button(self.tr("Delete the file"), self._delete)
        self._keep = Switch(self.tr("Keep up to date"))
        self._keep.clicked.connect(self._keep_up_to_date)
        self._explain()
        self._lay_out()
        self._table.opening_wanted.connect(self._open_again)
        self._table.forgetting_wanted.connect(self._forget)
        self._table.chosen.connect(self._show_selected)
        self._show_selected()

    def _button(self, text: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(lambda _: act())
        return button

    def _explain(self) -> None:
        self._again.setToolTip(self.tr("Make the list once more by the same recipe (Enter)"))
        self._keep.setToolTip(self.tr("Marmalade writes the file anew when your ratings or your songs change"))
        self._forget_it.setToolTip(self.tr("Take it out of this list; its file stays (Delete)"))
        heading, hint = self.tr("No playlist was made yet"), self.tr("Lists that you save are remembered here.")
        self._empty.say(heading, hint, button=self.tr("Make a playlist"), act=self.making_wanted.emit)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(SMALL)
        for button in (self._again, self._in_player, self._folder):
            line.addWidget(button)
        line.addWidget(self._keep)
        line.addStretch()
        line.addWidget(self._forget_it)
        line.addWidget(self._delete_it)
        there = QWidget()
        column = QVBoxLayout(there)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addLayout(line)
        column.addWidget(self._table, stretch=1)
        self._body = QStackedLayout(self)
        self._body.addWidget(there)
        self._body.addWidget(self._empty)
        self._there = there

    # --------------------------------------------------------------------------------------------- what is there

    def read(self) -> None:
        """Look at the history, and what became of its files."""
        if self._desk.session.rows is not None:
            self._desk.session.ask(lambda engine: engine.recipes.history(), then=self._show)

    def _show(self, made: "list[Made]") -> None:
        before = self._model.rowCount()
        self._in_player.setText(self.tr("Open in {player}").format(player=opener_name(self._desk)))
        self._model.show(made)
        if len(made) > before:
            self._table.select_newest()
        self._body.setCurrentWidget(self._there if made else self._empty)
        self._show_selected()
        self.read_anew.emit(made)

    def _selected(self) -> "Made | None":
        made: Made | None = self._table.selected
        return made

    def _show_selected(self) -> None:
        from core.parts.recipes import MadeState

        made = self._selected()
        is_there = made is not None and made.state is not MadeState.GONE
        self._again.setEnabled(made is not None and made.recipe is not None)
        for button in (self._in_player, self._folder, self._delete_it):
            button.setEnabled(is_there)
        self._forget_it.setEnabled(made is not None)
        self._keep.setEnabled(made is not None and made.recipe is not None)
        self._keep.setChecked(made is not None and made.keep_up_to_date)

    # --------------------------------------------------------------------------------------------- what is done

    def _open_again(self) -> None:
        made = self._selected()
        if made is not None and made.recipe is not None:
            self.opened_again.emit(made)

    def _open_in_player(self) -> None:
        made = self._selected()
        if made is not None:
            open_playlist(self._desk, made.files[0])

    def _show_folder(self) -> None:
        made = self._selected()
        if made is not None:
            show_folder(made.files[0])

    def _keep_up_to_date(self, wanted: bool) -> None:  # noqa: FBT001 - as Qt tells it
        made = self._selected()
        if made is not None:
            self._desk.session.ask(
                lambda engine: engine.recipes.keep_up_to_date(made, wanted=wanted), then=lambda _: self.read()
            )

    def _forget(self) -> None:
        made = self._selected()
        if made is not None:
            sentence = self.tr("“{name}” is forgotten; its file is still there.").format(name=made.name)
            self._take_away(lambda engine: engine.recipes.forget(made), sentence)

    def _delete(self) -> None:
        made = self._selected()
        if made is not None:
            sentence = self.tr("“{name}” and its file are deleted.").format(name=made.name)
            self._take_away(lambda engine: engine.recipes.delete(made), sentence)

    def _take_away(self, act: "Callable[[Engine], TakenAway]", sentence: str) -> None:
        self._desk.session.ask(act, then=partial(self._tell_taken, sentence))

    def _tell_taken(self, sentence: str, taken: "TakenAway") -> None:
        actions = [(self.tr("Undo"), lambda: self._bring_back(taken))]
        self._desk.messages.withdraw(TOPIC)
        self._desk.messages.say(Message(Kind.DONE, sentence, actions, topic=TOPIC))
        self.read()

    def _bring_back(self, taken: "TakenAway") -> None:
        self._desk.messages.withdraw(TOPIC)
        self._desk.session.ask(lambda engine: engine.recipes.bring_back(taken), then=lambda _: self.read())
