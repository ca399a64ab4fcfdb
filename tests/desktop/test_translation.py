"""The language of the window follows the desktop, and English needs no file."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox, QToolButton
from pytestqt.qtbot import QtBot

from desktop import wording
from desktop.pages.catalog import entries
from desktop.translation import install_translation
from desktop.widgets.frame.rail import Rail


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    for each in qapp.findChildren(QTranslator):
        qapp.removeTranslator(each)
        each.setParent(None)


@pytest.mark.parametrize("country", [QLocale.Country.Germany, QLocale.Country.Austria, QLocale.Country.Switzerland])
def test_german_is_spoken_in_each_of_its_countries(application: QApplication, country: QLocale.Country) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.German, country))
    install_translation(application)
    assert [each.name for each in entries()] == ["Start", "Bibliothek", "Karte", "Listen", "Training", "Aktivität"]
    assert (wording.songs(1), wording.stars_in_words(0.2)) == ("1 Titel", "1 Stern")


def test_qt_speaks_it_too(application: QApplication, qtbot: QtBot) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    install_translation(application)
    box = QMessageBox()
    qtbot.addWidget(box)
    assert box.addButton(QMessageBox.StandardButton.Cancel).text() == "Abbrechen"


@pytest.mark.parametrize("language", [QLocale.Language.English, QLocale.Language.French, QLocale.Language.C])
def test_other_desktops_read_english(application: QApplication, language: QLocale.Language) -> None:
    QLocale.setDefault(QLocale(language))
    install_translation(application)
    assert application.findChildren(QTranslator) == []
    assert wording.songs(3) == "3 songs"


def test_no_name_in_the_rail_is_cut_off(application: QApplication, qtbot: QtBot) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    install_translation(application)
    rail = Rail()
    qtbot.addWidget(rail)
    for each in entries():
        rail.add(each.name, each.place.value)
    rail.resize(rail.sizeHint())
    rail.show()
    buttons = [each for each in rail.findChildren(QToolButton) if each.text()]
    assert len(buttons) == 6
    assert all(each.fontMetrics().horizontalAdvance(each.text()) < each.width() - 8 for each in buttons)
