"""The stars that a song was given, here and in the player, the newest first."""

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from core.analysis.rating_statements import Source
from core.parts.ratings import Telling
from desktop import wording
from desktop.widgets.panel.answer import paragraph
from desktop.widgets.panel.section import Section

MOST = 8


class History(Section):
    """Not there for a song that never had stars."""

    taken_back = Signal()

    def __init__(self, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__("history", settings=settings, parent=parent)
        self.set_title(self.tr("History of its stars"))
        self._lines = paragraph()
        self._take_back = QPushButton(self.tr("Take back what I said here"))
        self._take_back.setToolTip(self.tr("The player’s own stars count again"))
        self._take_back.clicked.connect(self.taken_back)
        self.body.addWidget(self._lines)
        self.body.addWidget(self._take_back)
        self.hide()

    def show_history(self, tellings: tuple[Telling, ...], *, player: str) -> None:
        """``player`` is its name."""
        told = [self._in_words(each, player=player) for each in reversed(tellings)]
        more = self.tr("and {count} earlier").format(count=wording.number(len(told) - MOST))
        self._lines.setText("\n".join([*told[:MOST], *([more] if len(told) > MOST else [])]))
        own = [each for each in tellings if each.source is Source.MARMALADE]
        self._take_back.setVisible(bool(own) and own[-1].statement.rating > 0)
        self.setVisible(bool(told))

    def _in_words(self, telling: Telling, *, player: str) -> str:
        rating, at = telling.statement
        where = self.tr("here") if telling.source is Source.MARMALADE else self.tr("in {player}").format(player=player)
        stars = wording.stars_in_words(rating) if rating > 0 else self.tr("taken back")
        if at is None:
            return self.tr("{stars}, {where}, before Marmalade came").format(stars=stars, where=where)
        return self.tr("{stars}, {where}, {day}").format(stars=stars, where=where, day=wording.day(at))
