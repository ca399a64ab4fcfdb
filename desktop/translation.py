"""The window in the language of the desktop, as far as somebody has translated it."""

from importlib.resources import files

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

SOURCE_LANGUAGES = ("en", "C")


class Translation(QTranslator):
    """Qt reads the texts where they lie, so that they have to stay in memory."""

    def __init__(self, texts: bytes, parent: QApplication) -> None:
        super().__init__(parent)
        self._texts = texts
        self.load(texts)


def install_translation(application: QApplication) -> None:
    """Speak the first language of the desktop that is known; before any widget, for texts are read when it is made."""
    for language in QLocale().uiLanguages():
        name = language.replace("-", "_")
        if name.split("_")[0] in SOURCE_LANGUAGES:
            return
        source = files("resources") / "translations" / f"marmalade_{name}.qm"
        if source.is_file():
            _install_qt(application, name)
            application.installTranslator(Translation(source.read_bytes(), application))
            return


def _install_qt(application: QApplication, name: str) -> None:
    """Qt's own texts: the buttons of its dialogs, the menus of its fields, the names of keys."""
    translator = QTranslator(application)
    if translator.load(f"qtbase_{name}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
