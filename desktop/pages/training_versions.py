"""The versions of hearing side by side: which is in use, and what can be done with the others."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from core.parts.encoders import ModelVersion
from desktop import wording
from desktop.item_models.plain_rows import Heading, PlainModel, PlainRow
from desktop.style.measures import SMALL
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.tables.plain_table import PlainTable


class TrainingVersions(QWidget):
    """Asks for what its buttons say; does nothing itself."""

    use_wanted = Signal(str)
    comparison_wanted = Signal(str, str)
    deletion_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._versions: Mapping[str, ModelVersion] = {}
        self._why_not, self._found = "", ""
        """What goes on meanwhile, and what the last comparison found."""
        self._asked_of: list[str] = []
        """What was selected when it was compared."""
        self._wanted = ""
        """What is to be selected as soon as it was read."""
        self._model = PlainModel(self._headings(), self)
        self._table = PlainTable(self._model)
        self._table.setAccessibleName(self.tr("Versions"))
        self._table.chosen.connect(self._enable)
        self._use, self._compare = QPushButton(self.tr("Use this one")), QPushButton(self.tr("Compare the two"))
        self._delete = QPushButton(self.tr("Delete this one"))
        self._use.clicked.connect(lambda: self.use_wanted.emit(self._table.keys()[0]))
        self._compare.clicked.connect(lambda: self.comparison_wanted.emit(*self._table.keys()))
        self._delete.clicked.connect(lambda: self.deletion_wanted.emit(self._table.keys()[0]))
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._said.setObjectName("secondary")
        empty = EmptyState()
        empty.say(
            self.tr("Nothing was heard yet"), self.tr("Every way of hearing that listened to your songs stands here.")
        )
        self._body = QStackedLayout(self)
        self._body.addWidget(self._lay_out())
        self._body.addWidget(empty)
        self._enable([])

    def _lay_out(self) -> QWidget:
        shown, line = QWidget(), QHBoxLayout()
        line.setSpacing(SMALL)
        line.addWidget(self._said, stretch=1)
        for button in (self._use, self._compare, self._delete):
            line.addWidget(button)
        layout = QVBoxLayout(shown)
        layout.setContentsMargins(0, SMALL, 0, 0)
        layout.setSpacing(SMALL)
        layout.addWidget(self._table, stretch=1)
        layout.addLayout(line)
        return shown

    def show_versions(self, versions: Sequence[ModelVersion]) -> None:
        self._versions = {each.version: each for each in versions}
        self._model.set_rows([self._row(each) for each in versions])
        self._body.setCurrentIndex(0 if versions else 1)
        self._enable(self._table.keys())
        if self._wanted:
            self.select(self._wanted)

    def select(self, version: str) -> None:
        """Where it is there, once it was read."""
        self._wanted = version
        if self._model.row_of(version) is not None:
            self._wanted = ""
            self._table.go_to(version)

    def show_busy(self, why_not: str) -> None:
        """Nothing can be begun while something is under way; ``why_not`` says what, and is empty else."""
        self._why_not = why_not
        self._enable(self._table.keys())

    def say(self, sentence: str) -> None:
        """What a comparison found; it stands until something else is selected."""
        self._found, self._asked_of = sentence, self._table.keys()
        self._enable(self._asked_of)

    def _enable(self, keys: list[str]) -> None:
        one = self._versions.get(keys[0]) if len(keys) == 1 else None
        is_other = one is not None and not one.is_active and not self._why_not
        is_pair = len(keys) == 2 and not self._why_not
        had_focus = [button for button in (self._use, self._delete, self._compare) if button.hasFocus()]
        for button in (self._use, self._delete):
            button.setEnabled(is_other)
            button.setToolTip("" if is_other else self._why_grey(keys))
        measures = self.tr("Measures both on the same songs held out; select two versions")
        self._compare.setEnabled(is_pair)
        self._compare.setToolTip(self._why_not or measures)
        if not all(button.isEnabled() for button in had_focus):
            self._table.setFocus()  # else it goes to the next control of the window, wherever that is
        if keys != self._asked_of:
            self._found, self._asked_of = "", keys
        self._said.setText(self._found or ("" if is_other or is_pair else self._why_grey(keys)))

    def _why_grey(self, keys: list[str]) -> str:
        """Why a version can be neither used nor deleted now."""
        if self._why_not:
            return self._why_not
        if len(keys) == 1:
            return self.tr("This one is in use: another can be used or deleted.")
        if len(self._versions) < 2:
            return self.tr("There is but this one. A training makes another.")
        return self.tr("Select one to use or delete it, two to compare them.")

    def _headings(self) -> list[Heading]:
        return [
            Heading(self.tr("Version")),
            Heading(self.tr("Made by")),
            Heading(self.tr("Songs"), is_number=True),
            Heading(self.tr("Values"), is_number=True, tooltip=self.tr("Of which an embedding consists")),
            Heading(self.tr("Made")),
            Heading(self.tr("State")),
        ]

    def _row(self, version: ModelVersion) -> PlainRow:
        return PlainRow(
            version.version,
            (
                version.version,
                version.encoder_class.rpartition(":")[2],
                wording.number(version.songs),
                wording.number(version.dimension),
                wording.day(version.created_at) if version.created_at else "",
                self.tr("In use") if version.is_active else "",
            ),
            tooltip=version.note,
        )
