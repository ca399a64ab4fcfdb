"""Every text that the window shows can be said in another language, and German says all of them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QTranslator

ROOT = Path(__file__).parents[2]
FILES = sorted({*(ROOT / "desktop").rglob("*.py")} - {ROOT / "desktop" / "screenshots.py"})
GERMAN = ROOT / "resources" / "translations" / "marmalade_de.ts"

MARKING = {"tr", "translate", "QT_TRANSLATE_NOOP"}
SHOWING = {
    *("QLabel", "QPushButton", "QAction", "QCheckBox", "QRadioButton", "QGroupBox", "QMenu", "QLineEdit"),
    *("Switch", "SmallButton", "ElidedLabel", "Message", "Heading", "ReviewColumn", "Row", "Group", "PageTitle"),
    *("setText", "setToolTip", "setStatusTip", "setWindowTitle", "setPlaceholderText", "setTitle", "setSuffix"),
    *("setAccessibleName", "setAccessibleDescription", "setSpecialValueText", "setInformativeText", "setPrefix"),
    *("setTabText", "setItemText", "setHeaderLabels", "setLabel", "setWhatsThis", "setDetailedText"),
    *("addTab", "addItem", "addItems", "addAction", "addMenu", "addButton", "addSection", "addRow"),
    *("tell", "fail", "say", "say_pausable", "note", "explain", "show_notice", "show_nothing", "set_title"),
    *("getOpenFileName", "getSaveFileName", "getExistingDirectory", "warning", "question", "information"),
}
"""What is given to these is seen or heard by the owner, wherever it stands among their arguments."""
NO_WORDS = {"Row": 1, "setLabel": 1}
"""So many arguments at their beginning are keys."""
TOPIC = "topic"
NAMES = {"Marmalade", "Clementine", "Strawberry", "PyTorch", "Optuna", "GB", "Hz", "SpectralEncoder"}
"""They are the same in every language."""
EXAMPLES = {"music:\n  audio_duration: 30"}
SAID_BY_CORE = Path("desktop/core_texts.py")
"""Its sentences are marked in ``core_sentences`` and looked up here."""

Text = tuple[str, str]
"""A context and a source text."""


class Reading(ast.NodeVisitor):
    """One module: the texts that are marked, and what is wrong with the others."""

    def __init__(self, path: Path) -> None:
        self.marked: set[Text] = set()
        self.wrong: list[str] = []
        self._path = path
        self._classes: list[str] = []
        self._functions = 0

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._functions += 1
        self.generic_visit(node)
        self._functions -= 1

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._functions += 1
        self.generic_visit(node)
        self._functions -= 1

    def visit_Call(self, node: ast.Call) -> None:
        name = name_of(node.func)
        if name in MARKING and not is_geometry(node):
            self._read_mark(node, name)
        elif name in SHOWING:
            for argument in shown_by(node, name):
                self._require_no_words(argument)
        self.generic_visit(node)

    def _read_mark(self, node: ast.Call, name: str) -> None:
        if name != "QT_TRANSLATE_NOOP" and not self._functions:
            self._complain(node, "is said before the language is known")
        texts = [each.value if isinstance(each, ast.Constant) else None for each in node.args]
        context = [self._classes[-1]] if name == "tr" and self._classes else []
        match [*context, *texts]:
            case [str(where), str(text)]:
                self.marked.add((where, text))
            case ["Core", None] if self._path == SAID_BY_CORE:
                pass
            case _:
                self._complain(node, "has to be one plain literal, for lupdate reads the source")

    def _require_no_words(self, argument: ast.expr) -> None:
        for text in literals(argument):
            if re.search(r"[^\W\d_]{2}", text) and text.strip(": ") not in NAMES | EXAMPLES:
                self._complain(argument, f"“{text}” cannot be translated")

    def _complain(self, node: ast.AST, what: str) -> None:
        self.wrong.append(f"{self._path}:{getattr(node, 'lineno', 0)} {what}")


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def is_geometry(node: ast.Call) -> bool:
    """Whether a painter is moved: that is called translate too."""
    by = node.func.value if isinstance(node.func, ast.Attribute) else None
    return name_of(node.func) == "translate" and by is not None and name_of(by) != "QCoreApplication"


def shown_by(node: ast.Call, name: str) -> list[ast.expr]:
    named = [keyword.value for keyword in node.keywords if keyword.arg != TOPIC]
    return [*node.args[NO_WORDS.get(name, 0) :], *named]


def literals(node: ast.expr) -> Iterator[str]:
    """The literal texts that a value is made of; what other functions make is their own affair."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts) | ast.BoolOp(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from literals(part)
        case ast.BinOp(left=first, right=second) | ast.IfExp(body=first, orelse=second):
            yield from literals(first)
            yield from literals(second)
        case ast.Call(func=ast.Attribute(value=ast.expr() as text)):
            if isinstance(text, ast.Constant):  # "…".format() and the like
                yield from literals(text)


def read(source: str, *, path: Path = Path("desktop/somewhere.py")) -> Reading:
    reading = Reading(path)
    reading.visit(ast.parse(source))
    return reading


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [read(path.read_text(encoding="utf-8"), path=path.relative_to(ROOT)) for path in FILES]


@pytest.fixture(scope="module")
def german() -> dict[Text, str | None]:
    """Each source text with its translation; None where there is none."""
    found: dict[Text, str | None] = {}
    for context in ET.parse(GERMAN).getroot().iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            translation = message.find("translation")
            is_done = translation is not None and translation.get("type") is None
            key = (context.findtext("name", ""), message.findtext("source", ""))
            found[key] = translation.text if is_done and translation is not None else None
    return found


def test_every_text_of_the_window_is_marked(readings: list[Reading]) -> None:
    assert [wrong for reading in readings for wrong in reading.wrong] == []


def test_the_german_file_has_all_texts_and_no_others(readings: list[Reading], german: dict[Text, str | None]) -> None:
    marked = set[Text]().union(*(reading.marked for reading in readings))
    assert len(marked) > 1000
    assert sorted(marked - german.keys()) == [], "make translations"
    assert sorted(german.keys() - marked) == [], "make translations"


def test_every_text_is_said_in_german_with_its_placeholders(german: dict[Text, str | None]) -> None:
    assert [key for key, said in german.items() if not said] == []
    fields = re.compile(r"\{\w*\}")
    assert [
        (key, said)
        for key, said in german.items()
        if sorted(fields.findall(key[1])) != sorted(fields.findall(said or ""))
    ] == []


def test_german_texts_end_and_begin_as_theirs_do(german: dict[Text, str | None]) -> None:
    """What a text ends with tells what may stand behind it."""
    assert [
        (text, said)
        for (_, text), said in german.items()
        if said and (said[-1] == "." != text[-1] or said[0].isspace() != text[0].isspace())
    ] == []


def test_what_the_application_loads_was_made_from_it(german: dict[Text, str | None]) -> None:
    translator = QTranslator()
    assert translator.load(str(GERMAN.with_suffix(".qm")))
    assert [
        (context, text) for (context, text), said in german.items() if translator.translate(context, text) != said
    ] == []


@pytest.mark.parametrize(
    "source",
    [
        "class A:\n def f(self):\n  self.label.setText('Hello there')",
        "def f():\n return QLabel('Hello')",
        "def f(count):\n bar.setToolTip(f'{count} songs')",
        "def f(count):\n bar.setToolTip('{} songs'.format(count))",
        "class A:\n def f(self):\n  self.tr(f'{count} songs')",
        "class A:\n def f(self):\n  self.tr(name)",
        "def f(text):\n return translate('Wording', text)",
        "NAME = translate('Wording', 'Songs')",
    ],
)
def test_what_cannot_be_translated_is_found(source: str) -> None:
    assert read(source).wrong


@pytest.mark.parametrize(
    "source",
    [
        "class A:\n def f(self):\n  self.label.setText(self.tr('Hello {name}').format(name=name))",
        "def f():\n return QLabel(wording.songs(3))",
        "def f():\n bar.setText(f'{low} – {high}')",
        "def f():\n bar.setWindowTitle('Marmalade')",
        "def f():\n bar.setProperty('bar', 'plain')",
    ],
)
def test_what_is_translated_or_no_text_is_let_be(source: str) -> None:
    assert read(source).wrong == []
