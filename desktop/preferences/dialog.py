"""The preferences: pages at the left, fields at the right; nothing is written before Save, then it counts at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.config import Config
from core.config_file import config_of, edited, mistake_in, read_text, save_config_text
from core.errors import UserError
from core.library.locate import FoundDatabase, find_databases
from desktop import core_texts, wording
from desktop.desk import Desk
from desktop.preferences.advanced_page import AdvancedPage
from desktop.preferences.analysis_page import AnalysisPage
from desktop.preferences.appearance_page import AppearancePage
from desktop.preferences.experiments_page import ExperimentsPage
from desktop.preferences.form import FormPage
from desktop.preferences.models_page import ModelsPage
from desktop.preferences.playlists_page import PlaylistsPage
from desktop.preferences.sources_page import SourcesPage
from desktop.style.icons import icon
from desktop.style.measures import CONTROL_HEIGHT, ICON_IN_RAIL, PAGE_MARGIN, SMALL
from desktop.widgets.tab_order import join_tab_order

if TYPE_CHECKING:
    from core.engine import Engine

translate = QCoreApplication.translate
FIRST_SIZE = QSize(880, 640)
PAGES_WIDTH = 176
FILE_NAME = "marmalade.yaml"
GEOMETRY = "preferences/size"


@dataclass(frozen=True)
class Facts:
    """What the preferences begin with."""

    file: Path
    text: str
    found: Sequence[FoundDatabase]
    opened: Path | None = None
    """The database that is read now."""
    is_fixed: bool = False
    """Whether it was named when Marmalade was opened, so that the configuration does not count."""

    @classmethod
    def now(cls, file: Path, opened: Path | None = None, *, configured: Path | None = None) -> "Facts":
        """As it is; raises UserError for a file that cannot be read."""
        found = find_databases()
        usual = configured.expanduser() if configured else found[0].path if found else None
        return cls(file, read_text(file), found, opened, is_fixed=opened is not None and opened != usual)


def open_preferences(desk: Desk, parent: QWidget, *, key: str = "") -> None:
    """Show the preferences above a window, also where no library could be opened; at a ``key`` that is looked for."""

    def show(facts: Facts) -> None:
        if parent.findChild(PreferencesDialog) is None:
            dialog = PreferencesDialog(desk, facts, parent)
            dialog.open()
            dialog.go_to(key)

    if desk.session.rows is not None:
        desk.session.ask(_facts_of, then=show)
        return
    try:
        show(Facts.now(Path(desk.settings.fileName()).parent / FILE_NAME))
    except UserError as error:
        desk.messages.fail(core_texts.said(str(error)))


def _facts_of(engine: "Engine") -> Facts:
    return Facts.now(engine.config_file, engine.database.path, configured=engine.config.music.database_path)


@dataclass(frozen=True)
class Form:
    """A page that can be opened."""

    title: str
    icon: str
    make: Callable[[], FormPage]


class PreferencesDialog(QDialog):
    """Forms and the text are two ways to say the same: what is changed in one is seen in the other.

    A page is made when it is opened; what it could say stays until then as the file says it.
    """

    def __init__(self, desk: Desk, facts: Facts, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._facts, self._text = desk, facts, facts.text
        self._config: Config | None = None
        """What the forms began with; None as long as the text cannot be understood."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Preferences"))
        self._forms = _forms(desk, facts)
        self._opened: dict[int, FormPage] = {}
        self._row = -1
        """Of the page that is shown."""
        self.pages, self._stack, self._sentence = QListWidget(), QStackedWidget(), QLabel()
        self._save = QPushButton(self.tr("Save"))
        self._lay_out()
        self._begin()

    def form(self, row: int) -> FormPage:
        """A page of fields, made if it was never opened."""
        if row not in self._opened:
            page = self._forms[row].make()
            page.edited.connect(self._be_quiet)
            if self._config is not None:
                page.load(self._config)
            self._opened[row] = page
            self._add(page)
        return self._opened[row]

    @cached_property
    def advanced(self) -> AdvancedPage:
        """The text."""
        page = AdvancedPage(wording.path(self._facts.file))
        page.show_text(self._text)
        page.edited.connect(self._be_quiet)
        self._add(page)
        return page

    def _add(self, page: QWidget) -> None:
        self._stack.addWidget(page)
        join_tab_order(page, into=self._stack)

    # ------------------------------------------------------------------------------------------------ the layout

    def _lay_out(self) -> None:
        column, middle = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        middle.setSpacing(0)
        middle.addWidget(self._make_list())
        middle.addWidget(self._stack, stretch=1)
        column.addLayout(middle, stretch=1)
        column.addWidget(self._make_footer())
        size = self._desk.settings.value(GEOMETRY)
        self.resize(size if isinstance(size, QSize) else FIRST_SIZE)

    def _make_list(self) -> QListWidget:
        pages = [*((form.title, form.icon) for form in self._forms), (translate("Preferences", "Advanced"), "text")]
        for title, name in pages:
            item = QListWidgetItem(icon(name), title)
            item.setSizeHint(QSize(0, CONTROL_HEIGHT))
            self.pages.addItem(item)
        self.pages.setObjectName("preferencesPages")
        self.pages.setAccessibleName(self.tr("Sections"))
        self.pages.setFixedWidth(PAGES_WIDTH)
        self.pages.setIconSize(QSize(ICON_IN_RAIL, ICON_IN_RAIL))
        self.pages.currentRowChanged.connect(self._go)
        return self.pages

    def _make_footer(self) -> QFrame:
        footer = QFrame()
        footer.setObjectName("statusLine")
        line = QHBoxLayout(footer)
        line.setContentsMargins(PAGE_MARGIN, SMALL, PAGE_MARGIN, SMALL)
        line.setSpacing(SMALL)
        self._sentence.setObjectName("mistake")
        self._sentence.setWordWrap(True)
        self._sentence.setMinimumHeight(CONTROL_HEIGHT)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._save.setProperty("primary", True)
        self._save.setDefault(True)
        self._save.clicked.connect(self._store)
        line.addWidget(self._sentence, stretch=1)
        line.addWidget(cancel)
        line.addWidget(self._save)
        return footer

    # ------------------------------------------------------------------------------------------------ going about

    def _begin(self) -> None:
        """A file that cannot be understood can only be mended as text."""
        if mistake_in(self._text) is None:
            self._load()
            self.pages.setCurrentRow(0)
        else:
            self._enable_forms(enabled=False)
            self.pages.setCurrentRow(len(self._forms))

    def go_to(self, key: str) -> None:
        """Open the page that has the field of a key, and give it the keyboard; nothing happens if none has it."""
        for row in range(len(self._forms) if key and self._config is not None else 0):
            if key in self.form(row).keys:
                self.pages.setCurrentRow(row)
                self.form(row).focus_on(key)
                return

    def _load(self) -> None:
        self._config = config_of(self._text, source=FILE_NAME)
        for page in self._opened.values():
            page.load(self._config)

    def _enable_forms(self, *, enabled: bool) -> None:
        for row in range(len(self._forms)):
            item = self.pages.item(row)
            usual = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
            item.setFlags(usual if enabled else Qt.ItemFlag.NoItemFlags)

    @property
    def _is_text(self) -> bool:
        return self._row == len(self._forms)

    def _go(self, row: int) -> None:
        """To another page, unless something on this one cannot be understood."""
        if row == self._row:
            return
        is_right = self._from_text() if self._is_text else row != len(self._forms) or self._to_text()
        if is_right:
            self._show(row)
        else:
            self.pages.setCurrentRow(self._row)

    def _show(self, row: int) -> None:
        self._row = row
        self._stack.setCurrentWidget(self.advanced if self._is_text else self.form(row))

    def _to_text(self) -> bool:
        """Let the editor say what the forms show; whether they can be read."""
        is_right = self._all_forms_are_right()
        if is_right:
            self.advanced.show_text(self._as_text())
        return is_right

    def _from_text(self) -> bool:
        """Let the forms show what the editor says; whether that can be used."""
        is_right = self.advanced.check() is None
        if is_right and not self._is_the_same():
            self._text = self.advanced.text
            self._load()
        return is_right

    def _all_forms_are_right(self) -> bool:
        """Whether every form can be read; the first that cannot is shown with the reason."""
        for row, page in sorted(self._opened.items()):
            sentence = page.check()
            if sentence is not None:
                self._show(row)
                self.pages.setCurrentRow(row)
                self._say(sentence)
                return False
        return True

    def _is_the_same(self) -> bool:
        """Whether the forms show what the editor says."""
        return self._config is not None and self.advanced.text == self._as_text()

    def _as_text(self) -> str:
        """The text with what was changed in the forms."""
        changes = {key: value for page in self._opened.values() for key, value in page.save().items()}
        return edited(self._text, changes) if changes else self._text

    def _be_quiet(self) -> None:
        self._say("")
        if self._is_text:
            self._enable_forms(enabled=True)

    def _say(self, sentence: str) -> None:
        self._sentence.setText(sentence)

    # ------------------------------------------------------------------------------------------------ saving

    def _store(self) -> None:
        """Write what was changed; what is not allowed is said, and nothing is written."""
        if self._is_text:
            if self.advanced.check() is not None:
                return
            text = self.advanced.text
        elif self._all_forms_are_right():
            text = self._as_text()
        else:
            return
        found = mistake_in(text)
        if found is not None:
            self._say(found.sentence)
            return
        self._write(text)

    def _write(self, text: str) -> None:
        facts = self._facts
        if text == facts.text:
            self._finish(is_new=False)
        elif self._desk.session.rows is None:
            try:
                _write(facts, text)
            except UserError as error:
                self._say(core_texts.said(str(error)))
            else:
                self._finish(is_new=False)
        else:
            self._save.setEnabled(False)
            self._desk.session.ask(
                lambda _: _write(facts, text), then=lambda _: self._finish(is_new=True), otherwise=self._refuse
            )

    def _refuse(self, sentence: str) -> None:
        self._save.setEnabled(True)
        self._say(sentence)

    def _finish(self, *, is_new: bool) -> None:
        """Let what was chosen count."""
        try:
            for page in self._opened.values():
                page.save_own()
        except OSError as error:
            self._refuse(self.tr("It cannot start with the desktop: {reason}.").format(reason=error.strerror))
            return
        self._desk.settings.sync()
        self._desk.navigation.preferences_saved.emit()
        if is_new:
            saved = self.tr("Your preferences are saved and count from now on.")
            self._desk.session.reopen(then=lambda: self._desk.messages.tell(saved))
        self.accept()

    def reject(self) -> None:
        """Leave everything as it was; what is being written already is waited for."""
        if not self._save.isEnabled():
            return
        for page in self._opened.values():
            page.take_back()
        super().reject()

    def done(self, result: int) -> None:
        self._desk.settings.setValue(GEOMETRY, self.size())
        super().done(result)


def _forms(desk: Desk, facts: Facts) -> list[Form]:
    """In the order of the list."""
    settings, player = desk.settings, desk.session.player
    return [
        Form(
            translate("Preferences", "Sources"),
            "folder",
            lambda: SourcesPage(facts.found, opened=facts.opened, is_fixed=facts.is_fixed),
        ),
        Form(translate("Preferences", "Analysis"), "activity", lambda: AnalysisPage(desk.session)),
        Form(translate("Preferences", "Models"), "training", ModelsPage),
        Form(translate("Preferences", "Experiments"), "experiments", ExperimentsPage),
        Form(translate("Preferences", "Playlists"), "playlists", lambda: PlaylistsPage(settings, player=player)),
        Form(translate("Preferences", "Appearance"), "appearance", lambda: AppearancePage(settings)),
    ]


def _write(facts: Facts, text: str) -> None:
    """Write a text, unless somebody else has written to the file since; raises UserError."""
    if read_text(facts.file) != facts.text:
        raise UserError(f"{facts.file.name} was changed by another program: open the preferences again to see how.")
    save_config_text(facts.file, text)
