"""The log, filtered by subject and level; what is written while one looks appears on top."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QStackedLayout, QVBoxLayout, QWidget

from core.log_lines import FILE, START, LogLine, LogPlace, read_log
from desktop import wording
from desktop.desk import Desk
from desktop.item_models.review_table import ReviewColumn, ReviewModel
from desktop.style import fonts
from desktop.style.measures import MEDIUM, SMALL
from desktop.widgets.choice_field import ChoiceField
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.tables.review_table import ReviewTable

BETWEEN_LOOKS = 1000
"""Milliseconds, while the log is seen."""
MOST = 10_000
"""Lines that are kept; the file holds more."""
DETAILS_HEIGHT = 160
SEVERITY = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class LogReview(QWidget):
    """Reads in the background, and only while it is seen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lines: list[LogLine] = []
        self._place: LogPlace = START
        self._is_reading = False
        self.model = self._make_model()
        self.table = ReviewTable(self.model, keys=set())
        self.table.setAccessibleName(self.tr("The log"))
        self.subject, self.level = self._make_filters()
        self._count, self._details, self._empty = QLabel(), QPlainTextEdit(), EmptyState()
        self._timer = QTimer(self, interval=BETWEEN_LOOKS)
        self._timer.timeout.connect(self._look)
        self._lay_out()
        self.table.chosen.connect(self._show_details)
        for choice in (self.subject, self.level):
            choice.edited.connect(self._filter)
        self._filter()

    def take_keyboard(self) -> None:
        self.table.setFocus()

    def _make_model(self) -> ReviewModel:
        columns = [
            ReviewColumn(self.tr("When"), lambda line: line.moment, width=168),
            ReviewColumn(self.tr("Level"), self._level_word, width=88),
            ReviewColumn(self.tr("Subject"), lambda line: line.subject, width=112),
            ReviewColumn(self.tr("What"), _first_line, share=1, is_quiet=False, tooltip=lambda line: line.text),
        ]
        return ReviewModel(columns, key=id, parent=self)

    def _make_filters(self) -> tuple[ChoiceField, ChoiceField]:
        subject = ChoiceField({"": self.tr("All subjects")})
        subject.setAccessibleName(self.tr("Subject"))
        subject.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        level = ChoiceField(
            {
                "DEBUG": self.tr("Everything"),
                "INFO": self.tr("Without details"),
                "WARNING": self.tr("Warnings and errors"),
                "ERROR": self.tr("Errors only"),
            }
        )
        level.setAccessibleName(self.tr("Level"))
        return subject, level

    def _lay_out(self) -> None:
        self._count.setObjectName("secondary")
        self._count.setFont(fonts.figures())
        self._details.setReadOnly(True)
        self._details.setFixedHeight(DETAILS_HEIGHT)
        self._details.setAccessibleName(self.tr("Details of the chosen line"))
        self._details.hide()
        head, body = QHBoxLayout(), QWidget()
        head.setSpacing(SMALL)
        head.addWidget(self.subject)
        head.addWidget(self.level)
        head.addStretch()
        head.addWidget(self._count)
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM)
        column.addLayout(head)
        column.addWidget(body, stretch=1)
        column.addWidget(self._details)

    # ------------------------------------------------------------------------------------------------------ reading

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def _look(self) -> None:
        if self._is_reading or self._desk.session.rows is None:
            return
        self._is_reading, place = True, self._place
        self._desk.session.ask(
            lambda engine: read_log(engine.profile.state / FILE, after=place), then=self._take, otherwise=self._give_up
        )

    def _take(self, found: tuple[list[LogLine], LogPlace]) -> None:
        lines, self._place = found
        self._is_reading = False
        if lines:
            newest_first = lines[::-1]
            self._lines = [*newest_first, *self._lines][:MOST]
            self._offer_subjects(lines)
            if self.model.rowCount() + len(lines) > MOST:
                self._filter()
            else:
                self.model.add_before([line for line in newest_first if self._is_wanted(line)])
                self._show_count()

    def _give_up(self, _: str) -> None:
        self._is_reading = False

    def _offer_subjects(self, lines: list[LogLine]) -> None:
        known = {self.subject.itemData(number) for number in range(self.subject.count())}
        for subject in sorted({line.subject for line in lines} - known):
            at = next((n for n in range(1, self.subject.count()) if self.subject.itemData(n) > subject), None)
            self.subject.insertItem(self.subject.count() if at is None else at, subject, subject)

    # ---------------------------------------------------------------------------------------------------- filtering

    def _filter(self) -> None:
        self.model.show([line for line in self._lines if self._is_wanted(line)])
        self._show_count()

    def _is_wanted(self, line: LogLine) -> bool:
        least = SEVERITY.index(self.level.choice)
        is_grave = line.level not in SEVERITY or SEVERITY.index(line.level) >= least
        return is_grave and self.subject.choice in ("", line.subject)

    def _show_count(self) -> None:
        shown, total = self.model.rowCount(), len(self._lines)
        words = self.tr("{shown} of {total} lines")
        self._count.setText(words.format(shown=wording.number(shown), total=wording.number(total)))
        self._count.setVisible(bool(total))
        if not shown:
            heading = self.tr("Nothing of this kind was logged") if total else self.tr("The log is empty")
            self._empty.say(heading, self.tr("What goes on behind the window is written here, with its subject."))
        self._stack.setCurrentWidget(self.table if shown else self._empty)

    def _show_details(self) -> None:
        line: LogLine | None = self.table.selected
        text = "\n".join(filter(None, [line.text, line.details])) if line is not None else ""
        self._details.setPlainText(text)
        self._details.setVisible(line is not None and bool(line.details))

    def _level_word(self, line: LogLine) -> str:
        words = {
            "DEBUG": self.tr("Detail"),
            "INFO": self.tr("Note"),
            "WARNING": self.tr("Warning"),
            "ERROR": self.tr("Error"),
            "CRITICAL": self.tr("Error"),
        }
        return words.get(line.level, line.level)


def _first_line(line: LogLine) -> str:
    return f"{line.text} …" if line.details else line.text
