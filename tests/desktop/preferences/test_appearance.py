"""Appearance: chosen schemes and sizes come back, and letters of titles grow with the others."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.preferences.appearance import Appearance, appearance_of, apply_appearance, save_appearance
from desktop.style import fonts
from desktop.style.theme import PROPERTY, Scheme, choose, dress_window


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication) -> Iterator[None]:
    font = qapp.font()
    yield
    choose(qapp, Scheme.SYSTEM, points=QFontInfo(font).pointSizeF())
    qapp.setFont(font)


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.mark.parametrize("appearance", [Appearance(), Appearance(Scheme.DARK, 14), Appearance(Scheme.LIGHT)])
def test_what_was_chosen_comes_back(settings: QSettings, appearance: Appearance) -> None:
    save_appearance(settings, appearance)
    settings.sync()
    assert appearance_of(QSettings(settings.fileName(), QSettings.Format.IniFormat)) == appearance


def test_what_is_not_understood_is_as_if_nothing_was_chosen(settings: QSettings) -> None:
    settings.setValue("appearance/scheme", "pink")
    settings.setValue("appearance/points", "900")
    assert appearance_of(settings) == Appearance()


def test_the_application_is_dressed_as_chosen(qapp: QApplication, settings: QSettings) -> None:
    for scheme in (Scheme.DARK, Scheme.LIGHT):
        save_appearance(settings, Appearance(scheme))
        apply_appearance(qapp, settings)
        assert qapp.property(PROPERTY) is (scheme is Scheme.DARK)


def test_letters_of_a_dressed_window_grow_at_once(qapp: QApplication, qtbot: QtBot, settings: QSettings) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    usual, title = QLabel("a", window), QLabel("b", window)
    title.setFont(fonts.page_title())
    dress_window(window)
    usual.ensurePolished()
    sizes = [QFontInfo(label.font()).pointSizeF() for label in (usual, title)]
    save_appearance(settings, Appearance(points=round(sizes[0]) + 4))
    apply_appearance(qapp, settings)
    grown = [QFontInfo(label.font()).pointSizeF() - size for label, size in zip((usual, title), sizes, strict=True)]
    assert grown[0] > 3
    assert grown[1] == pytest.approx(grown[0], abs=0.6)


def test_all_letters_grow_at_once(qapp: QApplication, qtbot: QtBot, settings: QSettings) -> None:
    usual, title = QLabel("a"), QLabel("b")
    title.setFont(fonts.page_title())
    for label in (usual, title):
        qtbot.addWidget(label)
        label.ensurePolished()
    sizes = [QFontInfo(label.font()).pointSizeF() for label in (usual, title)]
    save_appearance(settings, Appearance(points=round(sizes[0]) + 4))
    apply_appearance(qapp, settings)

    def grown(label: QLabel, size: float) -> float:
        return QFontInfo(label.font()).pointSizeF() - size

    qtbot.waitUntil(lambda: grown(usual, sizes[0]) > 3)
    assert grown(title, sizes[1]) == pytest.approx(grown(usual, sizes[0]), abs=0.6)
