"""The trainings that were begun here, in a table; one or two of them are shown as curves."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from core.training.records import TrainingRecord
from desktop import wording
from desktop.item_models.plain_rows import Heading, PlainModel, PlainRow
from desktop.style.measures import SMALL
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.tables.plain_table import PlainTable

DASH = "–"


class TrainingRuns(QWidget):
    """Knows the records that it was shown; whoever holds it reads their curves."""

    shown = Signal(list)
    """The records whose curves are wanted, the first one to be drawn through."""
    forgetting_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records: Mapping[str, TrainingRecord] = {}
        self._model = PlainModel(self._headings(), self)
        self._table = PlainTable(self._model)
        self._table.setAccessibleName(self.tr("Trainings"))
        self._table.chosen.connect(self._show_chosen)
        self._hint = QLabel(self.tr("Select one to see its curves, two to lay them over each other."))
        self._hint.setObjectName("secondary")
        self._forget = QPushButton(self.tr("Forget this one"))
        self._forget.setToolTip(self.tr("Its curves are deleted; what it made stays"))
        self._forget.setEnabled(False)
        self._forget.clicked.connect(lambda: self.forgetting_wanted.emit(self._records[self._table.keys()[0]]))
        self._empty = EmptyState()
        self._empty.say(
            self.tr("Nothing was trained here yet"),
            self.tr("Start a training on the left: each leaves its curves here, however it ends."),
        )
        self._body = QStackedLayout(self)
        self._body.addWidget(self._lay_out())
        self._body.addWidget(self._empty)

    def _lay_out(self) -> QWidget:
        shown, line = QWidget(), QHBoxLayout()
        line.addWidget(self._hint)
        line.addStretch()
        line.addWidget(self._forget)
        layout = QVBoxLayout(shown)
        layout.setContentsMargins(0, SMALL, 0, 0)
        layout.setSpacing(SMALL)
        layout.addWidget(self._table, stretch=1)
        layout.addLayout(line)
        return shown

    def show_records(self, records: Sequence[TrainingRecord], *, running: Collection[str]) -> None:
        """``running`` names those that are under way."""
        self._records = {record.name: record for record in records}
        self._model.set_rows([self._row(record, is_running=record.name in running) for record in records])
        self._body.setCurrentIndex(0 if records else 1)

    def _show_chosen(self, keys: list[str]) -> None:
        self._forget.setEnabled(len(keys) == 1)
        self.shown.emit([self._records[key] for key in keys if key in self._records])

    def _headings(self) -> list[Heading]:
        return [
            Heading(self.tr("What")),
            Heading(self.tr("When")),
            Heading(self.tr("Took"), is_number=True),
            Heading(self.tr("Songs"), is_number=True),
            Heading(
                self.tr("Best"), is_number=True, tooltip=self.tr("The best it could do on songs held out (probe/score)")
            ),
            Heading(self.tr("How it ended")),
        ]

    def _row(self, record: TrainingRecord, *, is_running: bool) -> PlainRow:
        return PlainRow(
            record.name,
            (
                self._what(record),
                wording.day(record.began),
                wording.time_left(record.seconds) if record.seconds is not None else DASH,
                wording.number(record.songs) if record.songs is not None else DASH,
                QLocale().toString(record.best, "f", 3) if record.best is not None else DASH,
                self._ending(record, is_running=is_running),
            ),
            tooltip=record.failure or record.version,
        )

    def _what(self, record: TrainingRecord) -> str:
        kinds = {"encoder": self.tr("Hearing"), "classifier": self.tr("Taste"), "joint": self.tr("Both together")}
        what = str(record.choice.get("what", ""))
        wishes = [str(record.choice.get(name) or record.result.get(name) or "") for name in ("preset", "mode")]
        told = ", ".join(wish for wish in wishes if wish)
        return f"{kinds.get(what, what)} ({told})" if told else kinds.get(what, what)

    def _ending(self, record: TrainingRecord, *, is_running: bool) -> str:
        if is_running:
            return self.tr("Under way")
        if record.failure:
            return self.tr("Failed: {why}").format(why=record.failure)
        if record.ended is None:
            return self.tr("Interrupted; starting the same goes on")
        if not record.complete:
            return self.tr("Stopped; starting the same goes on")
        return self.tr("In use since then") if record.used else self.tr("Not better, so not used")
