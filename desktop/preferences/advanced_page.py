"""Advanced: the configuration as text, looked at while its owner types, with the line of the first mistake marked."""

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QColor, QTextCursor, QTextFormat
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from core.config_file import Mistake, mistake_in
from desktop.preferences.form import secondary
from desktop.style import fonts
from desktop.style.measures import BETWEEN_GROUPS, PAGE_MARGIN, SMALL
from desktop.style.theme import current_colors

translate = QCoreApplication.translate
PAUSE = 150
"""Milliseconds without a key before the text is looked at: half a line is always wrong."""
TAB = "  "


class AdvancedPage(QWidget):
    """A text editor."""

    edited = Signal()

    def __init__(self, place: str) -> None:
        super().__init__()
        self.title = translate("Preferences", "Advanced")
        self.editor, self.remark = QPlainTextEdit(), QLabel()
        self.editor.setFont(fonts.code())
        self.editor.setProperty("field", True)
        self.editor.setAccessibleName(translate("Preferences", "The configuration as text"))
        self.editor.setPlaceholderText("music:\n  audio_duration: 30")
        self.editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.editor.setTabChangesFocus(True)
        self.remark.setWordWrap(True)
        self.remark.setAccessibleName(translate("Preferences", "What is wrong in the text"))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.look)
        self.editor.textChanged.connect(self._pause.start)
        self.editor.textChanged.connect(self.edited)
        self._lay_out(place)

    def _lay_out(self, place: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(BETWEEN_GROUPS, PAGE_MARGIN, BETWEEN_GROUPS, PAGE_MARGIN)
        column.setSpacing(SMALL)
        heading = QLabel(self.title)
        heading.setFont(fonts.page_title())
        column.addWidget(heading)
        words = translate("Preferences", "The file {place}, as YAML. What is not named has its default.")
        column.addWidget(secondary(words.format(place=place)))
        column.addWidget(self.editor, stretch=1)
        column.addWidget(self.remark)

    @property
    def text(self) -> str:
        return self.editor.toPlainText()

    def show_text(self, text: str) -> None:
        """Put a text into the editor; what is equal keeps its place and can be undone."""
        if text != self.text:
            self.editor.setPlainText(text)
        self.look()

    def look(self) -> Mistake | None:
        """Say what is wrong now, and mark its line."""
        self._pause.stop()
        found = mistake_in(self.text)
        self.editor.setExtraSelections([self._mark(found.line)] if found is not None and found.line else [])
        self.remark.setText(_words(found))
        self.remark.setProperty("tone", "error" if found else "")
        self.remark.setStyleSheet(f"color: {current_colors().error if found else current_colors().secondary};")
        return found

    def check(self) -> str | None:
        """A sentence for what is wrong; the caret is then in its line."""
        found = self.look()
        if found is None:
            return None
        if found.line:
            self.editor.setTextCursor(QTextCursor(self.editor.document().findBlockByNumber(found.line - 1)))
        self.editor.setFocus()
        return _words(found)

    def _mark(self, line: int) -> QTextEdit.ExtraSelection:
        marked = QTextEdit.ExtraSelection()
        marked.cursor = QTextCursor(self.editor.document().findBlockByNumber(line - 1))
        marked.format.setBackground(QColor(current_colors().error_ground))
        marked.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        return marked


def _words(found: Mistake | None) -> str:
    if found is None:
        return translate("Preferences", "This can be used.")
    if not found.line:
        return found.sentence
    return translate("Preferences", "Line {line}: {sentence}").format(line=found.line, sentence=found.sentence)
